"""Who may call the room's page and API, how often, and what every answer bears."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bots.room import pace
from bots.room.app import make_app
from bots.room.pace import Call, Pace
from bots.studio.queue import QueueView
from storage import keys
from storage.room import Room
from tests.rooms import NOW, a_member, a_room

#: What a browser says of a request that another site's page made.
CROSS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FRAME = {**LINK, "Sec-Fetch-Dest": "iframe"}


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Someone's browser."""
    async with aiohttp.ClientSession() as session:
        yield session


@asynccontextmanager
async def _beyond_loopback(folder: Path) -> AsyncIterator[tuple[Room, str]]:
    """A room that asks for keys, and its address."""
    async with a_room(folder, REELROOM_HOST="0.0.0.0") as room:
        runner = web.AppRunner(make_app(room, QueueView(room)), shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield room, f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def _key(room: Room, name: str) -> dict[str, str]:
    member = await a_member(room, name)
    async with room.database.transaction() as tx:
        return {"Authorization": f"Bearer {await keys.make(tx, member.id, now=NOW)}"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {"Host": "evil.example"}, 403),
        ("GET", "/static/room.js", {"Host": "evil.example"}, 403),
        ("GET", "/v1/videos", {"Host": "[::1"}, 403),
        ("GET", "/v1/videos", {"Host": "127.0.0.1.evil.example"}, 403),
        ("GET", "/", {"Origin": "https://evil.example"}, 403),
        ("POST", "/create", {"Origin": "null"}, 403),
        ("POST", "/create", CROSS, 403),
        ("POST", "/create", LINK, 403),
        ("POST", "/verify", {"Sec-Fetch-Site": "same-site"}, 403),
        ("DELETE", "/v1/videos/video_7K3F", CROSS, 403),
        ("GET", "/clips/7K3F/poster", CROSS, 403),
        ("GET", "/feed", {**CROSS, "Sec-Fetch-Mode": "cors"}, 403),
        ("GET", "/", FRAME, 403),
        ("GET", "/", LINK, 200),
        ("GET", "/", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ("GET", "/", {}, 200),
    ],
)
async def test_other_sites_pages_may_link_to_the_room_and_nothing_else(
    browser: aiohttp.ClientSession,
    address: str,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
) -> None:
    body = {"words": "a fox"} if method == "POST" else None
    async with browser.request(method, address + path, json=body, headers=headers) as answer:
        assert answer.status == status


async def test_every_answer_bears_the_headers_errors_and_the_feed_too(
    browser: aiohttp.ClientSession, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*values: object, **more: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bots.room.pages.looking.help", breaks)
    found = {}
    for path in ("/", "/static/room.js", "/nowhere", "/feed", "/v1/videos", "/v1/what", "/help"):
        async with browser.get(address + path) as answer:
            found[path] = answer.status
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (found["/nowhere"], found["/help"]) == (404, 500)


async def test_the_page_has_no_script_or_style_of_its_own(
    browser: aiohttp.ClientSession, address: str
) -> None:
    async with browser.get(f"{address}/") as answer:
        page = await answer.text()

    # Data is no script: the policy does not run it.
    assert page.count("<script") == page.count('<script type="module" src=') + page.count(
        '<script type="application/json"'
    )
    assert " style=" not in page
    assert " onclick=" not in page


async def test_one_who_floods_is_told_to_wait_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST, Call.ACT, 3)
    async with _beyond_loopback(tmp_path) as (room, address):
        ana, ben = await _key(room, "ana"), await _key(room, "ben")
        async with aiohttp.ClientSession() as session:

            async def ask(key: dict[str, str], path: str) -> tuple[int, str, str]:
                async with session.post(address + path, json={"words": ""}, headers=key) as answer:
                    return answer.status, answer.headers.get("Retry-After", ""), await answer.text()

            for _ in range(3):
                assert (await ask(ana, "/create"))[0] == 422
            page, api = await ask(ana, "/create"), await ask(ana, "/v1/videos")

            assert (page[0], page[1], api[0]) == (429, "20", 429)
            assert "try again in 20 s" in json.loads(page[2])["sentence"]
            assert json.loads(api[2])["error"]["code"] == "rate_limit_exceeded"
            assert (await ask(ben, "/create"))[0] == 422
            # Looking is counted apart.
            async with session.get(address, headers=ana) as answer:
                assert answer.status == 200


async def test_keys_can_not_be_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST, Call.KEY, 4)
    async with _beyond_loopback(tmp_path) as (room, address), aiohttp.ClientSession() as session:

        async def try_form(key: str) -> int:
            async with session.post(f"{address}/key", data={"key": key}) as answer:
                return answer.status

        async def try_bearer(key: str) -> int:
            headers = {"Authorization": f"Bearer {key}"}
            async with session.get(f"{address}/v1/videos", headers=headers) as answer:
                return answer.status

        assert [await try_form("a"), await try_bearer("b")] == [403, 401]
        assert [await try_form("c"), await try_bearer("d")] == [403, 401]
        assert [await try_form("e"), await try_bearer("f")] == [429, 429]
        # Whoever holds a key meets none of this, from the same address too.
        async with session.get(address, headers=await _key(room, "ana")) as answer:
            assert answer.status == 200


async def test_one_without_a_key_can_not_fill_the_memory(tmp_path: Path) -> None:
    async with _beyond_loopback(tmp_path) as (_, address), aiohttp.ClientSession() as session:
        form = {"key": "x" * 1_000_000}
        async with session.post(f"{address}/key", data=form) as answer:
            assert answer.status == 403


async def test_buckets_are_forgotten_and_leak() -> None:
    counted = Pace()
    for number in range(pace.MOST_BUCKETS + 10):
        await counted.wait(Call.LOOK, str(number))
    assert len(counted._buckets) == pace.MOST_BUCKETS

    assert [await counted.wait(Call.FILE, "ana") for _ in range(pace.MOST[Call.FILE])] == [0] * 30
    assert await counted.wait(Call.FILE, "ana") == 2
    assert await counted.wait(Call.KEY, "ana") == 0


@pytest.mark.parametrize("path", ["/create", "/v1/videos"])
@pytest.mark.parametrize(
    "body",
    [
        b"--x\r\nnonsense",
        b"--x\r\n\r\n",
        b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n'
        + b"a" * 100_000
        + b"\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nbroken off',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n' * 100 + b"--x--",
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--",
    ],
    ids=["nonsense", "empty", "long", "broken off", "many", "nested"],
)
async def test_a_broken_form_is_told_and_no_trouble(
    browser: aiohttp.ClientSession, address: str, path: str, body: bytes
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with browser.post(address + path, data=body, headers=headers) as answer:
        said = await answer.text()

    assert answer.status in (400, 422), said
    assert "went wrong" not in said
