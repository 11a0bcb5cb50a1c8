"""The page in a real Chromium, on a desktop's screen and on a phone's."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Page, async_playwright, expect

from bots.outlets import Turns
from bots.posting import Outbox
from bots.room.app import make_app
from bots.room.front_end import RoomOutlet
from bots.studio.queue import QueueView
from storage.people import Platform
from storage.room import Room
from tests.browser.get_chromium import find

PHONE = {"width": 390, "height": 780}
DESKTOP = {"width": 1100, "height": 900}


@pytest.fixture
async def address(room: Room) -> AsyncIterator[str]:
    """The served page's address, its outbox running."""
    runner = web.AppRunner(make_app(room, QueueView(room)), shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    outbox = asyncio.create_task(Outbox(room, {Platform.ROOM: RoomOutlet()}, Turns()).run())
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    outbox.cancel()
    await runner.cleanup()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
async def page(request: pytest.FixtureRequest, address: str) -> AsyncIterator[Page]:
    """The page, open in Chromium; a script error fails the test."""
    chromium = await asyncio.to_thread(find)
    if chromium is None:
        if os.environ.get("REELROOM_NEED_BROWSER") == "1":
            pytest.fail("no Chromium, and REELROOM_NEED_BROWSER says that there must be one")
        pytest.skip("no Chromium on this machine")
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # A drawn picture and a beep instead of a camera and a microphone.
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
        )
        opened = await browser.new_page(viewport=request.param, locale="en-US")
        opened.on("pageerror", lambda error: errors.append(str(error)))
        await opened.goto(address)
        # The browser gives the prompt its focus a moment after the page has loaded.
        await expect(opened.locator("#prompt")).to_be_focused()
        yield opened
        await browser.close()
    assert errors == []
