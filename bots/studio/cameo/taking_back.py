"""Taking back: one clip, one person's clips, all by others, or the cameo itself.

In one transaction jobs are called off, posts on every platform are owed removal and files are
forgotten; the outbox takes the posts down. Each returns how many clips went. Everything is the
owner's alone, wherever they ask from.
"""

import asyncio
import time
from collections.abc import Sequence

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.cameo import owning
from bots.studio.errors import NoSuchClip
from bots.studio.removing import remove
from storage import cameos, clips, media, takedown, uses
from storage.cameos import Cameo, Policy, StandingWith
from storage.clips import Clip
from storage.codes import tidy
from storage.people import Member
from storage.room import Room


async def by_code(room: Room, asker: Asker, code: str, cameo: Cameo) -> Clip:
    """The clip of this code that holds the member's cameo. Raises NoSuchClip."""
    owning.check(asker, cameo)
    found = await clips.by_code(room.database.read, code)
    if found is None or found.deleted_at is not None:
        raise NoSuchClip(code=tidy(code)[:12])
    if cameo.id not in {each.id for each in await uses.cast_of(room.database.read, found.id)}:
        raise NoSuchClip(code=tidy(code)[:12])
    return found


async def clip(room: Room, asker: Asker, chosen: Clip, cameo: Cameo) -> int:
    """That clip, and what grew from it with the cameo in it."""
    owning.check(asker, cameo)
    async with room.database.transaction() as tx:
        down = await uses.grown_from(tx, chosen.id, cameo.id)
        unused = await takedown.take_back(tx, cameo, down, now=time.time())
    await remove(room, unused)
    return len(down)


async def member(room: Room, asker: Asker, cameo: Cameo, who: Member) -> int:
    """All clips that the member made with the cameo, with what grew from them; nor may they ask."""
    owning.check(asker, cameo)
    now = time.time()
    async with room.database.transaction() as tx:
        down = await _with_descendants(tx, cameo, await uses.clips_with(tx, cameo.id, by=who.id))
        if who.id != cameo.member_id:
            await cameos.stand(tx, cameo, who.id, StandingWith.BLOCKED, now=now)
        unused = await takedown.take_back(tx, cameo, down, now=now)
    await remove(room, unused)
    return len(down)


async def everything(room: Room, asker: Asker, cameo: Cameo) -> int:
    """All clips that others made with the cameo; from now on it is its owner's alone."""
    owning.check(asker, cameo)
    now = time.time()
    async with room.database.transaction() as tx:
        down = [
            each
            for each in await uses.clips_with(tx, cameo.id)
            if each.member_id != cameo.member_id
        ]
        await cameos.set_policy(tx, cameo, policy=Policy.ME, ask_first=cameo.ask_first, now=now)
        unused = await takedown.take_back(tx, cameo, down, now=now)
    await remove(room, unused)
    return len(down)


async def erase(room: Room, asker: Asker, cameo: Cameo) -> int:
    """The cameo, its key and every clip that holds it, the owner's own included."""
    owning.check(asker, cameo)
    return await erase_for_good(room, cameo)


async def erase_for_good(room: Room, cameo: Cameo) -> int:
    """As `erase`, for the room's owner: somebody may have been enrolled by another.

    The record of consent stays, as numbers. With its key gone, nothing of it can be read in any
    copy of the room.
    """
    now = time.time()
    async with room.database.transaction() as tx:
        # Its key as it is now: somebody may have enrolled anew since the member looked.
        standing = await cameos.get(tx, cameo.id)
        down = await uses.clips_with(tx, cameo.id)
        unused = await takedown.take_back(tx, standing, down, now=now)
        unused |= await media.forget_unused(tx, await cameos.erase(tx, standing, now=now))
    if standing.key_id:
        await asyncio.to_thread(room.vault.destroy, standing.key_id)
    await remove(room, unused)
    return len(down)


async def _with_descendants(tx: Connection, cameo: Cameo, chosen: Sequence[Clip]) -> list[Clip]:
    found: dict[int, Clip] = {}
    for each in chosen:
        found |= {grown.id: grown for grown in await uses.grown_from(tx, each.id, cameo.id)}
    return list(found.values())
