"""Deleting a clip: its words and files at once, its posts by the outbox as soon as it can."""

import time

from bots.studio.asker import Asker
from bots.studio.errors import ClipIsNotYours
from bots.studio.removing import remove
from storage import takedown
from storage.clips import Clip
from storage.errors import ErrorCode
from storage.room import Room


async def delete(room: Room, asker: Asker, clip: Clip) -> None:
    """Take the member's own clip away; its remixes stay. Raises ClipIsNotYours."""
    check(asker, clip)
    now = time.time()
    async with room.database.transaction() as tx:
        unused = await takedown.take_down(tx, [clip], ErrorCode.CANCELLED, now=now)
    await remove(room, unused)


def check(asker: Asker, clip: Clip) -> None:
    """Raises ClipIsNotYours, before the member is asked whether they are sure."""
    if clip.member_id != asker.member.id:
        raise ClipIsNotYours(code=clip.code)
