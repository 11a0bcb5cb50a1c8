"""Messages that are no plain request: each has an answer that makes sense, or rightly none."""

import time

import pytest

from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.people import Person
from tests.fakes.discord.things import Channel, Message
from tests.rooms import until


async def _clip(studio: Studio, ana: Person, channel: Channel) -> Message:
    await ana.slash(channel, "create", prompt="a red fox")
    code = await studio.renders()
    clip = await channel.wait_for(lambda message: holds(message, code))
    await until(lambda: channel.messages == [clip])
    await studio.all_sent()
    return clip


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Tell me what to film"),
        ("x" * 3900, "could you shorten it"),
        ("   8s  ", "Tell me what to film"),
    ],
)
async def test_a_prompt_that_says_nothing_or_too_much_is_refused(
    studio: Studio, words: str, answer: str
) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        await studio.server.user("ana").say(channel, f"{studio.server.bot.mention} {words}")
        await channel.wait_for(lambda message: answer.lower() in message.text.lower())


async def test_bots_and_webhooks_are_left_alone(studio: Studio) -> None:
    server = studio.server
    channel = server.guild("Film Club").text_channel("clips")
    async with studio.running():
        await server.user("News", webhook=True).say(channel, f"{server.bot.mention} a fox")
        await server.user("Other", bot=True).say(channel, f"{server.bot.mention} a fox")
        await server.user("ana").say(channel, "not for the bot")
        await server.user("ana").say(channel, server.bot.mention)
        await channel.wait_for("Tell me what to film")
        assert len([m for m in channel.messages if m.author is server.bot]) == 1


async def test_an_edit_starts_nothing_and_is_told_of_once(studio: Studio) -> None:
    server = studio.server
    channel, ana = server.guild("Film Club").text_channel("clips"), server.user("ana")
    async with studio.running():
        said = await ana.say(channel, "a fox")
        await ana.edit(said, f"{server.bot.mention} a red fox")
        await ana.edit(said, f"{server.bot.mention} a blue fox")
        await channel.wait_for("An edited message does not start a clip")
        await ana.dm("")
        await ana.dm_channel.wait_for("Tell me what to film")
        assert len([m for m in channel.messages if m.author is server.bot]) == 1


async def test_an_edit_is_told_of_once_even_after_discord_forgot_the_answer(
    studio: Studio,
) -> None:
    server = studio.server
    channel, ana = server.guild("Film Club").text_channel("clips"), server.user("ana")
    async with studio.running():
        said = await ana.say(channel, "a fox")
        await ana.edit(said, f"{server.bot.mention} a red fox")
        await channel.wait_for("An edited message does not start a clip")
        server.advance(900)
        said.edited_at = time.time()
        server.world.tell_message("MESSAGE_UPDATE", said)
        await ana.dm("")
        await ana.dm_channel.wait_for("Tell me what to film")
        assert len([m for m in channel.messages if m.author is server.bot]) == 1


async def test_an_old_edit_whose_link_gets_its_preview_is_left_alone(studio: Studio) -> None:
    server = studio.server
    channel, ana = server.guild("Film Club").text_channel("clips"), server.user("ana")
    said = await ana.say(channel, f"{server.bot.mention} a fox")
    async with studio.running():
        said.edited_at = time.time() - 3600
        server.world.tell_message("MESSAGE_UPDATE", said)
        await ana.dm("")
        await ana.dm_channel.wait_for("Tell me what to film")
        assert [m for m in channel.messages if m.author is server.bot] == []


async def test_what_is_no_picture_is_refused_kindly(studio: Studio) -> None:
    ana = studio.server.user("ana")
    async with studio.running():
        await ana.dm("like this", attachments=[("fox.png", b"x")])
        await ana.dm_channel.wait_for("I can't open that as a picture")


async def test_a_forwarded_clip_is_no_reply_to_it(studio: Studio) -> None:
    ana = studio.server.user("ana")
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        clip = await _clip(studio, ana, channel)
        await ana.forward(clip, ana.dm_channel)
        await ana.dm_channel.wait_for("Reply to a clip to remix it")


async def test_a_reply_to_a_deleted_clip_is_refused(studio: Studio) -> None:
    ana = studio.server.user("ana")
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        clip = await _clip(studio, ana, channel)
        code = clip.attachments[0].filename.removesuffix(".mp4")
        sure = await ana.slash(channel, "delete", clip=code)
        assert sure.message is not None
        await ana.press(sure.message, "🗑 Delete")
        await until(lambda: clip.deleted)
        await ana.say(channel, f"{studio.server.bot.mention} make it night", reply_to=clip)
        await channel.wait_for("was deleted")


async def test_a_reply_to_progress_waits_for_the_clip(studio: Studio) -> None:
    ana = studio.server.user("ana")
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox")
        assert seen.message is not None
        await studio.knows(seen.message)
        await ana.say(channel, "make it night", reply_to=seen.message)
        await channel.wait_for("is not finished")


async def test_markup_and_mentions_in_a_prompt_stay_words(studio: Studio) -> None:
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        await ana.slash(channel, "create", prompt=f"**loud** @everyone {bob.mention}")
        code = await studio.renders()
        clip = await channel.wait_for(lambda message: holds(message, code))
        assert "\\*\\*loud" in clip.text
        assert clip.pings == {ana}


async def test_a_button_of_another_time_is_too_old(studio: Studio) -> None:
    ana = studio.server.user("ana")
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running() as bot:
        await _clip(studio, ana, channel)
        client = bot.outlet.client
        assert client is not None
        await client.get_partial_messageable(channel.id).send("old", view=studio.odd_buttons())
        seen = await ana.press(await channel.wait_for("old"), "Odd")
        assert seen.ephemeral
        assert "too old" in seen.text
