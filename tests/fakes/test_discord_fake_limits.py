"""Where the played Discord refuses, forgets and fails, as Discord does."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.fakes.discord import FakeDiscord, Intent, Perm
from tests.fakes.discord.sample import Connect, SmallBot, connect, file_of, server

__all__ = ["connect", "server"]

ELSEWHERE = """
import sys, discord, yarl
discord.http.Route.BASE = sys.argv[1]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sys.argv[2])
bot = discord.Client(intents=discord.Intents.default())

@bot.event
async def on_message(message):
    if message.author != bot.user:
        await message.reply("heard you")

bot.run(sys.argv[3], log_handler=None)
"""
POST = ("POST", "/channels/{channel_id}/messages")


async def test_a_nonce_makes_a_message_once(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    place = (await connect()).place(channel.id)
    server.faults.lose_answer(*POST)
    with pytest.raises(aiohttp.ClientError):
        await place.send("clip", nonce="d7", file=file_of(100))
    again = await place.send("clip", nonce="d7", file=file_of(100))
    assert [message.id for message in channel.messages] == [again.id]
    server.advance(301)
    await place.send("clip", nonce="d7")
    assert len(channel.messages) == 2


async def test_uploads_have_the_limit_of_the_guild(server: FakeDiscord, connect: Connect) -> None:
    small = server.guild("Small").text_channel("clips")
    large = server.guild("Boosted", premium_tier=2).text_channel("clips")
    bot = await connect()
    with pytest.raises(discord.HTTPException) as refusal:
        await bot.place(small.id).send(file=file_of(10 * 1024 * 1024 + 1))
    assert (refusal.value.status, refusal.value.code) == (413, 40005)
    sent = await bot.place(large.id).send(file=file_of(10 * 1024 * 1024 + 1))
    assert len(await sent.attachments[0].read()) == 10 * 1024 * 1024 + 1
    server.advance(2 * 86_400)
    with pytest.raises(discord.NotFound):
        await sent.attachments[0].read()


async def test_refusals_carry_discords_codes(server: FakeDiscord, connect: Connect) -> None:
    guild = server.guild("Film Club")
    channel, ana = guild.text_channel("clips"), server.user("ana")
    bot = await connect()
    place = bot.place(channel.id)

    async def code_of(doing: Awaitable[object]) -> int:
        with pytest.raises(discord.HTTPException) as refusal:
            await doing
        return refusal.value.code

    message = await place.send("clip")
    channel.forbid(Perm.SEND_MESSAGES)
    assert await code_of(place.send("x")) == 50013
    channel.forbid(Perm.VIEW_CHANNEL)
    assert await code_of(place.send("x")) == 50001
    channel.allow(Perm.SEND_MESSAGES, Perm.VIEW_CHANNEL)
    await ana.delete(channel.messages[-1])
    assert await code_of(message.edit(content="y")) == 10008
    ana.refuses_dms = True
    assert await code_of((await bot.fetch_user(ana.id)).send("hello")) == 50007
    channel.delete()
    assert await code_of(place.send("x")) == 10003
    assert bot.gone == [message.id]
    assert server.violations == []


async def test_old_messages_take_few_edits(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    message = await (await connect()).place(channel.id).send("clip")
    server.advance(3601)
    for count in range(3):
        await message.edit(content=f"edit {count}")
    with pytest.raises(discord.HTTPException) as refusal:
        await message.edit(content="one too many")
    assert refusal.value.code == 30046
    server.advance(3601)
    await message.edit(content="later")
    assert channel.messages[0].content == "later"


async def test_tokens_die_after_fifteen_minutes(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    await connect()
    seen = await server.user("ana").slash(channel, "create", prompt="fox")
    await seen.settled()
    desk, token = server.desk, seen.interaction.token
    assert desk.answered(server.application_id, token) is seen.interaction
    server.advance(901)
    with pytest.raises(Exception, match="50027"):
        desk.answered(server.application_id, token)
    with pytest.raises(Exception, match="40060"):
        desk.waiting(seen.interaction.id, token)


async def test_rate_limits_and_lost_connections_are_injected(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    place = (await connect()).place(channel.id)
    limit = server.faults.rate_limit(*POST, retry_after=0.01, everywhere=True)
    await place.send("late")
    assert limit.used == 1
    server.faults.disconnect(*POST)
    with pytest.raises(aiohttp.ClientError):
        await place.send("never")
    server.faults.refuse(*POST, status=403, code=50013)
    with pytest.raises(discord.Forbidden):
        await place.send("forbidden")
    assert [message.content for message in channel.messages] == ["late"]
    assert [call.status for call in server.seen(*POST)] == [200]


async def test_a_dropped_gateway_is_resumed_and_misses_nothing(
    server: FakeDiscord, connect: Connect
) -> None:
    ana = server.user("ana")
    bot = await connect()
    await ana.dm("one")
    await server.drop_gateway()
    await ana.dm("two")
    await server.world.wait_until(lambda: len(bot.heard) == 2 or None, 5, lambda: str(bot.heard))
    assert [message.content for message in bot.heard] == ["one", "two"]
    assert (bot.resumes, server.gateway.identified) == (1, 1)
    server.invalidate_sessions()
    await server.world.wait_until(
        lambda: server.gateway.identified == 2 or None, 5, lambda: "never identified again"
    )
    await ana.dm("three")
    await server.world.wait_until(lambda: len(bot.heard) == 3 or None, 5, lambda: str(bot.heard))


async def test_privileged_intents_are_refused_unless_switched_on(
    server: FakeDiscord, connect: Connect
) -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    bot = SmallBot(intents)
    await connect()
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await bot.start(server.token)
    await bot.close()
    server.gateway.privileged = Intent.MESSAGE_CONTENT
    channel = server.guild("Film Club").text_channel("clips")
    reader = await connect(intents)
    await server.user("ana").say(channel, "plain words")
    await server.world.wait_until(lambda: reader.heard or None, 5, lambda: "nothing heard")
    assert reader.heard[0].content == "plain words"


async def test_a_bot_in_another_process_finds_the_server_by_its_address(
    server: FakeDiscord,
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ELSEWHERE, server.api_url, server.gateway_url, server.token
    )
    try:
        await server.wait_ready()
        await server.user("ana").say(channel, f"{server.bot.mention} hello")
        await channel.wait_for("heard you")
    finally:
        process.kill()
        await process.wait()
    await server.world.wait_until(lambda: not server.gateway.ready or None, 5, lambda: "lingers")
    assert server.violations == []


async def test_malformed_requests_are_refused_and_recorded(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    bot = await connect()
    for body in (
        {"content": "x" * 2001},
        {"content": 7},
        {"content": "x", "colour": "red"},
        {"content": "x", "nonce": "n" * 26},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "A"}]}]},
        {"content": ""},
    ):
        with pytest.raises(discord.HTTPException) as refusal:
            await bot.http.request(
                Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id), json=body
            )
        assert refusal.value.status == 400
    with pytest.raises(discord.NotFound):
        await bot.http.request(Route("GET", "/no/such/path"))
    assert len(server.violations) == 7
    assert channel.messages == []
