"""Posts: the messages of ours that hold or announce a clip. A reply finds its clip here."""

from dataclasses import dataclass

from aiosqlite import Connection, Row

from storage.clips import Clip, from_row
from storage.rows import many, one


@dataclass(frozen=True)
class Post:
    """A message of ours on a platform."""

    space_id: int
    #: The platform's id of it.
    message: str
    clip_id: int
    #: False for the message that only shows progress.
    holds_clip: bool
    #: It is to be taken down, and how often its platform has refused that.
    removal_owed: bool = False
    removal_refused: int = 0


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
    """Every message about the clip is to be taken down, but one that is about to say why.

    One that is being turned into the clip at this moment is left to its recall.
    """
    await tx.execute(
        "UPDATE posts SET removal_owed = 1 WHERE clip_id = ? AND removed_at IS NULL"
        " AND (holds_clip = 1 OR NOT EXISTS (SELECT 1 FROM deliveries"
        "  WHERE deliveries.clip_id = posts.clip_id AND deliveries.space_id = posts.space_id"
        "  AND progress = posts.message AND state IN ('waiting', 'ready', 'sending')))"
        " AND NOT EXISTS (SELECT 1 FROM recalls WHERE recalls.space_id = posts.space_id"
        "  AND recalls.progress = posts.message)",
        (clip_id,),
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


async def owed_removal(db: Connection, *, now: float | None = None) -> list[Post]:
    """The messages to be taken down; with `now`, those that are to be tried by then."""
    rows = await many(
        db,
        "SELECT * FROM posts WHERE removal_owed = 1 AND (:now IS NULL OR removal_next_at <= :now)"
        " ORDER BY clip_id",
        {"now": now},
    )
    return [_post(row) for row in rows]


async def of_clip(db: Connection, clip_id: int) -> list[Post]:
    """The messages about the clip that stand, those to be taken down included."""
    rows = await many(
        db, "SELECT * FROM posts WHERE clip_id = ? AND removed_at IS NULL", (clip_id,)
    )
    return [_post(row) for row in rows]


async def owed_of_cameo(db: Connection, cameo_id: int) -> list[Post]:
    """Messages that still hold clips that are gone, of those that held the cameo."""
    rows = await many(
        db,
        "SELECT posts.* FROM posts JOIN uses USING (clip_id) JOIN clips ON clips.id = clip_id"
        " WHERE cameo_id = ? AND removal_owed = 1 AND holds_clip = 1 AND master IS NULL",
        (cameo_id,),
    )
    return [_post(row) for row in rows]


async def removal_refused(tx: Connection, post: Post, *, next_at: float) -> None:
    """The platform would not take the message down: it stays owed, and is tried at `next_at`."""
    await tx.execute(
        "UPDATE posts SET removal_refused = removal_refused + 1, removal_next_at = ?"
        " WHERE space_id = ? AND message = ?",
        (next_at, post.space_id, post.message),
    )


async def removed(tx: Connection, space_id: int, message: str, *, now: float) -> None:
    """The message is gone from its platform."""
    await tx.execute(
        "UPDATE posts SET removed_at = ?, removal_owed = 0 WHERE space_id = ? AND message = ?",
        (now, space_id, message),
    )


def _post(row: Row) -> Post:
    return Post(
        row["space_id"],
        row["message"],
        row["clip_id"],
        bool(row["holds_clip"]),
        bool(row["removal_owed"]),
        row["removal_refused"],
    )
