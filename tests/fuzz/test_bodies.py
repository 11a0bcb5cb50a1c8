"""Whatever comes to the page and the API is answered by a sentence, and never by trouble."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from hypothesis import example, given
from hypothesis import strategies as st

from bots.room import pace
from bots.room.app import make_app
from bots.room.pace import Call
from bots.studio.queue import QueueView
from tests.fuzz.amount import ONE_ROOM
from tests.rooms import a_film, a_room

LIMITS = """
[limits]
open_per_member = 1000
open_per_space = 10000
hourly_per_member = 100000
hourly_per_space = 100000
"""
FIELDS = (
    "prompt", "words", "key", "model", "seconds", "size", "seed", "fps", "num_frames",
    "num_inference_steps", "guidance_scale", "generate_sound", "input_reference", "video",
    "video[id]", "input_reference[image_url]", "image_url", "id",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "a red fox", "1280x720", "4", "-1", "nan", "1e999", "pocket", "video_7K3F",
         "data:image/png;base64,AAAA", "data:image/png;base64,é", "8s 9:16 seed 4 @ana /me", "\0",
         "7K3F make it night", "a fox, cut to: a cat", "x" * 5000]
    ),
)  # fmt: skip
VALUES = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(), st.integers(-(10**30), 10**30), st.floats()
)
JSON = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6)
POSTS = st.sampled_from(
    [
        "/create", "/clips/7K3F/remix", "/clips/7K3F/again", "/clips/7K3F/extend",
        "/clips/7K3F/cancel", "/clips/7K3F/delete", "/clips/7K3F/report", "/verify",
        "/v1/videos", "/v1/videos/edits",
        "/v1/videos/extensions", "/v1/videos/video_7K3F/remix", "/v1/videos/characters",
    ]
)  # fmt: skip


@pytest.fixture
async def room_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    """A room that lets anyone ask as often as they like, and a session to ask it with."""
    for call in Call:
        monkeypatch.setitem(pace.MOST, call, 10**9)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "reelroom.toml").write_text(LIMITS)
    async with a_room(tmp_path) as room:
        runner = web.AppRunner(make_app(room, QueueView(room)), shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as session:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}", session
        await runner.cleanup()


async def _sane(
    at: tuple[str, aiohttp.ClientSession], method: str, path: str, **more: object
) -> None:
    address, session = at
    async with session.request(method, address + path, **more) as answer:  # type: ignore[arg-type]
        said = await answer.read()
    assert answer.status < 500, (answer.status, said)
    assert b"Traceback" not in said
    # The page's own script knows that sentence.
    assert b"went wrong on my side" not in said or answer.content_type == "text/html"


@ONE_ROOM
@given(path=POSTS, body=OBJECTS | JSON)
async def test_any_json(
    room_address: tuple[str, aiohttp.ClientSession], path: str, body: object
) -> None:
    await _sane(room_address, "POST", path, json=body)


@ONE_ROOM
@example(path="/v1/videos", kind="application/json", body=b"[" * 5000)
@example(path="/create", kind="application/json", body=b"[" * 5000)
@given(
    path=POSTS,
    kind=st.sampled_from(
        ["application/json", "multipart/form-data; boundary=x", "multipart/form-data",
         "multipart/mixed; boundary=x", "application/json; charset=utf-99", "text/plain",
         "application/x-www-form-urlencoded", ""]
    ),
    body=st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [b"--x\r\n", b"--x--", b"\r\n", b"\r\n\r\n", b"a", b"\xff", b"\0" * 50,
             b'Content-Disposition: form-data; name="words"\r\n',
             b'Content-Disposition: form-data; name="picture"; filename="a.png"\r\n',
             b'Content-Disposition: form-data; name="file"; filename="a.mp4"\r\n',
             b"Content-Type: multipart/mixed; boundary=y\r\n", b"Content-Encoding: gzip\r\n",
             b"Content-Transfer-Encoding: base64\r\n", a_film()[0][:200]]
        ),
        max_size=14,
    ).map(b"".join),
)  # fmt: skip
async def test_any_bytes(
    room_address: tuple[str, aiohttp.ClientSession], path: str, kind: str, body: bytes
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    await _sane(room_address, "POST", path, data=body, headers=headers)


@ONE_ROOM
@example(place="/static/{}", what="x" * 400, method="GET")
@given(
    place=st.sampled_from(
        ["/c/{}", "/clips/{}/video", "/clips/{}/poster", "/clips/{}/preview", "/clips/{}/chain",
         "/clips/{}/tree", "/clips/{}/info", "/clips/{}/report", "/v1/videos/{}",
         "/v1/videos/{}/content", "/v1/videos?{}", "/v1/videos?limit={}&order={}&after={}",
         "/static/{}", "/{}"]
    ),
    what=TEXTS | st.sampled_from(["..", "../keys/room.pem", "%2e%2e%2fkeys", "a/b", "#", "?"]),
    method=st.sampled_from(["GET", "HEAD", "DELETE", "PUT", "OPTIONS"]),
)  # fmt: skip
async def test_any_address(
    room_address: tuple[str, aiohttp.ClientSession], place: str, what: str, method: str
) -> None:
    # Half a surrogate pair can't be sent at all.
    part = quote(what.encode("utf-8", "ignore").decode()[:400], safe="")
    await _sane(room_address, method, place.replace("{}", part))
