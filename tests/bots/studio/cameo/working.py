"""What the room does of itself: it renders, posts, and dies while it posts."""

import asyncio
import time

from hypothesis.stateful import (
    precondition,
    rule,
)

from bots.outlets import Turns
from bots.posting import Outbox
from storage import (
    clips,
    deliveries,
    jobs,
    posts,
    recalls,
    requests,
)
from storage.clips import Clip, Master
from storage.jobs import Job
from storage.people import Platform
from tests.bots.studio.cameo.acting import Makers
from tests.bots.studio.cameo.theatre import NAMES
from tests.rooms import a_film, an_engine_renders, until


class Engines(Makers):
    """What the room does of itself."""

    @precondition(lambda self: self._to_render())
    @rule()
    def renders(self) -> None:
        self._rendered(self.run(an_engine_renders(self.room)))

    @precondition(lambda self: self.job is None and self._to_render())
    @rule()
    def begins_a_render(self) -> None:
        self.job = self.run(self._claim())

    async def _claim(self) -> Job | None:
        now = time.time()
        async with self.room.database.transaction() as tx:
            job = await jobs.claim(tx, "slow:0", ["pocket"], alone=True, now=now)
            return None if job is None or await requests.lacks_consent(tx, job, now=now) else job

    @precondition(lambda self: self.job is not None)
    @rule()
    def ends_a_render(self) -> None:
        assert self.job is not None
        self._rendered(self.run(self._hand_in(self.job)))
        self.job = None

    async def _hand_in(self, job: Job) -> Clip | None:
        film, picture = a_film()
        master = self.room.media.put(film + f"slow{job.clip_id}".encode(), "video/mp4")
        poster = self.room.media.put(picture, "image/jpeg")
        files = Master(master.sha256, poster.sha256, None, 160, 96, 1.0)
        async with self.room.database.transaction() as tx:
            now = time.time()
            kept = await requests.finish(tx, job, files, [master, poster], seconds=1.0, now=now)
            return await clips.get(tx, job.clip_id) if kept else None

    def _rendered(self, clip: Clip | None) -> None:
        if clip is None or clip.master is None:
            return
        film = self.films[clip.code]
        assert not film.gone, "rendered what was taken back"
        assert film.may_come(), "rendered without consent"
        film.made = True
        for at, said in film.words.items():
            assert said == "yes", "rendered before a yes to the words"
            film.film[at] = "asked"

    @precondition(lambda self: bool(self._standing()))
    @rule()
    def posts(self) -> None:
        self.run(self._post())
        for code, film in self._standing():
            if film.agreed() and self.run(self._finished(code)):
                shown = [m for m in self.chats.standing.values() if m.film and m.code == code]
                assert any(not each.space.private for each in shown), "agreed, and not posted"

    @rule()
    def everything_moves_on(self) -> None:
        for name in NAMES:
            self.agrees_to_all(name)
        self.renders()
        self.posts()

    @precondition(lambda self: bool(self._standing()))
    @rule()
    def dies_while_it_posts(self) -> None:
        self.chats.dies = True
        self.run(self._post())
        self.chats.dies = False
        self.crashes()

    async def _post(self) -> None:
        self.chats.died.clear()
        outbox = Outbox(self.room, {Platform.TELEGRAM: self.chats}, Turns())
        task = asyncio.create_task(outbox.run())
        dead = asyncio.create_task(self.chats.died.wait())

        async def settled() -> bool:
            return self.chats.died.is_set() or task.done() or not await self._owed()

        await until(settled)
        for each in (task, dead):
            each.cancel()
        await asyncio.gather(task, dead, return_exceptions=True)

    async def _owed(self) -> bool:
        read, now = self.room.database.read, time.time() + 3600
        return bool(
            await deliveries.outbox(read, now=now)
            or await posts.owed_removal(read)
            or await recalls.due(read, now=now)
        )
