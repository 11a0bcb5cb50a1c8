"""Taking clips down: what is on the way is called off, posts are owed removal, files are forgotten.

All in one transaction, so that a kill leaves either everything standing or everything down. Files
are removed by the caller after the commit; a kill between the two leaves files that no row names,
which engines sweep up.
"""

from collections.abc import Iterable

from aiosqlite import Connection

from storage import approvals, clips, consent, deliveries, jobs, media, posts, uses
from storage.cameos import Cameo
from storage.clips import Clip
from storage.consent import Moment
from storage.errors import ErrorCode


async def take_down(
    tx: Connection, chosen: Iterable[Clip], error: ErrorCode, *, now: float
) -> set[str]:
    """Take the clips down; who still waits for one reads the words of `error`.

    Returns the hashes of files to be removed once the transaction is committed.
    """
    hashes: set[str] = set()
    for clip in chosen:
        job = await jobs.of_clip(tx, clip.id)
        await jobs.cancel(tx, job.id, now=now)
        await deliveries.call_off(tx, clip.id, error)
        await approvals.withdraw(tx, clip.id, now=now)
        await posts.owe_removal_of_clip(tx, clip.id)
        hashes |= await clips.delete(tx, clip, now=now)
    return await media.forget_unused(tx, hashes)


async def uncovered(db: Connection, cameo: Cameo) -> list[Clip]:
    """Standing clips that hold the cameo and that its owner's consent does not cover any more.

    Those about which the owner is being asked are not among them.
    """
    found = []
    for clip in await uses.clips_with(db, cameo.id):
        lacks = await consent.lacking(db, clip.id, Moment.RENDER)
        if any(lack.cameo_id == cameo.id and lack.why is not consent.Why.ASKED for lack in lacks):
            found.append(clip)
    return found
