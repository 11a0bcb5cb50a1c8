"""The message that a member watches: one a clip, never lost, never in the way."""

import time

import pytest

from bots.discord import answers
from storage import jobs, media
from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.things import Message
from tests.rooms import a_film, until

EDIT = ("PATCH", "/channels/{channel_id}/messages/{message_id}")
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


async def _renders_a_step(studio: Studio) -> None:
    """An engine shows a bar and a preview."""
    _, picture = a_film()
    preview = studio.room.media.put(picture, "image/jpeg")
    async with studio.room.database.transaction() as tx:
        job = await jobs.claim(tx, "test:0", ["pocket"], alone=True, now=time.time())
        assert job is not None
        await media.record(tx, preview, now=time.time())
        await jobs.progress(tx, job, step=1, steps=4, preview=preview.sha256)


async def test_progress_shows_a_bar_and_a_preview(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        seen = await studio.server.user("ana").slash(channel, "create", prompt="a red fox")
        await _renders_a_step(studio)
        shown = await channel.wait_for(lambda m: "25 %" in m.text and bool(m.attachments))
        assert shown is seen.message
        assert channel.messages == [shown]


async def test_an_answer_that_was_lost_is_found_again(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        studio.server.faults.lose_answer("POST", CALLBACK)
        seen = await studio.server.user("ana").slash(channel, "create", prompt="a red fox")
        code = await studio.renders()
        clip = await channel.wait_for(lambda m: holds(m, code))
        await until(lambda: channel.messages == [clip])
        assert seen.message is not None
        assert seen.message.deleted


async def test_a_progress_message_that_somebody_deletes_is_not_missed(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox")
        assert seen.message is not None
        await ana.delete(seen.message)
        await _renders_a_step(studio)
        await until(lambda: studio.server.seen(*EDIT))
        await ana.slash(channel, "cancel")
        told = await channel.wait_for("was called off")
        await until(lambda: channel.messages == [told])


async def test_a_message_is_answered_by_one_progress_message(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running(outbox=False):
        asked = await ana.say(channel, f"{studio.server.bot.mention} a red fox")

        def shown() -> list[Message]:
            return [m for m in channel.messages if m.reply_to is asked]

        await until(lambda: len(shown()) == 1)
        assert shown()[0].buttons == ["✖️ Cancel"]
        assert shown()[0].pings == set()
    async with studio.running(outbox=False):
        await _renders_a_step(studio)
        await channel.wait_for("25 %")
        assert len(shown()) == 1


async def test_a_slow_room_says_that_it_is_thinking_and_then_answers(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "THINKING_SECONDS", 0)
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        answer = await (await ana.slash(channel, "create", prompt="a red fox")).settled()
        assert "a red fox" in answer.text
        code = await studio.renders()
        clip = await channel.wait_for(lambda m: holds(m, code))
        await until(lambda: channel.messages == [clip])
