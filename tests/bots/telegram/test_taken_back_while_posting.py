"""A likeness taken back around the moment of posting: nothing stays but words, said once."""

import time

from bots.studio.asker import Asker
from bots.studio.cameo import taking_back
from storage import cameos, deliveries, posts
from storage.cameos import Cameo, Policy
from storage.deliveries import DeliveryState
from storage.room import Room
from tests.bots.telegram.conftest import Stage, playing
from tests.cameos import a_cameo
from tests.fakes.telegram import FakeTelegram, Person
from tests.rooms import NOW, a_member, a_space, an_engine_renders, until

TAKEN = "took their likeness back"


async def _ana(room: Room) -> tuple[Asker, Cameo]:
    """Somebody whom everyone may have in a clip, for now."""
    ana = await a_member(room, "ana")
    cameo = await a_cameo(room, ana)
    async with room.database.transaction() as tx:
        await cameos.set_policy(tx, cameo, policy=Policy.EVERYONE, ask_first=False, now=NOW)
    return Asker(ana, await a_space(room)), cameo


async def _asked(stage: Stage) -> Person:
    ben = stage.server.user("ben")
    await ben.say(ben.private, "@ana on the beach")
    await ben.private.wait_for(lambda m: "on the beach" in m.words)
    await until(lambda: stage.count("posts"))
    return ben


async def _sending(stage: Stage) -> bool:
    owed = await deliveries.outbox(stage.room.database.read, now=time.time())
    return any(each.state is DeliveryState.SENDING for each in owed)


async def _only_words(stage: Stage, ben: Person) -> None:
    """The words stand there once, and nothing else."""
    await stage.settled()
    await until(lambda: len(ben.private.posts) == 1)
    assert TAKEN in ben.private.posts[0].words
    assert ben.private.posts[0].video is None

    async def nothing_left_to_remove() -> bool:
        return await posts.owed_removal(stage.room.database.read) == []

    # The message is gone a moment before the room has noted it.
    await until(nothing_left_to_remove)


async def test_killed_after_the_clip_was_made(room: Room, server: FakeTelegram) -> None:
    asker, cameo = await _ana(room)
    async with playing(room, server) as stage:
        ben = await _asked(stage)
        # The answer is lost and the process dies before it can try again.
        server.faults.disconnect("editMessageMedia", after=True)
        await stage.film(ben.private)
    await taking_back.everything(room, asker, cameo)
    async with playing(room, server) as stage:
        await ben.private.wait_for(lambda m: TAKEN in m.words)
        await _only_words(stage, ben)


async def test_while_the_platform_answers(stage: Stage) -> None:
    asker, cameo = await _ana(stage.room)
    ben = await _asked(stage)
    stage.server.faults.delay("editMessageMedia", 1.0)
    await until(lambda: an_engine_renders(stage.room))
    await until(lambda: _sending(stage))
    await taking_back.everything(stage.room, asker, cameo)
    await ben.private.wait_for(lambda m: TAKEN in m.words)
    await _only_words(stage, ben)


async def test_before_the_film_is_made_the_message_that_showed_it_says_so(stage: Stage) -> None:
    asker, cameo = await _ana(stage.room)
    ben = await _asked(stage)
    (watched,) = ben.private.posts
    await taking_back.everything(stage.room, asker, cameo)
    told = await ben.private.wait_for(lambda m: TAKEN in m.words)
    await _only_words(stage, ben)
    assert told is watched
    assert await an_engine_renders(stage.room) is None


async def test_a_posted_clip_goes_and_its_maker_is_told(stage: Stage) -> None:
    asker, cameo = await _ana(stage.room)
    ben = await _asked(stage)
    await stage.film(ben.private)
    await stage.settled()
    await taking_back.everything(stage.room, asker, cameo)
    await ben.private.wait_for(lambda m: TAKEN in m.words)
    await _only_words(stage, ben)
