"""Keys to the page and the API beyond this machine. A key is shown once; a hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass

from aiosqlite import Connection

from storage.people import Member
from storage.rows import one

#: Bytes of randomness in a key: nobody guesses 2²⁵⁶, so a fast hash is enough.
KEY_BYTES = 32


@dataclass(frozen=True)
class Opened:
    """What a key opens the room to."""

    member: Member
    #: They decide about everyone's clips, as the room's owner does.
    moderates: bool


async def make(tx: Connection, member_id: int, *, moderates: bool = False, now: float) -> str:
    """A new key that signs in as the member; with `moderates` it opens the moderation too."""
    key = f"rr_{secrets.token_urlsafe(KEY_BYTES)}"
    await tx.execute(
        "INSERT INTO keys (hash, member_id, moderates, created_at) VALUES (?, ?, ?, ?)",
        (_hash(key), member_id, moderates, now),
    )
    return key


async def opened_by(db: Connection, key: str) -> Opened | None:
    """Whom the key signs in, and to what; None for a key unknown or revoked."""
    row = await one(
        db,
        "SELECT members.*, moderates FROM keys JOIN members ON members.id = member_id"
        " WHERE hash = ? AND revoked_at IS NULL",
        (_hash(key),),
    )
    if row is None:
        return None
    return Opened(Member(row["id"], row["name"], row["language"]), bool(row["moderates"]))


async def revoke_all(tx: Connection, member_id: int, *, now: float) -> int:
    """Make every key of the member useless; returns how many there were."""
    async with tx.execute(
        "UPDATE keys SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL",
        (now, member_id),
    ) as gone:
        return gone.rowcount


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
