"""Wording a plan for models that were trained on sentences about films (Wan, LTX-2).

They read plain English best, first what is seen, then how it is filmed and lit; one that makes
sound is told what is heard too.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Scene:
    """A stretch of the clip without a cut."""

    words: str
    #: Seconds from the clip's beginning.
    start: float


def scenes(plan: Plan, *, heard: bool) -> list[Scene]:
    """The clip's scenes in order, the first at 0. `heard` adds what models with sound are told."""
    if len(plan.shots) < 2:
        return [Scene(_told(plan, plan.prompt, plan.camera, heard=heard), 0.0)]
    return [
        Scene(_told(plan, shot.prompt, shot.camera or plan.camera, heard=heard), shot.start)
        for shot in plan.shots
        if shot.start < plan.seconds
    ]


def _told(plan: Plan, seen: str, camera: Camera | None, *, heard: bool) -> str:
    parts = [seen.strip(" ,.")]
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
    said = [f'{line.speaker or "a voice"} says: "{line.words}"' for line in plan.lines]
    asked = [f"the sound of {sound}" for sound in plan.sounds]
    music = {Music.YES: ["music"], Music.NO: ["no music"], None: []}[plan.music]
    return [*said, *asked, *music]
