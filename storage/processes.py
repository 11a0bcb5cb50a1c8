"""Processes of a room: one Reelroom a room, and children that stop when their parent is gone.

A child is started with a pipe as its standard input. The parent never writes to it: the pipe ends
when the parent ends, in whatever way, and the child then stops as if asked to.
"""

import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Set for a child whose standard input is such a pipe.
SUPERVISED = "REELROOM_SUPERVISED"


class RoomIsOpen(Exception):
    """Another Reelroom runs in this room; the message is one sentence that says so."""


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the room for this process; the system lets it go however the process ends.

    Raises RoomIsOpen.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RoomIsOpen(f"Another Reelroom is running in the room {home}.") from None
        yield


def stop_with_parent() -> None:
    """In a supervised child: ask this process to stop (SIGTERM) once its parent is gone."""
    if os.environ.get(SUPERVISED) != "1":
        return

    def wait_for_the_end() -> None:
        # Not through sys.stdin: its lock would be held when the interpreter ends.
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_for_the_end, name="parent watch", daemon=True).start()
