"""Challenges: what someone is asked to say and do before a camera, so that a film is new.

One a member at a time, sealed, for ten minutes and one use. Its key becomes the key of the cameo
that it leads to; a challenge that leads to none has its key destroyed.
"""

from dataclasses import dataclass

from aiosqlite import Connection

from storage.rows import many, one

#: Seconds that a challenge stays valid.
CHALLENGE_SECONDS = 600.0


@dataclass(frozen=True)
class Challenge:
    """A challenge as it is kept."""

    member_id: int
    #: Of the vault.
    key_id: str
    #: What is asked, sealed with the key.
    sealed: bytes
    expires_at: float


async def put(tx: Connection, member_id: int, *, key_id: str, sealed: bytes, now: float) -> None:
    """Keep a fresh challenge. The member's last one must have been forgotten."""
    await tx.execute(
        "INSERT INTO challenges (member_id, key_id, sealed, expires_at) VALUES (?, ?, ?, ?)",
        (member_id, key_id, sealed, now + CHALLENGE_SECONDS),
    )


async def reseal(tx: Connection, member_id: int, sealed: bytes) -> None:
    """Keep the member's challenge otherwise sealed; its time goes on."""
    await tx.execute("UPDATE challenges SET sealed = ? WHERE member_id = ?", (sealed, member_id))


async def find(db: Connection, member_id: int, *, now: float) -> Challenge | None:
    """The member's challenge, while it is valid."""
    row = await one(
        db, "SELECT * FROM challenges WHERE member_id = ? AND expires_at > ?", (member_id, now)
    )
    if row is None:
        return None
    return Challenge(row["member_id"], row["key_id"], row["sealed"], row["expires_at"])


async def forget(tx: Connection, member_id: int) -> str | None:
    """The member's challenge is used or given up; returns its key's id, None for none."""
    row = await one(tx, "DELETE FROM challenges WHERE member_id = ? RETURNING key_id", (member_id,))
    return str(row["key_id"]) if row else None


async def forget_expired(tx: Connection, *, now: float) -> list[str]:
    """Forget challenges past their time; returns the ids of their keys, to be destroyed."""
    rows = await many(tx, "DELETE FROM challenges WHERE expires_at <= ? RETURNING key_id", (now,))
    return [str(row["key_id"]) for row in rows]


async def any_expired(db: Connection, *, now: float) -> bool:
    """Whether a challenge is past its time."""
    return await one(db, "SELECT 1 FROM challenges WHERE expires_at <= ?", (now,)) is not None
