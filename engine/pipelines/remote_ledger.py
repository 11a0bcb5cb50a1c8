"""What was asked of other machines, on disk, so that a killed engine's work is not asked for twice.

One small file a clip. It is written before a server is asked and once it has answered, and read
by whichever engine takes the clip up again. Only one engine at a time holds a clip.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError


@dataclass(frozen=True)
class Asked:
    """A clip as it was last asked for."""

    #: Counts the times that it was given up there: with it each asking has a name of its own.
    turn: int = 0
    #: The server; None while none has been asked.
    address: str | None = None
    #: Ids that the server listed before it was asked; None where it lists none.
    before: tuple[str, ...] | None = None
    #: The video's id there; None while no answer was had.
    id: str | None = None
    #: The film was fetched.
    fetched: bool = False


_ASKED = TypeAdapter(Asked)


class Ledger:
    """The files, in a folder of the room."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, key: str) -> Asked:
        """What was asked for under this key: nothing, where that is not known."""
        try:
            return _ASKED.validate_json(self._path(key).read_bytes())
        except (FileNotFoundError, ValidationError):
            return Asked()

    def write(self, key: str, asked: Asked) -> None:
        """Keep it, durably: it is on the disk when this returns."""
        new = self._path(key).with_suffix(".new")
        with new.open("wb") as file:
            file.write(_ASKED.dump_json(asked))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path(key))

    def fetched(self, address: str, *, older_than: float) -> Iterator[tuple[str, str]]:
        """Keys and ids of the films fetched there, so many seconds ago or more."""
        for path in self._old(older_than):
            asked = self.read(path.stem)
            if asked.fetched and asked.address == address and asked.id:
                yield path.stem, asked.id

    def forget(self, key: str) -> None:
        """It need not be known any more."""
        self._path(key).unlink(missing_ok=True)

    def sweep(self, *, older_than: float) -> None:
        """Forget what nobody has come back to for so many seconds."""
        for path in self._old(older_than):
            path.unlink(missing_ok=True)

    def _old(self, seconds: float) -> list[Path]:
        return [path for path in self._folder.glob("*.json") if _age(path) >= seconds]

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _age(path: Path) -> float:
    """Seconds since the file was written; of one just forgotten, none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
