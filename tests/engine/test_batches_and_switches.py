"""What the engine does with several jobs and several presets: batches, switches, little memory."""

import pytest

from engine import presets
from engine.batching import Pace
from engine.families import CannotLoad, Families
from engine.turns import MOST_OVERTAKING, Turns
from storage import offers
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.notes import Note, NoteCode
from storage.offers import Reason
from storage.requests import cancel
from storage.room import Room
from tests.engine.running import (
    an_engine,
    an_engine_process,
    clip_of,
    ended,
    happened,
    job_of,
    open_gate,
    script,
)
from tests.rooms import a_member, a_request, a_space, until


async def test_jobs_that_fit_together_are_rendered_at_once_and_each_is_its_own_clip(
    room: Room,
) -> None:
    script(room, batch=3)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "first alone, render waits for dawn")
    asked = [await a_request(room, ana, space, f"clip {n}", seed=n) for n in range(3)]

    async with an_engine(room):
        await until(lambda: "encoded clip 2" in happened(room))
        open_gate(room, "dawn")
        done = await ended(room, [first, *asked])

    assert [job.state for job in done] == [JobState.DONE] * 4
    assert "together clip 0 | clip 1 | clip 2" in happened(room)
    masters = {(await clip_of(room, one)).master for one in asked}
    assert len(masters) == 3


async def test_jobs_that_do_not_fit_together_keep_their_order(room: Room) -> None:
    script(room, batch=3)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "first, render waits for dawn")
    words = ["clip 0", "this alone", "clip 1"]
    asked = [await a_request(room, ana, space, one) for one in words]

    async with an_engine(room):
        await until(lambda: "encoded clip 1" in happened(room))
        open_gate(room, "dawn")
        await ended(room, [first, *asked])

    rendered = [note for note in happened(room) if note.startswith("render ")]
    assert rendered[1:] == ["render clip 0", "render this alone", "render clip 1"]


async def test_one_that_breaks_a_batch_fails_alone(room: Room) -> None:
    script(room, batch=3)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "first alone, render waits for dawn")
    words = ["good", "it breaks", "well"]
    good, bad, well = [await a_request(room, ana, space, one) for one in words]

    async with an_engine(room):
        await until(lambda: "encoded well" in happened(room))
        open_gate(room, "dawn")
        done = await ended(room, [first, good, well, bad])

    assert "together good | it breaks | well" in happened(room)
    assert [job.state for job in done] == [JobState.DONE] * 3 + [JobState.FAILED]


async def test_one_of_a_batch_that_is_called_off_leaves_the_others_their_clips(
    room: Room,
) -> None:
    script(room, batch=2)
    ana, space = await a_member(room), await a_space(room)
    first = await a_request(room, ana, space, "first alone, render waits for dawn")
    off = await a_request(room, ana, space, "off, render waits for dusk")
    other = await a_request(room, ana, space, "other")

    async with an_engine(room):
        await until(lambda: "encoded other" in happened(room))
        open_gate(room, "dawn")
        await until(lambda: any(note.startswith("together off") for note in happened(room)))
        async with room.database.transaction() as tx:
            assert await cancel(tx, off.clip.id, now=1.0)
        open_gate(room, "dusk")
        done = await ended(room, [first, other])

    assert [job.state for job in done] == [JobState.DONE] * 2
    assert (await job_of(room, off)).state is JobState.CANCELLED
    assert (await clip_of(room, off)).master is None


async def test_where_memory_runs_out_a_smaller_clip_is_made_and_its_size_is_told(
    room: Room,
) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "it is too large for 100"
    )

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.attempts) == (JobState.DONE, 0)
    clip = await clip_of(room, asked)
    assert (clip.width, clip.height) == (96, 64)
    assert clip.notes == (Note(NoteCode.SMALLER, {"width": "96", "height": "64"}),)


async def test_a_device_that_is_lost_ends_the_engine_and_the_job_runs_once_more(
    room: Room,
) -> None:
    script(room)
    space = await a_space(room)
    ana, ben = await a_member(room, "ana"), await a_member(room, "ben")
    bad = await a_request(room, ana, space, "it breaks the device")
    good = await a_request(room, ben, space, "a lake")

    async with an_engine_process(room) as engine:
        assert await engine.wait() == 1
    once = await job_of(room, bad)
    assert (once.state, once.crashes) == (JobState.WAITING, 1)
    assert (await job_of(room, good)).crashes == 0
    async with an_engine_process(room) as engine:
        assert await engine.wait() == 1
    async with an_engine_process(room):
        failed, done = await ended(room, [bad, good])

    assert (failed.state, failed.error) == (JobState.FAILED, ErrorCode.POISONED)
    assert done.state is JobState.DONE


async def test_jobs_of_a_preset_that_does_not_load_fail_with_words_and_it_is_offered_no_more(
    room: Room,
) -> None:
    script(room)
    script(room, name="broken", family="engine.pipelines.pocket", folder="broken")
    ana, space = await a_member(room), await a_space(room)
    asked = [await a_request(room, ana, space, f"fox {n}", preset="broken") for n in range(2)]

    async with an_engine(room):
        jobs = await ended(room, asked)
        await until(lambda: offers.all_known(room.database.read))
        broken = await offers.why_not(room.database.read, "broken")
        other = await offers.why_not(room.database.read, "ltx-2.5-bf16")

    assert {(job.state, job.error) for job in jobs} == {(JobState.FAILED, ErrorCode.CANT_LOAD)}
    assert jobs[0].figures == {"preset": "broken"}
    assert broken
    assert broken.reason is Reason.BROKEN
    assert other
    assert (other.reason, other.gb) == (Reason.TOO_LARGE, 80)
    assert await offers.why_not(room.database.read, "pocket") is None


def _families(room: Room, *, memory: float) -> Families:
    """Two presets that need 10 GB each, and one that needs nothing, on a machine with `memory`."""
    for name, gb in (("red", 10), ("blue", 10), ("pocket", 0)):
        script(room, name=name, folder=name, gb=gb)
    return Families(presets.load_all(room.settings.home), "cuda", memory)


async def test_presets_stay_loaded_as_long_as_the_memory_holds_them(room: Room) -> None:
    families = _families(room, memory=20)

    kept = [families.get(name) for name in ("red", "blue", "pocket")]

    assert [families.ready(name) for name in ("red", "blue", "pocket")] == kept
    assert families.switches == 0


async def test_the_one_used_longest_ago_makes_room_and_switches_are_counted(room: Room) -> None:
    families = _families(room, memory=12)
    families.get("pocket")
    families.get("red")

    families.get("blue")

    assert families.ready("red") is None
    assert families.ready("pocket")
    assert families.switches == 1


async def test_what_needs_more_memory_than_there_is_is_not_offered(room: Room) -> None:
    assert set(_families(room, memory=9).here()) == {"pocket"}
    with pytest.raises(CannotLoad, match="not on offer"):
        _families(room, memory=9).get("red")


async def test_jobs_of_a_loaded_preset_go_first_but_not_for_ever(room: Room) -> None:
    families = _families(room, memory=12)
    turns = Turns(families)
    families.get("red")

    for _ in range(MOST_OVERTAKING):
        assert turns.wanted() == [{"red"}, {"red", "blue", "pocket"}]
        turns.claimed("red")

    assert turns.wanted()[0] == {"blue", "pocket"}
    turns.claimed("blue")
    families.get("blue")
    assert turns.wanted()[0] == {"blue"}


def test_clips_are_made_together_once_that_was_seen_to_be_faster() -> None:
    pace = Pace()
    assert pace.best("work", most=4) == 1
    pace.learn("work", count=1, seconds=10.0)
    assert pace.best("work", most=4) == 4
    pace.learn("work", count=4, seconds=32.0)

    assert pace.best("work", most=4) == 4
    assert pace.best("other work", most=4) == 1


@pytest.mark.parametrize("seconds", [39.5, 50.0])
def test_clips_are_made_alone_where_together_was_no_faster(seconds: float) -> None:
    pace = Pace()
    pace.learn("work", count=1, seconds=10.0)
    pace.learn("work", count=4, seconds=seconds)

    assert pace.best("work", most=4) == 1


def test_as_many_as_broke_are_not_tried_again() -> None:
    pace = Pace()
    pace.learn("work", count=1, seconds=10.0)
    pace.forbid("work", 4)

    assert pace.best("work", most=4) == 3
