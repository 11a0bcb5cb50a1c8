"""Whatever Discord does around a post, it ends in one clip or one message that says why not."""

import pytest

from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.things import Channel, Perm
from tests.rooms import until

POST = ("POST", "/channels/{channel_id}/messages")


async def _asked(studio: Studio, channel: Channel) -> None:
    ana = studio.server.user("ana")
    seen = await ana.slash(channel, "create", prompt="a red fox")
    assert seen.message is not None


def _channel(studio: Studio) -> Channel:
    return studio.server.guild("Film Club").text_channel("clips")


@pytest.mark.parametrize("trouble", ["429", "cut before", "cut after", "500 after", "503 after"])
async def test_a_clip_is_posted_once_through(studio: Studio, trouble: str) -> None:
    channel, faults = _channel(studio), studio.server.faults
    async with studio.running():
        await _asked(studio, channel)
        match trouble:
            case "429":
                faults.rate_limit(*POST, retry_after=0.05)
            case "cut before":
                faults.disconnect(*POST)
            case "cut after":
                faults.lose_answer(*POST)
            case "500 after":
                faults.lose_answer(*POST, status=500)
            case "503 after":
                faults.lose_answer(*POST, status=503)
        code = await studio.renders()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])
        await studio.all_sent()
        assert [holds(m, code) for m in channel.messages] == [True]


async def test_a_kill_after_the_post_makes_no_second_one(studio: Studio) -> None:
    channel = _channel(studio)
    async with studio.running():
        await _asked(studio, channel)
        studio.server.faults.delay(*POST, 30, after=True)
        code = await studio.renders()
        await channel.wait_for(lambda m: holds(m, code))
    # Discord has forgotten the nonce by then: only the history tells.
    studio.server.advance(600)
    async with studio.running():
        await studio.all_sent()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])


async def test_a_kill_before_the_post_loses_nothing(studio: Studio) -> None:
    channel = _channel(studio)
    async with studio.running(outbox=False):
        await _asked(studio, channel)
        code = await studio.renders()
    async with studio.running():
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])


async def test_a_kill_before_the_answer_still_ends_in_the_clip(studio: Studio) -> None:
    channel, ana = _channel(studio), studio.server.user("ana")
    callback = "/interactions/{interaction_id}/{interaction_token}/callback"
    async with studio.running():
        studio.server.faults.disconnect("POST", callback)
        await ana.slash(channel, "create", prompt="a red fox")
        code = await studio.renders()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])


async def test_where_the_bot_may_not_write_the_answer_becomes_the_clip(studio: Studio) -> None:
    channel = _channel(studio)
    async with studio.running():
        await _asked(studio, channel)
        channel.forbid(Perm.SEND_MESSAGES)
        code = await studio.renders()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])
        await studio.all_sent()


async def test_a_channel_that_is_gone_is_told_of_in_private(studio: Studio) -> None:
    channel, ana = _channel(studio), studio.server.user("ana")
    async with studio.running():
        await ana.say(channel, f"{studio.server.bot.mention} a red fox")
        await channel.wait_for(lambda m: m.author is not ana)
        channel.delete()
        code = await studio.renders()
        told = await ana.dm_channel.wait_for(code)
        await studio.all_sent()
        assert ana.dm_channel.messages == [told]


async def test_a_file_too_large_is_asked_for_smaller(studio: Studio) -> None:
    channel = _channel(studio)
    async with studio.running():
        await _asked(studio, channel)
        studio.server.faults.refuse(*POST, 413, code=40005)
        await studio.renders(size=1_000_000)
        await until(studio.waits_for_fitting)
        assert not any(message.attachments for message in channel.messages)


async def test_a_request_called_off_ends_in_words(studio: Studio) -> None:
    channel, ana = _channel(studio), studio.server.user("ana")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox")
        assert seen.message is not None
        await ana.press(seen.message, "✖️ Cancel")
        told = await channel.wait_for("was called off")
        await until(lambda: channel.messages == [told])


async def test_a_deleted_clip_is_taken_down(studio: Studio) -> None:
    channel, ana = _channel(studio), studio.server.user("ana")
    async with studio.running():
        await ana.slash(channel, "create", prompt="a red fox")
        code = await studio.renders()
        clip = await channel.wait_for(lambda m: holds(m, code))
        await studio.all_sent()
        asked = await ana.select(clip, f"more:{code}", "delete")
        assert asked.message is not None
        assert asked.ephemeral
        done = await ana.press(asked.message, "🗑 Delete")
        assert code in done.text
        await until(lambda: channel.messages == [])
