"""Holds: clips that nobody is shown until a moderator lets them go, and why they are held."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage.rows import many, one


class HoldReason(StrEnum):
    """Why a clip is held."""

    #: The look at its frames found bare skin. Detail: part, score, at (seconds).
    NUDITY = "nudity"
    #: Its frames could not be looked at. Detail: why.
    UNSEEN = "unseen"
    #: Members reported it for something that can't wait. Detail: reports, reason.
    REPORTED = "reported"


@dataclass(frozen=True)
class Hold:
    """A clip that is or was held."""

    clip_id: int
    reason: HoldReason
    #: The figures that decided.
    detail: Mapping[str, str | int | float]
    #: UTC seconds.
    held_at: float
    released_at: float | None


async def hold(
    tx: Connection,
    clip_id: int,
    reason: HoldReason,
    *,
    detail: Mapping[str, str | int | float],
    now: float,
) -> None:
    """Show the clip to nobody; one that a moderator released before stays released."""
    await tx.execute(
        "INSERT INTO holds (clip_id, reason, detail, held_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (clip_id, reason, json.dumps(dict(detail), sort_keys=True), now),
    )


async def release(tx: Connection, clip_id: int, *, by: int, now: float) -> bool:
    """Let the clip go, as the moderator `by` says. False if it was not held."""
    async with tx.execute(
        "UPDATE holds SET released_at = ?, released_by = ?"
        " WHERE clip_id = ? AND released_at IS NULL",
        (now, by, clip_id),
    ) as moved:
        return moved.rowcount == 1


async def of_clip(db: Connection, clip_id: int) -> Hold | None:
    """The clip's hold, released or not."""
    row = await one(db, "SELECT * FROM holds WHERE clip_id = ?", (clip_id,))
    return _hold(row) if row else None


async def standing(db: Connection, *, space_id: int | None) -> list[Hold]:
    """Clips held now, the oldest first; of one space, or with None of the whole room."""
    return [
        _hold(row)
        for row in await many(
            db,
            "SELECT holds.* FROM holds JOIN clips ON clips.id = clip_id"
            " WHERE released_at IS NULL AND deleted_at IS NULL"
            " AND (:space IS NULL OR clips.space_id = :space) ORDER BY held_at",
            {"space": space_id},
        )
    ]


def _hold(row: Row) -> Hold:
    return Hold(
        row["clip_id"],
        HoldReason(row["reason"]),
        json.loads(row["detail"]),
        row["held_at"],
        row["released_at"],
    )
