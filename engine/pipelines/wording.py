"""Wording a plan for models that were trained on sentences about films (Wan, LTX-2).

They read plain English best, first what is seen, then how it is filmed and lit; one that makes
sound is told what is heard too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.cast_words import speaks_as, with_names
from engine.pipelines.family import Player
from storage.cameos import CameoKind
from storage.plan import Camera, Music, Plan

_CAMERA = {
    Camera.STATIC: "static shot",
    Camera.PUSH_IN: "the camera slowly pushes in",
    Camera.PULL_BACK: "the camera slowly pulls back",
    Camera.PAN_LEFT: "the camera pans to the left",
    Camera.PAN_RIGHT: "the camera pans to the right",
    Camera.TILT_UP: "the camera tilts up",
    Camera.TILT_DOWN: "the camera tilts down",
    Camera.CRANE_UP: "crane shot, the camera rises",
    Camera.CRANE_DOWN: "crane shot, the camera descends",
    Camera.ORBIT: "the camera orbits around the subject",
    Camera.HANDHELD: "handheld camera with slight shake",
    Camera.DOLLY_ZOOM: "dolly zoom",
    Camera.TRACKING: "tracking shot, the camera follows the subject",
}

_NOUNS = {CameoKind.PERSON: "person", CameoKind.PET: "animal", CameoKind.THING: "thing"}
_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
#: Whoever of the cast speaks: nobody's own voice is ever asked for.
_NEUTRAL = "a calm neutral voice"


@dataclass(frozen=True)
class Scene:
    """A stretch of the clip without a cut."""

    words: str
    #: Seconds from the clip's beginning.
    start: float


def scenes(plan: Plan, *, heard: bool, players: Sequence[Player] = ()) -> list[Scene]:
    """The clip's scenes in order, the first at 0. `heard` adds what models with sound are told.

    `players` are called by what they are ("the first person"): a model knows no handles.
    """
    names = _names(players)
    looks = [f"{names[each.handle]} {_plain(each.looks)}" for each in players if each.looks]

    def scene(seen: str, camera: Camera | None, start: float) -> Scene:
        told = with_names(plan, seen, names)
        return Scene(_told(plan, told, looks, camera, heard=heard), start)

    if len(plan.shots) < 2:
        return [scene(plan.prompt, plan.camera, 0.0)]
    return [
        scene(shot.prompt, shot.camera or plan.camera, shot.start)
        for shot in plan.shots
        if shot.start < plan.seconds
    ]


def _names(players: Sequence[Player]) -> dict[str, str]:
    """Handle → "the person", or "the second person" where there are more of them."""
    count, met, names = Counter(each.kind for each in players), Counter[CameoKind](), {}
    for each in players:
        which = f"{_ORDER[met[each.kind] % len(_ORDER)]} " if count[each.kind] > 1 else ""
        names[each.handle] = f"the {which}{_NOUNS[each.kind]}"
        met[each.kind] += 1
    return names


def _plain(looks: str) -> str:
    """ "always with my red hat" as "with a red hat"."""
    bare = re.sub(r"(?i)\b(?:always|toujours)\b\s*", "", looks.strip(" ,."))
    return re.sub(r"(?i)\bmy\b", "a", bare)


def _told(
    plan: Plan, seen: str, looks: Sequence[str], camera: Camera | None, *, heard: bool
) -> str:
    parts = [seen.strip(" ,."), *looks]
    if plan.style:
        parts.append(f"{plan.style} style")
    parts += [f"{light} lighting" for light in plan.light if light.lower() not in seen.lower()]
    if camera:
        parts.append(_CAMERA[camera])
    if heard:
        parts += _sounds(plan)
    return ", ".join(part for part in parts if part)


def _sounds(plan: Plan) -> list[str]:
    if plan.silent:
        return ["silence"]
    said = [
        f'{_NEUTRAL if speaks_as(plan, line) else line.speaker or "a voice"} says: "{line.words}"'
        for line in plan.lines
    ]
    asked = [f"the sound of {sound}" for sound in plan.sounds]
    music = {Music.YES: ["music"], Music.NO: ["no music"], None: []}[plan.music]
    return [*said, *asked, *music]
