"""SIGKILL at random moments: every accepted request still ends in one clip, or in words, once.

REELROOM_KILLS sets how many kills: a few in `make test`, 200 in `make soak`.
"""

import asyncio
import contextlib
import os
import random
import sqlite3
from pathlib import Path

import aiohttp

from tests.rooms import until
from tests.whole.running import Running, a_running_room

KILLS = int(os.environ.get("REELROOM_KILLS", "6"))
#: Requests between two kills.
BURST = 2


async def test_nothing_is_lost_and_nothing_is_made_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "reelroom.toml").write_text(
        "[limits]\nhourly_per_member = 100000\nhourly_per_space = 100000\n"
        "open_per_member = 1000\nopen_per_space = 1000\n"
    )
    accepted: set[str] = set()
    async with a_running_room(tmp_path) as room:
        for number in range(KILLS):
            for _ in range(BURST):
                accepted |= await _ask(room, f"k{len(accepted)}-{number}")
            await asyncio.sleep(chance.uniform(0, 3))
            part = chance.choice(("engine", "engine", "bots"))
            await until(lambda part=part: room.kill(part), within=60)
        await until(lambda: _all_over(room), within=120 + 10 * KILLS)
    _check(room, accepted)


async def _ask(room: Running, key: str) -> set[str]:
    """Ask until there is an answer: the same key is the same clip, however often it is sent."""
    body = {"words": "a red fox in the snow, 2s", "key": key}
    codes: set[str] = set()

    async def asked() -> bool:
        with contextlib.suppress(aiohttp.ClientError):
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{room.address}/create", json=body) as answer,
            ):
                said = await answer.json()
                codes.add(said["card"]["code"])
        return bool(codes)

    await until(asked, within=60)
    return codes


def _rows(room: Running, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(room.folder / "room" / "reelroom.db")) as db:
        return db.execute(query).fetchall()


def _all_over(room: Running) -> bool:
    states = {row[0] for row in _rows(room, "SELECT DISTINCT state FROM deliveries")}
    return states <= {"sent", "failed"}


def _check(room: Running, accepted: set[str]) -> None:
    """Each accepted clip exists once, was delivered once, and its film is whole in the folder."""
    made = _rows(
        room,
        "SELECT code, jobs.state, master, count(deliveries.id), sum(deliveries.state = 'sent'),"
        " jobs.error FROM clips JOIN jobs ON jobs.clip_id = clips.id"
        " JOIN deliveries ON deliveries.clip_id = clips.id GROUP BY clips.id",
    )
    assert {row[0] for row in made} == accepted
    for code, state, master, deliveries, sent, error in made:
        assert (deliveries, sent) == (1, 1), code
        if state == "done":
            assert (room.folder / "room" / "media" / str(master)[:2] / str(master)).exists()
        else:
            assert (state, error) == ("failed", "poisoned"), code
    posts = _rows(room, "SELECT clip_id, count(*) FROM posts WHERE holds_clip GROUP BY clip_id")
    assert all(count == 1 for _, count in posts)
