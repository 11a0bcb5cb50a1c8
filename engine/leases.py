"""Leases: the jobs this engine holds, kept alive by heartbeats and given up when they are lost.

It runs in the event loop and touches the threads of a render by one event only, so that neither
waits for the other. It relies on storage/jobs.py for who holds what.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.changes import Changes
from engine.identity import Identity
from engine.pipelines.family import Cancelled, Preview, Request
from engine.sweep import drop_media
from storage import clips, jobs, offers, requests
from storage.clips import Clip
from storage.jobs import Job
from storage.offers import Offer
from storage.room import Room

#: Seconds between heartbeats: three may fail before a lease lapses.
HEARTBEAT_SECONDS = 5.0

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Lease:
    """One job that this engine holds, as its threads see it."""

    job: Job
    clip: Clip
    #: Set when the job was called off, went to another engine, or this engine leaves.
    lost: threading.Event = field(default_factory=threading.Event)
    #: What its family is asked to render, once that is decided.
    request: Request | None = None
    #: Denoising steps done, and the picture as it stood then.
    step: int = 0
    preview: Preview | None = None
    #: Hash of the picture that the job shows.
    shown: str | None = None
    #: Seconds of the device so far.
    seconds: float = 0.0

    def check(self) -> None:
        """Raise Cancelled once the lease is lost."""
        if self.lost.is_set():
            raise Cancelled

    @property
    def fields(self) -> dict[str, object]:
        """What log records say of it."""
        return {"job": self.job.id, "clip": self.clip.code}


class Leases:
    """The leases of one engine."""

    def __init__(self, room: Room, identity: Identity, changes: Changes) -> None:
        self._room = room
        self._identity = identity
        self._changes = changes
        self._held: dict[int, Lease] = {}

    def held(self) -> list[Lease]:
        """The jobs in hand, oldest claim first."""
        return list(self._held.values())

    async def claim(self, wanted: Callable[[], Sequence[set[str]]]) -> Lease:
        """The next job by fair share, once there is one. A suspect comes alone and stays alone.

        `wanted` are sets of presets, the one to look for first first.
        """
        while True:
            seen = self._changes.count
            for presets in wanted():
                if presets and (lease := await self._try_claim(presets)):
                    return lease
            await self._changes.after(seen)

    async def _try_claim(self, presets: set[str]) -> Lease | None:
        if any(lease.job.crashes for lease in self._held.values()):
            return None
        if not await jobs.waiting_for(self._room.database.read, presets):
            return None
        async with self._room.database.transaction() as tx:
            job = await jobs.claim(
                tx, self._identity.name, presets, alone=not self._held, now=time.time()
            )
            if job is None or await requests.lacks_consent(tx, job, now=time.time()):
                return None
            clip = await clips.get(tx, job.clip_id)
        if before := self._held.get(job.id):
            # It lapsed while this machine slept; what is left of that render is not handed in.
            before.lost.set()
        lease = Lease(job, clip, shown=job.preview)
        self._held[job.id] = lease
        log.info("claimed", extra=lease.fields)
        return lease

    def drop(self, lease: Lease) -> None:
        """The job has ended for this engine."""
        if self._held.get(lease.job.id) is lease:
            del self._held[lease.job.id]
        # An engine that is now idle may claim a suspect.
        self._changes.tell()

    async def watch(self) -> None:
        """Find jobs called off or taken within some tens of milliseconds, until cancelled."""
        while True:
            seen = self._changes.count
            # Taken before the query: a job claimed while it runs may be missing from its answer.
            mine = self.held()
            if mine:
                still = await jobs.held_by(self._room.database.read, self._identity.name)
                for lease in mine:
                    if lease.job.id not in still:
                        lease.lost.set()
            await self._changes.after(seen)

    async def keep(self, offered: Callable[[], list[Offer]]) -> None:
        """Keep leases and offers fresh, and take over from the dead, until cancelled."""
        while True:
            now = time.time()
            async with self._room.database.transaction() as tx:
                await jobs.heartbeat(tx, self._identity.name, now=now)
                await offers.publish(tx, self._identity.name, offered(), now=now)
            await self.blame_dead()
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def blame_dead(self) -> None:
        """Take back what dead and silent engines held."""
        now = time.time()
        dead = self._identity.dead()
        if not dead and not await jobs.lapsed(self._room.database.read, now=now):
            return
        async with self._room.database.transaction() as tx:
            for job in await jobs.lapsed(tx, now=now, engine_is_dead=dead):
                if job.engine == self._identity.name:
                    continue
                await requests.blame(tx, job, now=now)
                await drop_media(self._room, tx, {job.preview})
                log.warning("taken back from a dead engine", extra={"job": job.id})
        for name in dead:
            self._identity.bury(name)

    async def release_all(self) -> None:
        """Give every job back unharmed and let its threads know."""
        for lease in self.held():
            lease.lost.set()
        async with self._room.database.transaction() as tx:
            for job in await jobs.rendering(tx):
                if job.engine == self._identity.name:
                    await jobs.release(tx, job)
        self._held.clear()
