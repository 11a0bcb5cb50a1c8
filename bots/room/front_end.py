"""The local room as a front end: one web server for the page, its feed and the /v1/videos API."""

import asyncio
import logging

from aiohttp import web

from bots.outlets import Parcel
from bots.room.app import make_app
from bots.studio.queue import QueueView
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

log = logging.getLogger(__name__)


class RoomPage:
    """The page, on this machine or wherever the settings bind it."""

    name = "room"

    def __init__(self, room: Room, view: QueueView) -> None:
        self._room = room
        self._view = view
        self.outlet = RoomOutlet()

    async def run(self) -> None:
        """Serve until cancelled. OSError when the port is taken."""
        runner = web.AppRunner(
            make_app(self._room, self._view), access_log=None, shutdown_timeout=1.0
        )
        await runner.setup()
        try:
            settings = self._room.settings
            await web.TCPSite(runner, settings.host, settings.port).start()
            log.info("the page is at http://%s:%s/", settings.host, settings.port)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


class RoomOutlet:
    """The page shows the rows themselves: a post there is made by being remembered."""

    platform = Platform.ROOM

    def pace(self, space: Space) -> float:
        """The page has its own feed; these edits go nowhere."""
        return 60.0

    async def post(self, parcel: Parcel) -> str:
        """The clip's code is the message's id."""
        return parcel.code

    async def show_progress(self, parcel: Parcel) -> str:
        """The feed shows progress from the rows."""
        return parcel.code

    async def find(self, space: Space, *, code: str, nonce: str, progress: str | None) -> list[str]:
        """What was not remembered was not shown."""
        return []

    async def take_down(self, space: Space, message: str) -> None:
        """The feed leaves deleted clips out by itself."""

    async def private_space(self, account: str) -> Space | None:
        """Nobody needs to be told elsewhere: the page can always be posted to."""
        return None
