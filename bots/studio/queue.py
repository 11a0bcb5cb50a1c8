"""Where a job stands: its place in the queue, what it waits for, and calling it off."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from bots.studio.asker import Asker
from bots.studio.errors import AlreadyOver, ClipIsNotYours, NothingToCancel
from bots.studio.removing import remove
from storage import approvals, clips, deliveries, fair, holds, jobs, offers, requests, takedown
from storage.clips import Clip
from storage.errors import ErrorCode
from storage.jobs import Job, JobState
from storage.room import Room

#: Seconds for which a view of the queue may be shown again: a burst of requests reads it once.
STALE_SECONDS = 0.2


@dataclass(frozen=True)
class Standing:
    """Where one job stands, as a member sees it."""

    state: JobState
    #: 1 for the next to be rendered; 0 once it renders.
    place: int
    #: Seconds until the clip is there, as far as can be told.
    seconds: float
    #: Denoising steps done, of how many.
    step: int
    steps: int
    #: Hash of the newest preview picture.
    preview: str | None
    #: No engine that could render it has been heard of lately.
    engine_away: bool = False
    #: It is made, and a moderator has to look at it first.
    held: bool = False
    #: Handles of the cameos whose owners are still asked: about the words, or about what was made.
    waits_for: tuple[str, ...] = ()
    #: Those of them whose owners could not be written to.
    unreached: tuple[str, ...] = ()


class QueueView:
    """The whole queue as it stands, read at most every STALE_SECONDS."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._read_at = 0.0
        self._standings: Mapping[int, Standing] = {}

    async def standing(self, job: Job) -> Standing:
        """Where the job stands; one just accepted is taken to be last until the next look."""
        now = time.time()
        if now - self._read_at > STALE_SECONDS:
            self._read_at = now
            self._standings = await standings(self._room, now=now)
        known = self._standings.get(job.id)
        if known:
            return known
        last = max((other.place for other in self._standings.values()), default=0)
        behind = max((other.seconds for other in self._standings.values()), default=0.0)
        return Standing(job.state, last + 1, behind + job.cost, job.step, job.steps, job.preview)


async def standings(room: Room, *, now: float) -> dict[int, Standing]:
    """Every open job's standing, by its id, if nobody asked for more.

    Those whose clip somebody is asked about have no place in the line, and are open until answered.
    """
    read = room.database.read
    away = await _presets_away(room, now=now)
    found: dict[int, Standing] = {}
    ahead = 0.0
    for job in await jobs.rendering(read):
        left = _left(job, now)
        ahead = max(ahead, left)
        found[job.id] = Standing(
            job.state, 0, left, job.step, job.steps, job.preview, job.preset in away
        )
    asked = {
        (await jobs.of_clip(read, clip_id)).id: (handles, clip_id)
        for clip_id, handles in (await approvals.awaited(read)).items()
    }
    unreached = await deliveries.unreached(read) if asked else {}
    line = [each for each in await fair.order(read) if each.job_id not in asked]
    for place, waiting in enumerate(line, 1):
        ahead += waiting.cost
        found[waiting.job_id] = Standing(
            JobState.WAITING, place, ahead, 0, 0, None, waiting.preset in away
        )
    for hold in await holds.standing(read, space_id=None):
        job_id = (await jobs.of_clip(read, hold.clip_id)).id
        found[job_id] = Standing(JobState.WAITING, 0, 0.0, 0, 0, None, held=True)
    for job_id, (handles, clip_id) in asked.items():
        found[job_id] = Standing(
            JobState.WAITING, 0, 0.0, 0, 0, None,
            waits_for=handles, unreached=unreached.get(clip_id, ()),
        )  # fmt: skip
    return found


async def of_member(room: Room, asker: Asker) -> list[tuple[Clip, Standing]]:
    """The member's clips that wait or render, the next one first."""
    found = await standings(room, now=time.time())
    mine = [
        (await clips.get(room.database.read, job.clip_id), found[job.id])
        for job in await _open(room, asker)
        if job.id in found
    ]
    return sorted(mine, key=lambda item: item[1].place)


async def cancel(room: Room, asker: Asker, clip: Clip | None) -> Clip:
    """Call off the clip, or the member's newest open one.

    Raises ClipIsNotYours, AlreadyOver or NothingToCancel.
    """
    if clip is None:
        mine = await _open(room, asker)
        if not mine:
            raise NothingToCancel()
        clip = await clips.get(room.database.read, mine[-1].clip_id)
    if clip.member_id != asker.member.id:
        raise ClipIsNotYours(code=clip.code)
    now, unused = time.time(), set[str]()
    async with room.database.transaction() as tx:
        if clip.id in await approvals.awaited(tx):
            # It may be made already: an owner's yes would post it.
            unused = await takedown.refuse(tx, clip, ErrorCode.CANCELLED, handle=None, now=now)
        elif not await requests.cancel(tx, clip.id, now=now):
            raise AlreadyOver(code=clip.code)
    await remove(room, unused)
    return clip


async def _open(room: Room, asker: Asker) -> list[Job]:
    """The member's jobs that wait or render, and those whose clip waits for somebody's yes."""
    read = room.database.read
    drafts = await approvals.held_drafts(read, asker.member.id)
    jobs_of_drafts = [await jobs.of_clip(read, clip_id) for clip_id in drafts]
    found = await jobs.open_of_member(read, asker.member.id) + jobs_of_drafts
    return sorted(found, key=lambda job: job.id)


def _left(job: Job, now: float) -> float:
    """Seconds until a rendering job is done: by its steps once there are some, else by its cost."""
    spent = now - (job.started_at or now)
    if job.step and job.steps:
        return max(0.0, spent / job.step * (job.steps - job.step))
    return max(0.0, job.cost - spent)


async def _presets_away(room: Room, *, now: float) -> set[str]:
    known = await offers.seen(room.database.read)
    return {preset for preset, at in known.items() if now - at > offers.FRESH_SECONDS}
