"""Removing files that no row names any more, after the transaction that forgot them.

A kill between the two leaves files that engines sweep up at their start.
"""

import asyncio
from collections.abc import Iterable

from storage.room import Room


async def remove(room: Room, hashes: Iterable[str]) -> None:
    """Remove the files with these hashes."""
    for sha256 in hashes:
        await asyncio.to_thread(room.media.remove, sha256)
