"""Owning: what the owner of a cameo decides about it: who may ask, who is kept out, its words.

What an owner's change of mind no longer covers is taken down in the same transaction; where the
owner may not know how much that is, they are asked first whether they are sure.
"""

import time

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.cameo import restricting
from bots.studio.errors import NoCameoCalled, NoCameoOfYours, SureToNarrow, TooManyWords
from bots.studio.removing import remove
from storage import cameos, takedown
from storage.cameos import Cameo, Policy, StandingWith
from storage.errors import ErrorCode
from storage.people import Member
from storage.room import Room

#: Characters of restrictions, and of looks.
MOST_CHARACTERS = 300


async def mine(room: Room, asker: Asker, handle: str | None) -> Cameo:
    """The member's cameo called so; with None their own, or their only one.

    Raises NoCameoOfYours or NoCameoCalled.
    """
    own = await cameos.of_member(room.database.read, asker.member.id)
    if not own:
        raise NoCameoOfYours()
    if handle is None:
        return own[0]
    wanted = handle.strip().removeprefix("@").lower()
    found = next((each for each in own if (each.handle or "").lower() == wanted), None)
    if found is None:
        raise NoCameoCalled(handle=handle.strip().removeprefix("@")[:24] or "?")
    return found


async def by_id(room: Room, asker: Asker, cameo_id: int) -> Cameo:
    """The member's cameo with this number, as a button carries it. Raises NoCameoOfYours."""
    own = await cameos.of_member(room.database.read, asker.member.id)
    found = next((each for each in own if each.id == cameo_id), None)
    if found is None:
        raise NoCameoOfYours()
    return found


async def set_policy(
    room: Room, asker: Asker, cameo: Cameo, *, policy: Policy, ask_first: bool, sure: bool = False
) -> int:
    """Say who may ask from now on; "people in this space" means the one where this is asked.

    Returns how many clips were taken down. Raises SureToNarrow where some would be, unless `sure`.
    """
    check(asker, cameo)
    now = time.time()
    async with room.database.transaction() as tx:
        space_id = asker.space.id if policy is Policy.SPACE else None
        await cameos.set_policy(
            tx, cameo, policy=policy, ask_first=ask_first, space_id=space_id, now=now
        )
        count, unused = await _take_down_uncovered(tx, cameo, now=now)
        if count and not sure:
            raise SureToNarrow(count=count)
    await remove(room, unused)
    return count


async def let_in(room: Room, asker: Asker, cameo: Cameo, who: Member) -> int:
    """The member may ask where the policy is "people I approve"; ends their being kept out."""
    return await _stand(room, asker, cameo, who, StandingWith.GRANTED)


async def keep_out(room: Room, asker: Asker, cameo: Cameo, who: Member) -> int:
    """The member may not ask, whatever the policy; returns how many of their clips went."""
    return await _stand(room, asker, cameo, who, StandingWith.BLOCKED)


async def forget(room: Room, asker: Asker, cameo: Cameo, who: Member) -> int:
    """The member is neither let in nor kept out; returns how many of their clips went."""
    return await _stand(room, asker, cameo, who, None)


async def people_of(room: Room, asker: Asker, cameo: Cameo) -> dict[int, StandingWith]:
    """Member id → where they stand with the cameo."""
    check(asker, cameo)
    return await cameos.standings(room.database.read, cameo.id)


async def set_words(
    room: Room, asker: Asker, cameo: Cameo, *, restrictions: str, looks: str
) -> int:
    """Keep what it may not be used for, and what it always shows.

    Returns how many clips on their way were called off, since the new restrictions touch them.
    Raises TooManyWords.
    """
    check(asker, cameo)
    restrictions, looks = " ".join(restrictions.split()), " ".join(looks.split())
    for words in (restrictions, looks):
        if len(words) > MOST_CHARACTERS:
            raise TooManyWords(length=len(words), most=MOST_CHARACTERS)
    now = time.time()
    unused: set[str] = set()
    async with room.database.transaction() as tx:
        await cameos.set_words(tx, cameo, restrictions=restrictions, looks=looks, now=now)
        touched = await restricting.on_their_way(tx, await cameos.get(tx, cameo.id))
        for clip in touched:
            unused |= await takedown.refuse(
                tx, clip, ErrorCode.LIKENESS_REFUSED, handle=cameo.handle, now=now
            )
    await remove(room, unused)
    return len(touched)


def check(asker: Asker, cameo: Cameo) -> None:
    """Raises NoCameoOfYours for a cameo of somebody else, or one that was erased."""
    if cameo.member_id != asker.member.id or cameo.erased_at is not None:
        raise NoCameoOfYours()


async def stand(
    tx: Connection, cameo: Cameo, who: Member, standing: StandingWith | None, *, now: float
) -> tuple[int, set[str]]:
    """Let the member in, keep them out, or neither: how many clips went, files to be removed."""
    await cameos.stand(tx, cameo, who.id, standing, now=now)
    return await _take_down_uncovered(tx, cameo, now=now)


async def _stand(
    room: Room, asker: Asker, cameo: Cameo, who: Member, standing: StandingWith | None
) -> int:
    check(asker, cameo)
    async with room.database.transaction() as tx:
        count, unused = await stand(tx, cameo, who, standing, now=time.time())
    await remove(room, unused)
    return count


async def _take_down_uncovered(tx: Connection, cameo: Cameo, *, now: float) -> tuple[int, set[str]]:
    """Take down what the cameo's owner does not agree to any more: how many clips, which files."""
    cameo = await cameos.get(tx, cameo.id)
    chosen = await takedown.uncovered(tx, cameo)
    return len(chosen), await takedown.take_back(tx, cameo, chosen, now=now)
