"""What is owed is fitted to where it goes, or ends in words."""

import time
from pathlib import Path

import pytest

from storage import clips, deliveries, media
from storage.deliveries import Delivery, DeliveryState
from storage.errors import ErrorCode
from storage.requests import Accepted
from storage.room import Room
from tests.cameos import a_cameo, a_cast_request
from tests.engine.running import an_engine, clip_of, ended, script
from tests.rooms import a_member, a_request, a_room, a_space, until

#: Enough for a smaller encoding of the script's clip, and not for its master.
BUDGET = 60_000


async def test_a_clip_too_large_for_its_space_is_fitted(room: Room) -> None:
    script(room)
    asked = await _a_clip(room)
    smaller = await _owe(room, asked, max_bytes=BUDGET)

    async with an_engine(room):
        await until(lambda: _is_ready(room, smaller))

    clip = await clip_of(room, asked)
    delivery = await deliveries.get(room.database.read, smaller.id)
    assert delivery.media
    assert delivery.media != clip.master
    fitted = await media.find(room.database.read, delivery.media)
    assert fitted
    assert fitted.bytes <= BUDGET
    assert room.media.path(fitted.sha256).stat().st_size == fitted.bytes


async def test_an_encoding_serves_every_delivery_of_its_budget(room: Room) -> None:
    script(room)
    asked = await _a_clip(room)
    first, second = [await _owe(room, asked, max_bytes=BUDGET) for _ in range(2)]

    async with an_engine(room):
        await until(lambda: _is_ready(room, first))
        await until(lambda: _is_ready(room, second))

    media_of = [
        (await deliveries.get(room.database.read, owed.id)).media for owed in (first, second)
    ]
    assert media_of[0] == media_of[1]


async def test_a_clip_that_fits_as_it_is_goes_as_it_is(room: Room) -> None:
    script(room)
    asked = await _a_clip(room)
    later = await _owe(room, asked, max_bytes=10 << 20)

    async with an_engine(room):
        await until(lambda: _is_ready(room, later))

    delivery = await deliveries.get(room.database.read, later.id)
    clip = await clip_of(room, asked)
    assert delivery.media == clip.posted
    # The master bears no mark: what is made from it would bear that too.
    assert clip.posted != clip.master


@pytest.mark.parametrize("likeness", [False, True])
async def test_an_owner_may_leave_the_mark_off_except_with_a_persons_likeness(
    tmp_path: Path, likeness: bool
) -> None:
    async with a_room(tmp_path, REELROOM_MARK="no") as room:
        script(room)
        ana, space = await a_member(room), await a_space(room)
        if likeness:
            asked = await a_cast_request(room, ana, space, await a_cameo(room, ana))
        else:
            asked = await a_request(room, ana, space, "a walk")
        async with an_engine(room):
            await ended(room, [asked])

        clip = await clip_of(room, asked)
        [delivery] = await deliveries.of_clip(room.database.read, clip.id)
        assert bool(clip.posted) is likeness
        assert delivery.media == (clip.posted or clip.master)


async def test_a_clip_that_can_not_be_made_small_enough_ends_in_words(room: Room) -> None:
    script(room)
    asked = await _a_clip(room)
    tiny = await _owe(room, asked, max_bytes=2_000)

    async with an_engine(room):
        await until(lambda: _is_ready(room, tiny))

    delivery = await deliveries.get(room.database.read, tiny.id)
    assert (delivery.media, delivery.error) == (None, ErrorCode.WONT_FIT)
    assert (await clip_of(room, asked)).master


async def test_a_master_that_can_not_be_read_ends_in_words(room: Room) -> None:
    script(room)
    asked = await _a_clip(room)
    owed = await _owe(room, asked, max_bytes=BUDGET)
    clip = await clip_of(room, asked)
    assert clip.master
    room.media.path(clip.master).write_bytes(b"no film")

    async with an_engine(room):
        await until(lambda: _is_ready(room, owed))

    delivery = await deliveries.get(room.database.read, owed.id)
    assert (delivery.media, delivery.error) == (None, ErrorCode.WONT_FIT)


async def _a_clip(room: Room) -> Accepted:
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space, "it flickers", seconds=2.0)
    async with an_engine(room):
        await ended(room, [asked])
    clip = await clips.get(room.database.read, asked.clip.id)
    assert clip.master
    master = await media.find(room.database.read, clip.master)
    assert master
    assert BUDGET < master.bytes < 10 << 20
    return asked


async def _owe(room: Room, asked: Accepted, *, max_bytes: int) -> Delivery:
    clip = asked.clip
    async with room.database.transaction() as tx:
        return await deliveries.owe(
            tx, clip.id, clip.member_id, clip.space_id, max_bytes=max_bytes, now=time.time()
        )


async def _is_ready(room: Room, owed: Delivery) -> bool:
    delivery = await deliveries.get(room.database.read, owed.id)
    return delivery.state is DeliveryState.READY
