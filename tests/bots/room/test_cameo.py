"""The page's cameo panel as its server answers: whose it is, and what nobody else gets to see."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bots.room.door import ADDRESS, MAX_BYTES
from storage import people, spaces
from storage.clips import Clip
from storage.people import Platform
from storage.room import Room
from tests.cameos import a_cameo, a_cast_request
from tests.rooms import a_member, an_engine_renders
from tests.watching import sees, someone, unfit


@pytest.fixture
async def browser(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """The browser of the room's one local member, who has opened the page."""
    async with aiohttp.ClientSession(base_url=address) as session:
        async with session.get("/") as answer:
            assert answer.status == 200
        yield session


async def _press(browser: aiohttp.ClientSession, data: str) -> dict[str, Any]:
    async with browser.post("/cameo/press", json={"data": data}) as answer:
        said: dict[str, Any] = await answer.json()
        return said


async def _film(browser: aiohttp.ClientSession, film: bytes, **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData(fields)
    if film:
        form.add_field("film", film, filename="film")
    async with browser.post("/cameo/film", data=form) as answer:
        said: dict[str, Any] = await answer.json()
        return said


async def _a_draft(room: Room, owner: str) -> Clip:
    """A clip that bob asked for and that waits for the owner's second yes."""
    read = room.database.read
    found = await people.find(read, Platform.ROOM, owner) or await a_member(room, owner)
    cameo = await a_cameo(room, found, "ana")
    async with room.database.transaction() as tx:
        space = await spaces.enter(
            tx, Platform.ROOM, ADDRESS, private=False, max_bytes=MAX_BYTES, now=0.0
        )
    bob = await a_member(room, "bob")
    asked = await a_cast_request(room, bob, space, cameo, ask=True, now=time.time())
    async with room.database.transaction() as tx:
        await tx.execute("UPDATE approvals SET state = 'approved'")
    made = await an_engine_renders(room)
    assert made
    assert made.id == asked.clip.id
    return made


async def test_a_film_makes_a_cameo_and_its_picture_comes_back(
    browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    begun = await _press(browser, "cameo:enroll:0:")
    assert begun["form"]["kind"] == "film"

    made = await _film(browser, b"a film", handle="ana", adult="yes")

    assert "Here you are: @ana" in made["title"]
    assert made["picture"].startswith("data:image/jpeg;base64,")


@pytest.mark.parametrize(
    ("film", "adult", "told"),
    [(b"a film", "", "adults only"), (b"", "yes", "could not get that film"),
     (b"a film", "yes", "too dark")],
)  # fmt: skip
async def test_a_film_that_wont_do_is_told_why(
    browser: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
    film: bytes,
    adult: str,
    told: str,
) -> None:
    sees(monkeypatch, unfit("too-dark"))
    await _press(browser, "cameo:enroll:0:")

    said = await _film(browser, film, handle="ana", adult=adult)

    assert told in said.get("sentence", said.get("title", ""))


async def test_a_draft_is_shown_to_its_owner_and_kept_by_no_cache(
    browser: aiohttp.ClientSession, room: Room
) -> None:
    clip = await _a_draft(room, "local")
    for what in ("video", "poster"):
        async with browser.get(f"/cameo/clips/{clip.code}/{what}") as answer:
            assert answer.status == 200
            assert answer.headers["Cache-Control"] == "no-store"


async def test_clips_with_somebody_elses_cameo_are_not_to_be_had_by_the_panel(
    browser: aiohttp.ClientSession, room: Room
) -> None:
    clip = await _a_draft(room, "ana")
    async with browser.get(f"/cameo/clips/{clip.code}/video") as answer:
        assert answer.status == 404
    for deed in ("back", "yes", "clips", "erase", "export"):
        said = await _press(browser, f"cameo!:{deed}:1:{clip.code}")
        assert "no cameo" in said["sentence"], deed


async def test_made_up_keys_tell_nothing_of_people_whom_the_cameo_has_nothing_to_do_with(
    browser: aiohttp.ClientSession, room: Room
) -> None:
    await _a_draft(room, "local")
    mallory, bob = await a_member(room, "mallory"), await a_member(room, "bob")
    for made_up in (str(mallory.id), "999999", "x", ""):
        said = await _press(browser, f"cameo:in:1:{made_up}")
        assert "Tap one to decide" in said["title"]
        assert "mallory" not in str(said)

    said = await _press(browser, f"cameo:in:1:{bob.id}")

    assert "bob · let in" in said["title"]


async def test_without_a_cameo_there_is_nothing_to_export(
    browser: aiohttp.ClientSession,
) -> None:
    async with browser.get("/cameo/export") as answer:
        assert answer.status == 404
        assert "no cameo" in await answer.text()


@pytest.mark.parametrize("data", ["", "cameo:explode:1:", "remix:7K3F", "cameo:home:x:", "x" * 999])
async def test_a_key_that_is_none_opens_the_panel(
    browser: aiohttp.ClientSession, data: str
) -> None:
    said = await _press(browser, data)

    assert "puts you into clips" in said["title"]
