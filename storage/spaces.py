"""Spaces: where people talk. A Discord channel, a Telegram chat or topic, the local room."""

from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection

from storage.people import Platform
from storage.rows import many, one


class Strictness(StrEnum):
    """What may be asked for in a space, beside the rules that hold in all."""

    #: No sexual content.
    STANDARD = "standard"
    #: Nothing suggestive and no bloodshed either.
    STRICT = "strict"
    #: Marked for adults by its platform, and set so by its owner.
    ADULT = "adult"


@dataclass(frozen=True)
class Space:
    """A place that clips are asked for and posted in."""

    id: int
    platform: Platform
    #: The platform's id of it: a channel id; a chat id, with ":topic" where it has one.
    address: str
    #: A conversation of one member with the bot.
    private: bool
    #: The largest file the platform takes there, in bytes.
    max_bytes: int
    strictness: Strictness = Strictness.STANDARD


@dataclass(frozen=True)
class Read:
    """How far a space was read."""

    address: str
    private: bool
    #: The platform's id of the newest message that was dealt with; None for none yet.
    seen: str | None
    #: UTC seconds when the space was entered first.
    since: float


async def enter(
    tx: Connection, platform: Platform, address: str, *, private: bool, max_bytes: int, now: float
) -> Space:
    """The space at this address, made if new; its size limit kept fresh."""
    await tx.execute(
        "INSERT INTO spaces (platform, address, private, max_bytes, created_at)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, address) DO UPDATE SET max_bytes = excluded.max_bytes"
        " WHERE max_bytes <> excluded.max_bytes",
        (platform, address, private, max_bytes, now),
    )
    space = await find(tx, platform, address)
    assert space is not None
    return space


async def find(db: Connection, platform: Platform, address: str) -> Space | None:
    """The space at this address, if anything was ever asked for there."""
    row = await one(
        db, "SELECT * FROM spaces WHERE platform = ? AND address = ?", (platform, address)
    )
    return _space(row) if row else None


async def get(db: Connection, space_id: int) -> Space:
    """The space with this id; LookupError if there is none."""
    row = await one(db, "SELECT * FROM spaces WHERE id = ?", (space_id,))
    if row is None:
        raise LookupError(f"no space {space_id}")
    return _space(row)


async def move(tx: Connection, platform: Platform, old: str, new: str) -> None:
    """A space got another address (a Telegram group that became a supergroup)."""
    await tx.execute(
        "UPDATE OR IGNORE spaces SET address = ? WHERE platform = ? AND address = ?",
        (new, platform, old),
    )


async def set_strictness(tx: Connection, space_id: int, strictness: Strictness) -> None:
    """What may be asked for there from now on."""
    await tx.execute("UPDATE spaces SET strictness = ? WHERE id = ?", (strictness, space_id))


async def saw(tx: Connection, platform: Platform, address: str, message: str) -> None:
    """Everything there up to `message`, a whole number that grows with time, was dealt with."""
    await tx.execute(
        "UPDATE spaces SET seen = :message WHERE platform = :platform AND address = :address"
        " AND (seen IS NULL OR CAST(seen AS INTEGER) < CAST(:message AS INTEGER))",
        {"platform": platform, "address": address, "message": message},
    )


async def read_up_to(db: Connection, platform: Platform, *, most: int) -> list[Read]:
    """How far the platform's spaces were read; those written in last come first."""
    return [
        Read(row["address"], bool(row["private"]), row["seen"], row["created_at"])
        for row in await many(
            db,
            "SELECT * FROM spaces WHERE platform = ?"
            " ORDER BY CAST(coalesce(seen, 0) AS INTEGER) DESC, id DESC LIMIT ?",
            (platform, most),
        )
    ]


def _space(row: object) -> Space:
    values = dict(row)  # type: ignore[call-overload]
    return Space(
        values["id"],
        Platform(values["platform"]),
        values["address"],
        bool(values["private"]),
        values["max_bytes"],
        Strictness(values["strictness"]),
    )
