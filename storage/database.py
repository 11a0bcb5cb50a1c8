"""The room's SQLite database: opening it, its schema, transactions, and noticing others' writes.

Two connections a process: one writes, one transaction at a time; one reads. WAL lets other
processes do the same beside it. Nothing here knows what the tables mean.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, Self, TypeVar

from aiosqlite import Connection, Row

T = TypeVar("T")

#: Seconds a transaction waits for another process's to end before SQLite gives up.
BUSY_SECONDS = 30.0
#: Seconds between two looks at PRAGMA data_version (5 microseconds a look).
WATCH_SECONDS = 0.03


class DatabaseTooNew(Exception):
    """The database was written by a newer Reelroom; nothing was touched."""


class _Writer(Connection):
    """A connection whose statements run in the event loop, except those that wait for others.

    Once a transaction has begun, a statement of ours takes microseconds in memory that SQLite
    already holds; handing it to aiosqlite's thread and back takes two hundred. SQLite crashes when
    one thread closes what another works on, so `aside` ends before its caller goes on, cancelled
    or not: the two never work at once.
    """

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        return fn(*args, **kwargs)

    async def aside(self, statement: str) -> None:
        """Run a statement on the thread: one that waits for a lock, or for the disk."""
        await _to_its_end(self._on_its_thread(statement))

    async def _on_its_thread(self, statement: str) -> None:
        await Connection._execute(self, self._conn.execute, statement)  # type: ignore[no-untyped-call]


class _Group:
    """Transactions that came at once and are committed as one: one wait for the disk, not many."""

    def __init__(self) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # Those whose own block failed don't wait to hear how the group ended.
        self.ended.add_done_callback(lambda ended: ended.exception())

    def end(self, error: BaseException | None) -> None:
        """Tell all who are in it."""
        if self.ended.done():
            return
        if error:
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)


class Database:
    """An open room database. Use `read` for queries and `transaction()` for everything else."""

    def __init__(self, read: Connection, write: _Writer) -> None:
        self.read = read
        self._write = write
        self._turn = asyncio.Lock()
        self._group: _Group | None = None
        self._committing: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, synchronous: str = "FULL") -> Self:
        """Open or create the database at `path` and bring its schema up to date.

        `synchronous` is SQLite's: at FULL an accepted request survives a power cut. Raises
        DatabaseTooNew when the file has migrations that this code has not.
        """
        write = _Writer(_connector(path), iter_chunk_size=64)
        await _set_up(await write, synchronous)
        try:
            await _migrate(write)
            read = await _set_up(
                await Connection(_connector(path), iter_chunk_size=64), synchronous
            )
        except BaseException:
            await write.close()
            raise
        return cls(read, write)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All of the block's writes happen, or none; other writers wait meanwhile.

        When it returns they are committed. Blocks that wait for their turn at the same time share
        a commit, each in a savepoint of its own, so that one that fails takes no other with it.
        """
        async with self._turn:
            if self._closed:
                raise sqlite3.ProgrammingError("the database is closed")
            group = self._group
            if group is None:
                group = await _to_its_end(self._begin())
            await self._write.execute("SAVEPOINT block")
            try:
                yield self._write
                await self._write.execute("RELEASE block")
            except BaseException as error:
                await self._undo(group, error)
                raise
        # Shielded: one that is cancelled here must not cancel the future that the others wait for.
        await asyncio.shield(group.ended)

    async def _begin(self) -> _Group:
        await self._write.aside("BEGIN IMMEDIATE")
        self._group = _Group()
        # Turns are taken in order: it commits after those who wait by now.
        self._committing = asyncio.create_task(self._commit(self._group))
        return self._group

    async def _commit(self, group: _Group) -> None:
        async with self._turn:
            if self._group is not group:
                return
            self._group = None
            try:
                await self._write.aside("COMMIT")
            except Exception as error:  # noqa: BLE001
                if self._write.in_transaction:
                    await self._write.execute("ROLLBACK")
                group.end(error)
            else:
                group.end(None)

    async def _undo(self, group: _Group, error: BaseException) -> None:
        if self._write.in_transaction:
            await self._write.execute("ROLLBACK TO block")
            await self._write.execute("RELEASE block")
        else:
            # SQLite rolled everything back by itself (a full disk, say): all are told.
            self._group = None
            group.end(error)

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
        self._closed = True
        # Whoever has the turn ends first; those behind them find the database closed.
        async with self._turn:
            committing = self._committing
        if committing:
            await _to_its_end(committing)
        await self.read.close()
        await self._write.close()


def _connector(path: Path) -> Callable[[], sqlite3.Connection]:
    return partial(
        sqlite3.connect,
        path,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=256,
        check_same_thread=False,
    )


async def _set_up(db: Connection, synchronous: str) -> Connection:
    db.row_factory = Row
    await _use_wal(db)
    await db.execute(f"PRAGMA synchronous = {synchronous}")
    await db.execute("PRAGMA foreign_keys = ON")
    await db.execute("PRAGMA temp_store = MEMORY")
    return db


async def _use_wal(db: Connection) -> None:
    """Switch a new file to WAL. SQLite does not wait for its lock here, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            await db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # The low byte: there are kinds of busy (another process recovers after a kill, say).
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            await asyncio.sleep(WATCH_SECONDS)


async def _to_its_end(work: Coroutine[None, None, T] | asyncio.Task[T]) -> T:
    """Wait for work that a cancelled caller must not leave half done."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def migrations() -> list[str]:
    """The schema's files in order, as SQL; the number of those applied is `PRAGMA user_version`."""
    folder = resources.files("storage") / "schema"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    return [(folder / name).read_text() for name in names]


async def _migrate(db: _Writer) -> None:
    steps = migrations()
    # The lock is taken before the version is read: two processes may start at once.
    await db.aside("BEGIN IMMEDIATE")
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
