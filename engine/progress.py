"""Showing how far renders are: a row a few times a second, a picture a few times a clip.

Renders only leave their newest step with their lease; rows and pictures are made aside, so that
the device waits for neither. Pictures of a preset are timed, and one is only made when all of the
clip's have taken less than a hundredth of its render: a CPU renders with the same cores.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from engine.finish.poster import preview_jpeg
from engine.leases import Lease, Leases
from engine.pipelines.family import OnStep, Preview
from engine.sweep import drop_media
from engine.threads import Pool, Threads
from storage import jobs, media
from storage.media import Media, MediaFolder
from storage.room import Room

#: Seconds between two looks at the renders.
SHOW_SECONDS = 0.25
#: Pictures shown of one clip while it renders, at most.
PICTURES = 4
#: What a clip's pictures may take of its render, CPU seconds a second.
SHARE = 0.01

log = logging.getLogger(__name__)


def on_step(lease: Lease) -> OnStep:
    """What a render calls after each step; raises Cancelled once the lease is lost.

    An unfinished clip with somebody's likeness is shown to nobody: none of its previews are kept.
    """

    def step(number: int, preview: Preview | None) -> None:
        lease.check()
        lease.preview = None if lease.clip.plan.cast else preview
        lease.step = number

    return step


@dataclass
class _Shown:
    step: int = 0
    #: Step of the newest picture.
    pictured: int = 0
    #: When the first step was seen, monotonic seconds; None before it.
    since: float | None = None
    #: CPU seconds of the pictures so far.
    spent: float = 0.0


class Progress:
    """Writes the progress of every lease."""

    def __init__(self, room: Room, leases: Leases, threads: Threads) -> None:
        self._room = room
        self._leases = leases
        self._threads = threads
        self._shown: dict[Lease, _Shown] = {}
        #: CPU seconds of the last picture of each preset.
        self._costs: dict[str, float] = {}

    async def show(self) -> None:
        """Go round the leases until cancelled."""
        while True:
            held = self._leases.held()
            self._shown = {lease: self._shown.get(lease, _Shown()) for lease in held}
            for lease in held:
                request, shown = lease.request, self._shown[lease]
                if request and lease.step != shown.step and not lease.lost.is_set():
                    await self._write(lease, shown, request.steps)
            await asyncio.sleep(SHOW_SECONDS)

    async def _write(self, lease: Lease, shown: _Shown, steps: int) -> None:
        step, preview = lease.step, lease.preview
        picture = None
        shown.since = shown.since or time.monotonic()
        due = step < steps and step - shown.pictured >= steps / PICTURES
        if preview and due and self._affords(lease, shown):
            picture = await self._picture(lease, preview)
            shown.pictured = step
            shown.spent += self._costs.get(lease.job.preset, 0.0)
        shown.step = step
        async with self._room.database.transaction() as tx:
            if picture:
                await media.record(tx, picture, now=time.time())
            sha256 = picture.sha256 if picture else None
            await jobs.progress(tx, lease.job, step=step, steps=steps, preview=sha256)
            if picture:
                await drop_media(self._room, tx, {picture.sha256, lease.shown})
                lease.shown = picture.sha256

    def _affords(self, lease: Lease, shown: _Shown) -> bool:
        """Whether one more picture stays within SHARE; a preset's first is made to be timed."""
        cost = self._costs.get(lease.job.preset, 0.0)
        assert shown.since is not None
        return shown.spent + cost <= SHARE * (time.monotonic() - shown.since) or cost == 0.0

    async def _picture(self, lease: Lease, preview: Preview) -> Media | None:
        try:
            made, seconds = await self._threads.run(
                Pool.ASIDE, _make_picture, preview, self._room.media
            )
        except Exception:
            log.exception("no preview", extra=lease.fields)
            return None
        self._costs[lease.job.preset] = seconds
        return made


def _make_picture(preview: Preview, folder: MediaFolder) -> tuple[Media, float]:
    """The picture in the media folder, and the CPU seconds that it took."""
    began = time.thread_time()
    made = folder.put(preview_jpeg(preview()), "image/jpeg")
    return made, time.thread_time() - began
