"""Taking clips down: what is on the way is called off, posts are owed removal, files are forgotten.

All in one transaction, so that a kill leaves either everything standing or everything down. Files
are removed by the caller after the commit; a kill between the two leaves files that no row names,
which engines sweep up.
"""

from collections.abc import Iterable, Sequence

from aiosqlite import Connection

from storage import (
    approvals,
    clips,
    consent,
    consent_log,
    deliveries,
    jobs,
    media,
    posts,
    spaces,
    uses,
)
from storage.cameos import Cameo
from storage.clips import Clip
from storage.consent import Moment
from storage.consent_log import Act
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import JobState


async def take_down(
    tx: Connection, chosen: Iterable[Clip], error: ErrorCode, *, now: float
) -> set[str]:
    """Take the clips down; who still waits for one reads the words of `error`.

    Returns the hashes of files to be removed once the transaction is committed.
    """
    hashes: set[str] = set()
    for clip in chosen:
        clip = await clips.get(tx, clip.id)
        job = await jobs.of_clip(tx, clip.id)
        await jobs.cancel(tx, job.id, now=now)
        await deliveries.call_off(tx, clip.id, error)
        await approvals.withdraw(tx, clip.id, now=now)
        await posts.owe_removal_of_clip(tx, clip.id)
        hashes |= await clips.delete(tx, clip, now=now)
    return await media.forget_unused(tx, hashes)


async def refuse(
    tx: Connection, clip: Clip, error: ErrorCode, *, handle: str | None, now: float
) -> set[str]:
    """Someone who was asked about the clip does not agree: it has failed, and what was made goes.

    Its words stay its maker's, who reads those of `error`. Returns hashes as `take_down` does.
    """
    job = await jobs.of_clip(tx, clip.id)
    await jobs.refuse(tx, job.id, error, {"handle": handle} if handle else {}, now=now)
    await deliveries.call_off(tx, clip.id, error)
    await approvals.withdraw(tx, clip.id, now=now)
    await posts.owe_removal_of_clip(tx, clip.id)
    return await media.forget_unused(tx, await clips.unmake(tx, clip))


async def take_back(
    tx: Connection, cameo: Cameo, chosen: Sequence[Clip], *, now: float
) -> set[str]:
    """Take down clips whose likeness the owner of the cameo takes back, as the record will show.

    Makers who wait read so of each clip; those of posted clips once a place, however many went.
    """
    several = await _tell_makers(tx, chosen, but=cameo.member_id, now=now)
    hashes: set[str] = set()
    for clip in chosen:
        await consent_log.append(
            tx, cameo.id, Act.TAKEN_BACK, by=cameo.member_id, detail={"clip": clip.id}, now=now
        )
        error = ErrorCode.ALL_TAKEN_BACK if clip.id in several else ErrorCode.TAKEN_BACK
        hashes |= await take_down(tx, [clip], error, now=now)
    return hashes


async def _tell_makers(tx: Connection, chosen: Iterable[Clip], *, but: int, now: float) -> set[int]:
    """Owe words about the newest of each maker's posted clips in a place, but not to who did it.

    Returns the ids of those clips whose words speak for others too.
    """
    posted: dict[tuple[int, int], list[Clip]] = {}
    for clip in chosen:
        if clip.member_id != but and await _was_posted(tx, clip):
            posted.setdefault((clip.member_id, clip.space_id), []).append(clip)
    several = set()
    for (maker, space_id), theirs in posted.items():
        space = await spaces.get(tx, space_id)
        newest = max(theirs, key=lambda clip: clip.id)
        await deliveries.owe(tx, newest.id, maker, space_id, max_bytes=space.max_bytes, now=now)
        if len(theirs) > 1:
            several.add(newest.id)
    return several


async def _was_posted(db: Connection, clip: Clip) -> bool:
    """Whether the clip stands where it was asked for, and nothing of it is on its way."""
    owed = await deliveries.of_clip(db, clip.id)
    return bool(owed) and all(
        each.state is DeliveryState.SENT and each.error is None for each in owed
    )


async def uncovered(db: Connection, cameo: Cameo) -> list[Clip]:
    """Standing clips that hold the cameo and that its owner's consent does not cover any more.

    Those about which the owner is being asked are not among them, nor those that never came to be.
    """
    found = []
    for clip in await uses.clips_with(db, cameo.id):
        if (await jobs.of_clip(db, clip.id)).state in (JobState.FAILED, JobState.CANCELLED):
            continue
        lacks = await consent.lacking(db, clip.id, Moment.RENDER)
        if any(lack.cameo_id == cameo.id and lack.why is not consent.Why.ASKED for lack in lacks):
            found.append(clip)
    return found
