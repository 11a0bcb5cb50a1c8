"""The page's drop zone: what a file is, without anything of it being kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bots.room import verifying
from storage import clips
from storage.clips import Clip
from storage.room import Room
from tests.rooms import a_film, a_member, a_request, a_space
from tests.signed import a_signed_film


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Someone's browser."""
    async with aiohttp.ClientSession() as session:
        yield session


async def _drop(browser: aiohttp.ClientSession, address: str, content: bytes) -> tuple[int, str]:
    form = aiohttp.FormData()
    form.add_field("file", content, filename="a.mp4", content_type="video/mp4")
    async with browser.post(f"{address}/verify", data=form) as answer:
        return answer.status, await answer.text()


async def _posted(browser: aiohttp.ClientSession, room: Room, address: str) -> Clip:
    """A clip asked for on the page."""
    async with browser.post(f"{address}/create", json={"words": "a fox", "key": "k"}) as answer:
        code = (await answer.json())["card"]["code"]
    clip = await clips.by_code(room.database.read, code)
    assert clip
    return clip


async def test_a_clip_of_the_room_is_shown_with_a_way_to_it(
    browser: aiohttp.ClientSession, address: str, room: Room, tmp_path: Path
) -> None:
    clip = await _posted(browser, room, address)
    film = a_signed_film(room, clip, tmp_path / "a.mp4")

    status, page = await _drop(browser, address, film.read_bytes())

    assert status == 200
    assert f"This is {clip.code}, a clip of this room" in page
    assert f'<a href="/c/{clip.code}">' in page


async def test_a_clip_that_the_viewer_may_not_see_is_told_without_a_way_to_it(
    browser: aiohttp.ClientSession, address: str, room: Room, tmp_path: Path
) -> None:
    ana, space = await a_member(room), await a_space(room, "elsewhere")
    clip = (await a_request(room, ana, space, "a secret")).clip
    film = a_signed_film(room, clip, tmp_path / "a.mp4")

    _, page = await _drop(browser, address, film.read_bytes())

    assert f"This is {clip.code}, a clip of this room" in page
    assert "/c/" not in page
    assert "secret" not in page


async def test_a_strangers_words_are_text_on_the_page(
    browser: aiohttp.ClientSession, address: str, room: Room, tmp_path: Path
) -> None:
    clip = await _posted(browser, room, address)
    evil = Clip(**{**vars(clip), "code": "<script>alert(1)</script>"})
    film = a_signed_film(room, evil, tmp_path / "a.mp4")

    _, page = await _drop(browser, address, film.read_bytes())

    assert "<script" not in page
    assert "&lt;script" in page


async def test_a_film_without_credentials_is_told_plainly(
    browser: aiohttp.ClientSession, address: str
) -> None:
    status, page = await _drop(browser, address, a_film()[0])

    assert status == 200
    assert "Nothing shows that this file is from this room" in page


async def test_nothing_of_a_file_stays(
    browser: aiohttp.ClientSession, address: str, room: Room
) -> None:
    await _drop(browser, address, a_film()[0])

    assert list((room.media.folder / "new").iterdir()) == []


async def test_a_file_too_large_is_refused_while_it_arrives(
    browser: aiohttp.ClientSession,
    address: str,
    room: Room,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verifying, "MOST_MEGABYTES", 1)

    status, said = await _drop(browser, address, b"\0" * 1_100_000)

    assert status == 422
    assert "I can look at files of up to 1 MB, and that one is larger." in said
    assert list((room.media.folder / "new").iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("text/plain", b"x"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data", b"--x"),
    ],
)
async def test_a_body_that_holds_no_file_gets_a_sentence(
    browser: aiohttp.ClientSession, address: str, kind: str, body: bytes
) -> None:
    async with browser.post(
        f"{address}/verify", data=body, headers={"Content-Type": kind}
    ) as answer:
        assert answer.status == 422
        assert "could not read that file" in await answer.text()
