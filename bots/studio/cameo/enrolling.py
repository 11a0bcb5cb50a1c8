"""Enrolling: a challenge, then a film of a person who does what it asks; or a pet, or a thing.

What was filmed is decoded in a process apart, never here. A cameo starts for its owner alone; one
enrolled again keeps its handle, its policy and its people. Until it is kept nothing of the film is.
"""

import asyncio
import json
import logging
import time
from dataclasses import dataclass

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.cameo import handles, sealing
from bots.studio.cameo.watcher import Senses, Watcher, at_hand
from bots.studio.errors import (
    CameoUnfit,
    HandleTaken,
    NoChallenge,
    OnlyForAdults,
    TooManyCameos,
)
from bots.studio.pictures import Fetch
from bots.studio.removing import remove
from senses.values import Challenge, Turn, Unfit
from storage import cameos, challenges, media, spaces
from storage.cameos import Cameo, CameoKind, NewCameo, Part
from storage.media import Media
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

log = logging.getLogger(__name__)

#: Films that may be sent for one challenge.
TRIES = 2
#: Cameos of pets and things that one member may have.
MOST_THINGS = 20
#: What a challenge is sealed under.
_LABEL = "challenge"
_SENSES = Senses()


@dataclass(frozen=True)
class Begun:
    """A fresh challenge."""

    challenge: Challenge
    #: UTC seconds.
    expires_at: float


async def begin(room: Room, asker: Asker, *, watcher: Watcher = _SENSES) -> Begun:
    """A fresh challenge for the member, in place of an older one."""
    now = time.time()
    challenge = watcher.challenge()
    key_id = await asyncio.to_thread(room.vault.new_key)
    sealed = _sealed(room, key_id, challenge, tried=0)
    async with room.database.transaction() as tx:
        old = await challenges.forget(tx, asker.member.id)
        await challenges.put(tx, asker.member.id, key_id=key_id, sealed=sealed, now=now)
    await _destroy(room, old)
    return Begun(challenge, now + challenges.CHALLENGE_SECONDS)


async def person(
    room: Room,
    asker: Asker,
    film: Fetch,
    *,
    handle: str,
    adult: bool,
    home: Space,
    watcher: Watcher = _SENSES,
) -> Cameo:
    """The member's cameo of themselves, by a film that does what their challenge asks.

    `home` is where they are written to alone. Raises a Refusal; after a film that won't do the
    challenge stands for one more.
    """
    if not adult:
        raise OnlyForAdults()
    own = await _of_themselves(room, asker)
    if own is None:
        await _check_handle(room.database.read, handles.fit(handle))
    kept, challenge = await _take_up(room, asker)
    with at_hand(await film()) as path:
        seen = await watcher.person(path, challenge)
    if isinstance(seen, Unfit):
        raise _unfit(seen)
    files = await sealing.seal(room, kept.key_id, sealing.parts_of(seen))
    new = _New(CameoKind.PERSON, handle, home, kept.key_id, files)
    async with room.database.transaction() as tx:
        # Of two films sent for one challenge, the first that is done uses it up.
        standing = await challenges.find(tx, asker.member.id, now=0.0)
        if standing is None or standing.key_id != kept.key_id:
            raise NoChallenge()
        await challenges.forget(tx, asker.member.id)
        own = await _of_themselves(room, asker, tx)
        if own is None:
            return await _enroll(tx, asker, new)
        unused = await _renew(tx, own, new)
        renewed = await cameos.get(tx, own.id)
    await _destroy(room, own.key_id)
    await remove(room, unused)
    return renewed


async def thing(
    room: Room,
    asker: Asker,
    file: Fetch,
    *,
    kind: CameoKind,
    handle: str,
    home: Space,
    watcher: Watcher = _SENSES,
) -> Cameo:
    """A cameo of a pet or a thing, by a picture or a film of it. Raises a Refusal."""
    assert kind is not CameoKind.PERSON
    handle = handles.fit(handle)
    await _check_handle(room.database.read, handle)
    mine = await cameos.of_member(room.database.read, asker.member.id)
    if sum(each.kind is not CameoKind.PERSON for each in mine) >= MOST_THINGS:
        raise TooManyCameos(most=MOST_THINGS)
    with at_hand(await file()) as path:
        seen = await watcher.thing(path)
    if isinstance(seen, Unfit):
        raise _unfit(seen)
    key_id = await asyncio.to_thread(room.vault.new_key)
    files = await sealing.seal(room, key_id, sealing.parts_of(seen))
    async with room.database.transaction() as tx:
        return await _enroll(tx, asker, _New(kind, handle, home, key_id, files))


async def page_home(room: Room, asker: Asker) -> Space:
    """Where the page shows the member what is for them alone."""
    async with room.database.transaction() as tx:
        return await spaces.enter(
            tx,
            Platform.ROOM,
            f"alone:{asker.member.id}",
            private=True,
            max_bytes=asker.space.max_bytes,
            now=time.time(),
        )


@dataclass(frozen=True)
class _New:
    kind: CameoKind
    handle: str
    home: Space
    key_id: str
    files: dict[Part, Media]


async def _enroll(tx: Connection, asker: Asker, new: _New) -> Cameo:
    handle = handles.fit(new.handle)
    # Checked anew: somebody may have taken it while the film was looked at.
    await _check_handle(tx, handle)
    return await cameos.enroll(
        tx,
        NewCameo(
            asker.member.id, new.kind, handle, new.home.id, new.key_id, await _record(tx, new)
        ),
        now=time.time(),
    )


async def _renew(tx: Connection, own: Cameo, new: _New) -> set[str]:
    parts = await _record(tx, new)
    unused = await cameos.renew(
        tx, own, space_id=new.home.id, key_id=new.key_id, parts=parts, now=time.time()
    )
    return await media.forget_unused(tx, unused)


async def _record(tx: Connection, new: _New) -> dict[Part, str]:
    return {part: await media.record(tx, file, now=time.time()) for part, file in new.files.items()}


async def _of_themselves(room: Room, asker: Asker, db: Connection | None = None) -> Cameo | None:
    mine = await cameos.of_member(db or room.database.read, asker.member.id)
    return mine[0] if mine and mine[0].kind is CameoKind.PERSON else None


async def _check_handle(db: Connection, handle: str) -> None:
    if await cameos.by_handle(db, handle) is not None:
        raise HandleTaken(handle=handle)


async def _take_up(room: Room, asker: Asker) -> tuple[challenges.Challenge, Challenge]:
    """The member's challenge, with this try counted. Raises NoChallenge."""
    async with room.database.transaction() as tx:
        kept = await challenges.find(tx, asker.member.id, now=time.time())
        if kept is None:
            raise NoChallenge()
        said = json.loads(room.vault.open(kept.key_id, kept.sealed, label=_LABEL))
        if said["tried"] >= TRIES:
            raise NoChallenge()
        challenge = Challenge(said["digits"], tuple(Turn(turn) for turn in said["turns"]))
        sealed = _sealed(room, kept.key_id, challenge, tried=said["tried"] + 1)
        await challenges.reseal(tx, asker.member.id, sealed)
    return kept, challenge


def _sealed(room: Room, key_id: str, challenge: Challenge, *, tried: int) -> bytes:
    said = {"digits": challenge.digits, "turns": list(challenge.turns), "tried": tried}
    return room.vault.seal(key_id, json.dumps(said).encode(), label=_LABEL)


def _unfit(seen: Unfit) -> CameoUnfit:
    # What was measured is for the member's next try, and for nobody's log.
    return CameoUnfit(reason=seen.reason.replace("_", "-"), **_rounded(seen))


def _rounded(seen: Unfit) -> dict[str, float]:
    return {name: round(value, 1) for name, value in seen.figures.items()}


async def _destroy(room: Room, key_id: str | None) -> None:
    if key_id is not None:
        await asyncio.to_thread(room.vault.destroy, key_id)
