"""What people, bots and channels send besides what we hoped for: each gets a sensible answer."""

import pytest

from tests.bots.telegram.conftest import Stage, a_film
from tests.pictures import a_picture

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + bytes(200)


async def _handled(stage: Stage) -> None:
    """Wait until all updates so far were handled: a later message has its answer."""
    who = stage.server.user("last")
    await who.say(who.private, "/queue")
    await who.private.wait_for(lambda m: "Nothing on the way" in m.words)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/create", "Tell me what to film"),
        ("/create 8s 9:16", "Tell me what to film"),
        ("fox " * 1000, "Could you shorten it?"),
        ("/remix", "Which clip?"),
        ("/remix 2222 make it night", "can't find a clip 2222"),
        ("/cancel", "nothing on the way"),
        ("/queue", "Nothing on the way"),
        ("/help", "Make a clip"),
        ("/dance", "Make a clip"),
        ("/link ZZZZZZZZ", "wrong or too old"),
        ("/start 2222", "can't find a clip 2222"),
    ],
)
async def test_words_that_make_no_clip_are_answered(stage: Stage, words: str, answer: str) -> None:
    ana = stage.server.user("ana")
    asked = await ana.say(ana.private, words.strip())

    said = await ana.private.wait_for(lambda m: answer in m.words)

    assert said.reply_to is asked
    assert await stage.count("clips") == 0


async def test_answers_are_french_to_a_french_app(stage: Stage) -> None:
    ana = stage.server.user("ana", language_code="fr-CA")
    await ana.say(ana.private, "/queue")

    await ana.private.wait_for(lambda m: "Rien en route" in m.words)


@pytest.mark.parametrize("kind", ["video", "voice", "animation", "document"])
async def test_a_file_that_is_no_picture_is_declined_in_words(stage: Stage, kind: str) -> None:
    ana = stage.server.user("ana")
    await getattr(ana, f"send_{kind}")(ana.private, MP4)

    await ana.private.wait_for(lambda m: "can't open that as a picture" in m.words)

    assert await stage.count("clips") == 0


async def test_a_bot_in_the_group_gets_no_answer(stage: Stage) -> None:
    ana, robot = stage.server.user("ana"), stage.server.user("robot", is_bot=True)
    group = stage.server.group("films", [ana, robot], bot_is_admin=True)
    await robot.say(group, "/create a red fox")
    await _handled(stage)

    assert group.posts == []
    assert await stage.count("clips") == 0


async def test_small_talk_in_a_group_gets_no_answer(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana], bot_is_admin=True)
    await ana.say(group, "a red fox")
    await ana.say(group, "/create@another_bot a red fox")
    await ana.send_photo(group, a_picture())
    await _handled(stage)

    assert group.posts == []
    assert await stage.count("clips") == 0


async def test_an_anonymous_admin_is_asked_to_come_as_themselves(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana], admins=[ana])
    await ana.say(group, "/create a red fox", anonymous=True)

    await group.wait_for(lambda m: "requests from people" in m.words)

    assert await stage.count("clips") == 0


async def test_a_channel_is_asked_for_a_person(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana])
    channel = stage.server.channel("news", admins=[ana], discussion=group)
    await ana.say(group, "/create a red fox", as_channel=channel)
    await group.wait_for(lambda m: "requests from people" in m.words)

    await channel.post("/create a red fox")
    await channel.wait_for(lambda m: "requests from people" in m.words)
    await _handled(stage)

    # The automatic forward of the channel's post in the group is no second request.
    assert len(group.posts) == 1
    assert await stage.count("clips") == 0


async def test_an_edited_prompt_is_said_to_start_nothing(stage: Stage) -> None:
    ana = await a_film(stage)
    await ana.edit(ana.private.messages[0], "a blue fox")

    await ana.private.wait_for(lambda m: "edited message does not start" in m.words)

    assert await stage.count("clips") == 1


async def test_edited_small_talk_in_a_group_gets_no_answer(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana], bot_is_admin=True)
    said = await ana.say(group, "hello")
    await ana.edit(said, "hello all")
    await _handled(stage)

    assert group.posts == []


async def test_a_forwarded_clip_is_asked_about_and_remixed(stage: Stage) -> None:
    ana = await a_film(stage)
    first = ana.private.posts[-1]
    await ana.forward(first, ana.private)
    question = await ana.private.wait_for(lambda m: "What should change" in m.words)

    await ana.say(ana.private, "make it night", reply_to=question)
    remix = await stage.film(ana.private, after=question)

    assert "remixed" in remix.words


async def test_a_reply_to_a_forwarded_clip_is_its_remix(stage: Stage) -> None:
    ana = await a_film(stage)
    copy = await ana.forward(ana.private.posts[-1], ana.private)
    await ana.say(ana.private, "make it night", reply_to=copy)

    remix = await stage.film(ana.private, after=copy)

    assert "remixed" in remix.words


async def test_a_clip_forwarded_by_someone_who_may_not_see_it_is_refused(stage: Stage) -> None:
    ana = await a_film(stage)
    bob = stage.server.user("bob")
    await bob.forward(ana.private.posts[-1], bob.private)

    await bob.private.wait_for(lambda m: "can't find a clip" in m.words)


async def test_a_reply_to_a_deleted_clip_says_that_it_is_gone(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    # After 48 hours Telegram deletes no more for a bot, so the film is edited away.
    stage.server.faults.fail("deleteMessage", 400, "Bad Request: message can't be deleted")
    await ana.say(ana.private, "/delete", reply_to=clip)
    sure = await ana.private.wait_for(lambda m: "for good?" in m.words)
    await ana.press(sure, "Delete")
    await ana.private.wait_for(lambda m: "is deleted" in m.words)
    await ana.private.wait_for(lambda m: "a deleted clip" in m.words)

    await ana.say(ana.private, "make it night", reply_to=clip)

    await ana.private.wait_for(lambda m: "was deleted" in m.words)
    assert clip.video is None
    assert await stage.count("clips") == 1


async def test_a_deleted_clip_s_message_goes(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    sure = await ana.press(clip, "Delete")
    question = await ana.private.wait_for(lambda m: "for good?" in m.words)
    await ana.press(question, "Delete")

    await stage.server.wait_until(lambda: clip.deleted)

    assert sure.answered


async def test_a_reply_to_words_of_ours_says_what_to_reply_to(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.say(ana.private, "/help")
    words = await ana.private.wait_for(lambda m: "Make a clip" in m.words)
    await ana.say(ana.private, "make it night", reply_to=words)

    await ana.private.wait_for(lambda m: "holds no clip" in m.words)
