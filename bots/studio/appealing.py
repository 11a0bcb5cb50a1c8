"""Appealing: a member says why a mute, a ban or a refusal of their words is wrong.

Moderators find what they said in their queue.
"""

import time

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.errors import NothingToAppeal, WarnedFirst, YouAreBanned, YouAreMuted
from storage import audit, refusals, sanctions
from storage.audit import Act
from storage.codes import tidy
from storage.refusals import Refused
from storage.room import Room
from storage.sanctions import Sanction, SanctionKind

#: Characters of an appeal that are kept.
MOST_WORDS = 500


async def appeal(room: Room, asker: Asker, words: str) -> Sanction | Refused:
    """Keep the member's words against what keeps them from asking here. Raises NothingToAppeal.

    Words that begin with the code of a refusal of theirs are against that one.
    """
    now = time.time()
    async with room.database.transaction() as tx:
        if refused := await _appeal_refusal(tx, asker, words, now=now):
            return refused
        found = await sanctions.in_force(tx, asker.member.id, space_id=asker.space.id, now=now)
        kept = " ".join(words.split())[:MOST_WORDS]
        if found is None or not await sanctions.appeal(tx, found.id, kept, now=now):
            raise NothingToAppeal()
        detail = {"sanction": found.id}
        await audit.append(
            tx, Act.APPEALED, by=asker.member.id, space_id=asker.space.id, detail=detail, now=now
        )
    return found


async def _appeal_refusal(
    tx: Connection, asker: Asker, words: str, *, now: float
) -> Refused | None:
    first, _, rest = " ".join(words.split()).partition(" ")
    refused = await refusals.appeal(
        tx, tidy(first), asker.member.id, words=rest[:MOST_WORDS], now=now
    )
    if refused:
        detail = {"refusal": refused.id}
        await audit.append(
            tx, Act.APPEALED, by=asker.member.id, space_id=refused.space_id, detail=detail, now=now
        )
    return refused


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
