"""Transactions that come at once share a commit, and nothing else."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import people
from storage.database import Database
from storage.people import Platform
from tests.rooms import NOW

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "room.db")
    yield opened
    await opened.close()


async def sign_in(database: Database, name: str, *, then: str | None = None) -> None:
    async with database.transaction() as tx:
        await people.sign_in(tx, Platform.ROOM, name, name=name, language="en", now=NOW)
        await asyncio.sleep(0)
        if then:
            raise ValueError(then)


async def names(database: Database) -> set[str]:
    async with database.read.execute("SELECT name FROM members") as rows:
        return {str(row["name"]) async for row in rows}


async def test_what_returned_is_committed(database: Database) -> None:
    async def seen_at_once(name: str) -> bool:
        await sign_in(database, name)
        return name in await names(database)

    seen = await asyncio.gather(*(seen_at_once(f"member {number}") for number in range(200)))

    assert all(seen)


async def test_one_that_fails_takes_no_other_with_it(database: Database) -> None:
    asked = [
        sign_in(database, f"member {number}", then="no" if number % 3 == 0 else None)
        for number in range(30)
    ]

    ended = await asyncio.gather(*asked, return_exceptions=True)

    assert sum(isinstance(end, ValueError) for end in ended) == 10
    assert await names(database) == {f"member {n}" for n in range(30) if n % 3}


@pytest.mark.parametrize("turns", range(12))
async def test_one_cancelled_at_any_moment_is_whole_or_not_there_and_stops_nobody(
    database: Database, turns: int
) -> None:
    before = [asyncio.create_task(sign_in(database, f"before {n}")) for n in range(3)]
    unlucky = asyncio.create_task(sign_in(database, "unlucky"))
    after = [asyncio.create_task(sign_in(database, f"after {n}")) for n in range(3)]

    for _ in range(turns):
        await asyncio.sleep(0)
    unlucky.cancel()
    await asyncio.gather(*before, *after)
    await asyncio.wait([unlucky])

    assert len(await names(database) - {"unlucky"}) == 6
    await sign_in(database, "later")
    assert "later" in await names(database)


async def test_one_cancelled_while_all_wait_for_the_disk_stops_nobody(database: Database) -> None:
    written = asyncio.Event()

    async def last() -> None:
        async with database.transaction() as tx:
            await people.sign_in(tx, Platform.ROOM, "last", name="last", language="en", now=NOW)
            written.set()

    others = [asyncio.create_task(sign_in(database, f"other {n}")) for n in range(5)]
    unlucky = asyncio.create_task(last())
    await written.wait()
    # It has left its block and waits for the commit that all of them share.
    await asyncio.sleep(0)
    unlucky.cancel()

    await asyncio.gather(*others)
    assert len(await names(database)) == 6


async def test_one_cancelled_as_it_begins_leaves_the_next_one_free(database: Database) -> None:
    for turns in range(8):
        first = asyncio.create_task(sign_in(database, f"first {turns}"))
        for _ in range(turns):
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait([first])
        await sign_in(database, f"next {turns}")

    assert {f"next {turns}" for turns in range(8)} <= await names(database)


def test_processes_that_open_a_new_room_at_once_all_succeed(tmp_path: Path) -> None:
    code = (
        "import asyncio, pathlib, sys; from storage.database import Database\n"
        "async def main():\n"
        "    input()\n"
        "    await (await Database.open(pathlib.Path(sys.argv[1]))).close()\n"
        "asyncio.run(main())"
    )
    pipe = subprocess.PIPE
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "room.db")],
            cwd=ROOT,
            stdin=pipe,
            stderr=pipe,
            text=True,
        )
        for _ in range(6)
    ]

    for process in opening:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1] for process in opening]

    assert [process.returncode for process in opening] == [0] * 6, said
