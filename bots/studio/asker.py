"""Who asks, and where: the first thing that every request is turned into."""

import time
from dataclasses import dataclass
from enum import Enum

from storage import people, spaces
from storage.people import Member, Platform
from storage.room import Room
from storage.spaces import Space


class Authority(Enum):
    """What a member may decide about others' clips."""

    NONE = "none"
    #: They moderate the space, as its platform says.
    SPACE = "space"
    #: They own the room.
    ROOM = "room"


@dataclass(frozen=True)
class Asker:
    """A member, in the space where they ask."""

    member: Member
    space: Space
    authority: Authority = Authority.NONE


@dataclass(frozen=True)
class Arrival:
    """Where a request came from, as its platform writes it."""

    platform: Platform
    #: The platform's id of the person, and their name as others see it there.
    account: str
    name: str
    #: "en" or "fr".
    language: str
    #: The platform's id of the place.
    address: str
    private: bool
    #: The largest file the platform takes there, in bytes.
    max_bytes: int
    #: What the platform says the person may decide there.
    authority: Authority = Authority.NONE


async def sign_in(room: Room, arrival: Arrival) -> Asker:
    """The member and the space behind an arrival, made if new; written only when changed."""
    known = await _known(room, arrival)
    if known:
        return known
    async with room.database.transaction() as tx:
        now = time.time()
        member = await people.sign_in(
            tx,
            arrival.platform,
            arrival.account,
            name=arrival.name,
            language=arrival.language,
            now=now,
        )
        space = await spaces.enter(
            tx,
            arrival.platform,
            arrival.address,
            private=arrival.private,
            max_bytes=arrival.max_bytes,
            now=now,
        )
    return Asker(member, space, arrival.authority)


async def somebody(
    room: Room, platform: Platform, account: str, *, name: str, language: str
) -> Member:
    """The member behind an account that somebody else names, made if new."""
    known = await people.find(room.database.read, platform, account)
    if known:
        return known
    async with room.database.transaction() as tx:
        return await people.sign_in(
            tx, platform, account, name=name, language=language, now=time.time()
        )


async def _known(room: Room, arrival: Arrival) -> Asker | None:
    member = await people.find(room.database.read, arrival.platform, arrival.account)
    if member is None or member.language != arrival.language:
        return None
    space = await spaces.find(room.database.read, arrival.platform, arrival.address)
    if space is None or space.max_bytes != arrival.max_bytes:
        return None
    return Asker(member, space, arrival.authority)
