"""The room's web server on loopback, as the front end makes it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bots.outlets import Turns
from bots.posting import Outbox
from bots.room.app import make_app
from bots.room.front_end import RoomOutlet
from bots.studio.queue import QueueView
from storage.people import Platform
from storage.room import Room


@pytest.fixture
async def address(room: Room) -> AsyncIterator[str]:
    """The served room's address, without a slash at its end; its outbox runs."""
    runner = web.AppRunner(make_app(room, QueueView(room)), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    outbox = asyncio.create_task(Outbox(room, {Platform.ROOM: RoomOutlet()}, Turns()).run())
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    outbox.cancel()
    await runner.cleanup()
