"""The room's SQLite database: opening it, its schema, transactions, and noticing others' writes.

Two connections a process: one writes, one transaction at a time; one reads. WAL lets other
processes do the same beside it. Nothing here knows what the tables mean.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Self

from aiosqlite import Connection, Row, connect

#: Seconds a transaction waits for another process's to end before SQLite gives up.
BUSY_SECONDS = 30.0
#: Seconds between two looks at PRAGMA data_version (5 microseconds a look).
WATCH_SECONDS = 0.03


class DatabaseTooNew(Exception):
    """The database was written by a newer Reelroom; nothing was touched."""


class Database:
    """An open room database. Use `read` for queries and `transaction()` for everything else."""

    def __init__(self, read: Connection, write: Connection) -> None:
        self.read = read
        self._write = write
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, *, synchronous: str = "FULL") -> Self:
        """Open or create the database at `path` and bring its schema up to date.

        `synchronous` is SQLite's: at FULL an accepted request survives a power cut. Raises
        DatabaseTooNew when the file has migrations that this code has not.
        """
        write = await _connect(path, synchronous)
        try:
            await _migrate(write)
            read = await _connect(path, synchronous)
        except BaseException:
            await write.close()
            raise
        return cls(read, write)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All of the block's writes happen, or none; other writers wait meanwhile."""
        async with self._turn:
            try:
                # Inside the try: a caller cancelled here leaves a transaction that has begun.
                await self._write.execute("BEGIN IMMEDIATE")
                yield self._write
            except BaseException:
                await self._write.rollback()
                raise
            await self._write.commit()

    async def data_version(self) -> int:
        """A number that differs once any other connection, ours to write included, has written."""
        async with self.read.execute("PRAGMA data_version") as rows:
            row = await rows.fetchone()
        assert row is not None
        return int(row[0])

    async def changed_since(self, version: int, *, within: float) -> int:
        """Wait until the database differs from `version`, at most `within` seconds.

        Returns the version now, to be passed to the next call.
        """
        until = time.monotonic() + within
        while (now := await self.data_version()) == version and time.monotonic() < until:
            await asyncio.sleep(WATCH_SECONDS)
        return now

    async def close(self) -> None:
        """Close both connections; the last process to do so folds the WAL into the file."""
        await self.read.close()
        await self._write.close()


async def _connect(path: Path, synchronous: str) -> Connection:
    db = await connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
    db.row_factory = Row
    await db.execute("PRAGMA journal_mode = WAL")
    await db.execute(f"PRAGMA synchronous = {synchronous}")
    await db.execute("PRAGMA foreign_keys = ON")
    await db.execute("PRAGMA temp_store = MEMORY")
    return db


def migrations() -> list[str]:
    """The schema's files in order, as SQL; the number of those applied is `PRAGMA user_version`."""
    folder = resources.files("storage") / "schema"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    return [(folder / name).read_text() for name in names]


async def _migrate(db: Connection) -> None:
    steps = migrations()
    # The lock is taken before the version is read: two processes may start at once.
    await db.execute("BEGIN IMMEDIATE")
    try:
        async with db.execute("PRAGMA user_version") as rows:
            row = await rows.fetchone()
        assert row is not None
        done = int(row[0])
        if done > len(steps):
            raise DatabaseTooNew(
                f"This room's database is at version {done}, and this Reelroom knows {len(steps)}: "
                "start it with the newer Reelroom that wrote it."
            )
        for number, step in enumerate(steps[done:], done + 1):
            for statement in _statements(step):
                await db.execute(statement)
            await db.execute(f"PRAGMA user_version = {number}")
    except BaseException:
        await db.rollback()
        raise
    await db.commit()


def _statements(script: str) -> list[str]:
    """Split a script, so that it can run inside our transaction (executescript commits first)."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    if pending.strip():
        raise ValueError(f"unfinished statement in a migration: {pending.strip()[:80]}")
    return statements
