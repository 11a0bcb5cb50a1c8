"""What people wrote while the bot was away is answered when it is back, once."""

from storage import spaces
from storage.people import Platform
from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.people import Person
from tests.fakes.discord.things import Channel, Message
from tests.rooms import until


def _answers(channel: Channel) -> list[Message]:
    return [m for m in channel.messages if not isinstance(m.author, Person)]


async def _is_seen(studio: Studio, message: Message) -> None:
    """The room has noted that it dealt with the message."""

    async def noted() -> bool:
        read = studio.room.database.read
        known = await spaces.read_up_to(read, Platform.DISCORD, most=9)
        return any(int(space.seen or 0) >= message.id for space in known)

    await until(noted)


async def _clip(studio: Studio, ana: Person, channel: Channel) -> Message:
    """A clip, asked for by a message that was dealt with."""
    asked = await ana.say(channel, f"{studio.server.bot.mention} a red fox")
    code = await studio.renders()
    clip = await channel.wait_for(lambda message: holds(message, code))
    await studio.all_sent()
    await _is_seen(studio, asked)
    return clip


async def test_mentions_and_replies_from_while_it_was_away_become_clips(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        clip = await _clip(studio, ana, channel)
    await ana.say(channel, f"{studio.server.bot.mention} a blue whale")
    await ana.say(channel, "nothing for the bot")
    await ana.say(channel, "make it night", reply_to=clip)
    async with studio.running():
        made = {await studio.renders(), await studio.renders()}
        await until(lambda: all(any(holds(m, code) for m in channel.messages) for code in made))
        await studio.all_sent()
        # A progress message goes once its clip is there.
        await until(lambda: len(_answers(channel)) == 3)


async def test_direct_messages_from_while_it_was_away_are_answered(studio: Studio) -> None:
    ana = studio.server.user("ana")
    async with studio.running():
        await ana.dm("a red fox")
        await studio.renders()
        await studio.all_sent()
    await ana.dm("a blue whale")
    async with studio.running():
        code = await studio.renders()
        await ana.dm_channel.wait_for(lambda message: holds(message, code))


async def test_what_was_refused_is_not_refused_again(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        refused = await ana.say(channel, studio.server.bot.mention)
        await channel.wait_for("Tell me what to film")
        await _is_seen(studio, refused)
    # Long enough for Discord to forget nonces: only what was kept can tell.
    studio.server.advance(900)
    await ana.say(channel, f"{studio.server.bot.mention} {'x' * 1500}")
    async with studio.running():
        await channel.wait_for("Could you shorten it")
        assert len([m for m in channel.messages if "Tell me what to film" in m.text]) == 1


async def test_what_was_said_before_the_bot_was_ever_used_there_is_left_alone(
    studio: Studio,
) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    await ana.say(channel, studio.server.bot.mention)
    async with studio.running():
        await ana.slash(channel, "queue")
    await ana.say(channel, f"{studio.server.bot.mention} {'x' * 1500}")
    async with studio.running():
        await channel.wait_for("Could you shorten it")
        assert len(_answers(channel)) == 1
