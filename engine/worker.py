"""The worker: claim → prepare → render → finish → hand in, three jobs in three steps at once.

While one job denoises, the next one's text is encoded and the previous one is encoded by ffmpeg.
Bounded by what may lie between two steps: one job claimed ahead, a few renders not yet finished.
A step blocks on its own thread; everything else is in the event loop.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from engine import handin, numbers, parents
from engine.changes import Changes
from engine.errors import CannotRender
from engine.families import CannotLoad, Families, free_memory
from engine.finish import Made, finish, join
from engine.fitting import Fitting
from engine.identity import Identity
from engine.knowledge import Shown, gather
from engine.leases import Lease, Leases
from engine.pipelines.family import Cancelled, Family, Parent, Rendered, Request
from engine.presets.shape import Preset
from engine.progress import Progress, on_step
from engine.sweep import sweep
from engine.threads import FINISHERS, Pool, Threads
from storage import media, offers
from storage.clips import ClipKind
from storage.errors import ErrorCode
from storage.offers import Offer
from storage.room import Room

#: Renders that wait for ffmpeg before the device waits for it too.
MOST_UNFINISHED = 2
#: Seconds that threads have to notice that the engine leaves.
GRACE_SECONDS = 1.5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """A job with all that its render needs."""

    lease: Lease
    preset: Preset
    family: Family
    request: Request
    #: What the family's `encode` gave.
    encoded: object


@dataclass(frozen=True)
class Film:
    """A job that the device is done with."""

    lease: Lease
    preset: Preset
    rendered: Rendered
    #: The clip that this one goes on from; None for any kind but an extension.
    parent: Parent | None


class Worker:
    """Renders a room's jobs with the families given to it."""

    def __init__(
        self, room: Room, identity: Identity, threads: Threads, families: Families
    ) -> None:
        self._room = room
        self._threads = threads
        self._identity = identity
        self._families = families
        #: What presets can draw, once that is gathered.
        self._known: Mapping[str, Shown] = {}
        self._changes = Changes(room.database)
        self._leases = Leases(room, identity, self._changes)
        self._progress = Progress(room, self._leases, threads)
        self._fitting = Fitting(room, self._changes, threads)
        self._prepared: asyncio.Queue[Prepared] = asyncio.Queue(1)
        self._films: asyncio.Queue[Film] = asyncio.Queue(MOST_UNFINISHED)

    async def run(self) -> None:
        """Work until cancelled; then give back what is held, and leave within GRACE_SECONDS."""
        await self._leases.blame_dead()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._changes.watch())
                tasks.create_task(self._leases.watch())
                tasks.create_task(self._leases.keep(self._offers))
                tasks.create_task(self._tell_what_is_known())
                tasks.create_task(self._prepare_jobs())
                tasks.create_task(self._render_jobs())
                for _ in range(FINISHERS):
                    tasks.create_task(self._finish_jobs())
                tasks.create_task(self._progress.show())
                tasks.create_task(self._fitting.run())
                tasks.create_task(sweep(self._room, self._threads))
        finally:
            self._fitting.leave()
            await self._leases.release_all()
            await self._threads.settled(within=GRACE_SECONDS)

    def _offers(self) -> list[Offer]:
        offered = [preset.offer() for preset in self._families.presets().values()]
        known = self._known
        return [known[o.preset].on(o) if o.preset in known else o for o in offered]

    async def _tell_what_is_known(self) -> None:
        presets = list(self._families.presets().values())
        self._known = await self._threads.run(Pool.ASIDE, gather, presets, self._room.media)
        now = time.time()
        # At once, so that no sweep finds the pictures unnamed.
        async with self._room.database.transaction() as tx:
            for shown in self._known.values():
                for picture in shown.pictures.values():
                    await media.record(tx, picture, now=now)
            await offers.publish(tx, self._identity.name, self._offers(), now=now)

    def _presets(self) -> set[str]:
        return set(self._families.presets())

    async def _prepare_jobs(self) -> None:
        while True:
            lease = await self._leases.claim(self._presets)
            async with self._ending(lease):
                await self._prepared.put(await self._prepare(lease))
            # One job ahead: the next is claimed when this one's render starts.
            await self._prepared.join()

    async def _render_jobs(self) -> None:
        while True:
            prepared = await self._prepared.get()
            self._prepared.task_done()
            film = None
            async with self._ending(prepared.lease):
                film = await self._threads.run(Pool.DEVICE, render, prepared)
            if film:
                await self._films.put(film)
            else:
                await self._threads.run(Pool.DEVICE, free_memory)

    async def _finish_jobs(self) -> None:
        while True:
            film = await self._films.get()
            async with self._ending(film.lease):
                made = await self._threads.run(Pool.FINISH, self._finish, film)
                await handin.hand_in(self._room, film.lease, made)
                self._leases.drop(film.lease)

    async def _prepare(self, lease: Lease) -> Prepared:
        preset, clip = self._families.presets()[lease.job.preset], lease.clip
        if clip.kind not in preset.kinds:
            figures = {"preset": preset.name, "kind": str(clip.kind)}
            raise CannotRender(ErrorCode.NOT_OFFERED, figures)
        family = await self._family(preset)
        parent = await parents.find(self._room, clip)
        picture = self._room.media.path(clip.picture) if clip.picture else None
        request = lease.request = numbers.request(clip, preset, parent, picture)
        try:
            encoded = await self._threads.run(Pool.PREPARE, family.encode, request)
        except Exception:
            # Its parent may have been deleted while its files were read.
            await parents.find(self._room, clip)
            raise
        return Prepared(lease, preset, family, request, encoded)

    async def _family(self, preset: Preset) -> Family:
        """The preset's family. A load waits for the render before it, and then puts it aside."""
        if family := self._families.ready(preset.name):
            return family
        try:
            return await self._threads.run(Pool.DEVICE, self._families.get, preset.name)
        except CannotLoad as error:
            raise CannotRender(ErrorCode.CANT_LOAD, {"preset": preset.name}) from error

    def _finish(self, film: Film) -> Made:
        rendered, parent = film.rendered, film.parent
        return finish(
            join.after(parent.master, rendered) if parent else rendered,
            self._room.media,
            look=film.preset.look,
            title=film.lease.clip.code,
            check=film.lease.check,
        )

    @asynccontextmanager
    async def _ending(self, lease: Lease) -> AsyncIterator[None]:
        """A step of a job: an error in it ends the job for this engine, and only that."""
        try:
            yield
            return
        except Cancelled:
            await handin.stopped(self._room, lease)
        except CannotRender as why:
            await handin.give_up(self._room, lease, why)
        except Exception as error:
            log.exception("a step failed", extra=lease.fields)
            await handin.try_again(self._room, lease, error)
        self._leases.drop(lease)


def render(prepared: Prepared) -> Film:
    """Denoise and decode on this thread; the device's seconds are counted, however it ends."""
    lease = prepared.lease
    lease.check()
    started = time.perf_counter()
    try:
        rendered = prepared.family.render(prepared.request, prepared.encoded, on_step(lease))
    finally:
        lease.seconds = time.perf_counter() - started
    extends = prepared.request.kind is ClipKind.EXTENSION
    return Film(lease, prepared.preset, rendered, prepared.request.parent if extends else None)
