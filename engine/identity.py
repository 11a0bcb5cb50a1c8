"""Which engines live: each holds the lock of a file in the room's `engines` folder while it runs.

The kernel drops a lock with its process, however that ends, so a dead engine is known at once and
a process id used again deceives nobody. Engines of a room share one machine: SQLite's WAL needs it.
"""

import fcntl
import os
import socket
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self


class Identity:
    """This engine's name, and its lock for as long as the context lasts."""

    def __init__(self, room_folder: Path) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._folder = room_folder / "engines"
        self._lock: int | None = None

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        # Locked before it has its name, so that nobody finds it unlocked.
        unnamed = self._folder / f".{self.name}"
        self._lock = os.open(unnamed, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        unnamed.rename(self._folder / self.name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        (self._folder / self.name).unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)

    def dead(self) -> list[str]:
        """The names of engines that ended without leaving; `bury` them once that is dealt with."""
        return [
            path.name
            for path in self._folder.iterdir()
            if path.name != self.name and not path.name.startswith(".") and not _locked(path)
        ]

    def bury(self, name: str) -> None:
        """Nothing is left to do about this dead engine."""
        (self._folder / name).unlink(missing_ok=True)


def _locked(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        # It left, or another engine buried it, since the folder was read.
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
