"""Handing in: the one transaction that ends a job for this engine, whichever way it went.

Only the holder of the lease ends a job: what was made of one called off or taken over is dropped.
"""

import logging
import time

from aiosqlite import Connection

from engine import numbers
from engine.checks.frames import Finding
from engine.errors import CannotRender, is_out_of_memory
from engine.finish import Made
from engine.leases import Lease
from engine.sweep import drop_media
from storage import audit, clips, holds, jobs, media, requests, timings
from storage.audit import Act, Detail
from storage.errors import ErrorCode
from storage.jobs import Figures
from storage.room import Room

log = logging.getLogger(__name__)


async def hand_in(room: Room, lease: Lease, made: Made, *, finding: Finding | None = None) -> bool:
    """The clip is finished: its files, job, deliveries and timing. False if it was not wanted.

    With a `finding` it is held in the same moment: nobody is shown it before a moderator is.
    """
    now = time.time()
    names = {file.sha256 for file in made.files}
    async with room.database.transaction() as tx:
        missing = [name for name in names if not room.media.path(name).exists()]
        if missing:
            # Another clip of the same content was deleted this moment. Rare enough to start over.
            raise FileNotFoundError(f"{len(missing)} files of the clip are gone")
        if (await clips.get(tx, lease.job.clip_id)).deleted_at is not None:
            await requests.cancel(tx, lease.job.clip_id, now=now)
        kept = await requests.finish(
            tx, lease.job, made.master, made.files, seconds=lease.seconds, now=now
        )
        if kept and finding:
            await _hold(tx, lease, finding, now=now)
        if kept and (request := lease.request):
            work = timings.work(
                width=request.width,
                height=request.height,
                frames=request.frames,
                steps=request.steps,
            )
            await timings.record(tx, lease.job.preset, work=work, seconds=lease.seconds)
        if not kept:
            for file in made.files:
                await media.record(tx, file, now=now)
            await drop_media(room, tx, {*names})
        await _settle(room, tx, lease)
    log.info("finished" if kept else "dropped", extra={**lease.fields, "seconds": lease.seconds})
    return kept


async def _hold(tx: Connection, lease: Lease, finding: Finding, *, now: float) -> None:
    clip = lease.clip
    await holds.hold(tx, clip.id, finding.reason, detail=finding.detail, now=now)
    detail: Detail = {"clip": clip.id, "reason": str(finding.reason)}
    await audit.append(tx, Act.HELD, by=None, space_id=clip.space_id, detail=detail, now=now)


async def stopped(room: Room, lease: Lease) -> None:
    """A step found the lease lost: whoever took it has written why."""
    async with room.database.transaction() as tx:
        await _settle(room, tx, lease)
    log.info("stopped", extra=lease.fields)


async def give_up(room: Room, lease: Lease, why: CannotRender) -> None:
    """A step found that the clip can't be made: words are owed."""
    async with room.database.transaction() as tx:
        await requests.fail(tx, lease.job, why.code, why.figures, now=time.time())
        await _settle(room, tx, lease)
    log.info("can't render: %s", why.code, extra=lease.fields)


async def try_again(room: Room, lease: Lease, error: Exception) -> None:
    """A step went wrong: let the job wait again, or owe words after the last try."""
    code, figures = _diagnosis(lease, error)
    async with room.database.transaction() as tx:
        again = await requests.retry(tx, lease.job, code, figures, now=time.time())
        await _settle(room, tx, lease)
    log.warning("failed: %s%s", code, ", tried again" if again else "", extra=lease.fields)


async def blame(room: Room, lease: Lease) -> None:
    """A step left the device useless: the job runs once more, alone, when an engine is back."""
    async with room.database.transaction() as tx:
        await requests.blame(tx, lease.job, now=time.time())
        await _settle(room, tx, lease)
    log.error("the device is lost to this process", extra=lease.fields)


async def _settle(room: Room, tx: Connection, lease: Lease) -> None:
    await jobs.settle(tx, lease.job, seconds=lease.seconds)
    await drop_media(room, tx, {lease.shown})


def _diagnosis(lease: Lease, error: Exception) -> tuple[ErrorCode, Figures]:
    if is_out_of_memory(error) and lease.request:
        return ErrorCode.OUT_OF_MEMORY, numbers.size(lease.request)
    return ErrorCode.RENDER_FAILED, {"attempts": lease.job.attempts + 1}
