"""The database migrates itself, keeps transactions whole, and notices others' writes."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage.database import Database, DatabaseTooNew, migrations
from storage.room import Room


async def test_a_new_database_is_at_the_newest_version(room: Room) -> None:
    async with room.database.read.execute("PRAGMA user_version") as rows:
        row = await rows.fetchone()

    assert row is not None
    assert row[0] == len(migrations())


async def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    opened = await asyncio.gather(*(Database.open(tmp_path / "new.db") for _ in range(4)))

    for database in opened:
        await database.close()


async def test_a_database_of_a_newer_reelroom_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    await (await Database.open(path)).close()
    with sqlite3.connect(path) as direct:
        direct.execute("PRAGMA user_version = 9999")
    before = path.read_bytes()

    with pytest.raises(DatabaseTooNew, match="9999"):
        await Database.open(path)

    assert path.read_bytes() == before


async def test_a_transaction_that_breaks_leaves_nothing(room: Room) -> None:
    async def break_half_way() -> None:
        async with room.database.transaction() as tx:
            await tx.execute(
                "INSERT INTO members (name, language, created_at) VALUES ('a', 'en', 0)"
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_half_way()

    async with room.database.read.execute("SELECT count(*) FROM members") as rows:
        row = await rows.fetchone()
    assert row is not None
    assert row[0] == 0


async def test_another_processs_write_is_noticed(room: Room) -> None:
    version = await room.database.data_version()
    watch = asyncio.create_task(room.database.changed_since(version, within=20))

    with sqlite3.connect(room.settings.home / "reelroom.db") as other:
        other.execute("INSERT INTO members (name, language, created_at) VALUES ('b', 'en', 0)")

    assert await watch != version


async def test_tables_refuse_values_of_the_wrong_type(room: Room) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with room.database.transaction() as tx:
            await tx.execute(
                "INSERT INTO members (name, language, created_at) VALUES ('a', 'en', 'noon')"
            )


async def test_a_clip_needs_a_member_that_exists(room: Room) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with room.database.transaction() as tx:
            await tx.execute(
                "INSERT INTO accounts (platform, account, member_id, name)"
                " VALUES ('room', 'x', 12345, 'nobody')"
            )
