"""The long poll: updates are confirmed once they were handled, so that a kill loses none.

The library's own updater confirms updates when it has fetched them. Here a poll confirms only
what comes before the oldest update that is still being handled, and Telegram sends the others
again: to this process, which knows them, or to the next one. The same update is the same request.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from weakref import WeakValueDictionary

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bots.telegram.errors import seconds_of

log = logging.getLogger(__name__)

#: What we ask for; all else would be fetched for nothing.
KINDS = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY)
#: Seconds that one poll waits for news.
POLL_SECONDS = 25
#: Seconds for which new updates wait for a slow one.
PATIENCE = 1.0
#: Seconds before polling again after trouble, doubled each time up to the longest.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


class Polling:
    """Fetches updates and hands them on, one person's in order and all others at once."""

    def __init__(self, bot: ExtBot[int], handle: Callable[[Update], Awaitable[None]]) -> None:
        self._bot = bot
        self._handle = handle
        self._people: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._underway: dict[int, asyncio.Task[None]] = {}
        #: The lowest update id that was never handed on.
        self._next = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken."""
        pause = FIRST_PAUSE
        try:
            while True:
                try:
                    updates = await self._bot.get_updates(
                        min(self._underway, default=self._next),
                        timeout=POLL_SECONDS,
                        allowed_updates=KINDS,
                    )
                except InvalidToken:
                    raise
                except TelegramError as error:
                    pause = await self._rest(error, pause)
                    continue
                pause = FIRST_PAUSE
                await self._hand_on(updates)
        finally:
            for task in self._underway.values():
                task.cancel()

    async def _hand_on(self, updates: tuple[Update, ...]) -> None:
        for update in updates:
            if update.update_id >= self._next:
                self._next = update.update_id + 1
                task = asyncio.create_task(self._in_order(update))
                self._underway[update.update_id] = task
                task.add_done_callback(partial(self._over, update.update_id))
        if self._underway:
            await asyncio.wait(self._underway.values(), timeout=PATIENCE)

    def _over(self, number: int, _: asyncio.Task[None]) -> None:
        del self._underway[number]

    async def _in_order(self, update: Update) -> None:
        person = update.effective_user or update.effective_chat
        lock = self._people.setdefault(person.id if person else 0, asyncio.Lock())
        async with lock:
            await self._handle(update)

    async def _rest(self, error: TelegramError, pause: float) -> float:
        if isinstance(error, Conflict):
            log.warning("another bot polls with the same token")
        else:
            log.info("polling: %s", type(error).__name__)
        await asyncio.sleep(seconds_of(error) if isinstance(error, RetryAfter) else pause)
        return min(LONGEST_PAUSE, pause * 2)
