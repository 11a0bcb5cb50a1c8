"""Moderation on the page: for who owns the room, and reports for everyone."""

import time
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bots.room.app import make_app
from bots.studio.queue import QueueView
from storage import keys, people, posts, spaces
from storage.clips import Clip
from storage.people import Platform
from storage.room import Room
from tests.rooms import NOW, a_member, a_request, a_room, an_engine_renders


async def _posted(room: Room) -> Clip:
    """Somebody's clip, posted in the room."""
    async with room.database.transaction() as tx:
        space = await spaces.enter(
            tx, Platform.ROOM, "room", private=False, max_bytes=1 << 30, now=NOW
        )
    await a_request(room, await a_member(room, "ana"), space)
    clip = await an_engine_renders(room)
    assert clip is not None
    async with room.database.transaction() as tx:
        await posts.add(tx, space.id, clip.code, clip.id, holds_clip=True, now=time.time())
    return clip


async def test_a_reported_clip_waits_on_the_owners_page_with_its_film(
    room: Room, address: str
) -> None:
    clip = await _posted(room)
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{address}/clips/{clip.code}/report") as answer:
            assert "A child is in danger" in await answer.text()
        chosen = {"reason": "minor", "words": "<b>look</b>"}
        async with browser.post(f"{address}/clips/{clip.code}/report", data=chosen) as answer:
            assert "out of sight" in await answer.text()
        async with browser.get(f"{address}/moderation") as answer:
            page = await answer.text()
        assert "Held: one report." in page
        assert "&lt;b&gt;look&lt;/b&gt;" in page
        async with browser.get(f"{address}/moderation/{clip.code}/film") as answer:
            assert answer.content_type == "video/mp4"
        async with browser.post(f"{address}/moderation/takedown/{clip.code}") as answer:
            page = await answer.text()
        assert f"{clip.code} is taken down everywhere." in page
        assert "Nothing waits for you." in page
        assert "taken down · You" in page
        async with browser.get(f"{address}/moderation/{clip.code}/film") as answer:
            assert answer.status == 404


async def test_beyond_loopback_only_a_moderators_key_opens_it(tmp_path: Path) -> None:
    async with a_room(tmp_path, REELROOM_HOST="0.0.0.0") as room:
        async with room.database.transaction() as tx:
            members = [
                await people.sign_in(
                    tx, Platform.ROOM, f"key:{name}", name=name, language="en", now=NOW
                )
                for name in ("ana", "mod")
            ]
            ana = await keys.make(tx, members[0].id, now=NOW)
            mod = await keys.make(tx, members[1].id, moderates=True, now=NOW)
        runner = web.AppRunner(make_app(room, QueueView(room)))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession() as browser:
            for key, status in ((ana, 403), (mod, 200)):
                signed = {"Authorization": f"Bearer {key}"}
                async with browser.get(f"{address}/moderation", headers=signed) as answer:
                    assert answer.status == status
                async with browser.get(f"{address}/", headers=signed) as answer:
                    assert ("/moderation" in await answer.text()) is (status == 200)
        await runner.cleanup()


@pytest.mark.parametrize("path", ["release/ZZZZ", "explode/7K3F", "lift/99"])
async def test_an_act_on_nothing_says_so(address: str, path: str) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{address}/moderation/{path}") as answer,
    ):
        assert answer.status in (200, 404)
