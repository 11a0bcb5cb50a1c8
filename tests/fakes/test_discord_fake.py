"""What people do in the played Discord, and what a real discord.py client hears of it."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from tests.fakes.discord import FakeDiscord, NotThere
from tests.fakes.discord.sample import ClipButtons, Connect, connect, file_of, server

__all__ = ["connect", "server"]


async def test_a_slash_command_is_deferred_and_then_answered(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    ana = server.user("ana", locale="fr")
    await connect()
    picture = ("fox.png", b"x" * 10)
    seen = await ana.slash(channel, "create", prompt="a red fox", seconds=8, picture=picture)
    answer = await seen.settled()
    assert answer.content == "a red fox, 8 s, pocket, 10 bytes, fr"
    assert answer.buttons == ["Remix", "Again"]
    assert not seen.ephemeral
    assert channel.messages == [answer]
    assert server.violations == []


async def test_a_command_that_is_never_answered_fails_for_the_person(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    await connect()
    asking = asyncio.create_task(server.user("ana").slash(channel, "silent"))
    await asyncio.sleep(0)
    server.advance(3)
    seen = await asking
    assert seen.failed
    assert seen.response is None


async def test_people_cannot_type_what_the_app_would_not_take(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    ana = server.user("ana")
    await connect()
    for name, options in (
        ("nothing", {}),
        ("create", {}),
        ("create", {"prompt": "x" * 101}),
        ("create", {"prompt": "a fox", "seconds": 21}),
        ("create", {"prompt": "a fox", "seconds": "8"}),
        ("create", {"prompt": "a fox", "colour": "red"}),
    ):
        with pytest.raises(NotThere):
            await ana.slash(channel, name, **options)


async def test_autocomplete_offers_choices(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    await connect()
    seen = await server.user("ana").autocomplete(channel, "create", "preset", "wa")
    assert seen.choices == {"Wan": "wan"}
    assert server.violations == []


async def test_buttons_forms_menus_and_uploads_work(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    ana = server.user("ana")
    bot = await connect()
    await bot.place(channel.id).send("clip", view=ClipButtons())
    clip = channel.messages[-1]

    form = await ana.press(clip, "Remix")
    assert form.modal is not None
    assert form.modal.title == "Remix this clip"
    assert form.modal.value("What changes") == "a fox"
    with pytest.raises(NotThere):
        await ana.submit_modal(form, {"What changes": "x" * 51})
    files = [("a.png", b"1234")]
    sent = await ana.submit_modal(form, {"What changes": "night", "A picture": files})
    assert sent.text == "remix: night [4]"

    assert (await ana.press(clip, "again")).updated
    assert clip.content == "clip again"
    picked = await ana.select(clip, "More", "Report")
    assert picked.ephemeral
    assert picked.text == "picked Report"
    menu = await ana.context_menu(clip, "Remix")
    assert menu.text == "menu on: clip again"
    assert picked.message not in channel.messages
    assert server.violations == []


async def test_text_arrives_only_where_discord_lets_it(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    ana = server.user("ana")
    bot = await connect()
    await bot.place(channel.id).send("clip")
    clip = channel.messages[-1]
    answer = await (await ana.slash(channel, "create", prompt="fox")).settled()
    files = [("a.txt", b"hello")]
    await ana.say(channel, "plain", attachments=files)
    await ana.say(channel, "quiet", reply_to=clip, ping=False)
    await ana.say(channel, "to a slash answer", reply_to=answer)
    await ana.say(channel, f"hey {server.bot.mention}")
    await ana.say(channel, "make it night", reply_to=clip)
    await ana.dm("privately", attachments=files)
    await channel.wait_for("remixing: make it night")
    await server.world.wait_until(lambda: len(bot.heard) == 6 or None, 5, lambda: str(bot.heard))
    texts = [message.content for message in bot.heard]
    assert texts == ["", "", "", f"hey {server.bot.mention}", "make it night", "privately"]
    assert [len(message.attachments) for message in bot.heard] == [0, 0, 0, 0, 0, 1]
    assert await bot.heard[-1].attachments[0].read() == b"hello"
    quiet = bot.heard[1].reference
    assert quiet is not None
    assert quiet.message_id == clip.id
    assert server.violations == []


async def test_an_app_installed_by_a_person_answers_where_it_is_no_member(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Elsewhere", bot=False).text_channel("general")
    ana, bob = server.user("ana", installed=True), server.user("bob")
    bot = await connect()
    answer = await (await ana.slash(channel, "create", prompt="fox")).settled()
    assert answer in channel.messages
    assert (await ana.press(answer, "Again")).updated
    with pytest.raises(NotThere):
        await bob.slash(channel, "create", prompt="fox")
    with pytest.raises(discord.Forbidden):
        await bot.place(channel.id).send("clip")
    chat = server.private_chat(ana, bob)
    assert (await (await ana.slash(chat, "create", prompt="fox")).settled()).text
    assert server.violations == []


async def test_threads_layouts_and_files_in_them(server: FakeDiscord, connect: Connect) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    bot = await connect()
    thread = channel.thread("foxes")
    view = discord.ui.LayoutView()
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery(
        discord.MediaGalleryItem("attachment://clip.mp4")
    )
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("a red fox"), gallery))
    sent = await bot.place(thread.id).send(view=view, file=file_of(9))
    assert thread.messages[-1].text == "a red fox"
    assert await sent.attachments[0].read() == b"x" * 9
    assert server.violations == []


async def test_webhooks_bots_and_forwards_are_told_of(
    server: FakeDiscord, connect: Connect
) -> None:
    channel = server.guild("Film Club").text_channel("clips")
    ana, hook = server.user("ana"), server.user("News", webhook=True)
    bot = await connect()
    await bot.place(channel.id).send("clip")
    clip = channel.messages[-1]
    await hook.say(channel, f"{server.bot.mention} breaking")
    await server.user("Other", bot=True).say(channel, f"{server.bot.mention} beep")
    await ana.forward(clip, ana.dm_channel)
    await ana.forward(clip, channel)
    said = await ana.say(channel, f"{server.bot.mention} first")
    await ana.edit(said, f"{server.bot.mention} second")
    await ana.delete(clip)
    await ana.say(channel, f"{server.bot.mention} to nothing", reply_to=clip)
    await server.world.wait_until(lambda: len(bot.heard) == 6 or None, 5, lambda: str(bot.heard))
    news, beep, kept, bare, first, orphan = bot.heard
    assert news.webhook_id == hook.id
    assert beep.author.bot
    assert kept.message_snapshots[0].content == "clip"
    assert bare.message_snapshots[0].content == ""
    # discord.py changes the message it holds when it hears of the edit.
    assert first.content.endswith("second")
    assert orphan.reference is not None
    assert orphan.reference.resolved is None or isinstance(
        orphan.reference.resolved, discord.DeletedReferencedMessage
    )
    assert said.edits[0].content.endswith("first")
    assert bot.gone == [clip.id]


async def test_a_private_conversation_has_commands_buttons_and_forms(
    server: FakeDiscord, connect: Connect
) -> None:
    ana = server.user("ana")
    bot = await connect()
    answer = await (await ana.slash(ana.dm_channel, "create", prompt="fox")).settled()
    form = await ana.press(answer, "Remix")
    assert (await ana.submit_modal(form)).text == "remix: a fox []"
    friend = await bot.fetch_user(ana.id)
    await friend.send("privately")
    assert ana.dm_channel.messages[-1].content == "privately"
    assert server.violations == []


async def test_a_form_opened_from_an_answer_for_one_person_changes_that_answer(
    server: FakeDiscord, connect: Connect
) -> None:
    channel, ana = server.guild("Film Club").text_channel("clips"), server.user("ana")
    await connect()
    offered = await ana.autocomplete(channel, "cameo enroll", "handle", "a")
    assert offered.choices == {"@ana": "ana"}
    told = await ana.slash(channel, "cameo enroll", handle="ana")
    assert told.message
    form = await ana.press(told.message, "I filmed it")
    with pytest.raises(NotThere):
        await ana.submit_modal(form, {"Are you an adult?": "yes"})
    with pytest.raises(NotThere):
        await ana.submit_modal(form, {"Film": ("me.mp4", b"123"), "Are you an adult?": "perhaps"})

    sent = await ana.submit_modal(form, {"Film": ("me.mp4", b"123"), "Are you an adult?": "yes"})

    assert sent.updated
    assert sent.message is told.message
    assert told.message.ephemeral
    assert told.text == "yes, 3 bytes"
    assert [file.filename for file in told.message.attachments] == ["still.jpg"]
    assert told.message.buttons == []
    assert channel.messages == []
    assert server.violations == []
