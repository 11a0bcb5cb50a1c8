"""The feed: server-sent events that keep a page's cards as the room's rows are.

One watcher a process looks at the database and wakes every open page; each page is sent only the
cards that changed. A page that reconnects gets them all anew, so nothing is missed.
"""

import asyncio
import json
from collections.abc import AsyncIterator

from aiohttp import web

from bots.room import cards
from bots.room.cards import Card
from bots.room.context import ASKER, LANGUAGE, ROOM
from storage.database import Database

#: Seconds between two looks while nothing changes: estimates count down.
LOOK_SECONDS = 1.0
#: Seconds without an event after which a comment keeps the connection open.
QUIET_SECONDS = 15.0
#: Seconds between two updates of one page at least.
PACE_SECONDS = 0.1


class Feed:
    """Wakes open pages when the database has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed = asyncio.Event()

    async def watch(self) -> None:
        """Look at the database until cancelled."""
        version = 0
        while True:
            version = await self._database.changed_since(version, within=LOOK_SECONDS)
            self._changed.set()
            self._changed = asyncio.Event()

    async def change(self) -> None:
        """Wait for the next change, or LOOK_SECONDS."""
        await self._changed.wait()


#: On the application: its feed.
FEED = web.AppKey("feed", Feed)


async def watching(app: web.Application) -> AsyncIterator[None]:
    """Keep the application's feed awake while it serves."""
    task = asyncio.create_task(app[FEED].watch())
    yield
    task.cancel()


def routes() -> list[web.RouteDef]:
    """The feed's address."""
    return [web.get("/feed", _feed)]


async def _feed(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    shown: dict[str, Card] = {}
    loop = asyncio.get_running_loop()
    spoke = loop.time()
    first = True
    while True:
        now = await cards.of_feed(request.app[ROOM], request[ASKER], request[LANGUAGE])
        event = _difference(shown, now, first)
        shown = {card["code"]: card for card in now}
        first = False
        if event:
            await response.write(f"data: {event}\n\n".encode())
            spoke = loop.time()
        elif loop.time() - spoke > QUIET_SECONDS:
            await response.write(b": still here\n\n")
            spoke = loop.time()
        await asyncio.sleep(PACE_SECONDS)
        await request.app[FEED].change()


def _difference(shown: dict[str, Card], now: list[Card], first: bool) -> str | None:
    changed = [card for card in now if shown.get(card["code"]) != card]
    gone = sorted(shown.keys() - {card["code"] for card in now})
    if not changed and not gone and not first:
        return None
    return json.dumps({"all": first, "cards": changed, "gone": gone}, ensure_ascii=False)
