"""Rights: what the owners of characters and brands have allowed this room, on record.

The record is append-only: to revoke is to write one more line, and nothing written is ever changed
(triggers in the schema see to it). The last line about a name decides.
"""

from dataclasses import dataclass

from aiosqlite import Connection

from storage.rows import many


@dataclass(frozen=True)
class Right:
    """One line of the record."""

    #: The character or brand, as the table of checks calls it.
    name: str
    #: True where it was allowed, False where that was taken back.
    allowed: bool
    #: Who said so, and on what ground, as the room's owner wrote it; empty where it was taken back.
    by: str
    #: UTC seconds.
    at: float


async def allow(tx: Connection, name: str, by: str, *, now: float) -> None:
    """The owner of `name` allows it here."""
    await _record(tx, Right(name, True, by, now))


async def revoke(tx: Connection, name: str, *, now: float) -> bool:
    """It is allowed no more. False where it was not allowed."""
    if name not in await allowed(tx):
        return False
    await _record(tx, Right(name, False, "", now))
    return True


async def allowed(db: Connection) -> frozenset[str]:
    """The names that are allowed now."""
    standing = {right.name: right.allowed for right in await history(db)}
    return frozenset(name for name, still in standing.items() if still)


async def history(db: Connection) -> list[Right]:
    """The whole record, the oldest line first."""
    return [
        Right(row["name"], bool(row["allowed"]), row["by"], row["at"])
        for row in await many(db, "SELECT * FROM rights ORDER BY id")
    ]


async def _record(tx: Connection, right: Right) -> None:
    await tx.execute(
        'INSERT INTO rights (name, allowed, "by", at) VALUES (?, ?, ?, ?)',
        (right.name, right.allowed, right.by, right.at),
    )
