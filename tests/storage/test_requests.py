"""A request becomes clip, job and delivery at once, once; people and files stay consistent."""

import random

from storage import clips, deliveries, jobs, media, people, requests, timings
from storage.clips import ClipKind, NewClip
from storage.codes import looks_like_code, new_code, tidy
from storage.deliveries import DeliveryState
from storage.people import Platform
from storage.plan import Plan, from_json, to_json
from storage.room import Room
from tests.rooms import NOW, a_member, a_request, a_space, an_engine_renders


async def test_the_same_request_again_is_the_same_clip(room: Room) -> None:
    ana, space = await a_member(room), await a_space(room)
    new = NewClip(
        ana.id, space.id, ClipKind.CREATE, "a fox", Plan("a fox", 2.0), "pocket", 4, "telegram:1:2"
    )
    made = []
    for _ in range(2):
        async with room.database.transaction() as tx:
            made.append(await requests.accept(tx, new, cost=1, max_bytes=100, now=NOW))

    assert made[0].clip == made[1].clip
    assert [each.repeated for each in made] == [False, True]
    assert len(await deliveries.of_clip(room.database.read, made[0].clip.id)) == 1


async def test_a_deleted_clip_takes_its_files_along_but_not_those_still_used(room: Room) -> None:
    ana, space = await a_member(room), await a_space(room)
    await a_request(room, ana, space)
    clip = await an_engine_renders(room)
    await a_request(room, ana, space)
    other = await an_engine_renders(room)
    assert clip is not None
    assert other is not None
    assert clip.master is not None
    assert clip.poster == other.poster

    async with room.database.transaction() as tx:
        unused = await media.forget_unused(tx, await clips.delete(tx, clip, now=NOW))

    assert unused == {clip.master}


async def test_linking_moves_everything_to_the_one_who_made_the_code(room: Room) -> None:
    ana = await a_member(room, "ana", platform=Platform.DISCORD)
    also_ana = await a_member(room, "ana_tg", platform=Platform.TELEGRAM)
    accepted = await a_request(room, also_ana, await a_space(room))
    async with room.database.transaction() as tx:
        code = await people.new_link_code(tx, ana.id, now=NOW)
        joined = await people.redeem_link_code(tx, code, also_ana.id, now=NOW)

    read = room.database.read
    assert joined == ana
    assert await people.find(read, Platform.TELEGRAM, "ana_tg") == ana
    assert (await clips.get(read, accepted.clip.id)).member_id == ana.id
    assert [job.member_id for job in await jobs.open_of_member(read, ana.id)] == [ana.id]
    async with room.database.transaction() as tx:
        claimed = await jobs.claim(tx, "e", ["pocket"], alone=True, now=NOW)
    assert claimed is not None
    assert claimed.member_id == ana.id


async def test_a_link_code_works_once_and_not_for_ever_and_not_for_oneself(room: Room) -> None:
    ana, bo, cy = [await a_member(room, name) for name in ("ana", "bo", "cy")]
    async with room.database.transaction() as tx:
        code = await people.new_link_code(tx, ana.id, now=NOW)
        late = NOW + people.LINK_SECONDS + 1
        assert await people.redeem_link_code(tx, code, bo.id, now=late) is None
        assert await people.redeem_link_code(tx, code, ana.id, now=NOW) is None
        assert await people.redeem_link_code(tx, code, bo.id, now=NOW) == ana
        assert await people.redeem_link_code(tx, code, cy.id, now=NOW) is None


async def test_a_file_lies_under_its_hash_and_only_there(room: Room) -> None:
    kept = room.media.put(b"hello", "text/plain")

    assert room.media.path(kept.sha256).read_bytes() == b"hello"
    assert list((room.media.folder / "new").iterdir()) == []
    room.media.remove(kept.sha256)
    assert not room.media.path(kept.sha256).exists()


async def test_estimates_are_learned_from_this_machines_renders(room: Room) -> None:
    read = room.database.read
    work = timings.work(width=1000, height=1000, frames=10, steps=8)

    assert await timings.estimate(read, "pocket", work=work, otherwise=7) == 7
    async with room.database.transaction() as tx:
        for seconds in (4, 4, 4, 400):
            await timings.record(tx, "pocket", work=work, seconds=seconds)
    assert await timings.estimate(read, "pocket", work=2 * work, otherwise=7) == 8


def test_codes_are_easy_to_type() -> None:
    code = new_code(4, random.Random(1))

    assert looks_like_code(code.lower())
    assert tidy(f" #{code.lower()} ") == code
    assert not looks_like_code("fox")
    assert not looks_like_code("rain!")
    assert not set("0O1ILU") & set(new_code(4000, random.Random(2)))


def test_a_plan_survives_being_kept() -> None:
    plan = Plan("a fox", 2.5, style="pixel", instruction="make it night", strength=0.4)

    assert from_json(to_json(plan)) == plan


async def test_a_deleted_clips_post_is_owed_as_words_not_as_a_file(room: Room) -> None:
    ana, space = await a_member(room), await a_space(room)
    accepted = await a_request(room, ana, space)
    clip = await an_engine_renders(room)
    assert clip is not None
    async with room.database.transaction() as tx:
        await clips.delete(tx, clip, now=NOW)

    owed = (await deliveries.of_clip(room.database.read, accepted.clip.id))[0]
    assert (owed.state, owed.media) == (DeliveryState.READY, None)
