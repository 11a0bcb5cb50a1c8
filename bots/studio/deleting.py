"""Deleting a clip: its words and files at once, its posts by the outbox as soon as it can."""

import asyncio
import time

from bots.studio.asker import Asker
from bots.studio.errors import ClipIsNotYours
from storage import clips, media, posts, requests
from storage.clips import Clip
from storage.room import Room


async def delete(room: Room, asker: Asker, clip: Clip) -> None:
    """Take the member's own clip away; its remixes stay. Raises ClipIsNotYours.

    Files go after the transaction: a kill between the two leaves files that no row names, which
    engines sweep up at their start.
    """
    check(asker, clip)
    now = time.time()
    async with room.database.transaction() as tx:
        await requests.cancel(tx, clip.id, now=now)
        await posts.owe_removal_of_clip(tx, clip.id)
        hashes = await clips.delete(tx, clip, now=now)
        unused = await media.forget_unused(tx, hashes)
    for sha256 in unused:
        await asyncio.to_thread(room.media.remove, sha256)


def check(asker: Asker, clip: Clip) -> None:
    """Raises ClipIsNotYours, before the member is asked whether they are sure."""
    if clip.member_id != asker.member.id:
        raise ClipIsNotYours(code=clip.code)
