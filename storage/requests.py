"""Accepting and ending requests: the transactions that tie clip, job and delivery together.

A request becomes all three at once before it is acknowledged, and they end at once, so that a kill
at any moment leaves something to resume and nothing to do twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiosqlite import Connection

from storage import clips, deliveries, jobs, media
from storage.clips import Clip, Master, NewClip
from storage.deliveries import Delivery
from storage.errors import ErrorCode
from storage.jobs import Figures, Job, JobState
from storage.media import Media


@dataclass(frozen=True)
class Accepted:
    """A request that will end in a post, or in words that say why not."""

    clip: Clip
    job: Job
    #: None where nothing is to be posted (the API).
    delivery: Delivery | None
    #: The request had been accepted before; nothing was added.
    repeated: bool = False


async def known(tx: Connection, request_key: str) -> bool:
    """Whether the request was accepted before."""
    return await clips.by_request(tx, request_key) is not None


async def accept(
    tx: Connection,
    new: NewClip,
    *,
    cost: float,
    max_bytes: int | None,
    reply_to: str | None = None,
    handle: Mapping[str, str] | None = None,
    now: float,
) -> Accepted:
    """Accept a request once. `max_bytes` is what the space takes; None posts nothing."""
    if before := await clips.by_request(tx, new.request_key):
        job = await jobs.of_clip(tx, before.id)
        owed = await deliveries.of_clip(tx, before.id)
        return Accepted(before, job, owed[0] if owed else None, repeated=True)
    clip = await clips.insert(tx, new, now=now)
    job = await jobs.enqueue(tx, clip.id, clip.member_id, preset=new.preset, cost=cost, now=now)
    delivery = None
    if max_bytes is not None:
        delivery = await deliveries.owe(
            tx,
            clip.id,
            clip.member_id,
            clip.space_id,
            max_bytes=max_bytes,
            reply_to=reply_to,
            handle=handle,
            now=now,
        )
    return Accepted(clip, job, delivery)


async def finish(
    tx: Connection,
    job: Job,
    master: Master,
    files: list[Media],
    *,
    seconds: float,
    now: float,
) -> bool:
    """The render is done: files, clip, job and deliveries move on. False if the lease was lost.

    `files` are those that `master` names, already in the media folder.
    """
    if not await jobs.done(tx, job, seconds=seconds, now=now):
        return False
    for file in files:
        await media.record(tx, file, now=now)
    await clips.finish(tx, job.clip_id, master)
    posted = master.posted or master.master
    size = next(file.bytes for file in files if file.sha256 == posted)
    await deliveries.master_made(tx, job.clip_id, sha256=posted, bytes=size)
    return True


async def fail(tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float) -> bool:
    """The render can't be done: words are owed. False if the lease was lost."""
    if not await jobs.fail(tx, job, error, figures, now=now):
        return False
    await deliveries.owe_words(tx, job.clip_id, error)
    return True


async def retry(
    tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float
) -> bool:
    """Try the render again, or owe words after the last try. True when it waits again."""
    again = await jobs.retry(tx, job, error, figures, now=now)
    if not again and (await jobs.of_clip(tx, job.clip_id)).state is JobState.FAILED:
        await deliveries.owe_words(tx, job.clip_id, error)
    return again


async def blame(tx: Connection, job: Job, *, now: float) -> None:
    """An engine died while it held the job: try once more, then owe words."""
    if await jobs.blame(tx, job, now=now) is JobState.FAILED:
        await deliveries.owe_words(tx, job.clip_id, ErrorCode.POISONED)


async def cancel(tx: Connection, clip_id: int, *, now: float) -> bool:
    """Call a request off. False if its job had ended already."""
    job = await jobs.of_clip(tx, clip_id)
    if not await jobs.cancel(tx, job.id, now=now):
        return False
    await deliveries.owe_words(tx, clip_id, ErrorCode.CANCELLED)
    return True
