"""What Pocket understands of a prompt, in English and French: words in, a scene out.

It looks phrases up in tables, the longest first, and never guesses silently: what it does not
know is told, with the nearest thing that it draws instead. Pure; no model is needed.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cache
from typing import Any

import numpy as np

from engine.pocket.world import synonyms, words
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
from engine.pocket.world.subjects import SUBJECTS

__all__ = ["canonical", "decided", "exact", "parse"]

#: What stands between a colour and a subject that it does not belong to.
_ARTICLES = frozenset(("a", "an", "the", "another", "un", "une", "le", "la", "les", "l", "du"))
#: What says that the subject after it may be one that was named before.
_DEFINITE = frozenset(("the", "that", "this", "le", "la", "l", "ce", "cet", "cette"))
#: Words said aloud show nothing.
_SPOKEN = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
#: The longest phrase of the tables, in words.
_LONGEST = 7


class _Kind(Enum):
    SUBJECT = auto()
    STAND_IN = auto()
    COLOUR = auto()
    PLACE = auto()
    TIME = auto()
    WEATHER = auto()
    MOTION = auto()
    DIRECTION = auto()
    CAMERA = auto()
    WITHOUT = auto()
    ALSO = auto()
    SMALL = auto()


@dataclass(frozen=True)
class _Match:
    kind: _Kind
    value: Any
    text: str


@dataclass
class _Draft:
    """A reading as it is made."""

    actors: list[Actor] = field(default_factory=list)
    scene: Scene = field(default_factory=Scene)
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
    #: "the dragon" was begun: it may be one that was named before.
    definite: bool = False


def parse(prompt: str) -> Reading:
    """What the prompt says. Later words win over earlier ones about the same thing."""
    matches = list(_matches(_folded(_SPOKEN.sub(" ", prompt))))
    draft = _Draft()
    for i, match in enumerate(matches):
        following = next((m for m in matches[i + 1 :] if _counts(m)), None)
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


def _counts(match: _Match) -> bool:
    """Whether a match ends the reach of a colour: what names something, and an article."""
    return match.kind is not _Kind.SMALL or match.text in _ARTICLES


def _take(draft: _Draft, match: _Match, following: _Match | None) -> None:
    value = match.value
    if match.kind is _Kind.SMALL:
        draft.definite = match.text in _DEFINITE
    match match.kind:
        case _Kind.SUBJECT | _Kind.STAND_IN:
            if match.kind is _Kind.STAND_IN:
                draft.stand_ins[match.text] = value
            _take_subject(draft, value, match.text)
        case _Kind.COLOUR:
            ahead = following is not None and following.kind in (_Kind.SUBJECT, _Kind.STAND_IN)
            if draft.actors and not ahead and draft.actors[-1].colour is None:
                draft.actors[-1] = replace(draft.actors[-1], colour=value)
            else:
                draft.colour = value
        case _Kind.MOTION:
            _take_motion(draft, value)
        case _Kind.DIRECTION:
            _turn(draft, value)
        case _Kind.PLACE:
            draft.scene = replace(draft.scene, place=value)
        case _Kind.TIME:
            draft.scene = replace(draft.scene, time=value)
        case _Kind.WEATHER:
            draft.scene = replace(draft.scene, weather=value)
        case _Kind.CAMERA:
            draft.scene = replace(draft.scene, camera=value)
        case _Kind.WITHOUT:
            draft.removing = True
        case _Kind.ALSO:
            draft.also = True
        case _Kind.SMALL if value:
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
    elif len(draft.actors) < MAX_ACTORS:
        draft.added = draft.added or (draft.also and not draft.actors)
        draft.actors.append(Actor(subject, draft.colour))
    else:
        draft.left_out.append(text)
    draft.colour, draft.removing, draft.also, draft.definite = None, False, False, False


def _named_before(draft: _Draft, subject: str) -> int | None:
    """Which actor "the dragon" is, where it is one; "the red dragon" is no blue one."""
    if not draft.definite or draft.also:
        return None
    for i, actor in enumerate(draft.actors):
        if actor.subject == subject and draft.colour in (None, actor.colour):
            return i
    return None


def _take_motion(draft: _Draft, motion: Motion) -> None:
    """The motion of the last subject; "flies" said before "in circles" gives way to it."""
    if not draft.actors:
        draft.motion = motion
        return
    last = draft.actors[-1]
    if last.motion is None or last.motion is Motion.RIGHT or motion is not Motion.RIGHT:
        draft.actors[-1] = replace(last, motion=motion)


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
    )


def _matches(tokens: list[str]) -> Iterable[_Match]:
    """The tokens cut into the longest phrases known; a SMALL match with a value is unknown."""
    table = _table()
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            found = table.get(phrase) or (table.get(_singular(phrase)) if length == 1 else None)
            if found:
                yield _Match(found[0], found[1], phrase)
                at += length
                break
        else:
            yield _guess(tokens[at])
            at += 1


def _guess(token: str) -> _Match:
    """A word misspelt by little counts as meant; else it is unknown."""
    if len(token) >= 5:
        near = difflib.get_close_matches(token, _long_names(), 1, 0.79)
        if near:
            kind, value = _table()[near[0]]
            return _Match(kind, value, token)
    return _Match(_Kind.SMALL, not token.isdigit(), token)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith(("s", "x")) else word


def _folded(text: str) -> list[str]:
    """Lower-case words without accents; "l'océan" is two."""
    text = text.lower().replace("œ", "oe")
    flat = unicodedata.normalize("NFKD", text)
    return re.findall(r"[a-z0-9]+", "".join(c for c in flat if not unicodedata.combining(c)))


@cache
def _long_names() -> list[str]:
    kinds = (_Kind.SUBJECT, _Kind.STAND_IN, _Kind.COLOUR, _Kind.PLACE)
    return [w for w, (kind, _) in _table().items() if kind in kinds and len(w) >= 5]


@cache
def _table() -> dict[str, tuple[_Kind, Any]]:
    """Phrase → its kind and value; what is entered first stays."""
    table: dict[str, tuple[_Kind, Any]] = {}

    def enter(phrases: Iterable[str], kind: _Kind, value: object) -> None:
        for phrase in phrases:
            key = " ".join(_folded(phrase))
            if key:
                table.setdefault(key, (kind, value))

    def enter_all(
        kind: _Kind, said: Mapping[Any, tuple[str, ...]], more: Mapping[Any, str]
    ) -> None:
        for value, phrases in said.items():
            enter(phrases, kind, value)
        for value, text in more.items():
            enter(text.split(","), kind, value)

    for subject in SUBJECTS:
        enter((subject.name, *subject.english, *subject.french), _Kind.SUBJECT, subject.name)
    enter_all(_Kind.CAMERA, words.CAMERAS, synonyms.CAMERAS)
    enter_all(_Kind.TIME, words.TIMES, synonyms.TIMES)
    enter_all(_Kind.WEATHER, words.WEATHERS, synonyms.WEATHERS)
    enter_all(_Kind.PLACE, words.PLACES, synonyms.PLACES)
    enter_all(_Kind.MOTION, words.MOTIONS, synonyms.MOTIONS)
    enter_all(_Kind.COLOUR, words.COLOURS, synonyms.COLOURS)
    enter(synonyms.LEFTWARD.split(","), _Kind.DIRECTION, Motion.LEFT)
    enter(synonyms.RIGHTWARD.split(","), _Kind.DIRECTION, Motion.RIGHT)
    for subject_name, text in synonyms.STAND_INS.items():
        enter(text.split(","), _Kind.STAND_IN, subject_name)
    enter(synonyms.WITHOUT.split(","), _Kind.WITHOUT, None)
    enter(synonyms.ALSO.split(","), _Kind.ALSO, None)
    enter(synonyms.SMALL.split(","), _Kind.SMALL, False)
    return table
