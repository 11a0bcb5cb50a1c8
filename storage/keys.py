"""Keys to the page and the API beyond this machine. A key is shown once; a hash is kept."""

import hashlib
import secrets

from aiosqlite import Connection

from storage.people import Member
from storage.rows import one

#: Bytes of randomness in a key: nobody guesses 2²⁵⁶, so a fast hash is enough.
KEY_BYTES = 32


async def make(tx: Connection, member_id: int, *, now: float) -> str:
    """A new key that signs in as the member."""
    key = f"rr_{secrets.token_urlsafe(KEY_BYTES)}"
    await tx.execute(
        "INSERT INTO keys (hash, member_id, created_at) VALUES (?, ?, ?)",
        (_hash(key), member_id, now),
    )
    return key


async def member_of(db: Connection, key: str) -> Member | None:
    """Whom the key signs in; None for a key unknown or revoked."""
    row = await one(
        db,
        "SELECT members.* FROM keys JOIN members ON members.id = member_id"
        " WHERE hash = ? AND revoked_at IS NULL",
        (_hash(key),),
    )
    return Member(row["id"], row["name"], row["language"]) if row else None


async def revoke_all(tx: Connection, member_id: int, *, now: float) -> int:
    """Make every key of the member useless; returns how many there were."""
    async with tx.execute(
        "UPDATE keys SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL",
        (now, member_id),
    ) as gone:
        return gone.rowcount


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
