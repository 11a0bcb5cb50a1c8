"""Real engine processes: stopped, killed at work, killed by their work, and told nonsense."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import deliveries
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.room import Room
from tests.engine.running import (
    ROOT,
    an_engine_process,
    clip_of,
    ended,
    happened,
    job_of,
    open_gate,
    script,
)
from tests.rooms import a_member, a_request, a_space, room_environment, until


async def test_sigterm_gives_the_jobs_back_unharmed(room: Room) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "a lake, render waits for nobody"
    )

    async with an_engine_process(room) as engine:
        await until(lambda: f"render {asked.clip.words}" in happened(room))
        engine.send_signal(signal.SIGTERM)
        assert await engine.wait() == 0

    job = await job_of(room, asked)
    assert (job.state, job.crashes, job.attempts) == (JobState.WAITING, 0, 0)
    assert list((room.settings.home / "engines").iterdir()) == []


async def test_an_engine_killed_at_work_is_followed_by_one_that_finishes_it_once(
    room: Room,
) -> None:
    script(room)
    asked = await a_request(
        room, await a_member(room), await a_space(room), "a lake, render waits for dawn"
    )

    async with an_engine_process(room) as engine:
        await until(lambda: f"render {asked.clip.words}" in happened(room))
        engine.kill()
        await engine.wait()
    assert (await job_of(room, asked)).state is JobState.RENDERING
    open_gate(room, "dawn")
    async with an_engine_process(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.crashes) == (JobState.DONE, 1)
    assert (await clip_of(room, asked)).master
    [delivery] = await deliveries.of_clip(room.database.read, asked.clip.id)
    assert delivery.state is DeliveryState.READY


async def test_a_job_that_kills_two_engines_fails_with_words_and_the_others_are_made(
    room: Room,
) -> None:
    script(room)
    space = await a_space(room)
    ana, ben = await a_member(room, "ana"), await a_member(room, "ben")
    good = [await a_request(room, ben, space, f"a lake {number}") for number in range(2)]
    poison = await a_request(room, ana, space, "it kills the engine")
    good.append(await a_request(room, ana, space, "a hill"))

    for _ in range(2):
        async with an_engine_process(room) as engine:
            assert await engine.wait() == -signal.SIGKILL
    async with an_engine_process(room):
        done = await ended(room, good)

    assert {job.state for job in done} == {JobState.DONE}
    job = await job_of(room, poison)
    assert (job.error, job.crashes) == (ErrorCode.POISONED, 2)
    [delivery] = await deliveries.of_clip(room.database.read, poison.clip.id)
    assert (delivery.state, delivery.error) == (DeliveryState.READY, ErrorCode.POISONED)


@pytest.mark.parametrize(
    ("environment", "preset", "sentence"),
    [
        ({"REELROOM_PORT": "many"}, None, "REELROOM_PORT is wrong"),
        ({}, "stepz = 4", "The preset pocket.toml has a key that Reelroom does not know: 'stepz'."),
        ({}, "steps =", "The preset pocket.toml can't be read"),
    ],
)
def test_a_wrong_setting_or_preset_is_one_sentence_and_exit_2(
    tmp_path: Path, environment: dict[str, str], preset: str | None, sentence: str
) -> None:
    folder = tmp_path / "room" / "presets"
    folder.mkdir(parents=True)
    if preset:
        bundled = (ROOT / "engine" / "presets" / "pocket.toml").read_text()
        (folder / "pocket.toml").write_text(f"{preset}\n{bundled}")

    ran = subprocess.run(
        [sys.executable, "-m", "engine"],
        cwd=ROOT,
        env={**room_environment(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 2
    assert ran.stderr.startswith(sentence)
    assert ran.stderr.count("\n") == 1
