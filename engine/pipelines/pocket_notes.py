"""What Pocket tells of a prompt: what it can't draw, and what it drew instead.

Words that other parts read (marks, spoken lines, sounds, light) are not Pocket's to know.
"""

import re
import unicodedata
from collections.abc import Iterable

from engine.pocket.world.scene import MAX_ACTORS, Reading, Scene
from engine.pocket.world.subjects import BY_NAME
from storage.notes import Note, NoteCode
from storage.plan import Plan

MODEL = "Pocket"
#: Unknown words told of at most, and stand-ins.
_MOST_UNKNOWN = 4
_MOST_STAND_INS = 2
#: Characters of a member's word that is told back.
_LONGEST = 24
#: Words that say how a clip is filmed, lit, cut or heard, and not what it shows.
_NOT_SHOWN = frozenset(
    re.findall(
        r"\w+",
        """
        camera shot shots scene scenes cut cuts close up closeup dolly crane orbit tracking zoom
        focus light lights lighting lit neon cinematic film video clip movie style pixel music song
        beat drop sound sounds noise silent silence voice says say said saying sings sing shouts
        whispers asks tells answers plan plans coupe lumiere lumieres eclairage eclaire musique
        here there this that put ici ceci cela mets chanson son sons bruit bruits muet
        voix dit disent dire crie chante chuchote demande repond
        """,
    )
)


def notes(plan: Plan, words: str, reading: Reading, scene: Scene) -> tuple[Note, ...]:
    """What to tell of `words`, the part of the plan that was read to make `scene`."""
    told = [
        Note(NoteCode.STAND_IN, {"model": MODEL, "asked": _typed(words, asked), **_named(drawn)})
        for asked, drawn in reading.stand_ins.items()
        if not _is_its_name(asked, drawn) and asked not in reading.left_out
    ][:_MOST_STAND_INS]
    if reading.left_out:
        asked = ", ".join(_typed(words, each) for each in reading.left_out[:_MOST_UNKNOWN])
        told.append(Note(NoteCode.LEFT_OUT, {"model": MODEL, "asked": asked, "most": MAX_ACTORS}))
    unknown = _unknown(plan, words, reading)
    if unknown:
        asked = ", ".join(unknown[:_MOST_UNKNOWN])
        chosen = scene.actors and not reading.scene.actors
        figures = {"model": MODEL, "asked": asked} | (
            _named(scene.actors[0].subject) if chosen else {}
        )
        told.append(Note(NoteCode.CHOSEN if chosen else NoteCode.UNKNOWN, figures))
    return tuple(told)


def without(notes: Iterable[Note], played: Iterable[str]) -> tuple[Note, ...]:
    """The notes less those on subjects that somebody plays: their pictures are shown instead."""
    names = {_named(subject)["en"] for subject in played}
    return tuple(note for note in notes if note.figures.get("en") not in names)


def _unknown(plan: Plan, words: str, reading: Reading) -> list[str]:
    elsewhere = " ".join(
        (
            *(mark.what for mark in plan.marks),
            *(f"{line.speaker or ''} {line.words}" for line in plan.lines),
            *plan.sounds,
            *plan.light,
            *plan.cast,
        )
    )
    read_elsewhere = set(_folded(elsewhere).split())
    return [
        _typed(words, word)
        for word in dict.fromkeys(reading.unknown)
        if word not in read_elsewhere | _NOT_SHOWN and not any(map(str.isdigit, word))
    ]


def _named(subject: str) -> dict[str, str]:
    """The subject's name in both languages, the English one with its article."""
    found = BY_NAME[subject]
    article = "an" if found.name[0] in "aeiou" else "a"
    return {"en": f"{article} {found.name}", "fr": (found.french or (found.name,))[0]}


def _is_its_name(asked: str, drawn: str) -> bool:
    """Whether the word is the thing's own, in its plural."""
    return asked.removesuffix("s").removesuffix("x") == _folded(drawn)


def _typed(words: str, folded: str) -> str:
    """The word as the member typed it, accents included."""
    for word in re.findall(r"[^\W_]+", words):
        if _folded(word) == folded:
            return str(word)[:_LONGEST]
    return folded[:_LONGEST]


def _folded(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
