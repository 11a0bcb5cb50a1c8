"""The GPU is shared by what members have had of it, not by who asked first or most."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import fair, jobs
from storage.errors import ErrorCode
from storage.jobs import Job
from storage.people import Member
from storage.room import Room
from tests.rooms import NOW, a_member, a_request, a_room, a_space


async def _ask(room: Room, member: Member, times: int = 1, cost: float = 3.0) -> None:
    space = await a_space(room)
    for _ in range(times):
        await a_request(room, member, space, cost=cost)


async def _serve(room: Room, *, seconds: float | None = None) -> Job:
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, "e", ["pocket"], alone=True, now=NOW)
        assert job is not None
        await jobs.done(tx, job, seconds=job.cost if seconds is None else seconds, now=NOW)
    return job


async def test_the_one_who_asked_for_twenty_waits_behind_those_who_asked_for_one(
    room: Room,
) -> None:
    ana, bo, cy = [await a_member(room, name) for name in ("ana", "bo", "cy")]
    await _ask(room, ana, 20)
    await _ask(room, bo)
    await _ask(room, cy)

    served = [(await _serve(room)).member_id for _ in range(6)]

    assert served == [ana.id, bo.id, cy.id, ana.id, ana.id, ana.id]


async def test_long_renders_count_for_more_than_short_ones(room: Room) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    await _ask(room, ana, 6, cost=9)
    await _ask(room, bo, 6, cost=3)

    served = [(await _serve(room)).member_id for _ in range(8)]

    assert served.count(bo.id) == 6


async def test_what_a_render_really_took_is_what_counts(room: Room) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    await _ask(room, ana, 2, cost=3)
    await _ask(room, bo, 3, cost=3)

    first = await _serve(room, seconds=100)
    served = [(await _serve(room, seconds=3)).member_id for _ in range(4)]

    assert first.member_id == ana.id
    assert served == [bo.id, bo.id, bo.id, ana.id]


async def test_a_pause_saves_nothing_up(room: Room) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    await _ask(room, ana)
    await _ask(room, bo)
    for _ in range(2):
        await _serve(room)
    await _ask(room, ana, 10)
    for _ in range(8):
        await _serve(room)
    await _ask(room, bo, 4)

    served = [(await _serve(room)).member_id for _ in range(4)]

    assert served.count(ana.id) == 2


async def test_a_failed_render_is_not_charged(room: Room) -> None:
    ana, bo = await a_member(room, "ana"), await a_member(room, "bo")
    await _ask(room, ana, 2)
    await _ask(room, bo, 1)
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, "e", ["pocket"], alone=True, now=NOW)
        assert job is not None
        await jobs.fail(tx, job, ErrorCode.RENDER_FAILED, {}, now=NOW)

    assert job.member_id == ana.id
    assert (await _serve(room)).member_id == ana.id


async def test_the_shown_order_is_the_order_of_claims(room: Room) -> None:
    members = [await a_member(room, name) for name in ("ana", "bo", "cy")]
    for times, member in enumerate(members, 2):
        await _ask(room, member, times, cost=2.0 + times)

    shown = [each.job_id for each in await fair.order(room.database.read)]
    claimed = [(await _serve(room)).id for _ in range(9)]

    assert shown == claimed


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(1, 20)), min_size=1, max_size=25))
@settings(max_examples=15, deadline=None)
async def test_members_who_wait_are_never_served_more_than_one_render_apart(
    asked: list[tuple[int, float]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_room(Path(folder)) as room:
            members = [await a_member(room, name) for name in "abcd"]
            left: dict[int, int] = {}
            for who, cost in asked:
                await _ask(room, members[who], cost=cost)
                left[members[who].id] = left.get(members[who].id, 0) + 1
            had = dict.fromkeys(left, 0.0)
            while any(left.values()):
                job = await _serve(room)
                waiting = [member for member, count in left.items() if count]
                least = min(had[member] for member in waiting)
                assert had[job.member_id] <= least + 1e-6
                had[job.member_id] += job.cost
                left[job.member_id] -= 1
