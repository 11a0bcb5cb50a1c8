"""Recalls: messages that were being made when their clip was called off.

The call may have gone through, in this process or in one that died since. A recall stands until
what it made was found and is owed removal, or was not found. It keeps the nonce that the message
would carry; the delivery goes on under a fresh one, with no progress message, so that the words it
now owes are a message of their own.
"""

from dataclasses import dataclass

from aiosqlite import Connection

from storage.rows import many


@dataclass(frozen=True)
class Recall:
    """A message to be found and taken down."""

    #: That it would carry.
    nonce: str
    delivery_id: int
    clip_id: int
    space_id: int
    #: The message that showed progress: on some platforms it became the clip.
    progress: str | None
    attempts: int


async def recall(tx: Connection, which: str, value: int) -> None:
    """Recall what is being sent of the deliveries that the SQL `which` chooses by `value`."""
    await tx.execute(
        "INSERT INTO recalls (nonce, delivery_id, clip_id, space_id, progress)"
        " SELECT nonce, id, clip_id, space_id, progress FROM deliveries"
        f" WHERE state = 'sending' AND {which}",
        (value,),
    )
    await tx.execute(
        "UPDATE deliveries SET nonce = lower(hex(randomblob(12))), progress = NULL, handle = NULL"
        f" WHERE state = 'sending' AND {which}",
        (value,),
    )


async def due(db: Connection, *, now: float) -> list[Recall]:
    """The recalls to be tried now."""
    rows = await many(db, "SELECT * FROM recalls WHERE next_at <= ? ORDER BY delivery_id", (now,))
    return [
        Recall(
            row["nonce"],
            row["delivery_id"],
            row["clip_id"],
            row["space_id"],
            row["progress"],
            row["attempts"],
        )
        for row in rows
    ]


async def later(tx: Connection, recall: Recall, *, next_at: float) -> None:
    """It could not be looked for: try again at `next_at`."""
    await tx.execute(
        "UPDATE recalls SET attempts = attempts + 1, next_at = ? WHERE nonce = ?",
        (next_at, recall.nonce),
    )


async def done(tx: Connection, nonce: str) -> None:
    """What was to be found was found, or is not there."""
    await tx.execute("DELETE FROM recalls WHERE nonce = ?", (nonce,))
