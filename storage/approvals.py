"""Approvals: what an owner is asked about one clip, and what they answered.

    from       to          by
    asked      approved    the owner says yes
    asked      refused     the owner says no
    asked      expired     APPROVAL_SECONDS pass: no answer means no
    asked      withdrawn   the clip was called off, failed or was taken down
    approved   withdrawn   the owner takes the clip back

The prompt is asked about before anything is rendered; once it is approved and the clip is made,
the draft is asked about before anything is posted.
"""

from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import consent_log
from storage.consent_log import Act, Detail
from storage.rows import many, one

#: Seconds that an owner has to answer.
APPROVAL_SECONDS = 24 * 3600.0


class Stage(StrEnum):
    """What the owner is asked about."""

    PROMPT = "prompt"
    DRAFT = "draft"


class ApprovalState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Approval:
    """A question to a cameo's owner about one clip."""

    clip_id: int
    cameo_id: int
    stage: Stage
    state: ApprovalState
    asked_at: float
    #: UTC seconds after which no answer means no.
    expires_at: float
    answered_at: float | None


async def ask(
    tx: Connection, clip_id: int, cameo_id: int, stage: Stage, *, by: int, now: float
) -> None:
    """Ask the owner, on behalf of the member `by`; what was asked before stays as it is."""
    await tx.execute(
        "INSERT INTO approvals (clip_id, cameo_id, stage, state, asked_at, expires_at)"
        " VALUES (?, ?, ?, 'asked', ?, ?) ON CONFLICT DO NOTHING",
        (clip_id, cameo_id, stage, now, now + APPROVAL_SECONDS),
    )
    detail: Detail = {"clip": clip_id, "stage": str(stage)}
    await consent_log.append(tx, cameo_id, Act.ASKED, by=by, detail=detail, now=now)


async def answer(
    tx: Connection, approval: Approval, *, yes: bool, by: int | None, now: float
) -> bool:
    """Keep the owner's answer; `by` None is the clock's no. False if it was answered already."""
    state = ApprovalState.APPROVED if yes else ApprovalState.REFUSED
    act = Act.APPROVED if yes else Act.REFUSED
    if by is None:
        state, act = ApprovalState.EXPIRED, Act.EXPIRED
    async with tx.execute(
        "UPDATE approvals SET state = ?, answered_at = ?"
        " WHERE clip_id = ? AND cameo_id = ? AND stage = ? AND state = 'asked'",
        (state, now, approval.clip_id, approval.cameo_id, approval.stage),
    ) as moved:
        if moved.rowcount != 1:
            return False
    detail: Detail = {"clip": approval.clip_id, "stage": str(approval.stage)}
    await consent_log.append(tx, approval.cameo_id, act, by=by, detail=detail, now=now)
    return True


async def withdraw(tx: Connection, clip_id: int, *, now: float) -> None:
    """Nothing about the clip is asked or approved any more."""
    await tx.execute(
        "UPDATE approvals SET state = 'withdrawn', answered_at = ?"
        " WHERE clip_id = ? AND state IN ('asked', 'approved')",
        (now, clip_id),
    )


async def find(db: Connection, clip_id: int, cameo_id: int, stage: Stage) -> Approval | None:
    """The question about the clip at that stage, if it was put."""
    row = await one(
        db,
        "SELECT * FROM approvals WHERE clip_id = ? AND cameo_id = ? AND stage = ?",
        (clip_id, cameo_id, stage),
    )
    return _approval(row) if row else None


async def of_clip(db: Connection, clip_id: int) -> list[Approval]:
    """Everything that was asked about the clip, the prompts first."""
    rows = await many(
        db, "SELECT * FROM approvals WHERE clip_id = ? ORDER BY stage DESC, cameo_id", (clip_id,)
    )
    return [_approval(row) for row in rows]


async def open_of_cameo(db: Connection, cameo_id: int) -> list[Approval]:
    """What the owner has still to answer, oldest first."""
    rows = await many(
        db,
        "SELECT * FROM approvals WHERE cameo_id = ? AND state = 'asked' ORDER BY asked_at",
        (cameo_id,),
    )
    return [_approval(row) for row in rows]


async def awaited(db: Connection) -> dict[int, tuple[str, ...]]:
    """Clip id → handles of the cameos whose owners have still to answer about it."""
    rows = await many(
        db,
        "SELECT clip_id, handle FROM approvals JOIN cameos ON cameos.id = cameo_id"
        " WHERE state = 'asked' ORDER BY clip_id, handle",
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row["clip_id"]] = (*found.get(row["clip_id"], ()), row["handle"] or "?")
    return found


async def held_drafts(db: Connection, member_id: int) -> list[int]:
    """Ids of the member's finished clips about which an owner has still to answer."""
    rows = await many(
        db,
        "SELECT DISTINCT clip_id FROM approvals JOIN clips ON clips.id = clip_id"
        " WHERE state = 'asked' AND stage = 'draft' AND member_id = ? ORDER BY clip_id",
        (member_id,),
    )
    return [int(row["clip_id"]) for row in rows]


async def overdue(db: Connection, *, now: float) -> list[Approval]:
    """Questions whose time has run out."""
    rows = await many(
        db, "SELECT * FROM approvals WHERE state = 'asked' AND expires_at <= ?", (now,)
    )
    return [_approval(row) for row in rows]


def _approval(row: Row) -> Approval:
    return Approval(
        row["clip_id"],
        row["cameo_id"],
        Stage(row["stage"]),
        ApprovalState(row["state"]),
        row["asked_at"],
        row["expires_at"],
        row["answered_at"],
    )
