"""Jobs: one piece of work for an engine, from its claim to its end.

    from        to          by
    waiting     rendering   claim: an engine takes a lease
    waiting     cancelled   cancel
    rendering   waiting     release (engine stops), retry (error worth another try), lapse (it died)
    rendering   done        done
    rendering   failed      fail, or the second death of an engine that held it
    rendering   cancelled   cancel: the engine sees it within a step

A lease is kept alive by heartbeats. An engine that finds its job in another state, or leased to
another engine, drops what it made: only the holder of the lease can finish a job.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import fair
from storage.errors import ErrorCode
from storage.rows import many, one

#: Seconds a lease lasts without a heartbeat.
LEASE_SECONDS = 20.0
#: Errors worth another try before a job is failed.
MOST_ATTEMPTS = 3
#: Engine deaths after which a job is taken for the cause.
MOST_CRASHES = 2

Figures = Mapping[str, str | int | float]

# A lease is an engine and the time of its claim: an engine that was taken for dead and then claims
# the same job once more doesn't mistake its old render for the new one.
_HELD = "id = ? AND state = 'rendering' AND engine = ? AND started_at = ?"


class JobState(StrEnum):
    """Where a job stands."""

    #: Accepted, no engine has it.
    WAITING = "waiting"
    #: An engine holds a lease on it.
    RENDERING = "rendering"
    #: Its clip has a master.
    DONE = "done"
    #: It ended in an error that has words.
    FAILED = "failed"
    #: Its member or the room called it off.
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Job:
    """A piece of work for an engine."""

    id: int
    clip_id: int
    member_id: int
    preset: str
    state: JobState
    #: GPU seconds expected.
    cost: float
    attempts: int
    crashes: int
    #: Who holds the lease.
    engine: str | None
    #: Denoising steps done, of how many; 0 of 0 before the first.
    step: int
    steps: int
    #: Hash of the newest preview picture.
    preview: str | None
    #: Why it failed, as a code with its figures.
    error: ErrorCode | None
    figures: Figures
    created_at: float
    started_at: float | None
    finished_at: float | None


async def enqueue(
    tx: Connection, clip_id: int, member_id: int, *, preset: str, cost: float, now: float
) -> Job:
    """Let an engine render the clip; `cost` is the GPU seconds expected."""
    await fair.join(tx, member_id)
    row = await one(
        tx,
        "INSERT INTO jobs (clip_id, member_id, preset, state, cost, created_at)"
        " VALUES (?, ?, ?, 'waiting', ?, ?) RETURNING *",
        (clip_id, member_id, preset, cost, now),
    )
    assert row is not None
    return _job(row)


async def claim(
    tx: Connection, engine: str, presets: Collection[str], *, alone: bool, now: float
) -> Job | None:
    """Lease the job that fair share puts first among those that `presets` can render.

    A job that an engine died with is a suspect and is only given to an engine that is otherwise
    idle (`alone`), so that a second death can't be blamed on a neighbour; when it comes first, a
    busy engine gets nothing until it is idle. The query goes through waiting members by their
    virtual time and takes each one's oldest job: its cost grows with the members who wait for
    other presets, not with history.
    """
    row = await one(
        tx,
        "UPDATE jobs SET state = 'rendering', engine = ?, lease_until = ?, started_at = ?,"
        f" step = 0, steps = 0 WHERE id = ({_next(presets)}) AND (crashes = 0 OR ?) RETURNING *",
        (engine, now + LEASE_SECONDS, now, *presets, alone),
    )
    if row is None:
        return None
    job = _job(row)
    await fair.charge(tx, job.member_id, job.cost)
    return job


async def waiting_for(db: Connection, presets: Collection[str]) -> bool:
    """Whether a claim is worth a transaction: a job waits that one of `presets` renders."""
    async with db.execute(_next(presets), tuple(presets)) as rows:
        return await rows.fetchone() is not None


async def heartbeat(tx: Connection, engine: str, *, now: float) -> set[int]:
    """Keep the engine's leases alive; returns the ids of the jobs it still holds."""
    return {
        int(row["id"])
        for row in await many(
            tx,
            "UPDATE jobs SET lease_until = ? WHERE state = 'rendering' AND engine = ? RETURNING id",
            (now + LEASE_SECONDS, engine),
        )
    }


async def held_by(db: Connection, engine: str) -> set[int]:
    """The ids of the jobs that the engine holds: one missing was cancelled or lapsed."""
    return {
        int(row["id"])
        for row in await many(
            db, "SELECT id FROM jobs WHERE state = 'rendering' AND engine = ?", (engine,)
        )
    }


async def progress(tx: Connection, job: Job, *, step: int, steps: int, preview: str | None) -> None:
    """Show how far the render is; `preview` is a recorded picture's hash, None keeps the last."""
    await tx.execute(
        f"UPDATE jobs SET step = ?, steps = ?, preview = coalesce(?, preview) WHERE {_HELD}",
        (step, steps, preview, *_lease(job)),
    )


async def done(tx: Connection, job: Job, *, seconds: float, now: float) -> bool:
    """The clip is made, in `seconds` of the GPU. False if the lease was lost."""
    return await _end(tx, job, JobState.DONE, now=now, spent=seconds)


async def fail(tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float) -> bool:
    """The job ends in an error. False if the lease was lost."""
    return await _end(tx, job, JobState.FAILED, now=now, error=error, figures=figures)


async def retry(
    tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float
) -> bool:
    """Let the job wait again after an error, or fail it when it was tried MOST_ATTEMPTS times.

    True when it waits again.
    """
    if job.attempts + 1 >= MOST_ATTEMPTS:
        await fail(tx, job, error, figures, now=now)
        return False
    return await _wait_again(tx, job, "attempts = attempts + 1")


async def release(tx: Connection, job: Job) -> bool:
    """The engine gives the job back unharmed, because it stops. False if the lease was lost."""
    return await _wait_again(tx, job, "attempts = attempts")


async def lapsed(db: Connection, *, now: float, engine_is_dead: Collection[str] = ()) -> list[Job]:
    """Jobs whose engine went silent, or is one of those known to be dead."""
    marks = ", ".join("?" * len(engine_is_dead))
    return [
        _job(row)
        for row in await many(
            db,
            "SELECT * FROM jobs WHERE state = 'rendering'"
            f" AND (lease_until < ? OR engine IN ({marks})) ORDER BY id",
            (now, *engine_is_dead),
        )
    ]


async def blame(tx: Connection, job: Job, *, now: float) -> JobState:
    """The engine died while it held the job: let it wait again, or fail it the second time."""
    if job.crashes + 1 >= MOST_CRASHES:
        await _end(tx, job, JobState.FAILED, now=now, error=ErrorCode.POISONED, crashed=True)
        return JobState.FAILED
    await _wait_again(tx, job, "crashes = crashes + 1")
    return JobState.WAITING


async def cancel(tx: Connection, job_id: int, *, now: float) -> bool:
    """Call the job off, waiting or rendering. False if it had ended already."""
    async with tx.execute(
        "UPDATE jobs SET state = 'cancelled', finished_at = ?, preview = NULL"
        " WHERE id = ? AND state IN ('waiting', 'rendering')",
        (now, job_id),
    ) as moved:
        return moved.rowcount == 1


async def refuse(
    tx: Connection, job_id: int, error: ErrorCode, figures: Figures, *, now: float
) -> None:
    """The clip is not to be, made or not: the job has failed, or is called off with that error."""
    await tx.execute(
        "UPDATE jobs SET state = CASE state WHEN 'rendering' THEN 'cancelled' ELSE 'failed' END,"
        " error = ?, figures = ?, finished_at = ?, preview = NULL"
        " WHERE id = ? AND state IN ('waiting', 'rendering', 'done')",
        (error, json.dumps(dict(figures)), now, job_id),
    )


async def settle(tx: Connection, job: Job, *, seconds: float) -> None:
    """The render of a job called off has stopped: charge the `seconds` it took, once."""
    async with tx.execute(
        "UPDATE jobs SET engine = NULL WHERE id = ? AND state = 'cancelled'"
        " AND engine = ? AND started_at = ?",
        _lease(job),
    ) as moved:
        stopped = moved.rowcount == 1
    if stopped:
        await fair.charge(tx, job.member_id, seconds - job.cost)


async def of_clip(db: Connection, clip_id: int) -> Job:
    """The job that renders the clip; LookupError if there is none."""
    row = await one(db, "SELECT * FROM jobs WHERE clip_id = ?", (clip_id,))
    if row is None:
        raise LookupError(f"no job for clip {clip_id}")
    return _job(row)


async def open_of_member(db: Connection, member_id: int) -> list[Job]:
    """The member's jobs that wait or render, oldest first."""
    return [
        _job(row)
        for row in await many(
            db,
            "SELECT * FROM jobs INDEXED BY jobs_open_by_member"
            " WHERE member_id = ? AND state IN ('waiting', 'rendering') ORDER BY id",
            (member_id,),
        )
    ]


async def rendering(db: Connection) -> list[Job]:
    """The jobs that engines hold now, oldest claim first."""
    return [
        _job(row)
        for row in await many(
            db, "SELECT * FROM jobs WHERE state = 'rendering' ORDER BY started_at, id"
        )
    ]


async def _end(
    tx: Connection,
    job: Job,
    state: JobState,
    *,
    now: float,
    spent: float | None = None,
    error: ErrorCode | None = None,
    figures: Figures | None = None,
    crashed: bool = False,
) -> bool:
    async with tx.execute(
        "UPDATE jobs SET state = ?, error = ?, figures = ?, finished_at = ?, preview = NULL,"
        f" crashes = crashes + ? WHERE {_HELD}",
        (state, error, json.dumps(dict(figures or {})), now, crashed, *_lease(job)),
    ) as moved:
        held = moved.rowcount == 1
    if held:
        # The claim charged what was expected; what it took is known now. A failure is not charged.
        await fair.charge(tx, job.member_id, (spent or 0.0) - job.cost)
    return held


async def _wait_again(tx: Connection, job: Job, counted: str) -> bool:
    async with tx.execute(
        f"UPDATE jobs SET state = 'waiting', engine = NULL, lease_until = NULL, started_at = NULL,"
        f" step = 0, steps = 0, {counted} WHERE {_HELD}",
        _lease(job),
    ) as moved:
        held = moved.rowcount == 1
    if held:
        await fair.charge(tx, job.member_id, -job.cost)
    return held


def _next(presets: Collection[str]) -> str:
    """The query for the id of the waiting job that goes next; its parameters are the presets.

    A job whose prompt somebody is asked about waits, and those behind it go first.
    """
    marks = ", ".join("?" * len(presets))
    return (
        "SELECT coalesce("
        " (SELECT jobs.id FROM jobs INDEXED BY jobs_waiting"
        "  WHERE jobs.member_id = shares.member_id AND state = 'waiting'"
        f"  AND preset IN ({marks}) AND NOT EXISTS (SELECT 1 FROM approvals"
        "   WHERE approvals.clip_id = jobs.clip_id AND approvals.state = 'asked')"
        "  ORDER BY jobs.id LIMIT 1), 0) AS job"
        " FROM shares INDEXED BY shares_next WHERE waiting > 0 AND job > 0"
        " ORDER BY virtual_time, member_id LIMIT 1"
    )


def _lease(job: Job) -> tuple[int, str | None, float | None]:
    return job.id, job.engine, job.started_at


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        clip_id=row["clip_id"],
        member_id=row["member_id"],
        preset=row["preset"],
        state=JobState(row["state"]),
        cost=row["cost"],
        attempts=row["attempts"],
        crashes=row["crashes"],
        engine=row["engine"],
        step=row["step"],
        steps=row["steps"],
        preview=row["preview"],
        error=ErrorCode(row["error"]) if row["error"] else None,
        figures=json.loads(row["figures"] or "{}"),
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )
