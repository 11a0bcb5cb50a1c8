"""A likeness taken back around the moment of posting: nothing stays but words, said once."""

import pytest

from bots import posting
from bots.studio.asker import Asker
from bots.studio.cameo import taking_back
from storage import cameos, posts
from storage.cameos import Cameo, Policy
from storage.room import Room
from tests.bots.discord.conftest import Studio, holds
from tests.cameos import a_cameo
from tests.fakes.discord.things import Channel
from tests.rooms import NOW, a_member, a_space, until

POST = ("POST", "/channels/{channel_id}/messages")
TAKEN = "took their likeness back"


async def _ana(room: Room) -> tuple[Asker, Cameo]:
    """Somebody whom everyone may have in a clip, for now."""
    ana = await a_member(room, "ana")
    cameo = await a_cameo(room, ana)
    async with room.database.transaction() as tx:
        await cameos.set_policy(tx, cameo, policy=Policy.EVERYONE, ask_first=False, now=NOW)
    return Asker(ana, await a_space(room)), cameo


async def _asked(studio: Studio) -> Channel:
    channel = studio.server.guild("Film Club").text_channel("clips")
    asked = await studio.server.user("ben").slash(channel, "create", prompt="@ana on the beach")
    assert asked.message
    await studio.knows(asked.message)
    return channel


async def _only_words(studio: Studio, channel: Channel) -> None:
    """The words stand there once, and nothing else."""
    await studio.all_sent()
    await until(lambda: len(channel.messages) == 1)
    assert TAKEN in channel.messages[0].text

    async def nothing_left_to_remove() -> bool:
        owed = await posts.owed_removal(studio.room.database.read)
        return not any(post.holds_clip for post in owed)

    # The message is gone a moment before the room has noted it.
    await until(nothing_left_to_remove)


async def test_killed_after_the_post_was_made(studio: Studio) -> None:
    asker, cameo = await _ana(studio.room)
    async with studio.running():
        channel = await _asked(studio)
        studio.server.faults.delay(*POST, 30, after=True)
        code = await studio.renders()
        await channel.wait_for(lambda m: holds(m, code))
    await taking_back.everything(studio.room, asker, cameo)
    studio.server.faults.clear()
    # Discord has forgotten the nonce by then: only the history tells.
    studio.server.advance(600)
    async with studio.running():
        await channel.wait_for(TAKEN)
        await _only_words(studio, channel)


async def test_killed_before_the_post_was_made(studio: Studio) -> None:
    asker, cameo = await _ana(studio.room)
    async with studio.running():
        channel = await _asked(studio)
        studio.server.faults.delay(*POST, 30)
        await studio.renders()
        await until(studio.is_sending)
    await taking_back.everything(studio.room, asker, cameo)
    studio.server.faults.clear()
    async with studio.running():
        await channel.wait_for(TAKEN)
        await _only_words(studio, channel)


async def test_while_the_platform_answers(studio: Studio) -> None:
    asker, cameo = await _ana(studio.room)
    async with studio.running():
        channel = await _asked(studio)
        studio.server.faults.delay(*POST, 1.0, after=True)
        code = await studio.renders()
        await channel.wait_for(lambda m: holds(m, code))
        await taking_back.everything(studio.room, asker, cameo)
        await channel.wait_for(TAKEN)
        await _only_words(studio, channel)


async def test_while_it_is_in_doubt_whether_the_post_was_made(studio: Studio) -> None:
    asker, cameo = await _ana(studio.room)
    async with studio.running():
        channel = await _asked(studio)
        studio.server.faults.lose_answer(*POST, status=500)
        code = await studio.renders()
        await channel.wait_for(lambda m: holds(m, code))
        await taking_back.everything(studio.room, asker, cameo)
        await channel.wait_for(TAKEN)
        await _only_words(studio, channel)


async def test_a_refused_removal_is_tried_again_until_it_is_done(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "FIRST_REMOVAL_PAUSE", 0.3)
    asker, cameo = await _ana(studio.room)
    async with studio.running():
        channel = await _asked(studio)
        code = await studio.renders()
        await channel.wait_for(lambda m: holds(m, code))
        await until(lambda: [holds(m, code) for m in channel.messages] == [True])
        await studio.all_sent()
        gone = "/channels/{channel_id}/messages/{message_id}"
        studio.server.faults.refuse("DELETE", gone, 403, code=50001)
        await taking_back.everything(studio.room, asker, cameo)

        async def refused() -> bool:
            owed = await posts.owed_of_cameo(studio.room.database.read, cameo.id)
            return [each.removal_refused for each in owed] == [1]

        await until(refused)
        await channel.wait_for(TAKEN)
        await until(lambda: not any(holds(m, code) for m in channel.messages))
        assert await posts.owed_of_cameo(studio.room.database.read, cameo.id) == []
