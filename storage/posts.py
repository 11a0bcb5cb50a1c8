"""Posts: the messages of ours that hold or announce a clip. A reply finds its clip here."""

from dataclasses import dataclass

from aiosqlite import Connection

from storage.clips import Clip, from_row
from storage.rows import one


@dataclass(frozen=True)
class Post:
    """A message of ours on a platform."""

    space_id: int
    #: The platform's id of it.
    message: str
    clip_id: int
    #: False for the message that only shows progress.
    holds_clip: bool


async def add(
    tx: Connection, space_id: int, message: str, clip_id: int, *, holds_clip: bool, now: float
) -> None:
    """Remember that a message holds or announces the clip; a progress message may become a post."""
    await tx.execute(
        "INSERT INTO posts (space_id, message, clip_id, holds_clip, created_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (space_id, message)"
        " DO UPDATE SET holds_clip = max(holds_clip, excluded.holds_clip)",
        (space_id, message, clip_id, holds_clip, now),
    )


async def clip_at(db: Connection, space_id: int, message: str) -> Clip | None:
    """The clip that the message holds or announces, deleted ones included."""
    row = await one(
        db,
        "SELECT clips.* FROM posts JOIN clips ON clips.id = clip_id"
        " WHERE posts.space_id = ? AND message = ?",
        (space_id, message),
    )
    return from_row(row) if row else None


async def owe_removal(tx: Connection, space_id: int, message: str) -> None:
    """The message is to be taken down, as soon as its platform lets us."""
    await tx.execute(
        "UPDATE posts SET removal_owed = 1"
        " WHERE space_id = ? AND message = ? AND removed_at IS NULL",
        (space_id, message),
    )


async def owe_removal_of_clip(tx: Connection, clip_id: int) -> None:
    """Every message about the clip is to be taken down."""
    await tx.execute(
        "UPDATE posts SET removal_owed = 1 WHERE clip_id = ? AND removed_at IS NULL", (clip_id,)
    )


async def owe_removal_in_space(tx: Connection, clip_id: int, space_id: int) -> None:
    """Every message about the clip in this space is to be taken down."""
    await tx.execute(
        "UPDATE posts SET removal_owed = 1"
        " WHERE clip_id = ? AND space_id = ? AND removed_at IS NULL",
        (clip_id, space_id),
    )


async def set_aside(tx: Connection, space_id: int) -> None:
    """The space's messages get new numbers from here on: the old ones name no message any more."""
    await tx.execute(
        "UPDATE posts SET message = 'before:' || message"
        " WHERE space_id = ? AND message NOT LIKE 'before:%'",
        (space_id,),
    )


async def owed_removal(db: Connection) -> list[Post]:
    """The messages to be taken down."""
    async with db.execute("SELECT * FROM posts WHERE removal_owed = 1 ORDER BY clip_id") as rows:
        return [
            Post(row["space_id"], row["message"], row["clip_id"], bool(row["holds_clip"]))
            async for row in rows
        ]


async def removed(tx: Connection, space_id: int, message: str, *, now: float) -> None:
    """The message is gone from its platform."""
    await tx.execute(
        "UPDATE posts SET removed_at = ?, removal_owed = 0 WHERE space_id = ? AND message = ?",
        (now, space_id, message),
    )
