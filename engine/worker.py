"""The worker: claim → prepare → render → finish → hand in, three jobs in three steps at once.

While one job denoises, the next one's text is encoded and the previous one is encoded by ffmpeg.
Bounded by what may lie between two steps: as many jobs claimed ahead as are rendered at once, a
few renders not yet finished. Jobs that other machines render pass the device by, one for each of
those. A step blocks on its own thread; everything else is in the event loop.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from engine import handin, likeness, marking, numbers, parents, players, sealing
from engine.batching import Pace
from engine.changes import Changes
from engine.checks import frames
from engine.checks.frames import Finding
from engine.errors import CannotRender, DeviceLost, is_device_lost
from engine.families import CannotLoad, Families, free_memory
from engine.finish import Made, finish, join
from engine.finish.mark import Mark
from engine.finish.seal import Seal
from engine.fitting import Fitting
from engine.identity import Identity
from engine.knowledge import Shown, gather
from engine.leases import Lease, Leases
from engine.pipelines.family import Cancelled, Family, Request
from engine.presets.shape import Preset
from engine.progress import Progress
from engine.rendering import Film, Prepared, fit_together, render, render_together
from engine.sweep import keep_swept
from engine.threads import FINISHERS, Pool, Threads
from engine.turns import Turns
from storage import media, offers, spaces
from storage.errors import ErrorCode
from storage.likenesses import Sealed
from storage.offers import Offer
from storage.room import Room

#: Renders that wait for ffmpeg before the device waits for it too.
MOST_UNFINISHED = 2
#: Seconds that threads have to notice that the engine leaves.
GRACE_SECONDS = 1.5

log = logging.getLogger(__name__)


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
        self._prepared: asyncio.Queue[Prepared] = asyncio.Queue()
        #: A prepared job that did not fit together with those before it.
        self._held_back: Prepared | None = None
        #: How many more jobs may be claimed ahead of the device.
        self._ahead = asyncio.Semaphore(families.most_at_once())
        self._pace = Pace()
        self._turns = Turns(families)
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
                for preset in self._families.remote().values():
                    for _ in preset.servers:
                        tasks.create_task(self._render_elsewhere(preset.name))
                for _ in range(FINISHERS):
                    tasks.create_task(self._finish_jobs())
                tasks.create_task(self._progress.show())
                tasks.create_task(self._fitting.run())
                tasks.create_task(keep_swept(self._room, self._threads))
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
            await offers.withhold(tx, self._families.withheld())

    async def _prepare_jobs(self) -> None:
        while True:
            await self._ahead.acquire()
            prepared = None
            lease = await self._leases.claim(self._turns.wanted)
            self._turns.claimed(lease.job.preset)
            async with self._ending(lease):
                prepared = await self._prepare(lease)
            if prepared:
                self._prepared.put_nowait(prepared)
            else:
                self._ahead.release()

    async def _render_jobs(self) -> None:
        while True:
            batch = await self._next_batch()
            films = await self._render(batch)
            for _ in batch:
                self._prepared.task_done()
            for film in films:
                await self._films.put(film)

    async def _next_batch(self) -> list[Prepared]:
        """The next job, and those after it that fit together with it, where that is faster."""
        first = self._held_back or await self._prepared.get()
        self._held_back = None
        batch = [first]
        most = self._pace.best(first.work, most=first.preset.batch)
        while len(batch) < most and not self._prepared.empty() and self._held_back is None:
            following = self._prepared.get_nowait()
            if fit_together(first, following):
                batch.append(following)
            else:
                self._held_back = following
        for _ in batch:
            self._ahead.release()
        return batch

    async def _render(self, batch: list[Prepared]) -> list[Film]:
        """Render on the device; jobs whose batch failed are rendered alone."""
        first = batch[0]
        if len(batch) == 1:
            return await self._render_alone(first, Pool.DEVICE)
        try:
            films = await self._threads.run(Pool.DEVICE, render_together, batch)
        except Cancelled:
            for prepared in batch:
                await handin.stopped(self._room, prepared.lease)
                self._leases.drop(prepared.lease)
            return []
        except Exception as error:
            if is_device_lost(error):
                for prepared in batch:
                    await handin.blame(self._room, prepared.lease)
                raise DeviceLost from error
            log.warning("%d jobs together failed: %r", len(batch), error)
            self._pace.forbid(first.work, len(batch))
            await self._threads.run(Pool.DEVICE, free_memory)
            return [film for each in batch for film in await self._render_alone(each, Pool.DEVICE)]
        seconds = sum(prepared.lease.seconds for prepared in batch)
        self._pace.learn(first.work, count=len(batch), seconds=seconds)
        return films

    async def _render_alone(self, prepared: Prepared, pool: Pool) -> list[Film]:
        film = None
        async with self._ending(prepared.lease):
            film = await self._threads.run(pool, render, prepared)
        if film is None:
            await self._threads.run(Pool.ASIDE, free_memory)
            return []
        self._pace.learn(prepared.work, count=1, seconds=prepared.lease.seconds)
        return [film]

    async def _render_elsewhere(self, preset: str) -> None:
        """Give one job after another to the machines of a remote preset."""
        while True:
            lease = await self._leases.claim(lambda: [{preset} & set(self._families.remote())])
            prepared = None
            async with self._ending(lease):
                prepared = await self._prepare(lease)
            if prepared:
                for film in await self._render_alone(prepared, Pool.REMOTE):
                    await self._films.put(film)

    async def _finish_jobs(self) -> None:
        while True:
            film = await self._films.get()
            async with self._ending(film.lease):
                mark = await marking.of(self._room, film.lease.clip)
                seal = await sealing.of(self._room, film.lease.clip)
                made = await self._threads.run(Pool.FINISH, self._finish, film, mark, seal)
                if film.faces:
                    made = await self._compared(made, film)
                finding = await self._looked_at(film, made)
                await handin.hand_in(self._room, film.lease, made, finding=finding)
                self._leases.drop(film.lease)

    async def _compared(self, made: Made, film: Film) -> Made:
        """With a note for each of the cast who does not look like themselves."""
        notes = await likeness.notes(self._room.media.path(made.master.master), film.faces)
        return replace(made, master=replace(made.master, notes=(*made.master.notes, *notes)))

    async def _looked_at(self, film: Film, made: Made) -> Finding | None:
        """Why the film is to be held until a moderator has seen it."""
        if not film.preset.looked_at:
            return None
        clip = film.lease.clip
        space = await spaces.get(self._room.database.read, clip.space_id)
        return await frames.look(self._room.media.path(made.master.master), clip, space.strictness)

    async def _prepare(self, lease: Lease) -> Prepared:
        preset, clip = self._families.find(lease.job.preset), lease.clip
        if clip.kind not in preset.kinds:
            figures = {"preset": preset.name, "kind": str(clip.kind)}
            raise CannotRender(ErrorCode.NOT_OFFERED, figures)
        cast = await players.find(self._room, clip, preset)
        family = await self._family(preset)
        parent = await parents.find(self._room, clip)
        picture = self._room.media.path(clip.picture) if clip.picture else None
        lease.request = numbers.request(clip, preset, parent, picture)
        try:
            request, encoded = await self._threads.run(
                Pool.PREPARE, self._encoded, lease, family, lease.request, cast
            )
        except Exception:
            # Its parent may have been deleted while its files were read.
            await parents.find(self._room, clip)
            raise
        return Prepared(lease, preset, family, request, encoded)

    def _encoded(
        self, lease: Lease, family: Family, request: Request, cast: Sequence[Sealed]
    ) -> tuple[Request, object]:
        """The request with its players, opened here and only now, and what the family made of it.

        The lease's own request stays without them.
        """
        lease.check()
        request = replace(request, players=players.opened(self._room, lease.clip, cast))
        return request, family.encode(request)

    async def _family(self, preset: Preset) -> Family:
        """The preset's family. A load waits for the render before it, and then puts it aside."""
        if family := self._families.ready(preset.name):
            return family
        # What is prepared holds its family, which may have to make room for this one.
        await self._prepared.join()
        try:
            return await self._threads.run(Pool.DEVICE, self._families.get, preset.name)
        except CannotLoad as error:
            async with self._room.database.transaction() as tx:
                await offers.withhold(tx, self._families.withheld())
            raise CannotRender(ErrorCode.CANT_LOAD, {"preset": preset.name}) from error

    def _finish(self, film: Film, mark: Mark | None, seal: Seal) -> Made:
        rendered, parent = film.rendered, film.parent
        return finish(
            join.after(parent.master, rendered) if parent else rendered,
            self._room.media,
            look=film.preset.look,
            title=film.lease.clip.code,
            check=film.lease.check,
            mark=mark,
            seal=seal,
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
            if is_device_lost(error):
                await handin.blame(self._room, lease)
                raise DeviceLost from error
            log.exception("a step failed", extra=lease.fields)
            await handin.try_again(self._room, lease, error)
        self._leases.drop(lease)
