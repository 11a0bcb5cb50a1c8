"""What one member and one space may have at a time, so that one heavy user can't starve the rest.

The checks read inside the transaction that accepts, so that two requests at once can't both be the
last one allowed.
"""

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.errors import (
    HourIsFull,
    QueueIsFull,
    Refusal,
    TooManyWords,
    YourHourIsFull,
    YourQueueIsFull,
)
from storage.rows import one
from storage.settings import Limits

HOUR = 3600.0


def check_length(words: str, limits: Limits) -> None:
    """Raises TooManyWords."""
    if len(words) > limits.prompt_characters:
        raise TooManyWords(length=len(words), most=limits.prompt_characters)


async def check(tx: Connection, asker: Asker, limits: Limits, *, now: float) -> None:
    """Raises the refusal for the first limit that one more request would break."""
    row = await one(
        tx,
        "SELECT"
        " (SELECT waiting + rendering FROM shares WHERE member_id = :member) AS open_member,"
        " (SELECT count(*) FROM jobs JOIN clips ON clips.id = clip_id"
        "  WHERE state IN ('waiting', 'rendering') AND space_id = :space) AS open_space,"
        " (SELECT created_at FROM clips WHERE member_id = :member AND created_at > :since"
        "  ORDER BY id DESC LIMIT 1 OFFSET :hourly_member - 1) AS edge_member,"
        " (SELECT created_at FROM clips WHERE space_id = :space AND created_at > :since"
        "  ORDER BY id DESC LIMIT 1 OFFSET :hourly_space - 1) AS edge_space",
        {
            "member": asker.member.id,
            "space": asker.space.id,
            "since": now - HOUR,
            "hourly_member": limits.hourly_per_member,
            "hourly_space": limits.hourly_per_space,
        },
    )
    assert row is not None
    if (row["open_member"] or 0) >= limits.open_per_member:
        raise YourQueueIsFull(most=limits.open_per_member)
    if row["open_space"] >= limits.open_per_space:
        raise QueueIsFull(most=limits.open_per_space)
    _check_hour(row["edge_member"], YourHourIsFull, limits.hourly_per_member, now)
    _check_hour(row["edge_space"], HourIsFull, limits.hourly_per_space, now)


def _check_hour(edge: float | None, refusal: type[Refusal], most: int, now: float) -> None:
    """`edge` is when the oldest of the last `most` requests came, if within the hour."""
    if edge is not None:
        raise refusal(most=most, minutes=max(1, round((edge + HOUR - now) / 60)))
