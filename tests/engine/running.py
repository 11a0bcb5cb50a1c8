"""Running an engine in a test: its worker in this process, or a real process of its own."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from engine import presets
from engine.families import Families
from engine.identity import Identity
from engine.threads import Threads
from engine.worker import Worker
from storage import clips, jobs
from storage.clips import Clip
from storage.jobs import Job, JobState
from storage.requests import Accepted
from storage.room import Room
from tests.engine.scripted import notes
from tests.rooms import until

ROOT = Path(__file__).parents[2]

PRESET = """
title = "Scripted"
family = "{family}"
checkpoint = "../{folder}"
kinds = ["create", "remix", "variation"]
cast = {cast}
faces = {faces}
fps = 8
steps = {steps}
frames = {{ every = {every}, plus = {plus} }}
batch = {batch}
gpu_gb = {gb}
looked_at = {looked_at}
expected = 1.0
sizes = {{ "16:9" = [128, 80], "1:1" = [96, 96] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
"""


def script(
    room: Room,
    *,
    family: str = "tests.engine.scripted",
    steps: int = 4,
    every: int = 1,
    plus: int = 0,
    batch: int = 1,
    gb: float = 0,
    cast: int = 3,
    faces: bool = False,
    looked_at: bool = False,
    name: str = "pocket",
    folder: str = "script",
) -> None:
    """Let the room's engines render `pocket` by the script, or by another family of the tests.

    `every` and `plus` are the frame counts that it makes, `batch` the clips at once, `gb` the
    memory that it says it needs, `cast` the cameos that it shows; its frames are `looked_at`, or
    not.
    """
    presets = room.settings.home / "presets"
    presets.mkdir(exist_ok=True)
    (presets / f"{name}.toml").write_text(
        PRESET.format(
            family=family,
            steps=steps,
            every=every,
            plus=plus,
            batch=batch,
            gb=gb,
            cast=cast,
            faces=str(faces).lower(),
            looked_at=str(looked_at).lower(),
            folder=folder,
        )
    )
    (room.settings.home / folder).mkdir(exist_ok=True)


def open_gate(room: Room, name: str) -> None:
    """Let those go on who wait for it."""
    (room.settings.home / "script" / f"gate {name}").touch()


def happened(room: Room) -> list[str]:
    """What the script's family did, oldest first."""
    return notes(room.settings.home / "script")


@asynccontextmanager
async def an_engine(room: Room) -> AsyncIterator[str]:
    """A worker on the room, in this process; gives its name and leaves as on SIGTERM."""
    threads = Threads()
    with Identity(room.settings.home) as identity:
        families = Families(presets.load_all(room.settings.home), "cpu")
        work = asyncio.create_task(Worker(room, identity, threads, families).run())
        try:
            yield identity.name
        finally:
            failed = work.done()
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            assert not failed


@asynccontextmanager
async def an_engine_process(room: Room, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m engine` on the room, killed at the end where it still runs."""
    environment = os.environ | {"REELROOM_HOME": str(room.settings.home), "REELROOM_DEVICE": "cpu"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *options, "-m", "engine", cwd=ROOT, env=environment
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()


async def job_of(room: Room, accepted: Accepted) -> Job:
    """The request's job as it stands."""
    return await jobs.of_clip(room.database.read, accepted.clip.id)


async def clip_of(room: Room, accepted: Accepted) -> Clip:
    """The request's clip as it stands."""
    return await clips.get(room.database.read, accepted.clip.id)


async def ended(room: Room, requests: Sequence[Accepted], *, within: float = 60.0) -> list[Job]:
    """Wait until each request's job is done, failed or cancelled; returns the jobs."""

    async def over() -> bool:
        open_states = {JobState.WAITING, JobState.RENDERING}
        states = {(await job_of(room, request)).state for request in requests}
        return not states & open_states

    await until(over, within=within)
    return [await job_of(room, request) for request in requests]
