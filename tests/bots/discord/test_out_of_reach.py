"""Where the usual way to post is closed: expired tokens, closed conversations, old messages."""

from storage import deliveries
from storage.deliveries import DeliveryState
from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.things import Perm
from tests.rooms import until


async def test_an_expired_answer_in_a_place_without_the_bot_is_told_of_in_private(
    studio: Studio,
) -> None:
    channel = studio.server.guild("Elsewhere", bot=False).text_channel("general")
    ana = studio.server.user("ana", installed=True)
    async with studio.running():
        await ana.slash(channel, "create", prompt="a red fox")
        studio.server.advance(901)
        code = await studio.renders()
        told = await ana.dm_channel.wait_for(code)
        await studio.all_sent()
        assert ana.dm_channel.messages == [told]


async def test_someone_who_takes_no_messages_is_given_up_quietly(studio: Studio) -> None:
    ana = studio.server.user("ana")
    async with studio.running():
        await ana.dm("a red fox")
        await ana.dm_channel.wait_for(lambda m: m.author is not ana)
        ana.refuses_dms = True
        await studio.renders()
        await studio.all_sent()
        owed = await deliveries.get(studio.room.database.read, 1)
        assert owed.state is DeliveryState.FAILED


async def test_a_prompt_whose_message_is_gone_still_gets_its_clip(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        asked = await ana.say(channel, f"{studio.server.bot.mention} a red fox")
        await channel.wait_for(lambda m: m.author is not ana)
        await ana.delete(asked)
        code = await studio.renders()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])


async def test_a_channel_closed_to_the_bot_is_told_of_in_private(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        await ana.say(channel, f"{studio.server.bot.mention} a red fox")
        await channel.wait_for(lambda m: m.author is not ana)
        channel.forbid(Perm.VIEW_CHANNEL)
        code = await studio.renders()
        await ana.dm_channel.wait_for(code)
        await studio.all_sent()


async def test_a_clip_that_took_longer_than_an_hour_is_posted_all_the_same(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        await ana.slash(channel, "create", prompt="a red fox")
        studio.server.advance(3700)
        studio.server.faults.refuse("PATCH", "/channels/**", 429, code=30046, times=9)
        code = await studio.renders()
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])
