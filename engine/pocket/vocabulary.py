"""What Pocket understands of a prompt, in English and French: words in, a scene out.

The phrases that `phrases.py` finds are worked in one after the other. It never guesses silently:
what it does not know is told, with the nearest thing that it draws instead. Pure; no model needed.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from engine.pocket.phrases import Kind, Match, matches
from engine.pocket.world.captions import canonical, exact
from engine.pocket.world.sampling import completed, habit
from engine.pocket.world.scene import (
    MAX_ACTORS,
    Actor,
    Colour,
    Motion,
    Reading,
    Scene,
)

__all__ = ["canonical", "decided", "exact", "parse"]

#: What stands between a colour and a subject that it does not belong to.
_ARTICLES = frozenset(("a", "an", "the", "another", "un", "une", "le", "la", "les", "l", "du"))
#: What says that the subject after it may be one that was named before.
_DEFINITE = frozenset(("the", "that", "this", "le", "la", "l", "ce", "cet", "cette"))
#: What says that the subject after it is one more of its kind.
_ANOTHER = frozenset(("another", "add", "ajoute"))


@dataclass
class _Draft:
    """A reading as it is made."""

    actors: list[Actor] = field(default_factory=list)
    scene: Scene = field(default_factory=Scene)
    #: How many of the subject that follows; what is said next is of the last `alike` actors where
    #: it is a colour, and of the last `together` where it is a motion, until one has `moved` them.
    count: int = 1
    alike: int = 1
    together: int = 0
    moved: bool = False
    #: A colour waiting for the subject that follows it.
    colour: Colour | None = None
    #: A motion said before any subject.
    motion: Motion | None = None
    unknown: list[str] = field(default_factory=list)
    stand_ins: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    removing: bool = False
    also: bool = False
    added: bool = False
    another: bool = False
    #: "the dragon" was begun: it may be one that was named before.
    definite: bool = False


def parse(prompt: str) -> Reading:
    """What the prompt says. Later words win over earlier ones about the same thing."""
    found = list(matches(prompt))
    draft = _Draft()
    for i, match in enumerate(found):
        following = next((m for m in found[i + 1 :] if _counts(m)), None)
        _take(draft, match, following)
    return _reading(draft)


def decided(scene: Scene, seed: int) -> Scene:
    """The scene with what the words leave open chosen; the same for the same seed.

    Colours are the subjects' own, it is day, the sky is clear and the camera still; only where it
    happens and what is done differ from seed to seed.
    """
    # A generator for each choice, so that one word more or less does not turn the others over.
    actors = tuple(
        replace(actor, motion=actor.motion or habit(np.random.default_rng((seed, 1, slot))))
        for slot, actor in enumerate(scene.actors)
    )
    return completed(replace(scene, actors=actors), np.random.default_rng((seed, 0)))


def _counts(match: Match) -> bool:
    """Whether a match ends the reach of a colour: what names something, and an article."""
    return match.kind is not Kind.SMALL or match.text in _ARTICLES


def _take(draft: _Draft, match: Match, following: Match | None) -> None:
    value = match.value
    if match.kind is Kind.SMALL:
        draft.definite = match.text in _DEFINITE
    if _counts(match) and match.kind not in (Kind.COLOUR, Kind.SUBJECT, Kind.STAND_IN):
        # "two friends: a dog and a cat" are not two dogs.
        draft.count = 1
    match match.kind:
        case Kind.COUNT:
            draft.count = value
        case Kind.SUBJECT | Kind.STAND_IN:
            if match.kind is Kind.STAND_IN:
                draft.stand_ins[match.text] = value
            _take_subject(draft, value, match.text)
        case Kind.COLOUR:
            ahead = following is not None and following.kind in (Kind.SUBJECT, Kind.STAND_IN)
            if draft.actors and not ahead and draft.actors[-1].colour is None:
                for i in range(-draft.alike, 0):
                    draft.actors[i] = replace(draft.actors[i], colour=value)
            else:
                draft.colour = value
        case Kind.MOTION:
            _take_motion(draft, value)
        case Kind.DIRECTION:
            _turn(draft, value)
        case Kind.PLACE:
            draft.scene = replace(draft.scene, place=value)
        case Kind.TIME:
            draft.scene = replace(draft.scene, time=value)
        case Kind.WEATHER:
            draft.scene = replace(draft.scene, weather=value)
        case Kind.CAMERA:
            draft.scene = replace(draft.scene, camera=value)
        case Kind.WITHOUT:
            draft.removing = True
        case Kind.ALSO:
            draft.also = True
            draft.another = draft.another or (not draft.actors and match.text in _ANOTHER)
        case Kind.SMALL if value:
            draft.unknown.append(match.text)
        case _:
            pass


def _take_subject(draft: _Draft, subject: str, text: str) -> None:
    again = _named_before(draft, subject)
    if draft.removing:
        draft.removed.append(subject)
    elif again is not None:
        # Moved to the end: what is said next is about this one.
        draft.actors.append(draft.actors.pop(again))
        draft.alike, draft.together, draft.moved = 1, 1, False
    else:
        _bring_in(draft, subject, text)
    draft.colour, draft.removing, draft.also, draft.definite = None, False, False, False
    draft.count = 1


def _bring_in(draft: _Draft, subject: str, text: str) -> None:
    room = min(draft.count, MAX_ACTORS - len(draft.actors))
    if room < draft.count:
        draft.left_out.append(f"{text} × {draft.count - room}" if room else text)
    if not room:
        return
    draft.added = draft.added or (draft.also and not draft.actors)
    draft.actors += [Actor(subject, draft.colour)] * room
    draft.alike = room
    draft.together, draft.moved = room + (0 if draft.moved else draft.together), False


def _named_before(draft: _Draft, subject: str) -> int | None:
    """Which actor "the dragon" is, where it is one; "the red dragon" is no blue one."""
    if not draft.definite or draft.also:
        return None
    for i, actor in enumerate(draft.actors):
        if actor.subject == subject and draft.colour in (None, actor.colour):
            return i
    return None


def _take_motion(draft: _Draft, motion: Motion) -> None:
    """What those do who were named since the last motion; "flies" gives way to "in circles"."""
    if not draft.actors:
        draft.motion = motion
        return
    for i in range(-draft.together, 0):
        actor = draft.actors[i]
        if actor.motion in (None, Motion.RIGHT) or motion is not Motion.RIGHT:
            draft.actors[i] = replace(actor, motion=motion)
    draft.moved = True


def _turn(draft: _Draft, way: Motion) -> None:
    """A direction alone is a walk that way; a hop to the left stays a hop."""
    now = draft.actors[-1].motion if draft.actors else draft.motion
    if now in (None, Motion.RIGHT, Motion.LEFT):
        _take_motion(draft, way)


def _reading(draft: _Draft) -> Reading:
    actors = draft.actors
    colour, motion = draft.colour, draft.motion
    if actors and colour is not None and actors[-1].colour is None:
        actors[-1], colour = replace(actors[-1], colour=colour), None
    if actors and motion is not None:
        actors = [replace(a, motion=a.motion or motion) for a in actors]
        motion = None
    return Reading(
        scene=replace(draft.scene, actors=tuple(actors)),
        unknown=tuple(draft.unknown),
        stand_ins=draft.stand_ins,
        left_out=tuple(draft.left_out),
        colour=colour,
        motion=motion,
        removed=tuple(draft.removed),
        adds=draft.added,
        another=draft.another,
    )
