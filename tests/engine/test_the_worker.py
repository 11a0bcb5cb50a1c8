"""The worker from claim to hand-in, with a family that does what its prompt says."""

import time

import av
import PIL.Image
import pytest

from storage import clips, deliveries, jobs, media, offers, requests, timings
from storage.clips import ClipKind
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.requests import Accepted
from storage.room import Room
from tests.engine.running import an_engine, clip_of, ended, happened, job_of, open_gate, script
from tests.rooms import a_member, a_request, a_space, until


async def test_a_request_becomes_a_master_a_poster_and_a_delivery_that_is_ready(
    room: Room,
) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space, seconds=2.0)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    clip = await clip_of(room, asked)
    assert (clip.width, clip.height, clip.seconds) == (128, 80, 2.0)
    assert clip.master
    assert clip.poster
    assert clip.latents
    with av.open(str(room.media.path(clip.master))) as film:
        assert film.streams.video[0].frames == 16
        assert film.metadata["title"] == clip.code
    with PIL.Image.open(room.media.path(clip.poster)) as poster:
        assert (poster.format, poster.size) == ("JPEG", (128, 80))
    [delivery] = await deliveries.of_clip(room.database.read, clip.id)
    assert (delivery.state, delivery.media) == (DeliveryState.READY, clip.posted)


async def test_a_finished_render_teaches_the_estimate(room: Room) -> None:
    script(room)
    asked = await a_request(room, await a_member(room), await a_space(room), seconds=2.0)

    async with an_engine(room):
        await ended(room, [asked])

    work = timings.work(width=128, height=80, frames=16, steps=4)
    learned = await timings.estimate(room.database.read, "pocket", work=work, otherwise=1e9)
    assert learned < 1e9


async def test_while_one_job_renders_the_next_is_prepared_and_the_last_is_finished(
    room: Room,
) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "one, frames waits for dusk")
    second = await a_request(room, ana, space, "two, render waits for dawn")
    third = await a_request(room, ana, space, "three")
    fourth = await a_request(room, ana, space, "four")

    async with an_engine(room):
        await until(lambda: f"frames {first.clip.words}" in happened(room))
        await until(lambda: "encoded three" in happened(room))

        # All at once: one in ffmpeg's hands, two on the device, three ready for it.
        assert f"rendered {second.clip.words}" not in happened(room)
        states = [(await job_of(room, asked)).state for asked in (first, second, third, fourth)]
        assert states == [JobState.RENDERING] * 3 + [JobState.WAITING]

        # The device goes on although the first is still being encoded.
        open_gate(room, "dawn")
        await until(lambda: "rendered three" in happened(room))
        assert (await job_of(room, first)).state is JobState.RENDERING

        open_gate(room, "dusk")
        done = await ended(room, [first, second, third, fourth])
    assert [job.state for job in done] == [JobState.DONE] * 4


async def test_the_one_who_asked_for_many_waits_behind_those_who_asked_for_one(
    room: Room,
) -> None:
    script(room)
    space = await a_space(room)
    ana, ben, eva = [await a_member(room, name) for name in ("ana", "ben", "eva")]
    asked = [await a_request(room, ana, space, f"ana {number}") for number in range(4)]
    asked += [await a_request(room, member, space, member.name) for member in (ben, eva)]

    async with an_engine(room):
        await ended(room, asked)

    order = [note.removeprefix("render ") for note in happened(room) if note.startswith("render ")]
    assert order[:3] == ["ana 0", "ben", "eva"]


async def test_a_cancelled_render_stops_within_a_step_and_hands_nothing_in(room: Room) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space, "a storm, render waits for nobody")

    async with an_engine(room):
        await until(lambda: f"render {asked.clip.words}" in happened(room))
        async with room.database.transaction() as tx:
            assert await requests.cancel(tx, asked.clip.id, now=time.time())
        await until(lambda: f"stopped {asked.clip.words}" in happened(room))
        await until(lambda: _settled(room, asked))

    assert (await job_of(room, asked)).state is JobState.CANCELLED
    assert (await clip_of(room, asked)).master is None
    [delivery] = await deliveries.of_clip(room.database.read, asked.clip.id)
    assert (delivery.state, delivery.error) == (DeliveryState.READY, ErrorCode.CANCELLED)
    assert await _virtual_time(room, ana.id) < asked.job.cost


async def test_a_job_cancelled_while_ffmpeg_has_it_is_dropped_with_its_files(room: Room) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "rain, frames waits for noon"
    )

    async with an_engine(room):
        await until(lambda: f"frames {asked.clip.words}" in happened(room))
        async with room.database.transaction() as tx:
            await requests.cancel(tx, asked.clip.id, now=time.time())
        open_gate(room, "noon")
        await until(lambda: _settled(room, asked))

    assert (await clip_of(room, asked)).master is None
    assert _files(room) == []


async def test_an_error_is_tried_again_and_the_second_try_counts(room: Room) -> None:
    script(room)
    asked = await a_request(room, await a_member(room), await a_space(room), "it breaks once")

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.attempts) == (JobState.DONE, 1)


@pytest.mark.parametrize(
    ("words", "error", "figures"),
    [
        ("it breaks", ErrorCode.RENDER_FAILED, {"attempts": 3}),
        (
            "it is too large",
            ErrorCode.OUT_OF_MEMORY,
            {"width": 128, "height": 80, "seconds": 2.0},
        ),
    ],
)
async def test_an_error_that_comes_back_fails_with_words_while_others_go_on(
    room: Room, words: str, error: ErrorCode, figures: dict[str, object]
) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    bad, good = await a_request(room, ana, space, words), await a_request(room, ana, space)

    async with an_engine(room):
        failed, done = await ended(room, [bad, good])

    assert (failed.state, failed.error, failed.figures) == (JobState.FAILED, error, figures)
    assert done.state is JobState.DONE
    assert happened(room).count(f"render {words}") == jobs.MOST_ATTEMPTS
    [delivery] = await deliveries.of_clip(room.database.read, bad.clip.id)
    assert (delivery.state, delivery.error) == (DeliveryState.READY, error)


async def test_a_remix_whose_parent_was_deleted_fails_with_its_name(room: Room) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "a fox")
    async with an_engine(room):
        await ended(room, [first])
    parent = await clip_of(room, first)
    remix = await a_request(room, ana, space, "at night", kind=ClipKind.REMIX, parent=parent)
    async with room.database.transaction() as tx:
        await clips.delete(tx, parent, now=time.time())

    async with an_engine(room):
        [job] = await ended(room, [remix])

    assert (job.error, job.figures) == (ErrorCode.PARENT_GONE, {"parent": parent.code})
    assert job.attempts == 0


async def test_what_the_preset_can_not_do_is_said_at_once(room: Room) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "a fox")
    async with an_engine(room):
        await ended(room, [first])
        parent = await clip_of(room, first)
        longer = await a_request(room, ana, space, "on", kind=ClipKind.EXTENSION, parent=parent)
        [job] = await ended(room, [longer])

    assert job.error is ErrorCode.NOT_OFFERED
    assert job.figures == {"preset": "pocket", "kind": "extension"}


async def test_progress_shows_steps_and_a_small_picture_and_leaves_none_behind(
    room: Room,
) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "fog, render waits for sun"
    )

    async with an_engine(room):
        await until(lambda: _pictured(room, asked.job.id))
        job = await job_of(room, asked)
        assert (job.step, job.steps) == (1, 4)
        assert job.preview
        with PIL.Image.open(room.media.path(job.preview)) as picture:
            assert picture.format == "JPEG"
            assert max(picture.size) <= 320
        open_gate(room, "sun")
        await ended(room, [asked])

    clip = await clip_of(room, asked)
    kept = (clip.master, clip.posted, clip.poster, clip.latents)
    assert _files(room) == sorted(str(name) for name in kept)
    assert await media.find(room.database.read, job.preview) is None


async def test_a_lease_that_another_engine_took_hands_nothing_in(room: Room) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "mist, render waits for nobody"
    )

    async with an_engine(room) as engine:
        await until(lambda: f"render {asked.clip.words}" in happened(room))
        async with room.database.transaction() as tx:
            mine = await job_of(room, asked)
            assert mine.engine == engine
            await jobs.release(tx, mine)
            taken = await jobs.claim(tx, "rival", ["pocket"], alone=True, now=time.time())
        await until(lambda: f"stopped {asked.clip.words}" in happened(room))

    assert taken
    job = await job_of(room, asked)
    assert (job.state, job.engine, job.attempts) == (JobState.RENDERING, "rival", 0)
    assert (await clip_of(room, asked)).master is None


async def test_an_engine_that_leaves_gives_its_jobs_back_unharmed(room: Room) -> None:
    script(room)
    ana, space = await a_member(room), await a_space(room)
    asked = [
        await a_request(room, ana, space, f"{number}, render waits for nobody")
        for number in range(3)
    ]

    async with an_engine(room):
        await until(lambda: f"render {asked[0].clip.words}" in happened(room))
        await until(lambda: f"encoded {asked[1].clip.words}" in happened(room))

    for request in asked:
        job = await job_of(room, request)
        assert (job.state, job.attempts, job.crashes) == (JobState.WAITING, 0, 0)
    assert await _virtual_time(room, ana.id) == 0


async def test_a_job_that_an_engine_died_with_runs_alone(room: Room) -> None:
    script(room)
    space = await a_space(room)
    ben, ana = await a_member(room, "ben"), await a_member(room, "ana")
    calm = await a_request(room, ben, space, "calm, render waits for dawn")
    suspect = await a_request(room, ana, space, "suspect, render waits for dusk")
    after = await a_request(room, ben, space, "after")
    async with room.database.transaction() as tx:
        await tx.execute("UPDATE jobs SET crashes = 1 WHERE id = ?", (suspect.job.id,))

    async with an_engine(room):
        await until(lambda: f"render {calm.clip.words}" in happened(room))
        open_gate(room, "dawn")
        await until(lambda: f"render {suspect.clip.words}" in happened(room))
        assert (await job_of(room, calm)).state is JobState.DONE
        assert (await job_of(room, after)).state is JobState.WAITING
        open_gate(room, "dusk")
        done = await ended(room, [calm, suspect, after])

    assert [job.state for job in done] == [JobState.DONE] * 3


async def test_offers_are_there_as_long_as_an_engine_is(room: Room) -> None:
    script(room)

    async with an_engine(room):
        await until(lambda: offers.all_known(room.database.read))

    [offer] = await offers.all_known(room.database.read)
    assert (offer.preset, offer.title, offer.usual) == ("pocket", "Scripted", 2.0)


async def _settled(room: Room, asked: Accepted) -> bool:
    """Whether the engine that held a job called off is done with it."""
    return (await job_of(room, asked)).engine is None


async def _pictured(room: Room, job_id: int) -> bool:
    return any(job.preview for job in await jobs.rendering(room.database.read) if job.id == job_id)


async def _virtual_time(room: Room, member_id: int) -> float:
    query = "SELECT virtual_time FROM shares WHERE member_id = ?"
    async with room.database.read.execute(query, (member_id,)) as rows:
        row = await rows.fetchone()
    assert row is not None
    return float(row["virtual_time"])


def _files(room: Room) -> list[str]:
    """The names of all files in the media folder."""
    return sorted(path.name for path in room.media.folder.rglob("*") if path.is_file())
