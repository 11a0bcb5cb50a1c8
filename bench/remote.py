"""Two rooms that lend their engines against one: clips a minute, each lender on a core of its own.

Three whole rooms in their own processes on loopback. One takes the requests and renders nothing
itself; the others render with the bundled model. The same clips are asked for with one lender and
with both, in turns, after each has made one.

The CPU time of each room is measured too, since all three share the cores of one machine: `bound`
is the most that its cores allow the ratio to be, and `apart` what the lenders' and the asking
room's own work allow on machines of their own.

    python -m bench.remote [CLIPS]
"""

import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path

import aiohttp

from tests.rooms import until
from tests.whole.running import Running, a_running_room

#: Clips a turn, where the command names no other number.
CLIPS = 8
PRESET = """
title = "{name}"
family = "remote"
servers = [{servers}]
kinds = ["create"]
fps = 24
steps = 8
expected = 3
sizes = {{ "16:9" = [768, 432] }}
lengths = {{ shortest = 2, usual = 2, longest = 10 }}
"""
LIMITS = """
[limits]
open_per_member = 100
open_per_space = 100
hourly_per_member = 1000
hourly_per_space = 1000
"""


async def main(clips: int) -> None:
    """Measure and print; the last line is one JSON object."""
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as name:
        async with AsyncExitStack() as stack:
            lenders, lending = [], list[Running]()
            for number in range(2):
                home = _home(Path(name) / f"lender{number}")
                room = await stack.enter_async_context(a_running_room(home))
                await _pin(room, cores[number % len(cores)])
                lending.append(room)
                lenders.append(f'"{room.address}/v1"')
            home = _home(Path(name) / "asking")
            presets = home / "room" / "presets"
            presets.mkdir()
            for preset, servers in (("one", lenders[:1]), ("two", lenders)):
                text = PRESET.format(name=preset, servers=", ".join(servers))
                (presets / f"{preset}.toml").write_text(text)
            asking = await stack.enter_async_context(a_running_room(home))
            for preset in ("one", "two", "two"):
                await _made(asking, preset, 1)
            rooms = [asking, *lending]
            before = [_cpu(room) for room in rooms]
            rates = {preset: await _rate(asking, preset, clips) for preset in ("one", "two")}
            spent = [_cpu(room) - was for room, was in zip(rooms, before, strict=True)]
    # Each clip is asked for by the one and made by one of the others.
    own, made = spent[0] / (2 * clips), sum(spent[1:]) / (2 * clips)
    alone = min(1 / made, len(cores) / (own + made))
    print(f"clips a minute: {rates['one']:.2f} with one lender, {rates['two']:.2f} with two")
    figures = {
        "one": round(rates["one"], 2),
        "two": round(rates["two"], 2),
        "ratio": round(rates["two"] / rates["one"], 2),
        "asking_cpu": round(own, 2),
        "lending_cpu": round(made, 2),
        "bound": round(min(2 / made, len(cores) / (own + made)) / alone, 2),
        "apart": round(min(2 / made, len(cores) / own) * made, 2),
        "clips": clips,
        "cores": len(cores),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(figures))


def _home(folder: Path) -> Path:
    (folder / "room").mkdir(parents=True)
    (folder / "room" / "reelroom.toml").write_text(LIMITS)
    return folder


async def _pin(room: Running, core: int) -> None:
    """Keep the room's engine, with all its threads, on one core."""
    await until(lambda: room.children("engine"), within=60)
    for pid in await room.children("engine"):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


def _cpu(room: Running) -> float:
    """Seconds of CPU of the room's processes so far, and of those that they waited for."""
    parents = {room.process.pid}
    seconds = 0.0
    # A child has a higher id than its parent here, or is found in the next round.
    for _ in range(2):
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(path.parent.name)
            if int(fields[1]) in parents or pid == room.process.pid:
                parents.add(pid)
    for pid in parents:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds += sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return seconds


async def _rate(room: Running, preset: str, clips: int) -> float:
    """Clips a minute."""
    began = time.perf_counter()
    await _made(room, preset, clips)
    return clips / (time.perf_counter() - began) * 60


async def _made(room: Running, preset: str, clips: int) -> None:
    async with aiohttp.ClientSession() as session:
        for number in range(clips):
            wish = {"prompt": f"a red fox in the snow, 2s seed {number}", "model": preset}
            async with session.post(f"{room.address}/v1/videos", json=wish) as answer:
                assert answer.status == 200, await answer.text()
    await until(lambda: _open(room) == 0, within=600)


def _open(room: Running) -> int:
    """Jobs not ended, in the room's own book."""
    with closing(sqlite3.connect(room.folder / "room" / "reelroom.db")) as db:
        [states] = [dict(db.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())]
    assert not states.get("failed"), "a clip failed: see the log"
    return int(states.get("waiting", 0)) + int(states.get("rendering", 0))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIPS))
