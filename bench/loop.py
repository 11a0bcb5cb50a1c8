"""The loop on loopback: what a clip costs beside the model, and the first answer under a burst.

A whole room runs in its own processes with the bundled model; the played Discord runs here. The
overhead is the time from a command to its post, less the seconds the device took. The burst is 500
commands at once from 200 people in 40 channels, while the engine renders.

    python -m bench.loop
"""

import asyncio
import contextlib
import json
import logging
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from tests.fakes.discord import FakeDiscord
from tests.whole.running import Running, a_running_room

CLIPS = 10
REQUESTS, PEOPLE, SPACES = 500, 200, 40


async def main() -> None:
    """Measure and print; the last line is one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "room").mkdir()
        async with (
            FakeDiscord(answer_within=60) as server,
            a_running_room(path, **server.settings) as room,
        ):
            await server.wait_ready(60)
            await server.wait_for_command("create", 60)
            overhead = await _overhead(server, room)
            answers = await _burst(server)
    ordered = sorted(answers)
    figures = {
        "overhead_s": round(statistics.median(overhead), 3),
        "answer_p50_s": round(statistics.median(ordered), 3),
        "answer_p99_s": round(ordered[int(len(ordered) * 0.99)], 3),
        "requests": len(answers),
    }
    print(f"overhead a clip: {', '.join(f'{each:.2f}' for each in overhead)} s")
    print(json.dumps(figures))


async def _overhead(server: FakeDiscord, room: Running) -> list[float]:
    channel, ana = server.guild("Film Club").text_channel("clips"), server.user("ana")
    await ana.slash(channel, "create", prompt="a red fox in the snow, 2s seed 0")
    last = await channel.wait_for(lambda post: bool(post.attachments), 60)
    taken = []
    for seed in range(1, CLIPS + 1):
        began = time.perf_counter()
        await ana.slash(channel, "create", prompt=f"a red fox in the snow, 2s seed {seed}")
        last = await channel.wait_for(
            lambda post: any(file.filename.endswith(".mp4") for file in post.attachments),
            60,
            after=last,
        )
        taken.append(time.perf_counter() - began - _device_seconds(room))
    return taken


def _device_seconds(room: Running) -> float:
    """What the device took for the newest clip."""
    with contextlib.closing(sqlite3.connect(room.folder / "room" / "reelroom.db")) as db:
        row = db.execute("SELECT seconds FROM timings ORDER BY id DESC LIMIT 1").fetchone()
    return float(row[0])


async def _burst(server: FakeDiscord) -> list[float]:
    channels = [server.guild(f"Guild {n}").text_channel("clips") for n in range(SPACES)]
    people = [server.user(f"person{n}") for n in range(PEOPLE)]

    async def ask(number: int) -> float:
        person, channel = people[number % PEOPLE], channels[number % SPACES]
        began = time.perf_counter()
        asked = await person.slash(channel, "create", prompt=f"a red fox, 2s seed {number}")
        await asked.settled(60)
        taken = time.perf_counter() - began
        assert "a red fox" in asked.text, asked.text
        return taken

    return list(await asyncio.gather(*(ask(number) for number in range(REQUESTS))))


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(main())
