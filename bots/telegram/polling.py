"""The long poll: updates are confirmed once they were handled, so that a kill loses none.

The library's own updater confirms updates when it has fetched them. Here the next poll, which
confirms, waits until what it brought was handled; the same update twice is the same request.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
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
#: Seconds for which new updates wait for a slow one. Requests are stored long before.
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
        self._underway: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken."""
        offset = 0
        pause = FIRST_PAUSE
        try:
            while True:
                try:
                    updates = await self._bot.get_updates(
                        offset, timeout=POLL_SECONDS, allowed_updates=KINDS
                    )
                except InvalidToken:
                    raise
                except TelegramError as error:
                    pause = await self._rest(error, pause)
                    continue
                pause = FIRST_PAUSE
                if updates:
                    await self._hand_on(updates)
                    offset = updates[-1].update_id + 1
        finally:
            for task in self._underway:
                task.cancel()

    async def _hand_on(self, updates: tuple[Update, ...]) -> None:
        tasks = {asyncio.create_task(self._in_order(update)) for update in updates}
        self._underway |= tasks
        for task in tasks:
            task.add_done_callback(self._underway.discard)
        await asyncio.wait(tasks, timeout=PATIENCE)

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
