"""A job walks its states as the table in storage/jobs.py says, and only its holder can end it."""

import pytest

from storage import deliveries, jobs, requests
from storage.clips import Master
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import Job, JobState
from storage.room import Room
from tests.rooms import NOW, a_member, a_request, a_space


async def _waiting(room: Room, **request: object) -> Job:
    accepted = await a_request(room, await a_member(room), await a_space(room), **request)  # type: ignore[arg-type]
    return accepted.job


async def _claim(room: Room, engine: str = "e1", *, alone: bool = True, now: float = NOW) -> Job:
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, engine, ["pocket"], alone=alone, now=now)
    assert job is not None
    return job


async def _state(room: Room, job: Job) -> JobState:
    return (await jobs.of_clip(room.database.read, job.clip_id)).state


async def test_a_claim_leases_the_waiting_job(room: Room) -> None:
    waiting = await _waiting(room)

    job = await _claim(room)

    assert job.id == waiting.id
    assert job.state is JobState.RENDERING
    assert job.engine == "e1"


async def test_a_leased_job_is_not_claimed_again(room: Room) -> None:
    await _waiting(room)
    await _claim(room)

    async with room.database.transaction() as tx:
        assert await jobs.claim(tx, "e2", ["pocket"], alone=True, now=NOW) is None


async def test_an_engine_claims_only_what_it_can_render(room: Room) -> None:
    await _waiting(room, preset="wan")

    async with room.database.transaction() as tx:
        assert await jobs.claim(tx, "e1", ["pocket"], alone=True, now=NOW) is None
        assert await jobs.claim(tx, "e1", ["pocket", "wan"], alone=True, now=NOW) is not None


async def test_a_released_job_waits_again_without_blame(room: Room) -> None:
    await _waiting(room)
    job = await _claim(room)

    async with room.database.transaction() as tx:
        assert await jobs.release(tx, job)

    again = await _claim(room, "e2")
    assert (again.attempts, again.crashes) == (0, 0)


async def test_a_silent_engines_job_lapses(room: Room) -> None:
    await _waiting(room)
    job = await _claim(room)

    late = NOW + jobs.LEASE_SECONDS + 1

    assert await jobs.lapsed(room.database.read, now=NOW + 1) == []
    assert [each.id for each in await jobs.lapsed(room.database.read, now=late)] == [job.id]


async def test_a_heartbeat_keeps_the_lease(room: Room) -> None:
    await _waiting(room)
    job = await _claim(room)

    async with room.database.transaction() as tx:
        held = await jobs.heartbeat(tx, "e1", now=NOW + jobs.LEASE_SECONDS)

    assert held == {job.id}
    assert await jobs.lapsed(room.database.read, now=NOW + jobs.LEASE_SECONDS + 1) == []


async def test_a_job_that_engines_died_with_twice_is_failed_with_words(room: Room) -> None:
    await _waiting(room)
    for engine in ("e1", "e2"):
        job = await _claim(room, engine)
        async with room.database.transaction() as tx:
            await requests.blame(tx, job, now=NOW)

    ended = await jobs.of_clip(room.database.read, job.clip_id)
    owed = (await deliveries.of_clip(room.database.read, job.clip_id))[0]
    assert (ended.state, ended.error) == (JobState.FAILED, ErrorCode.POISONED)
    assert (owed.state, owed.error) == (DeliveryState.READY, ErrorCode.POISONED)


async def test_a_suspect_is_given_only_to_an_engine_that_is_otherwise_idle(room: Room) -> None:
    await _waiting(room)
    job = await _claim(room)
    async with room.database.transaction() as tx:
        await requests.blame(tx, job, now=NOW)

    async with room.database.transaction() as tx:
        assert await jobs.claim(tx, "e2", ["pocket"], alone=False, now=NOW) is None
    assert (await _claim(room, "e2", alone=True)).crashes == 1


async def test_errors_are_retried_up_to_a_limit_and_then_owe_words(room: Room) -> None:
    await _waiting(room)
    outcomes = []
    for _ in range(jobs.MOST_ATTEMPTS):
        job = await _claim(room)
        async with room.database.transaction() as tx:
            outcomes.append(
                await requests.retry(tx, job, ErrorCode.RENDER_FAILED, {"attempts": 3}, now=NOW)
            )

    assert outcomes == [True, True, False]
    assert await _state(room, job) is JobState.FAILED
    owed = (await deliveries.of_clip(room.database.read, job.clip_id))[0]
    assert owed.error == ErrorCode.RENDER_FAILED


@pytest.mark.parametrize("rendering", [False, True])
async def test_a_cancelled_job_owes_words_at_once(room: Room, rendering: bool) -> None:
    job = await _waiting(room)
    if rendering:
        await _claim(room)

    async with room.database.transaction() as tx:
        assert await requests.cancel(tx, job.clip_id, now=NOW)

    assert await _state(room, job) is JobState.CANCELLED
    owed = (await deliveries.of_clip(room.database.read, job.clip_id))[0]
    assert (owed.state, owed.error) == (DeliveryState.READY, ErrorCode.CANCELLED)


async def test_an_ended_job_cannot_be_cancelled(room: Room) -> None:
    job = await _waiting(room)
    async with room.database.transaction() as tx:
        await requests.cancel(tx, job.clip_id, now=NOW)

    async with room.database.transaction() as tx:
        assert not await requests.cancel(tx, job.clip_id, now=NOW)


async def test_an_engine_that_lost_its_lease_cannot_hand_in(room: Room) -> None:
    await _waiting(room)
    lost = await _claim(room, "e1")
    async with room.database.transaction() as tx:
        await requests.blame(tx, lost, now=NOW)
    held = await _claim(room, "e2")

    film = room.media.put(b"film", "video/mp4")
    master = Master(film.sha256, film.sha256, None, 16, 9, 1.0)
    async with room.database.transaction() as tx:
        assert not await requests.finish(tx, lost, master, [film], seconds=1, now=NOW)
        assert await requests.finish(tx, held, master, [film], seconds=1, now=NOW)

    assert await _state(room, held) is JobState.DONE


async def test_a_finished_render_readies_what_it_fits_and_leaves_the_rest_to_be_fitted(
    room: Room,
) -> None:
    member = await a_member(room)
    await a_request(room, member, await a_space(room, "wide", max_bytes=100))
    await a_request(room, member, await a_space(room, "narrow", max_bytes=3))
    film = room.media.put(b"film", "video/mp4")
    master = Master(film.sha256, film.sha256, None, 16, 9, 1.0)
    for _ in range(2):
        job = await _claim(room)
        async with room.database.transaction() as tx:
            await requests.finish(tx, job, master, [film], seconds=1, now=NOW)

    ready = await deliveries.outbox(room.database.read, now=NOW)
    to_fit = await deliveries.to_fit(room.database.read)
    assert [each.media for each in ready] == [film.sha256]
    assert [(each.max_bytes, sha256) for each, sha256 in to_fit] == [(3, film.sha256)]
