"""Sweeping the media folder: what killed processes left behind, and what no row names any more.

Files are only taken for litter when they are old, since one is always in the folder before a row
names it.
"""

import asyncio
import logging

from aiosqlite import Connection

from engine.threads import Pool, Threads
from storage import media
from storage.room import Room

#: Seconds after which an unfinished or unnamed file is nobody's work in progress.
LITTER_SECONDS = 3600.0

log = logging.getLogger(__name__)


async def drop_media(room: Room, tx: Connection, hashes: set[str | None]) -> None:
    """Remove those of these files that no row names.

    They go inside the transaction: a render that makes the same file meanwhile then records it
    after this, from a file that it has put back.
    """
    named = {sha256 for sha256 in hashes if sha256}
    for sha256 in await media.forget_unused(tx, named):
        room.media.remove(sha256)


async def keep_swept(room: Room, threads: Threads) -> None:
    """Sweep now and again, until cancelled: what a killed engine left is gone within two hours."""
    while True:
        await sweep(room, threads)
        await asyncio.sleep(LITTER_SECONDS)


async def sweep(room: Room, threads: Threads, *, older_than: float = LITTER_SECONDS) -> None:
    """Go through all records and the whole folder once, a 256th of each at a time."""

    def clear() -> None:
        room.media.clear_scratch(older_than=older_than)

    def files(prefix: str) -> set[str]:
        return room.media.files_under(prefix, older_than=older_than)

    await threads.run(Pool.ASIDE, clear)
    for prefix in (f"{number:02x}" for number in range(256)):
        if unused := await media.unused(room.database.read, prefix):
            async with room.database.transaction() as tx:
                await drop_media(room, tx, {*unused})
        strangers = await threads.run(Pool.ASIDE, files, prefix)
        for sha256 in await media.unrecorded(room.database.read, strangers):
            room.media.remove(sha256)
            log.info("removed a file that no row names", extra={"media": sha256})
