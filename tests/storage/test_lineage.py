"""Chains and trees hold together across spaces, and show each viewer only what they may see."""

import time

import pytest

from storage import clips, lineage, posts, showing
from storage.clips import ClipKind
from storage.people import Platform
from storage.room import Room
from tests.rooms import NOW, a_member, a_request, a_space


async def _grow(room: Room, parents: list[int], count: int) -> list[int]:
    """Insert `count` clips, clip i below parents[i] (1-based ids; 0 for a first clip)."""
    member, space = await a_member(room), await a_space(room)
    first = (await a_request(room, member, space)).clip
    ids = [first.id]
    async with room.database.transaction() as tx:
        for number in range(1, count):
            parent = ids[parents[number]]
            async with tx.execute(
                "INSERT INTO clips (code, member_id, space_id, kind, parent_id, root_id, depth,"
                " request_key, words, plan, preset, seed, created_at)"
                " SELECT 'X' || ?, member_id, space_id, 'remix', id, root_id, depth + 1, 'g' || ?,"
                " 'w', plan, preset, seed, created_at FROM clips WHERE id = ? RETURNING id",
                (number, number, parent),
            ) as rows:
                row = await rows.fetchone()
            assert row is not None
            ids.append(row["id"])
    return ids


async def test_a_chain_ten_thousand_deep_is_whole_and_in_order(room: Room) -> None:
    ids = await _grow(room, [n - 1 for n in range(10_000)], 10_000)

    chain = await lineage.chain(room.database.read, ids[-1], viewer=1, space_id=1)

    assert [each.id for each in chain] == ids


async def test_a_tree_ten_thousand_wide_is_whole(room: Room) -> None:
    ids = await _grow(room, [0] * 10_000, 10_000)

    tree = await lineage.tree(room.database.read, ids[0], viewer=1, space_id=1)

    assert [each.id for each in tree] == ids
    assert await lineage.tree_size(room.database.read, ids[0]) == 10_000


async def test_a_page_of_a_deep_chain_is_its_nearest_end(room: Room) -> None:
    ids = await _grow(room, [n - 1 for n in range(50)], 50)

    chain = await lineage.chain(room.database.read, ids[-1], viewer=1, space_id=1, most=5)

    assert [each.id for each in chain] == ids[-5:]


async def test_a_page_of_a_tree_is_what_lies_nearest(room: Room) -> None:
    ids = await _grow(room, [0, 0, 0, 1, 3, 4, 5, 6], 8)

    tree = await lineage.tree(room.database.read, ids[0], viewer=1, space_id=1, most=4)

    assert [each.id for each in tree] == ids[:4]


async def test_the_queries_use_the_parent_index(room: Room) -> None:
    async with room.database.read.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM clips WHERE parent_id = 1"
    ) as rows:
        plan = " ".join([str(row["detail"]) async for row in rows])

    assert "clips_by_parent" in plan


async def test_a_clip_made_elsewhere_shows_its_platform_and_not_its_words(room: Room) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    there = await a_space(room, "there", platform=Platform.DISCORD)
    here = await a_space(room, "here", platform=Platform.TELEGRAM)
    first = await a_request(room, ana, there, "a secret fox")
    second = await a_request(
        room, ana, here, "make it night", kind=ClipKind.REMIX, parent=first.clip
    )
    async with room.database.transaction() as tx:
        await posts.add(tx, here.id, "m1", second.clip.id, holds_clip=True, now=NOW)

    as_bo = await lineage.chain(room.database.read, second.clip.id, viewer=bo.id, space_id=here.id)
    as_ana = await lineage.chain(
        room.database.read, second.clip.id, viewer=ana.id, space_id=here.id
    )

    assert [(each.words, each.platform, each.seen) for each in as_bo] == [
        ("", Platform.DISCORD, False),
        ("make it night", Platform.TELEGRAM, True),
    ]
    assert [each.words for each in as_ana] == ["a secret fox", "make it night"]


async def test_a_deleted_clip_keeps_its_place_without_its_words(room: Room) -> None:
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "a fox")
    second = await a_request(room, ana, space, "night", kind=ClipKind.REMIX, parent=first.clip)
    async with room.database.transaction() as tx:
        await clips.delete(tx, first.clip, now=time.time())

    chain = await lineage.chain(
        room.database.read, second.clip.id, viewer=ana.id, space_id=space.id
    )

    assert [(each.deleted, each.words) for each in chain] == [(True, ""), (False, "night")]


@pytest.mark.parametrize("deleted", [False, True])
async def test_only_its_maker_sees_a_clip_where_it_is_not_posted(room: Room, deleted: bool) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    space = await a_space(room)
    clip = (await a_request(room, ana, space)).clip
    read = room.database.read

    assert await showing.may_see(read, clip, member_id=ana.id, space_id=999)
    assert not await showing.may_see(read, clip, member_id=bo.id, space_id=space.id)
    async with room.database.transaction() as tx:
        await posts.add(tx, space.id, "m", clip.id, holds_clip=True, now=NOW)
        if deleted:
            await posts.removed(tx, space.id, "m", now=NOW)
    assert await showing.may_see(read, clip, member_id=bo.id, space_id=space.id) is not deleted
