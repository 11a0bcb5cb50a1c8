"""Noticing that the room's database changed: one look, told to all who wait."""

import asyncio

from storage.database import Database

#: Seconds after which a waiter looks for itself, whatever was noticed.
AT_LATEST = 5.0


class Changes:
    """A count of the changes noticed. Read it, look at the rows, then wait until it is passed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._news = asyncio.Event()
        self.count = 0

    async def watch(self) -> None:
        """Look every few tens of milliseconds, until cancelled."""
        version = await self._database.data_version()
        while True:
            now = await self._database.changed_since(version, within=AT_LATEST)
            if now != version:
                version = now
                self.tell()

    def tell(self) -> None:
        """Something changed that those who wait should look at."""
        self.count += 1
        self._news.set()
        self._news = asyncio.Event()

    async def after(self, count: int, *, within: float = AT_LATEST) -> None:
        """Return once there was a change after the one numbered `count`, or `within` seconds."""
        if self.count > count:
            return
        try:
            async with asyncio.timeout(within):
                await self._news.wait()
        except TimeoutError:
            return
