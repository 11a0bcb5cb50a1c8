"""Finds the phrases that Pocket knows in a prompt, in English and French, the longest first.

The tables are the world's words and their synonyms. It puts no scene together.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from engine.pocket.world import synonyms, words
from engine.pocket.world.scene import Motion
from engine.pocket.world.subjects import SUBJECTS

#: Words said aloud show nothing.
_SPOKEN = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
#: The longest phrase of the tables, in words.
_LONGEST = 7


class Kind(Enum):
    """What a phrase is said of."""

    SUBJECT = auto()
    COUNT = auto()
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
class Match:
    """A phrase found in a prompt, and what it stands for."""

    kind: Kind
    value: Any
    text: str


def matches(prompt: str) -> Iterable[Match]:
    """The prompt cut into the longest phrases known; a SMALL match with a value is unknown."""
    table, tokens = _table(), _folded(_SPOKEN.sub(" ", prompt))
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            found = table.get(phrase) or (table.get(_singular(phrase)) if length == 1 else None)
            if found:
                yield Match(found[0], found[1], phrase)
                at += length
                break
        else:
            yield _guess(tokens[at])
            at += 1


def _guess(token: str) -> Match:
    """A word misspelt by little counts as meant; else it is unknown."""
    if len(token) >= 5:
        near = difflib.get_close_matches(token, _long_names(), 1, 0.79)
        if near:
            kind, value = _table()[near[0]]
            return Match(kind, value, token)
    return Match(Kind.SMALL, not token.isdigit(), token)


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
    kinds = (Kind.SUBJECT, Kind.STAND_IN, Kind.COLOUR, Kind.PLACE)
    return [w for w, (kind, _) in _table().items() if kind in kinds and len(w) >= 5]


@cache
def _table() -> dict[str, tuple[Kind, Any]]:
    """Phrase → its kind and value; what is entered first stays."""
    table: dict[str, tuple[Kind, Any]] = {}

    def enter(phrases: Iterable[str], kind: Kind, value: object) -> None:
        for phrase in phrases:
            key = " ".join(_folded(phrase))
            if key:
                table.setdefault(key, (kind, value))

    def enter_all(kind: Kind, said: Mapping[Any, tuple[str, ...]], more: Mapping[Any, str]) -> None:
        for value, phrases in said.items():
            enter(phrases, kind, value)
        for value, text in more.items():
            enter(text.split(","), kind, value)

    for subject in SUBJECTS:
        enter((subject.name, *subject.english, *subject.french), Kind.SUBJECT, subject.name)
    enter_all(Kind.CAMERA, words.CAMERAS, synonyms.CAMERAS)
    enter_all(Kind.TIME, words.TIMES, synonyms.TIMES)
    enter_all(Kind.WEATHER, words.WEATHERS, synonyms.WEATHERS)
    enter_all(Kind.PLACE, words.PLACES, synonyms.PLACES)
    enter_all(Kind.MOTION, words.MOTIONS, synonyms.MOTIONS)
    enter_all(Kind.COLOUR, words.COLOURS, synonyms.COLOURS)
    enter(synonyms.LEFTWARD.split(","), Kind.DIRECTION, Motion.LEFT)
    enter(synonyms.RIGHTWARD.split(","), Kind.DIRECTION, Motion.RIGHT)
    for subject_name, text in synonyms.STAND_INS.items():
        enter(text.split(","), Kind.STAND_IN, subject_name)
    enter_all(Kind.COUNT, {}, synonyms.COUNTS)
    enter(synonyms.WITHOUT.split(","), Kind.WITHOUT, None)
    enter(synonyms.ALSO.split(","), Kind.ALSO, None)
    enter(synonyms.SMALL.split(","), Kind.SMALL, False)
    return table
