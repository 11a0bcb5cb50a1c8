"""What dead engines leave: leases, unfinished files, files and records that nothing names."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from engine.identity import Identity
from engine.sweep import sweep
from engine.threads import Threads
from storage import jobs, media
from storage.room import Room
from tests.engine.running import ROOT, an_engine, clip_of, ended, script
from tests.rooms import a_member, a_request, a_space

A_DAY = 86_400.0


def test_a_living_engine_is_not_dead_and_one_that_left_is_forgotten(tmp_path: Path) -> None:
    with Identity(tmp_path) as mine:
        with Identity(tmp_path) as other:
            assert mine.dead() == []
            assert mine.name != other.name
        assert mine.dead() == []


def test_a_killed_engine_is_dead_at_once(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from engine.identity import Identity\n"
        "with Identity(pathlib.Path(sys.argv[1])) as me: print(me.name, flush=True); input()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        with Identity(tmp_path) as mine:
            assert mine.dead() == []
            process.send_signal(signal.SIGKILL)
            process.wait()

            assert mine.dead() == [name]
            mine.bury(name)
            assert mine.dead() == []


async def test_the_lease_of_a_silent_engine_is_taken_over_when_it_lapses(room: Room) -> None:
    script(room)
    asked = await a_request(room, await a_member(room), await a_space(room))
    long_ago = time.time() - jobs.LEASE_SECONDS - 1
    async with room.database.transaction() as tx:
        await jobs.claim(tx, "silent", ["pocket"], alone=True, now=long_ago)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert job.crashes == 1


async def test_what_nothing_names_is_swept_and_what_something_names_stays(room: Room) -> None:
    script(room)
    asked = await a_request(room, await a_member(room), await a_space(room))
    async with an_engine(room):
        await ended(room, [asked])
    stranger = room.media.put(b"in the folder, in no row", "video/mp4").sha256
    unnamed = room.media.put(b"recorded, named by nothing", "image/jpeg")
    fresh = room.media.put(b"about to be handed in", "video/mp4").sha256
    unfinished = room.media.scratch(".mp4")
    unfinished.write_bytes(b"half a film")
    async with room.database.transaction() as tx:
        await media.record(tx, unnamed, now=0.0)
    for path in (room.media.path(stranger), unfinished):
        _age(path)
    clip = await clip_of(room, asked)
    kept = (clip.master, clip.posted, clip.poster, clip.latents)
    for sha256 in kept:
        assert sha256
        _age(room.media.path(sha256))

    await sweep(room, Threads())

    assert {path.name for path in room.media.folder.rglob("*") if path.is_file()} == {
        *kept,
        fresh,
    }
    assert await media.find(room.database.read, unnamed.sha256) is None


def _age(path: Path) -> None:
    then = time.time() - A_DAY
    os.utime(path, (then, then))
