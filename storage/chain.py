"""Records that are only ever added to: each entry's hash covers its content and the hash before it.

An entry changed, removed or slipped in shows when the hashes are computed anew; an end that was cut
off shows to whoever wrote the last hash down. Triggers of the schema refuse changes by mistake.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from aiosqlite import Connection

from storage.rows import one

#: What the first entry's hash covers in place of one before it.
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Record:
    """A table that is such a record."""

    table: str
    #: Its columns between `id` and `previous`, in the order in which they are hashed.
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What a look through a whole record found."""

    #: Entries read.
    entries: int
    #: Hash of the last good one.
    head: str
    #: Id of the first entry that is not what was written; None for none.
    broken_at: int | None


async def append(tx: Connection, record: Record, values: Sequence[object]) -> None:
    """Add an entry with these values of the record's columns."""
    last = await one(tx, f"SELECT id, hash FROM {record.table} ORDER BY id DESC LIMIT 1")
    previous = str(last["hash"]) if last else BEGINNING
    entry_id = int(last["id"]) + 1 if last else 1
    names = ("id", *record.columns, "previous", "hash")
    await tx.execute(
        f"INSERT INTO {record.table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        (entry_id, *values, previous, _hash([entry_id, *values], previous)),
    )


async def verify(db: Connection, record: Record) -> Verdict:
    """Read the record from its beginning and compute every hash anew."""
    previous, count = BEGINNING, 0
    async with db.execute(f"SELECT * FROM {record.table} ORDER BY id") as rows:
        async for row in rows:
            count += 1
            values = [row["id"], *(row[column] for column in record.columns)]
            expected = _hash(values, previous)
            if row["id"] != count or row["previous"] != previous or row["hash"] != expected:
                return Verdict(count, previous, row["id"])
            previous = expected
    return Verdict(count, previous, None)


def _hash(values: Sequence[object], previous: str) -> str:
    content = json.dumps([*values, previous], default=str)
    return hashlib.sha256(content.encode()).hexdigest()
