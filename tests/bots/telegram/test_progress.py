"""What a member watches while the clip is made, and what they read when we break."""

import io
import time

import pytest
from PIL import Image

from bots.studio import looking
from storage import jobs, media
from storage.jobs import Job
from storage.room import Room
from tests.bots.telegram.conftest import Stage, playing
from tests.fakes.telegram import FakeTelegram


async def _renders(room: Room, *, step: int, picture: bool) -> Job:
    """An engine claims the next job and shows how far it is."""
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, "test:0", ["pocket"], alone=True, now=time.time())
        assert job is not None
        preview = None
        if picture:
            out = io.BytesIO()
            Image.new("RGB", (160, 96), (200, 90, 30)).save(out, "JPEG")
            kept = room.media.put(out.getvalue(), "image/jpeg")
            preview = await media.record(tx, kept, now=time.time())
        await jobs.progress(tx, job, step=step, steps=8, preview=preview)
    return job


async def test_the_bar_and_the_preview_are_shown_in_one_message(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a red fox")
    progress = await ana.private.wait_for(lambda m: "a red fox" in m.words)
    await _renders(stage.room, step=2, picture=True)

    shown = await ana.private.wait_for(lambda m: "25 %" in m.words)

    assert shown is progress
    assert shown.photo is not None


async def test_a_previewed_clip_that_is_called_off_ends_in_words(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a red fox")
    await ana.private.wait_for(lambda m: "a red fox" in m.words)
    await _renders(stage.room, step=2, picture=True)
    shown = await ana.private.wait_for(lambda m: m.photo is not None)

    await ana.say(ana.private, "/cancel", reply_to=shown)
    await ana.private.wait_for(lambda m: "called off" in m.words and m is shown)
    await stage.settled()

    assert sum("called off" in m.words for m in ana.private.posts) == 2  # the answer, the post


async def test_progress_deleted_by_its_reader_is_sent_anew(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a red fox")
    first = await ana.private.wait_for(lambda m: "a red fox" in m.words)
    await ana.delete(first)
    await _renders(stage.room, step=4, picture=False)

    anew = await ana.private.wait_for(lambda m: "50 %" in m.words)

    assert anew is not first


async def test_a_throttled_first_answer_comes_later_and_once(stage: Stage) -> None:
    stage.server.faults.fail("sendMessage", 429, retry_after=1)
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a red fox")

    await ana.private.wait_for(lambda m: "a red fox" in m.words)

    assert len(ana.private.posts) == 1


async def test_a_bug_of_ours_is_not_blamed_on_the_member(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(looking, "info", broken)
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a very secret fox")
    clip = await stage.film(ana.private)

    await ana.say(ana.private, "/info")
    await ana.private.wait_for(lambda m: "on my side, not yours" in m.words)
    pressed = await ana.press(clip, "Info")

    assert pressed.alert
    assert "on my side" in pressed.text
    assert "a handler broke" in caplog.text
    assert "secret fox" not in caplog.text
    assert stage.server.token not in caplog.text


async def test_a_bot_whose_polls_fail_hears_what_was_said_meanwhile(
    room: Room, server: FakeTelegram
) -> None:
    async with playing(room, server):
        server.faults.fail("getUpdates", 502, times=2)
        ana = server.user("ana")
        await ana.say(ana.private, "/queue")

        await ana.private.wait_for(lambda m: "Nothing on the way" in m.words)
