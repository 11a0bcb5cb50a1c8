"""Prompt, clip, reply, remix, chain: what people come for."""

from dataclasses import replace

from storage import spaces
from storage.people import Platform
from storage.room import Room
from tests.bots.telegram.conftest import Stage, playing
from tests.fakes.telegram import FakeTelegram


async def test_a_prompt_in_a_private_chat_becomes_a_clip(stage: Stage) -> None:
    ana = stage.server.user("ana")
    asked = await ana.say(ana.private, "a red fox in the snow")

    progress = await ana.private.wait_for(lambda m: "a red fox" in m.words)
    clip = await stage.film(ana.private)

    assert clip is progress
    assert clip.reply_to is asked
    assert clip.video is not None
    assert (clip.video.width, clip.video.height, clip.video.duration) == (160, 96, 1)
    assert clip.video.supports_streaming
    assert clip.video.thumbnail
    assert [button.text for button in clip.buttons][:2] == ["🎬 Remix", "🔁 Again"]


async def test_a_reply_to_a_clip_becomes_its_remix_and_the_chain_shows_both(stage: Stage) -> None:
    server = stage.server
    ana, bob = server.user("ana"), server.user("bob")
    group = server.group("films", [ana, bob])
    await ana.say(group, "/create a red fox in the snow")
    first = await stage.film(group)

    await bob.say(group, "make it night", reply_to=first)
    second = await stage.film(group, after=first)
    await bob.say(group, "/chain", reply_to=second)
    chain = await group.wait_for(lambda m: "came to be" in m.words)

    assert "remixed" in second.words
    assert "a red fox" in chain.words
    assert "make it night" in chain.words


async def test_a_clip_is_remixed_by_its_code(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "/create a red fox")
    first = await stage.film(ana.private)
    code = first.words.splitlines()[-1].split()[0]

    await ana.say(ana.private, f"/remix {code.lower()} make it night")
    second = await stage.film(ana.private, after=first)

    assert f"remixed {code}" in second.words


async def test_a_topic_gets_its_clip_in_the_topic(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana])
    topic = group.topic("foxes")
    await ana.say(topic, "/create@reelroom_bot a red fox")

    clip = await stage.film(topic)

    assert clip.topic is topic


async def test_a_request_called_off_by_its_button_says_so_in_place(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "a red fox")
    progress = await ana.private.wait_for(lambda m: "a red fox" in m.words)

    answer = await ana.press(progress, "cancel")
    ended = await ana.private.wait_for(lambda m: "called off" in m.words)

    assert "called off" in answer.text
    assert ended is progress
    assert ended.buttons == []


async def test_the_menus_are_set_in_both_languages(stage: Stage) -> None:
    ana = stage.server.user("ana", language_code="fr")
    group = stage.server.group("films", [ana])
    alone = dict(stage.server.command_menu(ana, ana.private))
    among = dict(stage.server.command_menu(ana, group))

    assert alone["create"] == "Faire un clip avec des mots"
    assert "link" in alone
    assert "link" not in among
    assert "remix" in among


async def test_a_bot_api_server_of_ones_own_takes_two_gigabytes(
    room: Room, server: FakeTelegram
) -> None:
    telegram = room.settings.telegram.model_copy(update={"local": True})
    settings = room.settings.model_copy(update={"telegram": telegram})
    async with playing(replace(room, settings=settings), server) as stage:
        ana = server.user("ana")
        await ana.say(ana.private, "a red fox")
        clip = await stage.film(ana.private)
        space = await spaces.find(room.database.read, Platform.TELEGRAM, str(ana.id))

    assert clip.video is not None
    assert space is not None
    assert space.max_bytes == 2_000_000_000
