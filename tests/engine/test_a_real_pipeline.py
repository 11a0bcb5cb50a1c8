"""The engine with diffusers' own WanPipeline, small and untrained: real calls, real steps."""

import time

from storage import requests
from storage.jobs import JobState
from storage.room import Room
from tests.engine.running import an_engine, clip_of, ended, job_of, script
from tests.rooms import a_member, a_request, a_space, until

FAMILY = "tests.engine.tiny_wan"


async def test_a_pipeline_of_diffusers_makes_the_same_clip_again_from_the_same_seed(
    room: Room,
) -> None:
    script(room, family=FAMILY, steps=3, every=4, plus=1)
    ana, space = await a_member(room), await a_space(room)
    same = [await a_request(room, ana, space, "a red fox", seed=7, seconds=1) for _ in range(2)]
    other = await a_request(room, ana, space, "a red fox", seed=8, seconds=1)

    async with an_engine(room):
        done = await ended(room, [*same, other])

    assert [job.state for job in done] == [JobState.DONE] * 3
    posters = [(await clip_of(room, asked)).poster for asked in (*same, other)]
    assert posters[0] == posters[1] != posters[2]


async def test_a_pipeline_of_diffusers_shows_pictures_and_stops_between_two_steps(
    room: Room,
) -> None:
    script(room, family=FAMILY, steps=900, every=4, plus=1)
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space, "a red fox", seconds=1)

    async def has_a_picture() -> bool:
        return (await job_of(room, asked)).preview is not None

    async def is_let_go() -> bool:
        return (await job_of(room, asked)).engine is None

    async with an_engine(room):
        await until(has_a_picture)
        async with room.database.transaction() as tx:
            assert await requests.cancel(tx, asked.clip.id, now=time.time())
        await until(is_let_go)

    job = await job_of(room, asked)
    assert job.state is JobState.CANCELLED
    assert 0 < job.step < job.steps == 900
