"""The queue against huey's SqliteHuey on the same work, and a claim against history.

The work: enqueue, claim and finish 2,000 pieces, one transaction each, one after the other, in one
process, both at the same SQLite durability in the same run. huey is called as its worker calls it:
a task is enqueued, dequeued, and executed, which keeps its result. Reelroom's rows are the whole
request, clip and delivery included, chosen by fair share; huey's are a pickled task.

    python -m bench.queue
"""

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from huey import SqliteHuey

from storage import jobs, people, requests, spaces
from storage.clips import ClipKind, NewClip
from storage.database import Database
from storage.people import Platform
from storage.plan import Plan

PIECES = 2_000
AT_ONCE = 50
HISTORY = 1_000_000
CLAIMS = 300
ROUNDS = 3


async def main() -> None:
    """Measure and print; the last line is one JSON object."""
    ratios: dict[str, list[float]] = {"NORMAL": [], "FULL": []}
    for synchronous, found in ratios.items():
        for _ in range(ROUNDS):
            ours, theirs = await _ours(synchronous), _theirs(synchronous)
            print(f"{synchronous}: reelroom {ours:,.0f}, huey {theirs:,.0f} pieces a second")
            found.append(ours / theirs)
    growth = await _claim_growth()
    figures = {
        "against_huey": round(statistics.median(ratios["NORMAL"]), 2),
        "against_huey_full": round(statistics.median(ratios["FULL"]), 2),
        "claim_growth": round(growth, 2),
    }
    print(json.dumps(figures))


async def _ours(synchronous: str) -> float:
    """Pieces a second through enqueue, claim and finish; requests come AT_ONCE at a time."""
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "room.db", synchronous=synchronous)
        member, space = await _someone(database)
        began = time.perf_counter()
        for first in range(0, PIECES, AT_ONCE):
            await asyncio.gather(
                *(_enqueue(database, member, space, first + n) for n in range(AT_ONCE))
            )
        for _ in range(PIECES):
            await _claim_and_finish(database)
        rate = PIECES / (time.perf_counter() - began)
        await database.close()
    return rate


async def _someone(database: Database) -> tuple[int, int]:
    async with database.transaction() as tx:
        member = await people.sign_in(tx, Platform.ROOM, "ana", name="ana", language="en", now=1.0)
        space = await spaces.enter(
            tx, Platform.ROOM, "room", private=False, max_bytes=10**7, now=1.0
        )
    return member.id, space.id


async def _enqueue(database: Database, member: int, space: int, number: int) -> None:
    plan = Plan("a red fox", 2.0)
    new = NewClip(member, space, ClipKind.CREATE, "a red fox", plan, "pocket", 4, f"key:{number}")
    async with database.transaction() as tx:
        await requests.accept(tx, new, cost=3.0, max_bytes=10**7, now=2.0)


async def _claim_and_finish(database: Database) -> None:
    async with database.transaction() as tx:
        job = await jobs.claim(tx, "engine", ["pocket"], alone=False, now=3.0)
    assert job is not None
    async with database.transaction() as tx:
        assert await jobs.done(tx, job, seconds=3.0, now=4.0)


def _theirs(synchronous: str) -> float:
    """The same number of pieces through huey: enqueue, dequeue, execute and keep the result."""
    with tempfile.TemporaryDirectory() as folder:
        queue = SqliteHuey(filename=str(Path(folder) / "huey.db"), journal_mode="wal")
        queue.storage.conn.execute(f"PRAGMA synchronous = {synchronous}")

        @queue.task()  # type: ignore[untyped-decorator]
        def render(prompt: str) -> str:
            return prompt

        began = time.perf_counter()
        for _ in range(PIECES):
            render("a red fox")
        for _ in range(PIECES):
            assert queue.execute(queue.dequeue())
        rate = PIECES / (time.perf_counter() - began)
        queue.storage.close()
    return rate


async def _claim_growth() -> float:
    """Median time of a claim with HISTORY finished jobs over the time with none."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = await _claim_ms(Path(folder) / "fresh.db", 0)
        old = await _claim_ms(Path(folder) / "old.db", HISTORY)
    print(f"a claim: {fresh:.3f} ms with no past jobs, {old:.3f} ms with {HISTORY:,}")
    return old / fresh


async def _claim_ms(path: Path, history: int) -> float:
    database = await Database.open(path, synchronous="NORMAL")
    member, space = await _someone(database)
    await _enqueue(database, member, space, -1)
    if history:
        await _past(database, history)
    for number in range(CLAIMS):
        await _enqueue(database, member, space, number)
    times = []
    for _ in range(CLAIMS):
        async with database.transaction() as tx:
            began = time.perf_counter()
            job = await jobs.claim(tx, "engine", ["pocket"], alone=False, now=3.0)
            times.append(time.perf_counter() - began)
            assert job is not None
    await database.close()
    return statistics.median(times) * 1000


async def _past(database: Database, count: int) -> None:
    """Fill the room with finished clips and jobs, by one statement a table."""
    numbers = (
        "WITH RECURSIVE counted (n) AS"
        " (SELECT 1000 UNION ALL SELECT n + 1 FROM counted WHERE n < :count + 999)"
    )
    async with database.transaction() as tx:
        await tx.execute(
            f"{numbers} INSERT INTO clips (id, code, member_id, space_id, kind, root_id, depth,"
            " request_key, words, plan, preset, seed, created_at)"
            " SELECT n, 'C' || n, member_id, space_id, kind, n, 0, 'past:' || n, words, plan,"
            " preset, seed, created_at FROM counted, clips WHERE clips.id = 1",
            {"count": count},
        )
        await tx.execute(
            f"{numbers} INSERT INTO jobs (clip_id, member_id, preset, state, cost, created_at)"
            " SELECT n, member_id, preset, 'done', cost, 1 FROM counted, jobs WHERE jobs.id = 1",
            {"count": count},
        )


if __name__ == "__main__":
    asyncio.run(main())
