"""The watcher: the process apart that decodes what people send for a cameo, as the studio needs it.

It is a protocol, so that tests can enrol somebody without a camera; `senses` is the real one.
"""

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Challenge:
    """What a person is asked to do while they film themselves."""

    #: To be said one by one.
    digits: str
    #: Of the head, in this order: "left", "right", "up" or "down", as the person names them.
    turns: tuple[str, ...]


@dataclass(frozen=True)
class Unfit:
    """A file that won't do."""

    #: A code, see senses.values.Reason.
    reason: str
    #: What was measured, by the names of that reason.
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Person:
    """A living person who did what the challenge asked."""

    #: JPEG by angle: "front", "left", "right", "up", "down". The front is there.
    stills: Mapping[str, bytes]
    #: The numbers by which the face is told from others.
    face: Sequence[float]
    #: WAV.
    voice: bytes


@dataclass(frozen=True)
class Thing:
    """A pet or a thing: nobody's face is in it."""

    #: JPEG, the best first.
    stills: Sequence[bytes]


class Watcher(Protocol):
    """What is seen and heard in a file that a stranger sent."""

    def challenge(self) -> Challenge:
        """A challenge that can't be foreseen."""

    async def person(self, path: Path, challenge: Challenge) -> Person | Unfit:
        """Who is in the film that was made for the challenge."""

    async def thing(self, path: Path) -> Thing | Unfit:
        """The pet or the thing in a picture or a film."""


class Senses:
    """The watcher that decodes in a process apart."""

    def challenge(self) -> Challenge:
        """A challenge that can't be foreseen."""
        made = _senses("challenge").challenge()
        return Challenge(made.digits, tuple(str(turn) for turn in made.turns))

    async def person(self, path: Path, challenge: Challenge) -> Person | Unfit:
        """Who is in the film that was made for the challenge."""
        values = _senses("values")
        asked = values.Challenge(challenge.digits, tuple(map(values.Turn, challenge.turns)))
        seen = await _senses("asking").watch_enrolment(path, asked)
        if isinstance(seen, values.Unfit):
            return Unfit(str(seen.reason), seen.figures)
        stills = {str(angle): still for angle, still in seen.stills.items()}
        return Person(stills, seen.face, seen.voice)

    async def thing(self, path: Path) -> Thing | Unfit:
        """The pet or the thing in a picture or a film."""
        seen = await _senses("asking").watch_thing(path)
        if isinstance(seen, _senses("values").Unfit):
            return Unfit(str(seen.reason), seen.figures)
        return Thing(seen.stills)


@contextmanager
def at_hand(content: bytes) -> Iterator[Path]:
    """A path that another process can read the content at while the block runs.

    On Linux the film of a face is never on a disk: it is a file in memory that ends with us.
    """
    if sys.platform == "linux":
        file = os.memfd_create("film")
        try:
            with open(file, "wb", closefd=False) as film:
                film.write(content)
            yield Path(f"/proc/{os.getpid()}/fd/{file}")
        finally:
            os.close(file)
        return
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        yield Path(kept.name)


def _senses(module: str) -> Any:  # noqa: ANN401
    return importlib.import_module(f"senses.{module}")
