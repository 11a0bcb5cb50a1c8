"""Pictures on Discord: beside a command, with a mention, in a direct message, in a reply."""

from storage import clips
from storage.clips import Clip
from tests.bots.discord.conftest import Studio, holds
from tests.pictures import a_picture
from tests.rooms import until

_FILE = ("fox.png", a_picture("PNG"))


async def _made(studio: Studio) -> Clip:
    """The next clip, as it was accepted and rendered."""
    clip = await clips.by_code(studio.room.database.read, await studio.renders())
    assert clip is not None
    return clip


async def test_a_picture_beside_a_command_starts_the_clip(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="it hops", picture=_FILE)
        assert not seen.ephemeral
        made = await _made(studio)
        assert made.picture
        await until(lambda: any(holds(m, made.code) for m in channel.messages))
        await ana.slash(channel, "remix", change="as the hero", picture=_FILE)
        assert (await _made(studio)).picture == made.picture


async def test_a_picture_with_a_mention_or_in_private_starts_the_clip(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        await ana.say(channel, f"{studio.server.bot.mention} it hops", attachments=[_FILE])
        assert (await _made(studio)).picture
        await ana.dm("it hops", attachments=[_FILE])
        assert (await _made(studio)).picture


async def test_a_picture_in_a_reply_goes_into_the_remix(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        await ana.say(channel, f"{studio.server.bot.mention} a red fox")
        first = await _made(studio)
        clip = await channel.wait_for(lambda message: holds(message, first.code))
        await ana.say(channel, "put it here", reply_to=clip, attachments=[_FILE])
        remix = await _made(studio)
        assert remix.parent_id == first.id
        assert remix.picture


async def test_a_picture_that_is_too_heavy_is_refused_before_it_is_fetched(studio: Studio) -> None:
    guild = studio.server.guild("Film Club", premium_tier=3)
    channel, ana = guild.text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        told = await ana.slash(
            channel, "create", prompt="it hops", picture=("fox.png", bytes(21_000_000))
        )
        assert told.ephemeral
        assert "up to 20 MB" in told.text


async def test_a_picture_that_discord_does_not_hand_over_is_asked_for_again(
    studio: Studio,
) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        said = await ana.say(channel, "look", attachments=[_FILE])
        studio.server.world.files.clear()
        await ana.say(
            channel, f"{studio.server.bot.mention} it hops",
            attachments=[("gone.png", a_picture("PNG"))],
        )  # fmt: skip
        studio.server.world.files.clear()
        await channel.wait_for("could not get that picture")
        assert said.attachments
