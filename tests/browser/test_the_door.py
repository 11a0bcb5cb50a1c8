"""The door in a real Chromium: a key opens the room, and no other site's page reaches it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Page, async_playwright, expect

from bots.room.app import make_app
from bots.studio.queue import QueueView
from storage import keys
from storage.room import Room
from tests.browser.get_chromium import find
from tests.rooms import NOW, a_member, a_room

pytestmark = pytest.mark.browser


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """An empty page in Chromium."""
    chromium = await asyncio.to_thread(find)
    if chromium is None:
        if os.environ.get("REELROOM_NEED_BROWSER") == "1":
            pytest.fail("no Chromium, and REELROOM_NEED_BROWSER says that there must be one")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield await browser.new_page(locale="en-US")
        await browser.close()


@asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_key_typed_at_the_door_opens_the_room(page: Page, tmp_path: Path) -> None:
    async with (
        a_room(tmp_path, REELROOM_HOST="0.0.0.0") as room,
        _served(make_app(room, QueueView(room))) as address,
    ):
        ana = await a_member(room, "ana")
        async with room.database.transaction() as tx:
            key = await keys.make(tx, ana.id, now=NOW)
        await page.goto(address)

        await page.fill("#key", "rr_wrong")
        await page.keyboard.press("Enter")
        await expect(page.locator("#wrong")).to_be_visible()
        await page.fill("#key", key)
        await page.keyboard.press("Enter")

        await page.locator("#prompt").fill("a red fox")
        await page.keyboard.press("Enter")
        await expect(page.locator(".card .made")).to_contain_text("by ana")


EVIL = """<!doctype html>
<iframe src="{room}/"></iframe>
<img src="{room}/static/icon.svg">
<form method="post" enctype="text/plain" action="{room}/create"><input name="x"></form>
<a href="{room}/">a link</a>
"""


async def test_another_sites_page_can_follow_a_link_and_no_more(page: Page, room: Room) -> None:
    answered: dict[str, int] = {}

    async def note(request: web.Request, response: web.StreamResponse) -> None:
        if request.path != "/favicon.ico":
            answered[f"{request.method} {request.headers['Sec-Fetch-Dest']}"] = response.status

    async def evil(request: web.Request) -> web.Response:
        return web.Response(text=EVIL.format(room=address), content_type="text/html")

    ours, theirs = make_app(room, QueueView(room)), web.Application()
    ours.on_response_prepare.append(note)
    theirs.router.add_get("/", evil)
    async with _served(ours) as address, _served(theirs) as elsewhere:
        # Another site to the browser, on the same machine.
        elsewhere = elsewhere.replace("127.0.0.1", "localhost")
        await page.goto(elsewhere)
        await page.wait_for_load_state("networkidle")
        asked = f"fetch('{address}/create', {{method: 'POST', mode: 'no-cors', body: 'x'}})"
        await page.evaluate(f"{asked}.catch(() => null)")
        await page.evaluate("document.querySelector('form').submit()")
        await expect(page.locator("body")).to_contain_text("only to its own pages")
        assert answered == {
            "GET iframe": 403,
            "GET image": 403,
            "POST empty": 403,
            "POST document": 403,
        }

        await page.goto(elsewhere)
        await page.locator("a").click()

        await expect(page.locator("#prompt")).to_be_visible()
    async with room.database.read.execute("SELECT count(*) FROM clips") as rows:
        assert [tuple(row) for row in await rows.fetchall()] == [(0,)]
