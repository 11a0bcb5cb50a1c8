"""Members and their accounts on platforms, and the one-time codes that link them.

A member is a person. The first account that writes to us makes a member; linking a second account
moves all that its member had to the first one, so that a person's clips are theirs everywhere.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection

from storage import cameos, challenges
from storage.codes import new_code
from storage.rows import many, one

#: Seconds that a link code stays valid.
LINK_SECONDS = 600.0


class Platform(StrEnum):
    """Where people talk to us."""

    DISCORD = "discord"
    TELEGRAM = "telegram"
    #: The page of the local room.
    ROOM = "room"
    #: The /v1/videos API.
    API = "api"


@dataclass(frozen=True)
class Member:
    """A person, whatever account they use."""

    id: int
    #: As their platform shows it; of the account that made the member.
    name: str
    #: "en" or "fr".
    language: str


async def sign_in(
    tx: Connection, platform: Platform, account: str, *, name: str, language: str, now: float
) -> Member:
    """The member whose account this is, made if new; their name there and language kept fresh."""
    member = await find(tx, platform, account)
    if member is None:
        async with tx.execute(
            "INSERT INTO members (name, language, created_at) VALUES (?, ?, ?)",
            (name, language, now),
        ) as made:
            member_id = made.lastrowid
        assert member_id is not None
        await tx.execute(
            "INSERT INTO accounts (platform, account, member_id, name) VALUES (?, ?, ?, ?)",
            (platform, account, member_id, name),
        )
        return Member(member_id, name, language)
    await tx.execute(
        "UPDATE accounts SET name = ? WHERE platform = ? AND account = ? AND name <> ?",
        (name, platform, account, name),
    )
    await tx.execute(
        "UPDATE members SET language = ? WHERE id = ? AND language <> ?",
        (language, member.id, language),
    )
    return Member(member.id, member.name, language)


async def find(db: Connection, platform: Platform, account: str) -> Member | None:
    """The member whose account this is, or None for someone new."""
    row = await one(
        db,
        "SELECT members.* FROM accounts JOIN members ON members.id = member_id"
        " WHERE platform = ? AND account = ?",
        (platform, account),
    )
    return Member(row["id"], row["name"], row["language"]) if row else None


async def get(db: Connection, member_id: int) -> Member:
    """The member with this id; LookupError if there is none."""
    row = await one(db, "SELECT * FROM members WHERE id = ?", (member_id,))
    if row is None:
        raise LookupError(f"no member {member_id}")
    return Member(row["id"], row["name"], row["language"])


async def account_on(db: Connection, member_id: int, platform: Platform) -> str | None:
    """The member's account on a platform (the first, if several)."""
    row = await one(
        db,
        "SELECT account FROM accounts WHERE member_id = ? AND platform = ? LIMIT 1",
        (member_id, platform),
    )
    return str(row["account"]) if row else None


async def platforms_of(db: Connection, member_id: int) -> list[Platform]:
    """The platforms where the member has an account."""
    return [
        Platform(row["platform"])
        for row in await many(
            db,
            "SELECT DISTINCT platform FROM accounts WHERE member_id = ? ORDER BY platform",
            (member_id,),
        )
    ]


async def new_link_code(tx: Connection, member_id: int, *, now: float) -> str:
    """A code that, typed from another account within LINK_SECONDS, joins it to this member."""
    await tx.execute(
        "DELETE FROM link_codes WHERE member_id = ? OR expires_at < ?", (member_id, now)
    )
    code = new_code(8, secrets.SystemRandom())
    await tx.execute(
        "INSERT INTO link_codes (code, member_id, expires_at) VALUES (?, ?, ?)",
        (code, member_id, now + LINK_SECONDS),
    )
    return code


async def redeem_link_code(
    tx: Connection, code: str, member_id: int, *, now: float
) -> Member | None:
    """Join `member_id` to the member who made `code`, who is returned; None for no such code.

    The code is used up. All that the joining member had (clips, jobs, deliveries, keys, cameos)
    moves.
    """
    row = await one(
        tx,
        "DELETE FROM link_codes WHERE code = ? AND expires_at >= ? AND member_id <> ?"
        " RETURNING member_id",
        (code, now, member_id),
    )
    if row is None:
        return None
    keeper = int(row["member_id"])
    # The keeper needs a row in shares before a job moves to it: the triggers count on it.
    await tx.execute(
        "INSERT INTO shares (member_id, virtual_time, waiting, rendering)"
        " SELECT ?, virtual_time, 0, 0 FROM shares WHERE member_id = ? ON CONFLICT DO NOTHING",
        (keeper, member_id),
    )
    await cameos.move_owner(tx, member_id, keeper)
    await challenges.forget(tx, member_id)
    # One member may report a clip once: of two reports that are now one member's, one stays.
    await tx.execute(
        "UPDATE OR IGNORE reports SET member_id = ? WHERE member_id = ?", (keeper, member_id)
    )
    await tx.execute("DELETE FROM reports WHERE member_id = ?", (member_id,))
    await tx.execute("UPDATE holds SET released_by = ? WHERE released_by = ?", (keeper, member_id))
    for table in ("accounts", "clips", "jobs", "deliveries", "keys", "sanctions", "refusals"):
        await tx.execute(
            f"UPDATE {table} SET member_id = ? WHERE member_id = ?", (keeper, member_id)
        )
    await tx.execute("DELETE FROM link_codes WHERE member_id = ?", (member_id,))
    await tx.execute("DELETE FROM shares WHERE member_id = ?", (member_id,))
    await tx.execute("DELETE FROM members WHERE id = ?", (member_id,))
    return await get(tx, keeper)
