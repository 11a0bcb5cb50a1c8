"""The outbox: takes the deliveries that are ready and makes each post once, on its platform.

A delivery is marked sending before the platform is called and sent, with the message's id, after
it. Found still sending at start, it is taken up with doubt: the outlet looks whether the message
was made. Messages of deleted clips, and progress messages whose clip is there, are taken down here;
what was being posted when it was called off is found and taken down.
"""

import asyncio
import logging
import time
from collections.abc import Coroutine, Mapping
from dataclasses import replace

from aiosqlite import Connection

from bots import parcels
from bots.outlets import CannotPost, Later, Outlet, TooLarge, Turns, Unsure
from storage import clips, consent, deliveries, people, posts, recalls, spaces
from storage.consent import Moment, Why
from storage.deliveries import About, Delivery, DeliveryState
from storage.errors import ErrorCode
from storage.people import Platform
from storage.posts import Post
from storage.recalls import Recall
from storage.room import Room

log = logging.getLogger(__name__)

#: Seconds before an unsure call is tried again, doubled each time up to the longest.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
#: Share of what a platform refused as too large that is tried next, when it names no limit.
SMALLER = 0.6
#: Below this many bytes no smaller encoding is tried.
SMALLEST_BYTES = 200_000
#: Calls that stay unsure before words are tried instead, and before giving up.
MOST_ATTEMPTS = 12
#: Seconds before a removal that the platform refused is tried again, doubled up to the longest.
FIRST_REMOVAL_PAUSE = 30.0
LONGEST_REMOVAL_PAUSE = 6 * 3600.0
#: Seconds without a write after which the outbox looks again by itself.
IDLE_SECONDS = 1.0


class Outbox:
    """Posts what is owed on the platforms that have an outlet."""

    def __init__(self, room: Room, outlets: Mapping[Platform, Outlet], turns: Turns) -> None:
        self._room = room
        self._outlets = outlets
        self._underway: dict[object, asyncio.Task[None]] = {}
        self._turns = turns
        #: One post at a time in a space, in the order they were asked for.
        self._spaces: dict[int, asyncio.Lock] = {}

    async def run(self) -> None:
        """Post until cancelled."""
        version = 0
        try:
            while True:
                await self._start_due()
                version = await self._room.database.changed_since(version, within=IDLE_SECONDS)
        finally:
            for task in self._underway.values():
                task.cancel()

    async def _start_due(self) -> None:
        read = self._room.database.read
        for delivery in await deliveries.outbox(read, now=time.time()):
            self._start(("delivery", delivery.id), self._deliver(delivery))
        for post in await posts.owed_removal(read, now=time.time()):
            self._start(("removal", post.space_id, post.message), self._take_down(post))
        for recall in await recalls.due(read, now=time.time()):
            self._start(("recall", recall.nonce), self._recall(recall))

    def _start(self, key: object, work: Coroutine[None, None, None]) -> None:
        if key in self._underway:
            work.close()
            return
        task = asyncio.create_task(work)
        self._underway[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def _ended(self, key: object, task: asyncio.Task[None]) -> None:
        del self._underway[key]
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox: %s broke", key, exc_info=error)

    async def _deliver(self, delivery: Delivery) -> None:
        space = await spaces.get(self._room.database.read, delivery.space_id)
        outlet = self._outlets.get(space.platform)
        if outlet is None:
            # Its bot is not running here; the post is owed until it is.
            await asyncio.sleep(IDLE_SECONDS)
            return
        order = self._spaces.setdefault(space.id, asyncio.Lock())
        async with order, self._turns.of(delivery.id):
            await self._deliver_in_turn(delivery.id, outlet)

    async def _deliver_in_turn(self, delivery_id: int, outlet: Outlet) -> None:
        # Read anew: the wait for the turn may have been long.
        delivery = await deliveries.get(self._room.database.read, delivery_id)
        async with self._room.database.transaction() as tx:
            if not await self._may_be_shown(tx, delivery):
                return
            if not await deliveries.sending(tx, delivery_id):
                return
        parcel = await parcels.for_delivery(self._room, delivery)
        if parcel is None:
            return await self._nothing_to_post(delivery)
        doubt = delivery.state is DeliveryState.SENDING
        try:
            message = await outlet.post(replace(parcel, doubt=doubt))
        except Later as refused:
            await self._again(delivery, refused.seconds, doubt=doubt)
        except Unsure as error:
            await self._unsure(delivery, error)
        except TooLarge as refused:
            await self._too_large(delivery, refused)
        except CannotPost as refused:
            await self._cannot_post(delivery, outlet, refused)
        else:
            await self._sent(delivery, message)

    async def _may_be_shown(self, tx: Connection, delivery: Delivery) -> bool:
        """Whether everyone in the clip agrees to the post now; if not, words are owed instead.

        What goes to an owner who is asked needs no answer of theirs yet, only that nobody objects.
        """
        if delivery.error:
            return True
        moment = Moment.POST if delivery.about is About.CLIP else Moment.RENDER
        lacks = await consent.lacking(tx, delivery.clip_id, moment)
        if delivery.about is About.PROMPT:
            lacks = [lack for lack in lacks if lack.why is not Why.ASKED]
        if not lacks:
            return True
        if any(lack.why is not Why.ASKED for lack in lacks):
            await deliveries.call_off_one(tx, delivery, ErrorCode.NO_CONSENT)
        return False

    async def _sent(self, delivery: Delivery, message: str) -> None:
        now = time.time()
        async with self._room.database.transaction() as tx:
            kept = await deliveries.sent(tx, delivery, message=message, now=now)
            await posts.add(
                tx,
                delivery.space_id,
                message,
                delivery.clip_id,
                holds_clip=delivery.error is None,
                now=now,
            )
            if not kept:
                # It was called off while the platform was called: words are owed by now.
                await posts.owe_removal(tx, delivery.space_id, message)
                await recalls.done(tx, delivery.nonce)
            if delivery.progress not in (None, message):
                await posts.owe_removal(tx, delivery.space_id, delivery.progress)
        log.info("posted", extra={"delivery": delivery.id, "clip": delivery.clip_id})

    async def _again(self, delivery: Delivery, seconds: float, *, doubt: bool) -> None:
        async with self._room.database.transaction() as tx:
            await deliveries.later(tx, delivery.id, next_at=time.time() + seconds, doubt=doubt)

    async def _unsure(self, delivery: Delivery, error: Unsure) -> None:
        log.warning("post unsure: %s", error, extra={"delivery": delivery.id})
        if delivery.attempts + 1 >= MOST_ATTEMPTS:
            async with self._room.database.transaction() as tx:
                if await self._is_the_same(tx, delivery):
                    await deliveries.give_up(tx, delivery.id, ErrorCode.CANT_POST)
            return
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**delivery.attempts)
        await self._again(delivery, pause, doubt=True)

    async def _too_large(self, delivery: Delivery, refused: TooLarge) -> None:
        """Owe a smaller encoding, or words once it can't be smaller."""
        smaller = refused.max_bytes
        if smaller is None or smaller >= delivery.max_bytes:
            posted = await parcels.bytes_of(self._room, delivery)
            smaller = int(min(posted, delivery.max_bytes) * SMALLER)
        async with self._room.database.transaction() as tx:
            if not await self._is_the_same(tx, delivery):
                return
            if smaller < SMALLEST_BYTES and delivery.about is not About.CLIP:
                await deliveries.give_up(tx, delivery.id, ErrorCode.WONT_FIT)
            elif smaller < SMALLEST_BYTES:
                await deliveries.words_instead(tx, delivery.id, ErrorCode.WONT_FIT)
            else:
                await deliveries.refit(tx, delivery.id, max_bytes=smaller)

    async def _cannot_post(self, delivery: Delivery, outlet: Outlet, refused: CannotPost) -> None:
        """Tell the asker alone, once; if that can't be either, nobody can be told.

        An owner who can't be written to finds the question in their overview, until its time is up.
        """
        log.warning("cannot post: %s", refused, extra={"delivery": delivery.id})
        private = None
        if delivery.about is About.CLIP:
            private = await self._private_space(delivery, outlet)
        async with self._room.database.transaction() as tx:
            if not await self._is_the_same(tx, delivery):
                return
            if private is None or private == delivery.space_id:
                await deliveries.give_up(tx, delivery.id, ErrorCode.CANT_POST)
                return
            error = delivery.error or ErrorCode.CANT_POST
            await deliveries.move(tx, delivery.id, space_id=private, error=error)

    async def _is_the_same(self, tx: Connection, delivery: Delivery) -> bool:
        """Whether it was not called off while the platform was called."""
        return (await deliveries.get(tx, delivery.id)).nonce == delivery.nonce

    async def _private_space(self, delivery: Delivery, outlet: Outlet) -> int | None:
        read = self._room.database.read
        account = await people.account_on(read, delivery.member_id, outlet.platform)
        if account is None:
            return None
        try:
            space = await outlet.private_space(account)
        except (CannotPost, Later, Unsure) as error:
            log.warning("no private space: %s", error, extra={"delivery": delivery.id})
            return None
        return space.id if space else None

    async def _nothing_to_post(self, delivery: Delivery) -> None:
        """What it was to bring is gone, or answered, since it was read."""
        async with self._room.database.transaction() as tx:
            await deliveries.call_off_one(tx, delivery, ErrorCode.CANCELLED)

    async def _take_down(self, post: Post) -> None:
        space = await spaces.get(self._room.database.read, post.space_id)
        outlet = self._outlets.get(space.platform)
        if outlet is None:
            await asyncio.sleep(IDLE_SECONDS)
            return
        try:
            await outlet.take_down(space, post.message)
        except Later as refused:
            await asyncio.sleep(min(refused.seconds, LONGEST_PAUSE))
            return
        except Unsure:
            await asyncio.sleep(FIRST_PAUSE)
            return
        except CannotPost as refused:
            log.warning("cannot take down: %s", refused, extra={"clip": post.clip_id})
            if post.holds_clip:
                return await self._removal_refused(post)
        async with self._room.database.transaction() as tx:
            await posts.removed(tx, post.space_id, post.message, now=time.time())

    async def _removal_refused(self, post: Post) -> None:
        """A clip stands that should not: try again, ever more rarely, and let it be seen."""
        pause = min(LONGEST_REMOVAL_PAUSE, FIRST_REMOVAL_PAUSE * 2 ** min(post.removal_refused, 16))
        async with self._room.database.transaction() as tx:
            await posts.removal_refused(tx, post, next_at=time.time() + pause)

    async def _recall(self, recall: Recall) -> None:
        """Find what was being posted when it was called off, and owe its removal.

        A call of this process ends first: then it is known what came of it.
        """
        space = await spaces.get(self._room.database.read, recall.space_id)
        outlet = self._outlets.get(space.platform)
        if outlet is None:
            await asyncio.sleep(IDLE_SECONDS)
            return
        clip = await clips.get(self._room.database.read, recall.clip_id)
        async with self._turns.of(recall.delivery_id):
            try:
                found = await outlet.find(
                    space, code=clip.code, nonce=recall.nonce, progress=recall.progress
                )
            except (Later, Unsure, CannotPost) as error:
                return await self._recall_later(recall, error)
        async with self._room.database.transaction() as tx:
            now = time.time()
            for message in found:
                await posts.add(
                    tx, recall.space_id, message, recall.clip_id, holds_clip=True, now=now
                )
                await posts.owe_removal(tx, recall.space_id, message)
            await recalls.done(tx, recall.nonce)

    async def _recall_later(self, recall: Recall, error: Exception) -> None:
        log.warning("a post may stand: %s", error, extra={"clip": recall.clip_id})
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(recall.attempts, 16))
        if isinstance(error, Later):
            pause = max(pause, error.seconds)
        async with self._room.database.transaction() as tx:
            await recalls.later(tx, recall, next_at=time.time() + pause)
