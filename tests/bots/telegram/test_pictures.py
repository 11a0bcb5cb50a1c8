"""Pictures on Telegram: with a caption, as a file, in a reply, or replied to with a command."""

import pytest

from storage.clips import Clip
from tests.bots.telegram.conftest import Stage, a_film
from tests.fakes.telegram import Chat
from tests.pictures import a_picture
from tests.rooms import an_engine_renders, offers_knowledge, until


async def _made(stage: Stage) -> Clip:
    """The next clip, rendered."""
    made: list[Clip] = []

    async def rendered() -> bool:
        clip = await an_engine_renders(stage.room)
        made.extend([clip] if clip else [])
        return clip is not None

    await until(rendered)
    return made[0]


async def test_a_photo_with_a_caption_starts_a_clip(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.send_photo(ana.private, a_picture(), caption="a dog hops")

    clip = await _made(stage)

    assert clip.picture
    assert clip.words == "a dog hops"


async def test_a_picture_sent_as_a_file_starts_a_clip(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.send_document(
        ana.private, a_picture("PNG"), "fox.png", caption="as the hero", mime="image/png"
    )

    assert (await _made(stage)).picture


async def test_a_photo_with_a_command_starts_a_clip_in_a_group(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group: Chat = stage.server.group("films", [ana])
    await ana.send_photo(group, a_picture(), caption="/create a dog hops")

    clip = await _made(stage)

    assert clip.picture
    assert clip.words == "a dog hops"


async def test_a_command_that_answers_somebodys_photo_starts_from_it(stage: Stage) -> None:
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    group = stage.server.group("films", [ana, bob], bot_is_admin=True)
    photo = await bob.send_photo(group, a_picture())
    await ana.say(group, "/create a dog hops", reply_to=photo)

    assert (await _made(stage)).picture


async def test_a_photo_in_reply_to_a_clip_goes_into_its_remix(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    await ana.send_photo(ana.private, a_picture(), caption="put it here", reply_to=clip)

    remix = await _made(stage)

    assert remix.parent_id is not None
    assert remix.picture


@pytest.mark.parametrize(
    ("caption", "answer"),
    [("", "Nice picture"), ("/again", "Which clip"), ("8s", "Nice picture")],
)
async def test_a_photo_that_makes_no_clip_is_answered(
    stage: Stage, caption: str, answer: str
) -> None:
    ana = stage.server.user("ana")
    await ana.send_photo(ana.private, a_picture(), caption=caption)

    await ana.private.wait_for(lambda m: answer in m.words)

    assert await stage.count("clips") == 0


async def test_a_photo_that_telegram_does_not_hand_over_is_asked_for_again(stage: Stage) -> None:
    ana = stage.server.user("ana")
    stage.server.faults.fail("getFile", 400, times=9)
    await ana.send_photo(ana.private, a_picture(), caption="a dog")

    await ana.private.wait_for(lambda m: "could not get that picture" in m.words)

    assert await stage.count("clips") == 0


async def test_help_shows_what_the_preset_knows(stage: Stage) -> None:
    await offers_knowledge(stage.room)
    zoe = stage.server.user("zoé", language_code="fr")
    await zoe.say(zoe.private, "/help")

    told = await zoe.private.wait_for(lambda m: "Qui et quoi : chat, chien" in m.words)
    shown = await zoe.private.wait_for(lambda m: m.photo is not None, after=told)

    assert shown.media is not None
    assert shown.media.data == a_picture("PNG")
