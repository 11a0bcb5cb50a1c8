"""Cameos on Discord, from the first film to the last trace of it."""

import io
import zipfile

import pytest

from bots.discord import answers
from storage import cameos
from storage.cameos import Policy
from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.people import Outcome, Person
from tests.fakes.discord.things import Channel, Message
from tests.rooms import until
from tests.watching import a_pet, sees, someone, unfit

FILM = ("me.mp4", b"a film")


async def _enroll(person: Person, where: Channel, handle: str = "ana") -> Outcome:
    told = await person.slash(where, "cameo enroll")
    assert told.ephemeral
    assert told.message
    form = await person.press(told.message, "✅ I filmed it")
    given = {
        "The film you just made": FILM,
        "What people type after @": handle,
        "Are you 18 or older?": "I am 18 or older",
    }
    return await person.submit_modal(form, given)


async def _asked(studio: Studio, ana: Person, bob: Person, channel: Channel) -> Message:
    """Bob asks to film Ana, who has a cameo for herself alone; the question that comes to her."""
    await _enroll(ana, channel)
    refused = await bob.slash(channel, "create", prompt="@ana and a dog on the beach")
    assert refused.ephemeral
    assert refused.message
    asked = await bob.press(refused.message, "✋ Ask @ana")
    assert not asked.ephemeral
    return await ana.dm_channel.wait_for("on the beach")


async def test_a_person_enrols_by_a_film_and_sees_their_picture_alone(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana, channel = studio.server.user("ana"), studio.server.guild("Club").text_channel("clips")
    async with studio.running():
        told = await ana.slash(channel, "cameo enroll")
        assert told.text.count("⃣") == 5
        assert told.message
        form = await ana.press(told.message, "✅ I filmed it")
        assert form.modal
        assert form.modal.value("What people type after @") == "ana"
        made = await _enroll(ana, channel)

        assert made.ephemeral
        assert made.updated
        assert "@ana" in made.text
        assert made.message
        assert [file.filename for file in made.message.attachments] == ["cameo.jpg"]
        assert "✓ Only me" in made.message.buttons
        assert channel.messages == []


async def test_a_film_that_wont_do_says_what_to_do_better_and_can_be_made_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, unfit("too-dark"), someone())
    ana = studio.server.user("ana")
    async with studio.running():
        told = await _enroll(ana, ana.dm_channel)
        assert "window or a lamp" in told.text
        assert told.message
        form = await ana.press(told.message, "✅ I filmed it")
        made = await ana.submit_modal(
            form,
            {"file": FILM, "handle": "ana", "adult": "yes"},
        )
        assert "Here you are: @ana" in made.text


async def test_whoever_is_under_age_has_no_cameo(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = sees(monkeypatch, someone())
    ana = studio.server.user("ana")
    async with studio.running():
        told = await ana.slash(ana.dm_channel, "cameo enroll")
        assert told.message
        form = await ana.press(told.message, "✅ I filmed it")
        refused = await ana.submit_modal(form, {"file": FILM, "handle": "ana", "adult": "no"})
        assert "adults only" in refused.text
        assert films == []


async def test_a_friend_asks_and_the_clip_is_posted_after_two_yeses(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        question = await _asked(studio, ana, bob, channel)
        assert "Bob" in question.text
        await channel.wait_for("Waiting for @ana")
        said = await ana.press(question, "✅ Yes, film it")
        assert said.updated
        assert not question.buttons

        code = await studio.renders()
        draft = await ana.dm_channel.wait_for(lambda message: holds(message, code))
        assert not any(message.attachments for message in channel.messages)
        await ana.press(draft, "✅ Yes, post it")
        post = await channel.wait_for(lambda message: holds(message, code))

        assert bob in post.pings
        listed = await ana.slash(channel, "cameo clips")
        assert f"{code} · by Bob" in listed.text
        assert "Discord" in listed.text
        assert listed.message
        sure = await ana.press(listed.message, f"🗑 {code}")
        assert "for good" in sure.text
        assert sure.message
        gone = await ana.press(sure.message, "Yes, do it")
        assert "No clip holds @ana" in gone.text
        await until(lambda: post.deleted)
        await until(lambda: draft.deleted)


async def test_an_ordinary_message_is_offered_to_ask_too(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        await _enroll(ana, channel)
        await bob.say(channel, f"{studio.server.bot.mention} @ana on the moon")
        refused = await channel.wait_for("decides about each use")
        asked = await bob.press(refused, "✋ Ask @ana")
        assert "Waiting for @ana" in asked.text
        await ana.dm_channel.wait_for("on the moon")


async def test_a_no_ends_it_and_blocks_who_asked(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        question = await _asked(studio, ana, bob, channel)
        await ana.press(question, "⛔ No, never again")
        await channel.wait_for("would rather not")
        again = await bob.slash(channel, "create", prompt="@ana on the moon")
        assert "can't be in this clip" in again.text
        people = await ana.slash(channel, "cameo people", person=bob)
        assert "Bob · kept out" in people.text


async def test_an_owner_who_takes_no_messages_finds_the_question_and_the_maker_is_told(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    ana.refuses_dms = True
    async with studio.running():
        await _enroll(ana, channel)
        refused = await bob.slash(channel, "create", prompt="@ana and a dog on the beach")
        assert refused.message
        await bob.press(refused.message, "✋ Ask @ana")
        await channel.wait_for("could not write to @ana")

        mine = await ana.slash(channel, "cameo mine")
        assert "One question waits" in mine.text
        assert mine.message
        asked = await ana.press(mine.message, "✋ Questions")
        assert "on the beach" in asked.text
        assert asked.message
        await ana.press(asked.message, "✅ Approve")
        code = await studio.renders()
        await channel.wait_for("could not write to @ana")
        mine = await ana.slash(channel, "cameo mine")
        assert mine.message
        draft = await ana.press(mine.message, "✋ Questions")
        assert draft.message
        assert holds(draft.message, code)
        done = await ana.press(draft.message, "✅ Approve")
        assert "Nothing waits" in done.text
        await channel.wait_for(lambda message: holds(message, code))


async def test_handles_that_may_be_used_complete_themselves_and_join_the_words(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        await _enroll(ana, channel)
        nobody = await bob.autocomplete(channel, "create", "with", "a", prompt="on the moon")
        assert nobody.choices == {}
        policy = await ana.slash(channel, "cameo policy")
        assert policy.message
        await ana.press(policy.message, "People here")
        offered = await bob.autocomplete(channel, "create", "with", "a", prompt="on the moon")
        assert offered.choices == {"@ana": "ana"}
        seen = await bob.slash(channel, "create", prompt="on the moon", **{"with": "ana"})
        assert "on the moon, with @ana" in seen.text
        assert not seen.ephemeral


async def test_narrowing_asks_first_and_takes_down_what_is_not_covered_any_more(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        await _enroll(ana, channel)
        policy = await ana.slash(channel, "cameo policy")
        assert policy.message
        await ana.press(policy.message, "Everyone")
        await bob.slash(channel, "create", prompt="@ana on the moon")
        code = await studio.renders()
        post = await channel.wait_for(lambda message: holds(message, code))
        sure = await ana.press(policy.message, "Only me")
        assert "One clip would not be covered" in sure.text
        assert not post.deleted
        done = await ana.press(policy.message, "Yes, do it")
        assert "Only you may use it" in done.text
        await until(lambda: post.deleted)
        await channel.wait_for("took their likeness back")


async def test_words_are_kept_by_a_form_and_a_pet_has_a_cameo_too(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, a_pet())
    ana = studio.server.user("ana")
    async with studio.running():
        form = await ana.slash(ana.dm_channel, "cameo pet")
        made = await ana.submit_modal(form, {"file": FILM, "handle": "rex", "kind": "A pet"})
        assert "@rex" in made.text
        form = await ana.slash(ana.dm_channel, "cameo words", cameo="rex")
        home = await ana.submit_modal(form, {"looks": "with a red collar", "not-for": "no fights"})
        assert "always: with a red collar" in home.text
        assert "not for: no fights" in home.text
        offered = await ana.autocomplete(ana.dm_channel, "cameo words", "cameo", "r")
        assert offered.choices == {"@rex": "rex"}


async def test_a_person_is_no_pet_and_alone_with_the_bot_nobody_is_here(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, unfit("a-person"), a_pet())
    ana = studio.server.user("ana")
    async with studio.running():
        form = await ana.slash(ana.dm_channel, "cameo pet")
        refused = await ana.submit_modal(form, {"file": FILM, "handle": "rex", "kind": "A pet"})
        assert "a person's face" in refused.text
        assert refused.message
        form = await ana.press(refused.message, "🐾 A pet or a thing")
        made = await ana.submit_modal(form, {"file": FILM, "handle": "rex", "kind": "A pet"})
        assert "This picture is sealed" in made.text
        policy = await ana.slash(ana.dm_channel, "cameo policy")
        assert policy.message
        assert "People here" not in policy.message.buttons
        assert "say /cameo policy there" in policy.text


async def test_everything_is_handed_out_and_then_erased(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana = studio.server.user("ana")
    async with studio.running():
        await _enroll(ana, ana.dm_channel)
        export = await ana.slash(ana.dm_channel, "cameo export")
        assert export.ephemeral
        assert export.message
        [file] = export.message.attachments
        assert "ana/front.jpg" in zipfile.ZipFile(io.BytesIO(file.data)).namelist()
        sure = await ana.slash(ana.dm_channel, "cameo erase")
        assert sure.message
        gone = await ana.press(sure.message, "Yes, do it")
        assert "Erased" in gone.text
        assert await cameos.by_handle(studio.room.database.read, "ana") is None
        assert studio.room.vault.keys() == set()


async def test_old_words_are_asked_for_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        await _enroll(ana, channel)
        refused = await bob.slash(channel, "create", prompt="@ana on the moon")
    async with studio.running():
        assert refused.message
        told = await bob.press(refused.message, "✋ Ask @ana")
        assert "send them again" in told.text
    ana_ = await cameos.by_handle(studio.room.database.read, "ana")
    assert ana_
    assert ana_.policy is Policy.ME


async def test_french_apps_get_french_forms(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    zoe = studio.server.user("zoé", locale="fr")
    async with studio.running():
        told = await zoe.slash(zoe.dm_channel, "cameo enroll")
        assert "à votre" in told.text or "en haut" in told.text
        assert told.message
        form = await zoe.press(told.message, "✅ C'est filmé")
        assert form.modal
        assert form.modal.value("Ce que l'on écrit après @") == "zoe"
        made = await zoe.submit_modal(form, {"file": FILM, "adult": "J'ai 18 ans ou plus"})
        assert "Voilà : @zoe" in made.text
        for name in ("words", "pet"):
            form = await zoe.slash(zoe.dm_channel, f"cameo {name}")
            assert form.modal


async def test_a_slow_room_says_that_it_looks_and_asks_for_forms_once_more(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees(monkeypatch, someone())
    ana = studio.server.user("ana")
    async with studio.running():
        told = await ana.slash(ana.dm_channel, "cameo enroll")
        assert told.message
        form = await ana.press(told.message, "✅ I filmed it")
        monkeypatch.setattr(answers, "THINKING_SECONDS", 0.0)
        late = await ana.press(told.message, "✅ I filmed it")
        await late.wait_for("try once more")
        assert "✅ I filmed it" in told.message.buttons
        sent = await ana.submit_modal(form, {"file": FILM, "handle": "ana", "adult": "yes"})
        made = await sent.wait_for("Here you are: @ana")
        assert made is told.message
        assert any("Looking at your film" in edit.content for edit in made.edits)
        mine = await ana.slash(ana.dm_channel, "cameo mine")
        home = await mine.wait_for("Only you may use it")
        assert home.ephemeral
