"""Sanctions: warnings, mutes and bans, in one space or in the whole room, and appeals against them.

A muted or banned member asks for nothing there until its end, or until it is lifted. Their clips
and their cameos stay theirs.
"""

from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage.rows import many, one


class SanctionKind(StrEnum):
    """What a moderator did about a member."""

    #: Told, nothing more.
    WARNING = "warning"
    #: Asks for nothing until a time.
    MUTE = "mute"
    #: Asks for nothing.
    BAN = "ban"


@dataclass(frozen=True)
class Sanction:
    """A warning, a mute or a ban."""

    id: int
    member_id: int
    #: None for the whole room.
    space_id: int | None
    kind: SanctionKind
    #: What the member is told.
    words: str
    #: UTC seconds.
    made_at: float
    #: None for no end.
    until: float | None
    lifted_at: float | None
    #: The member's words against it.
    appeal: str | None


async def impose(
    tx: Connection,
    member_id: int,
    kind: SanctionKind,
    *,
    space_id: int | None,
    words: str,
    until: float | None,
    now: float,
) -> Sanction:
    """Warn, mute or ban the member, in one space or with None in the whole room."""
    row = await one(
        tx,
        "INSERT INTO sanctions (member_id, space_id, kind, words, made_at, until)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
        (member_id, space_id, kind, words, now, until),
    )
    assert row is not None
    return _sanction(row)


async def in_force(db: Connection, member_id: int, *, space_id: int, now: float) -> Sanction | None:
    """What keeps the member from asking in the space now; the one that ends last."""
    row = await one(
        db,
        "SELECT * FROM sanctions WHERE member_id = :member AND kind <> 'warning'"
        " AND lifted_at IS NULL AND (until IS NULL OR until > :now)"
        " AND (space_id IS NULL OR space_id = :space)"
        " ORDER BY coalesce(until, 1e18) DESC LIMIT 1",
        {"member": member_id, "space": space_id, "now": now},
    )
    return _sanction(row) if row else None


async def unread_warning(db: Connection, member_id: int, *, space_id: int) -> Sanction | None:
    """The oldest warning that the member has not read yet; reading it ends it."""
    row = await one(
        db,
        "SELECT * FROM sanctions WHERE member_id = ? AND kind = 'warning' AND lifted_at IS NULL"
        " AND (space_id IS NULL OR space_id = ?) ORDER BY id LIMIT 1",
        (member_id, space_id),
    )
    return _sanction(row) if row else None


async def get(db: Connection, sanction_id: int) -> Sanction | None:
    """The sanction with this id."""
    row = await one(db, "SELECT * FROM sanctions WHERE id = ?", (sanction_id,))
    return _sanction(row) if row else None


async def of_member(db: Connection, member_id: int) -> list[Sanction]:
    """All that was done about the member, the newest first."""
    rows = await many(
        db, "SELECT * FROM sanctions WHERE member_id = ? ORDER BY id DESC", (member_id,)
    )
    return [_sanction(row) for row in rows]


async def appealed(db: Connection, *, space_id: int | None) -> list[Sanction]:
    """Sanctions with an appeal that nobody has granted, oldest first; with None of all spaces."""
    rows = await many(
        db,
        "SELECT * FROM sanctions WHERE appealed_at IS NOT NULL AND lifted_at IS NULL"
        " AND (:space IS NULL OR space_id = :space) ORDER BY appealed_at",
        {"space": space_id},
    )
    return [_sanction(row) for row in rows]


async def appeal(tx: Connection, sanction_id: int, words: str, *, now: float) -> bool:
    """Keep the member's words against it. False if it was appealed before or is over."""
    async with tx.execute(
        "UPDATE sanctions SET appeal = ?, appealed_at = ?"
        " WHERE id = ? AND appealed_at IS NULL AND lifted_at IS NULL",
        (words, now, sanction_id),
    ) as moved:
        return moved.rowcount == 1


async def lift(tx: Connection, sanction_id: int, *, now: float) -> bool:
    """End it before its time. False if it was lifted before."""
    async with tx.execute(
        "UPDATE sanctions SET lifted_at = ? WHERE id = ? AND lifted_at IS NULL", (now, sanction_id)
    ) as moved:
        return moved.rowcount == 1


def _sanction(row: Row) -> Sanction:
    return Sanction(
        row["id"],
        row["member_id"],
        row["space_id"],
        SanctionKind(row["kind"]),
        row["words"],
        row["made_at"],
        row["until"],
        row["lifted_at"],
        row["appeal"],
    )
