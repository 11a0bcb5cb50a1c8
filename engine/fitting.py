"""Fitting what is owed: deliveries that wait for a smaller encoding of a finished clip get one.

It needs no lease: two engines that fit the same clip make the same file twice and lose nothing.
A clip that can't be made small enough ends in words.
"""

import logging
import time

from aiosqlite import Connection

from engine import marking, sealing
from engine.changes import Changes
from engine.finish.fit import fit
from engine.finish.mark import Mark
from engine.finish.seal import Seal
from engine.pipelines.family import Cancelled
from engine.sweep import drop_media
from engine.threads import Pool, Threads
from storage import clips, deliveries, media
from storage.clips import Clip
from storage.deliveries import Delivery, DeliveryState
from storage.errors import ErrorCode
from storage.media import Media
from storage.room import Room

#: Size of a marked film to its master's, at most.
MARK_SHARE = 1.1
#: Errors of ffmpeg or the disk after which a delivery ends in words.
MOST_ERRORS = 3

log = logging.getLogger(__name__)


class Fitting:
    """Fits one delivery at a time, oldest first."""

    def __init__(self, room: Room, changes: Changes, threads: Threads) -> None:
        self._room = room
        self._changes = changes
        self._threads = threads
        self._leaving = False
        #: Errors by delivery.
        self._errors: dict[int, int] = {}

    async def run(self) -> None:
        """Fit what is owed until cancelled."""
        while True:
            seen = self._changes.count
            owed = await deliveries.to_fit(self._room.database.read)
            if owed:
                await self._fit(*owed[0])
            else:
                await self._changes.after(seen)

    def leave(self) -> None:
        """Stop the encoding that runs, soon."""
        self._leaving = True

    async def _fit(self, delivery: Delivery, master: str) -> None:
        try:
            clip = await clips.get(self._room.database.read, delivery.clip_id)
            fitted = await self._made_before(delivery, clip) or await self._make(delivery, clip)
        except Exception:
            errors = self._errors[delivery.id] = self._errors.get(delivery.id, 0) + 1
            log.exception("can't fit a clip", extra={"delivery": delivery.id})
            if errors < MOST_ERRORS:
                return
            fitted = None
        async with self._room.database.transaction() as tx:
            if fitted:
                await media.record(tx, fitted, now=time.time())
            if not await self._still_owed(tx, delivery, master):
                log.info("no longer owed", extra={"delivery": delivery.id})
            elif fitted:
                await deliveries.fitted(tx, delivery.id, sha256=fitted.sha256)
            else:
                await deliveries.words_instead(tx, delivery.id, ErrorCode.WONT_FIT)
            await drop_media(self._room, tx, {fitted.sha256 if fitted else None})

    async def _still_owed(self, tx: Connection, delivery: Delivery, master: str) -> bool:
        """Neither was the clip deleted meanwhile, nor the delivery made by another engine."""
        now = await deliveries.get(tx, delivery.id)
        clip = await clips.get(tx, delivery.clip_id)
        return now.state is DeliveryState.WAITING and clip.master == master

    async def _made_before(self, delivery: Delivery, clip: Clip) -> Media | None:
        """What is posted where it fits, or what was made for another delivery of the budget."""
        read = self._room.database.read
        marked = await marking.of(self._room, clip)
        whole = await media.find(read, (clip.posted if marked else clip.master) or "")
        if whole and whole.bytes <= delivery.max_bytes:
            return whole
        before = await deliveries.fitted_before(
            read, delivery.clip_id, max_bytes=delivery.max_bytes
        )
        found = await media.find(read, before) if before else None
        return found if found and found.bytes <= delivery.max_bytes else None

    async def _make(self, delivery: Delivery, clip: Clip) -> Media | None:
        log.info("fitting", extra={"clip": clip.code, "delivery": delivery.id})
        mark = await marking.of(self._room, clip)
        seal = await sealing.of(self._room, clip)
        return await self._threads.run(Pool.FIT, self._encode, delivery, clip, mark, seal)

    def _encode(
        self, delivery: Delivery, clip: Clip, mark: Mark | None, seal: Seal
    ) -> Media | None:
        assert clip.master is not None
        master = self._room.media.path(clip.master)
        # With a mark it may have room to spare: it gets no more than its master took, and a bit.
        most = min(delivery.max_bytes, int(master.stat().st_size * MARK_SHARE))
        return fit(
            master,
            self._room.media,
            max_bytes=most,
            title=clip.code,
            mark=mark,
            seal=seal,
            check=self._check,
        )

    def _check(self) -> None:
        if self._leaving:
            raise Cancelled
