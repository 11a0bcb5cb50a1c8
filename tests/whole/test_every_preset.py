"""Every preset's every task, from a member's words in a chat to a posted clip with sound.

The presets are Reelroom's own files on small weights of the real classes; the chats are the real
bots on the played platforms, in turns; all in between is what an owner runs.
"""

import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import av
import numpy as np
import pytest

from storage import offers, people
from storage.cameos import Part
from storage.clips import ClipKind
from storage.offers import Offer
from storage.people import Member
from tests.cameos import a_cameo
from tests.engine.running import an_engine
from tests.engine.small_presets import bundled, shrink
from tests.fakes.videos_server import Shape, VideosServer, a_videos_server
from tests.pictures import a_picture
from tests.portraits import astronaut, jpeg
from tests.rooms import until
from tests.whole.chats import Chat, on_discord, on_telegram

REMOTE = """
title = "Elsewhere"
family = "remote"
servers = ["{address}"]
kinds = ["create", "remix", "variation", "extension"]
fps = 24
steps = 4
expected = 1
sizes = {{ "16:9" = [160, 96] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
"""
PRESETS = [*bundled(), "remote"]


@pytest.fixture(params=PRESETS)
async def chat(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Chat]:
    """A chat whose room renders one preset; every other one is on Telegram."""
    name = request.param
    on = on_discord if PRESETS.index(name) % 2 else on_telegram
    async with AsyncExitStack() as stack:
        chat = await stack.enter_async_context(on(tmp_path))
        home = chat.room.settings.home
        if name == "remote":
            server = VideosServer(Shape.SGLANG)
            await stack.enter_async_context(a_videos_server(server))
            (home / "presets").mkdir()
            (home / "presets" / "remote.toml").write_text(REMOTE.format(address=server.address))
        shrink(name, home)
        await stack.enter_async_context(an_engine(chat.room))
        yield chat


async def test_all_that_a_preset_offers_ends_in_a_posted_clip_with_sound(
    chat: Chat, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["chat"]
    offer = await _offer(chat, name)
    short = f"{offer.shortest:g}s"
    words = f"a red fox hops by the sea in the rain, {short}, preset {name}"

    length = _heard(await chat.create(words))
    first = chat.newest()
    for kind in sorted(offer.kinds - {ClipKind.CREATE}):
        film = await _asked(chat, first, kind, short)
        times = 2 if kind is ClipKind.EXTENSION else 1
        assert _heard(film) == pytest.approx(times * length, abs=0.1), kind
    shots = f"a red fox in the snow, cut to: a cat at night, {short}, preset {name}"
    assert _heard(await chat.create(shots)) == pytest.approx(length, abs=0.1)
    if offer.takes_picture:
        assert _heard(await chat.create(words, a_picture("PNG"))) == pytest.approx(length, abs=0.1)
    await a_cameo(chat.room, await _maker(chat), "ana", parts={Part.FRONT: jpeg(astronaut())})
    cast = f"@ana dances by the sea, {short}, preset {name}"
    if offer.takes_cast:
        assert _heard(await chat.create(cast)) == pytest.approx(length, abs=0.1)
    else:
        assert "can't put cameos into a clip" in await chat.told(cast)
    assert await _most_attempts(chat) == 0


async def _maker(chat: Chat) -> Member:
    """Whose the clips are."""
    async with chat.room.database.read.execute("SELECT member_id FROM clips") as rows:
        row = await rows.fetchone()
    assert row is not None
    return await people.get(chat.room.database.read, int(row[0]))


async def _most_attempts(chat: Chat) -> int:
    """How often the job that needed most tries was tried again."""
    async with chat.room.database.read.execute("SELECT max(attempts) FROM jobs") as rows:
        row = await rows.fetchone()
    assert row is not None
    return int(row[0])


async def _offer(chat: Chat, name: str) -> Offer:
    await until(lambda: offers.find(chat.room.database.read, name), within=60)
    offer = await offers.find(chat.room.database.read, name)
    assert offer
    return offer


async def _asked(chat: Chat, code: str, kind: ClipKind, short: str) -> bytes:
    match kind:
        case ClipKind.REMIX:
            return await chat.remix(code, "make it night")
        case ClipKind.VARIATION:
            return await chat.again(code)
        case ClipKind.EXTENSION:
            return await chat.extend(code, f"it hops, {short}")
        case _:
            raise AssertionError(kind)


def _heard(film: bytes) -> float:
    """Seconds of a film that has pictures, and a sound that is heard."""
    with av.open(io.BytesIO(film), "r") as opened:
        loudest = max(float(np.abs(heard.to_ndarray()).max()) for heard in opened.decode(audio=0))
    assert loudest > 0.01
    with av.open(io.BytesIO(film), "r") as opened:
        stream = opened.streams.video[0]
        assert stream.average_rate
        return len(list(opened.decode(video=0))) / float(stream.average_rate)
