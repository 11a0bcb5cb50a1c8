"""Progress: one message a job, sent at once and edited at the pace that its platform allows.

What was last shown is kept in memory only: after a restart each message is edited once more, to
the same words. A progress message that can't be shown is no reason to stop: the clip still comes.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import replace

from bots import parcels
from bots.outlets import CannotPost, Later, Outlet, Parcel, Turns, Unsure
from bots.studio import queue
from bots.studio.queue import Standing
from storage import clips, deliveries, jobs, posts, spaces
from storage.deliveries import Delivery, DeliveryState
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

log = logging.getLogger(__name__)

#: Seconds between two looks at the queue.
LOOK_SECONDS = 0.25
#: Seconds left to an adapter that answers by a handle of its own, before a message is sent for it.
OWN_ANSWER_SECONDS = 8.0
#: Seconds for which a space is left alone after it could not be written to.
PAUSE_SECONDS = 30.0


class Progress:
    """Shows members how far their clips are."""

    def __init__(self, room: Room, outlets: Mapping[Platform, Outlet], turns: Turns) -> None:
        self._room = room
        self._outlets = outlets
        self._turns = turns
        #: Delivery id → the text and preview last shown.
        self._shown: dict[int, tuple[str, object]] = {}
        #: Space id → no edit before this time: the platform's pace.
        self._paced: dict[int, float] = {}
        #: Space id → nothing before this time: the platform asked to wait, or can't be reached.
        self._paused: dict[int, float] = {}
        self._underway: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Show progress until cancelled."""
        version = 0
        try:
            while True:
                owed = await deliveries.owed_progress(self._room.database.read)
                await self._show(owed)
                version = await self._room.database.changed_since(
                    version, within=LOOK_SECONDS if owed else 5.0
                )
        finally:
            for task in self._underway.values():
                task.cancel()

    async def _show(self, owed: list[Delivery]) -> None:
        now = time.time()
        for gone in self._shown.keys() - {delivery.id for delivery in owed}:
            del self._shown[gone]
        due = [delivery for delivery in owed if self._is_due(delivery, now)]
        if not due:
            return
        standings = await queue.standings(self._room, now=now)
        # Those who have seen nothing yet come first, then those shown longest ago.
        order = list(self._shown)
        due.sort(key=lambda each: order.index(each.id) if each.id in self._shown else -1)
        for delivery in due:
            if delivery.space_id in self._underway:
                continue
            job = await jobs.of_clip(self._room.database.read, delivery.clip_id)
            if standing := standings.get(job.id):
                await self._start(delivery, standing, now)

    def _is_due(self, delivery: Delivery, now: float) -> bool:
        space = delivery.space_id
        if space in self._underway or now < self._paused.get(space, 0):
            return False
        if delivery.progress is None:
            # A first answer waits for no pace, only for an adapter that answers by its own means.
            return not delivery.handle or now - delivery.created_at > OWN_ANSWER_SECONDS
        return now >= self._paced.get(space, 0)

    async def _start(self, delivery: Delivery, standing: Standing, now: float) -> None:
        space = await spaces.get(self._room.database.read, delivery.space_id)
        outlet = self._outlets.get(space.platform)
        if outlet is None:
            return
        clip = await clips.get(self._room.database.read, delivery.clip_id)
        parcel = await parcels.for_progress(self._room, delivery, clip, standing)
        looks = (parcel.text, parcel.preview)
        if self._shown.get(delivery.id) == looks:
            return
        self._shown.pop(delivery.id, None)
        self._shown[delivery.id] = looks
        self._paced[space.id] = now + outlet.pace(space)
        task = asyncio.create_task(self._send(outlet, delivery, parcel, space))
        self._underway[space.id] = task
        task.add_done_callback(lambda done: self._ended(space.id, done))

    def _ended(self, space_id: int, task: asyncio.Task[None]) -> None:
        del self._underway[space_id]
        if not task.cancelled() and (error := task.exception()):
            log.error("progress broke", exc_info=error, extra={"space": space_id})

    async def _send(self, outlet: Outlet, delivery: Delivery, parcel: Parcel, space: Space) -> None:
        try:
            async with self._turns.of(delivery.id):
                await self._show_in_turn(outlet, delivery, parcel)
        except Later as refused:
            self._pause(space, delivery, refused.seconds)
        except Unsure:
            self._pause(space, delivery, 1.0)
        except CannotPost as refused:
            log.info("no progress shown: %s", refused, extra={"delivery": delivery.id})
            self._pause(space, delivery, PAUSE_SECONDS)

    async def _show_in_turn(self, outlet: Outlet, delivery: Delivery, parcel: Parcel) -> None:
        now = await deliveries.get(self._room.database.read, delivery.id)
        if not await deliveries.is_watched(self._room.database.read, delivery.id):
            return
        message = await outlet.show_progress(replace(parcel, progress=now.progress))
        if message != now.progress:
            await record(self._room, delivery, message)

    def _pause(self, space: Space, delivery: Delivery, seconds: float) -> None:
        self._shown.pop(delivery.id, None)
        self._paused[space.id] = time.time() + seconds


async def record(room: Room, delivery: Delivery, message: str) -> None:
    """Remember the message that shows the delivery's progress: a reply to it finds its clip.

    If the post was made meanwhile, the message is taken down again.
    """
    async with room.database.transaction() as tx:
        await deliveries.progress_shown(tx, delivery.id, message=message)
        await posts.add(
            tx, delivery.space_id, message, delivery.clip_id, holds_clip=False, now=time.time()
        )
        posted = await deliveries.get(tx, delivery.id)
        if posted.state is DeliveryState.SENT and posted.message != message:
            await posts.owe_removal(tx, delivery.space_id, message)
