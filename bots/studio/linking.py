"""Linking a person's accounts: a one-time code from one, typed into the other."""

import time

from bots.studio.asker import Asker
from bots.studio.errors import LinkCodeUnknown
from storage import people
from storage.codes import tidy
from storage.people import Member, Platform
from storage.room import Room


async def new_code(room: Room, asker: Asker) -> str:
    """A code for the member to type on another platform within ten minutes."""
    async with room.database.transaction() as tx:
        return await people.new_link_code(tx, asker.member.id, now=time.time())


async def redeem(room: Room, asker: Asker, code: str) -> tuple[Member, list[Platform]]:
    """Join this account to the member who made the code: they, and the platforms they now use.

    Raises LinkCodeUnknown.
    """
    async with room.database.transaction() as tx:
        member = await people.redeem_link_code(tx, tidy(code), asker.member.id, now=time.time())
    if member is None:
        raise LinkCodeUnknown()
    return member, await people.platforms_of(room.database.read, member.id)
