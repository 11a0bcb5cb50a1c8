"""The queue of updates and the long poll on it.

An update stays until a later offset confirms it, so a bot that was killed in between sees it
again. Two pollers at once: the earlier one is told 409, as Telegram does.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from .errors import CONFLICT, ApiError

Json = dict[str, Any]

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Updates:
    """What waits for the bot."""

    pending: list[Json] = field(default_factory=list)
    next_id: int = 710_000_001
    allowed: set[str] | None = None
    """None: all but those that must be asked for by name."""
    delivered: int = 0
    """How many updates were handed out, the repeated ones counted again."""
    _poll: "asyncio.Future[None] | None" = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, kind: str, content: Json) -> bool:
        """Queues an update unless the bot has not asked for its kind; says whether it did."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return False
        self.pending.append({"update_id": self.next_id, kind: content})
        self.next_id += 1
        self._news.set()
        return True

    def allow(self, kinds: list[str] | None) -> None:
        """getUpdates' allowed_updates: absent keeps the last choice, empty is the default."""
        if kinds is not None:
            self.allowed = set(kinds) or None

    def forget(self) -> None:
        """deleteWebhook with drop_pending_updates."""
        self.pending.clear()

    @property
    def polled(self) -> bool:
        """True while a long poll waits."""
        return self._poll is not None

    def stop(self) -> None:
        """Ends a waiting poll, as a server that goes down does."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(502, "Bad Gateway"))

    def begin(self, offset: int) -> "asyncio.Future[None]":
        """A getUpdates arrives: it confirms what is before `offset` and ends an earlier poll.

        A negative offset counts from the end and forgets the rest. Returns the poll, for `get`.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, CONFLICT))
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._poll = asyncio.get_running_loop().create_future()
        return self._poll

    async def get(self, poll: "asyncio.Future[None]", limit: int, timeout: float) -> list[Json]:
        """Updates for a poll that began, waiting up to `timeout` seconds for the first one.

        Raises ApiError 409 when a later call takes over.
        """
        try:
            await self._wait_for_news(poll, timeout)
        finally:
            if self._poll is poll:
                self._poll = None
            poll.cancel()
        found = self.pending[:limit]
        self.delivered += len(found)
        return found

    async def _wait_for_news(self, poll: "asyncio.Future[None]", timeout: float) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not self.pending and (left := deadline - loop.time()) > 0:
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            either: set[asyncio.Future[Any]] = {news, poll}
            try:
                await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                news.cancel()
            if poll.done():
                break
        if poll.done():
            poll.result()
