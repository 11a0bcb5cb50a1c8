"""Cameos on Telegram, from the first round film to the last trace of it."""

import io
import zipfile

import pytest

from storage import cameos
from storage.room import Room
from tests.bots.telegram.conftest import Stage, playing
from tests.fakes.telegram import Chat, FakeTelegram, Message, Person
from tests.rooms import until
from tests.watching import a_pet, sees, someone, unfit


async def _challenged(person: Person) -> Message:
    """Open the panel and begin to enrol; the message with the digits."""
    await person.say(person.private, "/cameo")
    opened = await person.private.wait_for(lambda m: bool(m.buttons))
    assert (await person.press(opened, "Film myself")).answered
    return await person.private.wait_for(lambda m: m.words.count("⃣") == 5)


async def _enroll(person: Person) -> Message:
    await _challenged(person)
    film = await person.send_video_note(person.private, b"a film")
    asked = await person.private.wait_for(lambda m: "18 or older?" in m.words, after=film)
    assert asked.reply_to is film
    assert (await person.press(asked, "18 or older")).answered
    return await person.private.wait_for(lambda m: m.photo is not None, after=film)


async def _asked(ana: Person, bob: Person, group: Chat) -> Message:
    """Bob asks in a group to film Ana, who has a cameo for herself alone; her question."""
    await _enroll(ana)
    await bob.say(group, "/create @ana and a dog on the beach")
    refused = await group.wait_for(lambda m: bool(m.buttons))
    assert (await bob.press(refused, "Ask @ana")).answered
    return await ana.private.wait_for(lambda m: "on the beach" in m.words and bool(m.buttons))


async def test_a_person_enrols_by_a_round_film_and_sees_their_picture(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana = stage.server.user("ana")

    shown = await _enroll(ana)

    assert "Here you are: @ana" in shown.words
    assert "✓ Only me" in [button.text for button in shown.buttons]
    assert (await ana.press(shown, "Everyone")).answered
    await ana.private.wait_for(lambda m: "Everyone may use it" in m.words)


async def test_another_name_is_given_in_reply_to_the_film(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana = stage.server.user("ana")
    await _challenged(ana)
    film = await ana.send_video(ana.private, b"a film")
    await ana.private.wait_for(lambda m: "called @ana" in m.words)
    await ana.say(ana.private, "captain", reply_to=film)
    asked = await ana.private.wait_for(lambda m: "called @captain" in m.words)
    await ana.press(asked, "18 or older")

    await ana.private.wait_for(lambda m: "Here you are: @captain" in m.words)


async def test_a_film_that_wont_do_says_what_to_do_better_and_another_may_be_sent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, unfit("two-faces"), someone())
    ana = stage.server.user("ana")
    await _challenged(ana)
    film = await ana.send_video_note(ana.private, b"a film")
    asked = await ana.private.wait_for(lambda m: "18 or older?" in m.words, after=film)
    await ana.press(asked, "18 or older")
    await ana.private.wait_for(lambda m: "more than one face" in m.words)

    film = await ana.send_video_note(ana.private, b"another film")
    asked = await ana.private.wait_for(lambda m: "18 or older?" in m.words, after=film)
    await ana.press(asked, "18 or older")
    await ana.private.wait_for(lambda m: "Here you are: @ana" in m.words)


async def test_a_film_out_of_the_blue_is_told_how_to_begin(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.send_video_note(ana.private, b"a film")
    await ana.private.wait_for(lambda m: "send /cameo first" in m.words)


async def test_in_a_group_there_is_a_way_into_the_private_chat_and_people_here_can_be_let_in(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    group = stage.server.group("films", [ana, bob])
    await ana.say(group, "/cameo")
    shown = await group.wait_for(lambda m: "me alone" in m.words)
    link = next(button.url for button in shown.buttons if button.url)
    await ana.follow(link)
    await ana.private.wait_for(lambda m: "puts you into clips" in m.words)
    await _enroll(ana)
    told = await ana.press(shown, "people here")
    assert told.alert
    assert "in the places you named" in told.text

    await bob.say(group, "/create @ana on the moon")
    await stage.film(group)
    refused = await bob.press(shown, "people here")
    assert "no cameo yet" in refused.text


async def test_what_takes_clips_down_is_not_done_by_a_press_in_a_group(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    shown = await _enroll(ana)
    await ana.press(shown, "Everyone")
    films, other = (stage.server.group(name, [ana, bob]) for name in ("films", "other"))
    await bob.say(films, "/create @ana on the moon")
    clip = await stage.film(films)
    await ana.say(other, "/cameo")
    way = await other.wait_for(lambda m: bool(m.buttons))

    told = await ana.press(way, "people here")

    assert "would not be covered" in told.text
    found = await cameos.by_handle(stage.room.database.read, "ana")
    assert found
    assert found.policy is cameos.Policy.EVERYONE
    assert not clip.deleted


async def test_a_friend_asks_and_the_clip_is_posted_after_two_yeses_and_taken_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    group = stage.server.group("films", [ana, bob])
    question = await _asked(ana, bob, group)
    await group.wait_for(lambda m: "Waiting for @ana" in m.words)
    assert (await ana.press(question, "film it")).answered
    draft = await stage.film(ana.private, after=question)
    assert all(message.video is None for message in group.messages)
    assert (await ana.press(draft, "post it")).answered
    post = await group.wait_for(lambda m: m.video is not None)

    await ana.say(ana.private, "/cameo")
    home = await ana.private.wait_for(lambda m: "One clip holds it" in m.words)
    await ana.press(home, "Clips")
    listed = await ana.private.wait_for(lambda m: "by Bob" in m.words and "Telegram" in m.words)
    await ana.press(listed, "🗑")
    sure = await ana.private.wait_for(lambda m: "for good" in m.words)
    await ana.press(sure, "Yes")
    await ana.private.wait_for(lambda m: "No clip holds @ana" in m.words)
    await until(lambda: post.deleted)
    await until(lambda: draft.deleted)


async def test_someone_who_never_wrote_to_the_bot_is_asked_in_the_panel(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    await _enroll(ana)
    await ana.block()
    group = stage.server.group("films", [ana, bob])
    await bob.say(group, "/create @ana and a dog on the beach")
    refused = await group.wait_for(lambda m: bool(m.buttons))
    await bob.press(refused, "Ask @ana")
    await group.wait_for(lambda m: "could not write to @ana" in m.words)

    await ana.unblock()
    await ana.say(ana.private, "/cameo")
    home = await ana.private.wait_for(lambda m: "One question waits" in m.words)
    await ana.press(home, "Questions")
    asked = await ana.private.wait_for(lambda m: "on the beach" in m.words)
    await ana.press(asked, "Refuse and block")
    await group.wait_for(lambda m: "would rather not" in m.words)


async def test_only_who_was_refused_may_ask(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sees(monkeypatch, someone())
    ana, bob, eve = (stage.server.user(name) for name in ("ana", "bob", "eve"))
    await _enroll(ana)
    group = stage.server.group("films", [ana, bob, eve])
    await bob.say(group, "/create @ana on the moon")
    refused = await group.wait_for(lambda m: bool(m.buttons))

    told = await eve.press(refused, "Ask @ana")

    assert told.alert
    assert "send them again" in told.text


async def test_looks_and_restrictions_are_replies_to_two_questions(
    room: Room, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    async with playing(room, server) as stage:
        ana = stage.server.user("ana")
        await _enroll(ana)
        await ana.say(ana.private, "/cameo")
        home = await ana.private.wait_for(lambda m: "No clip holds it" in m.words)
        await ana.press(home, "Always")
        looks = await ana.private.wait_for(lambda m: "red hat" in m.words)
        limits = await ana.private.wait_for(lambda m: "no politics" in m.words)
    async with playing(room, server):
        await ana.say(ana.private, "with my red hat", reply_to=looks)
        await ana.private.wait_for(lambda m: "always: with my red hat" in m.words)
        await ana.say(ana.private, "no politics", reply_to=limits)
        await ana.private.wait_for(lambda m: "not for: no politics" in m.words)
        await ana.say(ana.private, ".", reply_to=looks)
        await until(lambda: _looks(room, ""))


async def _looks(room: Room, words: str) -> bool:
    found = await cameos.by_handle(room.database.read, "ana")
    return found is not None and found.looks == words


async def test_people_are_let_in_and_kept_out_by_replying_to_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    await _enroll(ana)
    group = stage.server.group("films", [ana, bob])
    said = await bob.say(group, "hello")
    await ana.say(group, "/cameo block", reply_to=said)
    await ana.private.wait_for(lambda m: "Bob · kept out" in m.words)
    await bob.say(group, "/create @ana on the moon")
    await group.wait_for(lambda m: "can't be in this clip" in m.words)


async def test_a_pet_has_a_cameo_by_a_photo_with_words_under_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, a_pet())
    ana = stage.server.user("ana")
    await ana.send_photo(ana.private, b"\xff\xd8", caption="/cameo pet rex")
    await ana.private.wait_for(lambda m: "Here you are: @rex" in m.words)


async def test_everything_is_handed_out_as_a_file_and_then_erased(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana = stage.server.user("ana")
    await _enroll(ana)
    await ana.say(ana.private, "/cameo")
    home = await ana.private.wait_for(lambda m: "No clip holds it" in m.words)
    await ana.press(home, "Export")
    sent = await ana.private.wait_for(lambda m: m.document is not None)
    assert sent.document
    assert "ana/front.jpg" in zipfile.ZipFile(io.BytesIO(sent.document.data)).namelist()
    await ana.press(home, "Erase")
    sure = await ana.private.wait_for(lambda m: "destroyed" in m.words)
    await ana.press(sure, "Yes")
    await ana.private.wait_for(lambda m: "Erased" in m.words)
    assert stage.room.vault.keys() == set()
