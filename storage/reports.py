"""Reports: what members say is wrong with a clip, until a moderator has looked at it."""

from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage.rows import many


class ReportReason(StrEnum):
    """What is wrong with a clip."""

    #: Somebody's likeness is in it without their consent.
    LIKENESS = "likeness"
    #: Sex, or bare skin where it does not belong.
    SEXUAL = "sexual"
    #: A child is in a sexual or violent scene.
    MINOR = "minor"
    HATE = "hate"
    VIOLENCE = "violence"
    #: It claims as true what is not.
    FAKE = "fake"
    #: Somebody's characters, brand or work.
    RIGHTS = "rights"
    OTHER = "other"


#: One report for one of these takes the clip out of sight until a moderator has looked.
URGENT = frozenset({ReportReason.LIKENESS, ReportReason.MINOR})
#: So do reports by this many members, whatever their reasons.
ENOUGH = 3


@dataclass(frozen=True)
class Report:
    """One member's report of one clip."""

    id: int
    clip_id: int
    #: Who reported it, and where.
    member_id: int
    space_id: int
    reason: ReportReason
    words: str
    #: UTC seconds.
    created_at: float


async def add(
    tx: Connection,
    clip_id: int,
    member_id: int,
    space_id: int,
    *,
    reason: ReportReason,
    words: str,
    now: float,
) -> bool:
    """Keep a report. False if the member reported the clip before."""
    async with tx.execute(
        "INSERT INTO reports (clip_id, member_id, space_id, reason, words, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (clip_id, member_id, space_id, reason, words, now),
    ) as added:
        return added.rowcount == 1


async def of_clip(db: Connection, clip_id: int) -> list[Report]:
    """The clip's open reports, oldest first."""
    rows = await many(
        db, "SELECT * FROM reports WHERE clip_id = ? AND closed_at IS NULL ORDER BY id", (clip_id,)
    )
    return [_report(row) for row in rows]


async def reported_clips(db: Connection, *, space_id: int | None) -> list[int]:
    """Standing clips with open reports, the one reported first first.

    Those reported in one space or made there; with None those of the whole room.
    """
    rows = await many(
        db,
        "SELECT clip_id FROM reports JOIN clips ON clips.id = clip_id"
        " WHERE closed_at IS NULL AND deleted_at IS NULL"
        " AND (:space IS NULL OR reports.space_id = :space OR clips.space_id = :space)"
        " GROUP BY clip_id ORDER BY min(reports.id)",
        {"space": space_id},
    )
    return [int(row["clip_id"]) for row in rows]


async def close(tx: Connection, clip_id: int, *, now: float) -> int:
    """A moderator has dealt with the clip's reports; returns how many there were."""
    async with tx.execute(
        "UPDATE reports SET closed_at = ? WHERE clip_id = ? AND closed_at IS NULL", (now, clip_id)
    ) as closed:
        return closed.rowcount


def _report(row: Row) -> Report:
    return Report(
        row["id"],
        row["clip_id"],
        row["member_id"],
        row["space_id"],
        ReportReason(row["reason"]),
        row["words"],
        row["created_at"],
    )
