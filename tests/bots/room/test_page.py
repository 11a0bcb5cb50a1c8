"""The page's server: who may call it, what it answers, and what it never shows."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bots.room.app import make_app
from bots.room.picture import draw
from bots.studio.queue import QueueView
from storage import clips, keys, lineage
from storage.clips import ClipKind
from storage.notes import Note, NoteCode
from storage.room import Room
from tests.pictures import a_picture
from tests.rooms import (
    NOW,
    a_member,
    a_request,
    a_room,
    a_space,
    an_engine_renders,
    offers_knowledge,
    until,
)


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Someone's browser."""
    async with aiohttp.ClientSession() as session:
        yield session


async def _post(
    browser: aiohttp.ClientSession, url: str, words: str = "", key: str = ""
) -> tuple[int, dict[str, object]]:
    async with browser.post(url, json={"words": words, "key": key}) as answer:
        return answer.status, await answer.json()


async def test_a_prompt_becomes_a_card(browser: aiohttp.ClientSession, address: str) -> None:
    status, said = await _post(browser, f"{address}/create", "a red fox, 3s 9:16 seed 4")

    card = said["card"]
    assert isinstance(card, dict)
    assert status == 200
    assert card["state"] == "waiting"
    assert card["understood"] == "3 s · 9:16 · seed 4"
    assert card["shape"] == 9 / 16


async def test_the_same_wish_sent_twice_is_one_clip(
    browser: aiohttp.ClientSession, address: str
) -> None:
    first = await _post(browser, f"{address}/create", "a fox", key="k")
    second = await _post(browser, f"{address}/create", "a fox", key="k")

    assert first == second


async def test_a_picture_comes_along_in_a_form(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    form = aiohttp.FormData({"words": "a dog hops", "key": "k"})
    form.add_field("picture", a_picture(), filename="a.jpg", content_type="image/jpeg")

    async with browser.post(f"{address}/create", data=form) as answer:
        card = (await answer.json())["card"]

    clip = await clips.by_code(room.database.read, card["code"])
    assert clip is not None
    assert clip.words == "a dog hops"
    assert clip.picture is not None


async def test_a_bad_picture_gets_a_sentence(browser: aiohttp.ClientSession, address: str) -> None:
    form = aiohttp.FormData({"words": "a dog hops"})
    form.add_field("picture", b"x", filename="a.jpg", content_type="image/jpeg")

    async with browser.post(f"{address}/create", data=form) as answer:
        assert answer.status == 422
        assert "as a picture" in (await answer.json())["sentence"]


async def test_a_card_tells_what_the_render_has_to_tell(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    await _post(browser, f"{address}/create", "a unicorn")
    note = Note(NoteCode.STAND_IN, {"model": "Pocket", "asked": "unicorn", "en": "a horse"})
    await an_engine_renders(room, notes=(note,))

    async with browser.get(f"{address}/feed") as feed:
        line = await feed.content.readline()
    card = json.loads(line.removeprefix(b"data: "))["cards"][0]
    assert card["notes"] == ["Pocket can't draw “unicorn” yet: here is a horse."]


async def test_help_shows_what_the_preset_knows(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    await offers_knowledge(room)

    async with browser.get(f"{address}/help") as answer:
        page = await answer.text()
    async with browser.get(f"{address}/help/picture") as answer:
        shown = await answer.read()

    assert "Who and what: cat, dog" in page
    assert '<img src="/help/picture"' in page
    assert shown == a_picture("PNG")


async def test_words_in_french_for_a_french_browser(
    browser: aiohttp.ClientSession, address: str
) -> None:
    async with browser.get(f"{address}/", headers={"Accept-Language": "fr-FR,fr"}) as answer:
        assert 'lang="fr"' in await answer.text()


async def test_a_clip_is_served_in_ranges(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    await _post(browser, f"{address}/create", "a fox")
    clip = await an_engine_renders(room)
    assert clip is not None

    headers = {"Range": "bytes=4-7"}
    async with browser.get(f"{address}/clips/{clip.code}/video", headers=headers) as answer:
        assert answer.status == 206
        assert await answer.read() == b"ftyp"
        assert answer.headers["Content-Type"] == "video/mp4"


async def test_someone_elses_clip_that_is_not_posted_here_is_not_shown(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    elsewhere = await a_request(room, await a_member(room, "bo"), await a_space(room, "elsewhere"))
    await an_engine_renders(room)

    for what in ("video", "poster", "chain", "tree", "info", "preview"):
        async with browser.get(f"{address}/clips/{elsewhere.clip.code}/{what}") as answer:
            assert answer.status == 404
    status, said = await _post(browser, f"{address}/clips/{elsewhere.clip.code}/remix", "night")
    assert (status, "can't find a clip" in str(said["sentence"])) == (422, True)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"words": 3}', b"\xff\xfe", b"null"])
async def test_a_broken_body_is_answered_with_a_sentence(
    browser: aiohttp.ClientSession, address: str, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    async with browser.post(f"{address}/create", data=body, headers=headers) as answer:
        assert answer.status in (200, 422)
        assert await answer.json()


async def test_the_feed_tells_of_a_clip_from_line_to_film(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    states: list[str] = []
    async with browser.get(f"{address}/feed") as feed:

        async def read_until(state: str) -> None:
            async for line in feed.content:
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    states.extend(card["state"] for card in event["cards"])
                    if state in states:
                        return

        await _post(browser, f"{address}/create", "a fox")
        await read_until("waiting")
        await an_engine_renders(room)
        await read_until("done")

    assert states[0] == "waiting"
    assert states[-1] == "done"


async def test_beyond_loopback_a_key_opens_the_page(
    browser: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with a_room(tmp_path, REELROOM_HOST="0.0.0.0") as room:
        member = await a_member(room, "ana")
        async with room.database.transaction() as tx:
            key = await keys.make(tx, member.id, now=NOW)
        runner = web.AppRunner(make_app(room, QueueView(room)), shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            async with browser.get(f"{address}/") as answer:
                assert answer.status == 401
            async with browser.post(f"{address}/key", data={"key": "wrong"}) as answer:
                assert answer.status == 403
            async with browser.get(f"{address}/v1/videos") as answer:
                assert (await answer.json())["error"]["code"] == "invalid_api_key"
            async with browser.post(
                f"{address}/key", data={"key": key}, allow_redirects=False
            ) as answer:
                cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            bearer = {"Authorization": f"Bearer {key}"}
            async with aiohttp.ClientSession(headers=bearer) as signed_in:
                _, said = await _post(signed_in, f"{address}/create", "a fox")
            assert "by ana" in str(said)
        finally:
            await runner.cleanup()


async def test_a_tree_is_drawn_with_each_clip_below_its_parent(room: Room) -> None:
    ana, space = await a_member(room), await a_space(room)
    root = (await a_request(room, ana, space)).clip
    left = (await a_request(room, ana, space, kind=ClipKind.REMIX, parent=root)).clip
    right = (await a_request(room, ana, space, kind=ClipKind.REMIX, parent=root)).clip
    below = (await a_request(room, ana, space, kind=ClipKind.REMIX, parent=right)).clip

    tree = await lineage.tree(room.database.read, root.id, viewer=ana.id, space_id=space.id)
    drawn = draw(tree)

    places = {spot.branch.id: (spot.column, spot.row) for spot in drawn.spots}
    assert places == {root.id: (0.5, 0), left.id: (0, 1), right.id: (1, 1), below.id: (1, 2)}
    assert (drawn.columns, drawn.rows, len(drawn.lines)) == (2, 3, 3)


async def test_a_posted_clip_is_seen_by_others_with_a_key(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    bo = await a_member(room, "bo")
    await _post(browser, f"{address}/create", "a fox")
    clip = await an_engine_renders(room)
    assert clip is not None

    async def posted() -> bool:
        async with room.database.read.execute("SELECT count(*) FROM posts") as rows:
            row = await rows.fetchone()
        return bool(row and row[0])

    await until(posted)
    found = await lineage.chain(room.database.read, clip.id, viewer=bo.id, space_id=clip.space_id)
    assert found[0].seen
