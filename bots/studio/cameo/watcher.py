"""The watcher: the process apart that decodes what people send for a cameo, as the studio needs it.

It is a protocol, so that tests can enrol somebody without a camera; `senses` is the real one.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from senses import asking
from senses.challenge import challenge
from senses.values import Challenge, Enrolment, Thing, Unfit


class Watcher(Protocol):
    """What is seen and heard in a file that a stranger sent."""

    def challenge(self) -> Challenge:
        """A challenge that can't be foreseen."""

    async def person(self, path: Path, challenge: Challenge) -> Enrolment | Unfit:
        """Who is in the film that was made for the challenge."""

    async def thing(self, path: Path) -> Thing | Unfit:
        """The pet or the thing in a picture or a film."""


class Senses:
    """The watcher that decodes in a process apart."""

    def challenge(self) -> Challenge:
        """A challenge that can't be foreseen."""
        return challenge()

    async def person(self, path: Path, challenge: Challenge) -> Enrolment | Unfit:
        """Who is in the film that was made for the challenge."""
        return await asking.watch_enrolment(path, challenge)

    async def thing(self, path: Path) -> Thing | Unfit:
        """The pet or the thing in a picture or a film."""
        return await asking.watch_thing(path)


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
