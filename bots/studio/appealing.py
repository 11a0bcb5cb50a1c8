"""Appealing: a member says why a mute or a ban is wrong; moderators find it in their queue."""

import time

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.errors import NothingToAppeal, WarnedFirst, YouAreBanned, YouAreMuted
from storage import audit, sanctions
from storage.audit import Act
from storage.room import Room
from storage.sanctions import Sanction, SanctionKind

#: Characters of an appeal that are kept.
MOST_WORDS = 500


async def appeal(room: Room, asker: Asker, words: str) -> Sanction:
    """Keep the member's words against what keeps them from asking here. Raises NothingToAppeal."""
    now = time.time()
    async with room.database.transaction() as tx:
        found = await sanctions.in_force(tx, asker.member.id, space_id=asker.space.id, now=now)
        kept = " ".join(words.split())[:MOST_WORDS]
        if found is None or not await sanctions.appeal(tx, found.id, kept, now=now):
            raise NothingToAppeal()
        detail = {"sanction": found.id}
        await audit.append(
            tx, Act.APPEALED, by=asker.member.id, space_id=asker.space.id, detail=detail, now=now
        )
    return found


async def check(tx: Connection, asker: Asker, *, now: float) -> None:
    """Raises YouAreBanned or YouAreMuted for who may not ask for clips here."""
    found = await sanctions.in_force(tx, asker.member.id, space_id=asker.space.id, now=now)
    if found is None:
        return
    if found.until is None:
        raise YouAreBanned(words=found.words)
    raise YouAreMuted(words=found.words, hours=max(1, round((found.until - now) / 3600)))


async def show_warning(room: Room, asker: Asker) -> None:
    """Raises WarnedFirst for a warning that the member has not read, once."""
    unread = await sanctions.unread_warning(
        room.database.read, asker.member.id, space_id=asker.space.id
    )
    if unread is None:
        return
    async with room.database.transaction() as tx:
        await sanctions.lift(tx, unread.id, now=time.time())
    assert unread.kind is SanctionKind.WARNING
    raise WarnedFirst(words=unread.words)
