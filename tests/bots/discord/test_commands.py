"""Every command, in servers, threads and direct messages, in English and French."""

import re
from functools import partial

import pytest

from bots.studio.options import SEEDS
from storage import clips, offers
from storage.clips import ClipKind
from storage.notes import Note, NoteCode
from storage.offers import Offer
from storage.plan import Aspect
from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.people import Person
from tests.fakes.discord.things import Channel, Message
from tests.pictures import a_picture
from tests.rooms import an_engine_renders, offers_knowledge, until

OFFER = Offer(
    "pocket",
    "Pocket pixel art",
    frozenset(ClipKind),
    {Aspect.WIDE: (160, 96), Aspect.TALL: (96, 160)},
    fps=12,
    steps=4,
    shortest=1,
    longest=8,
    usual=2,
    expected=3,
    styles=("pixel", "anime"),
)


async def _offered(studio: Studio) -> None:
    async with studio.room.database.transaction() as tx:
        await offers.publish(tx, "test:0", [OFFER], now=4e9)


async def _clip(studio: Studio, person: Person, channel: Channel) -> Message:
    await person.slash(channel, "create", prompt="a red fox")
    code = await studio.renders()
    return await channel.wait_for(lambda message: holds(message, code))


def _is_posted(channel: Channel, code: str) -> bool:
    return any(holds(message, code) for message in channel.messages)


def _code(message: Message) -> str:
    return message.attachments[0].filename.removesuffix(".mp4")


async def test_create_takes_its_options_and_offers_choices(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    await _offered(studio)
    async with studio.running():
        assert (await ana.autocomplete(channel, "create", "style", "an", prompt="x")).choices == {
            "anime": "anime"
        }
        presets = await ana.autocomplete(channel, "create", "preset", "", prompt="x")
        assert presets.choices == {"pocket · Pocket pixel art": "pocket"}
        await ana.slash(
            channel,
            "create",
            prompt="a red fox",
            style="anime",
            aspect="9:16",
            seconds=4.0,
            seed=SEEDS - 1,
            preset="pocket",
        )
        clip = await clips.by_code(studio.room.database.read, await studio.renders())
    assert clip is not None
    assert (clip.plan.style, clip.plan.aspect, clip.plan.seconds) == ("anime", Aspect.TALL, 4.0)
    assert clip.seed == SEEDS - 1


async def test_remix_again_and_extend_by_code_or_by_the_latest(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    async with studio.running():
        first = _code(await _clip(studio, ana, channel))
        wishes: list[tuple[str, dict[str, object]]] = [
            ("remix", {"change": "make it night", "clip": first}),
            ("remix", {"change": f"{first} make it night"}),
            ("again", {}),
            ("extend", {"clip": first, "next": "it jumps"}),
        ]
        for name, options in wishes:
            assert not (await ana.slash(channel, name, **options)).ephemeral
            code = await studio.renders()
            await until(partial(_is_posted, channel, code))


async def test_what_is_looked_up_is_for_the_asker_alone(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana", locale="fr")
    async with studio.running():
        code = _code(await _clip(studio, ana, channel))
        for name in ("chain", "tree", "info", "delete", "help", "queue", "link"):
            options = {"clip": code} if name in ("chain", "tree", "info", "delete") else {}
            told = await ana.slash(channel, name, **options)
            assert told.ephemeral, name
            assert (code in told.text) == bool(options), name


async def test_help_shows_what_the_preset_knows(studio: Studio) -> None:
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    await offers_knowledge(studio.room)
    async with studio.running():
        told = await ana.slash(channel, "help")
        assert told.ephemeral
        assert "Who and what: cat, dog" in told.text
        assert told.message is not None
        assert [file.data for file in told.message.attachments] == [a_picture("PNG")]


async def test_a_post_tells_what_could_not_be_drawn(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    zoe = studio.server.user("zoé", locale="fr")
    note = Note(NoteCode.STAND_IN, {"model": "Pocket", "asked": "licorne", "fr": "cheval"})
    async with studio.running():
        await zoe.slash(channel, "create", prompt="une licorne")
        await until(lambda: an_engine_renders(studio.room, notes=(note,)))
        await channel.wait_for("« licorne » ; à la place : cheval")


async def test_the_queue_offers_what_can_be_cancelled(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox")
        assert seen.message is not None
        await studio.knows(seen.message)
        code = seen.text.split()[0]
        assert code in (await ana.slash(channel, "queue")).text
        offered = await ana.autocomplete(channel, "cancel", "clip", "")
        assert list(offered.choices.values()) == [code]
        refused = await bob.press(seen.message, "✖️ Cancel")
        assert refused.ephemeral
        assert "Only its maker" in refused.text
        assert code in (await ana.slash(channel, "cancel", clip=code)).text
        await channel.wait_for("was called off")
        assert "nothing on the way" in (await ana.slash(channel, "cancel")).text


async def test_a_one_time_code_links_two_accounts(studio: Studio) -> None:
    ana, other = studio.server.user("ana"), studio.server.user("ana2")
    async with studio.running():
        told = await ana.slash(ana.dm_channel, "link")
        assert told.ephemeral
        code = re.search(r"/link (\w+)", told.text)
        assert code is not None
        joined = await other.slash(other.dm_channel, "link", code=code[1])
        assert "Linked" in joined.text
        again = await other.slash(other.dm_channel, "link", code=code[1])
        assert "wrong or too old" in again.text


async def test_french_apps_read_french(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    async with studio.running():
        refused = await studio.server.user("zoé", locale="fr").slash(channel, "remix")
        assert "Quel clip" in refused.text
        create = next(c for c in studio.server.registry.all() if c["name"] == "create")
        assert create["description_localizations"]["fr"] != create["description"]
        assert create["integration_types"] == [0, 1]
        assert create["contexts"] == [0, 1, 2]


async def test_threads_are_spaces_of_their_own(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    async with studio.running():
        thread = channel.thread("foxes")
        clip = await _clip(studio, ana, thread)
        await until(lambda: thread.messages == [clip])
        assert channel.messages == []


@pytest.mark.parametrize("button", ["🔁 Again", "⏩ Extend"])
async def test_the_other_buttons_make_clips_too(studio: Studio, button: str) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    async with studio.running():
        clip = await _clip(studio, ana, channel)
        seen = await ana.press(clip, button)
        if seen.modal:
            seen = await ana.submit_modal(seen)
        assert not seen.ephemeral
        code = await studio.renders()
        await channel.wait_for(lambda message: holds(message, code))
