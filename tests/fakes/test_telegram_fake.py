"""The fake Telegram, driven by the real python-telegram-bot on one side and people on the other."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    TelegramObject,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.fakes.telegram import FakeTelegram, Membership, Person

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + bytes(200)
Context = ContextTypes.DEFAULT_TYPE


def jpeg(width: int = 320, height: int = 180) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 90, 30)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


def bot_for(server: FakeTelegram, token: str | None = None) -> Bot:
    return Bot(
        token or server.token,
        base_url=f"{server.api_url}/bot",
        base_file_url=f"{server.api_url}/file/bot",
    )


@pytest.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_for(server) as bot:
        yield bot


async def updates(bot: Bot, offset: int = 0) -> tuple[Update, ...]:
    return await bot.get_updates(offset=offset, timeout=0)


async def heard(bot: Bot) -> list[str]:
    """The words of every message that reached the bot."""
    found = [update.effective_message for update in await updates(bot)]
    return [message.text or message.caption or "" for message in found if message]


async def _create(update: Update, _: Context) -> None:
    assert update.effective_message
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Remix", callback_data="remix:1")]])
    await update.effective_message.reply_text("Queued <b>1</b>", "HTML", reply_markup=keys)


async def _remix(update: Update, _: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("Say what to change", show_alert=True)
    clip = InputMediaVideo(
        MP4, "A red fox", width=832, height=480, duration=5, thumbnail=jpeg(),
        supports_streaming=True,
    )  # fmt: skip
    await update.callback_query.edit_message_media(clip)


async def _reply(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    if message.video is None:
        assert message.reply_to_message
        await message.reply_text(f"on #{message.reply_to_message.message_id}: {message.text}")
        return
    file = await message.video.get_file()
    back = bytes(await file.download_as_bytearray())
    await context.bot.send_video(message.chat_id, back, width=2, height=2, duration=1)


@contextlib.asynccontextmanager
async def running(server: FakeTelegram) -> AsyncIterator[None]:
    """A small bot that polls."""
    app: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder()
        .token(server.token)
        .base_url(f"{server.api_url}/bot")
        .base_file_url(f"{server.api_url}/file/bot")
        .build()
    )
    app.add_handler(CommandHandler("create", _create))
    app.add_handler(CallbackQueryHandler(_remix, pattern="remix"))
    app.add_handler(MessageHandler(filters.REPLY | filters.VIDEO, _reply))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(poll_interval=0, timeout=10)
        yield
        await app.updater.stop()
        await app.stop()


async def test_a_command_a_pressed_button_and_a_reply_go_through_a_real_application(
    server: FakeTelegram,
) -> None:
    ana = server.user("ana", language_code="fr")
    chat = server.private(ana)
    async with running(server):
        asked = await ana.say(chat, "/create a red fox")
        queued = await chat.wait_for(lambda m: m.text == "Queued 1")
        assert queued.entities[0] == {"type": "bold", "offset": 7, "length": 1}
        assert queued.reply_to is None

        toast = await ana.press(queued, "Remix")
        assert (toast.text, toast.alert) == ("Say what to change", True)
        clip = await chat.wait_for(lambda m: m.video is not None)
        assert clip is queued
        assert clip.text is None
        assert clip.caption == "A red fox"
        assert [version.text for version in clip.edits] == ["Queued 1"]
        assert clip.video
        assert (clip.video.width, clip.video.height, clip.video.duration) == (832, 480, 5)
        assert clip.video.data == MP4
        assert clip.video.thumbnail == jpeg()
        assert clip.buttons == []

        await ana.say(chat, "make it night", reply_to=clip)
        await chat.wait_for(lambda m: m.text == f"on #{clip.id}: make it night")
        sent = await ana.send_video(chat, MP4 + b"mine")
        back = await chat.wait_for(lambda m: m.video is not None, after=sent)
        assert back.video
        assert back.video.data == MP4 + b"mine"
        assert asked in chat.messages
    assert server.violations == []


async def test_python_telegram_bot_knows_every_field_of_every_update(
    server: FakeTelegram, bot: Bot
) -> None:
    ana, bo = server.user("ana"), server.user("bo")
    group = server.group("Film Club", members=[ana, bo], bot_is_admin=True)
    channel = server.channel("Clips", admins=[bo], discussion=group)
    post = await bot.send_video(group.id, MP4, caption="A fox", width=2, height=2, duration=1)
    clip = group.message(post.message_id)
    assert clip
    await ana.say(group, "#hello @reelroom_bot https://example.com", reply_to=clip)
    await ana.forward(clip, ana.private)
    await ana.forward(clip, group, hidden=True)
    await ana.say(ana.private, "/create elsewhere", reply_to=clip)
    await channel.post("A post")
    for send in (ana.send_photo, ana.send_animation, ana.send_document, ana.send_voice):
        await send(group, jpeg())
    await ana.send_video_note(group, MP4)
    edited = await ana.send_video(group, MP4, caption="one")
    await ana.edit(edited, "two")
    topic = group.topic("Night")
    await ana.say(topic, "/create in a topic")
    await bo.join(server.group("Other", members=[ana]))
    await bo.block()

    received = await updates(bot)

    def strange(thing: object, path: str) -> list[str]:
        if isinstance(thing, tuple):
            return [found for item in thing for found in strange(item, path)]
        if not isinstance(thing, TelegramObject):
            return []
        unknown = [f"{path}.{name}" for name in thing.api_kwargs]
        names = {slot for kind in type(thing).__mro__ for slot in getattr(kind, "__slots__", ())}
        inside = [strange(getattr(thing, n, None), f"{path}.{n}") for n in names if n[0] != "_"]
        return unknown + [found for part in inside for found in part]

    assert [found for update in received for found in strange(update, "update")] == []
    kinds = {key for update in received for key in update.to_dict() if key != "update_id"}
    assert kinds == {"message", "edited_message", "channel_post", "my_chat_member"}


async def test_privacy_mode_lets_through_commands_and_replies_to_the_bot_only(
    server: FakeTelegram, bot: Bot
) -> None:
    ana, robot = server.user("ana"), server.user("robot", is_bot=True)
    group = server.group("Film Club", members=[ana])
    post = await bot.send_message(group.id, "A clip")
    clip = group.message(post.message_id)
    theirs = await ana.say(group, "look at this")
    await ana.say(group, "@reelroom_bot hello")
    await ana.say(group, "nice one", reply_to=theirs)
    await ana.say(group, "/create a fox")
    await ana.say(group, "make it night", reply_to=clip)
    await ana.say(group, "/create@other_bot a fox")
    await robot.say(group, "/create from a bot", reply_to=clip)
    await ana.say(group, "/create after another bot spoke")
    await ana.say(group, "/create@reelroom_bot by name")
    assert await heard(bot) == ["/create a fox", "make it night", "/create@reelroom_bot by name"]

    group.set_bot_status(Membership.ADMINISTRATOR)
    await ana.say(group, "admins hear all")
    assert (await heard(bot))[-1] == "admins hear all"


async def test_an_answered_message_is_shown_one_level_deep(server: FakeTelegram, bot: Bot) -> None:
    ana = server.user("ana")
    first = await ana.say(ana.private, "one")
    second = await ana.say(ana.private, "two", reply_to=first)
    await ana.say(ana.private, "three", reply_to=second)
    await ana.delete(second)
    await ana.say(ana.private, "four", reply_to=second)
    last, orphan = [update.message for update in await updates(bot)][-2:]
    assert last
    assert orphan
    assert last.reply_to_message
    assert last.reply_to_message.text == "two"
    assert last.reply_to_message.reply_to_message is None
    assert orphan.reply_to_message is None


async def test_an_update_comes_again_until_a_later_offset_confirms_it(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    await ana.say(ana.private, "one")
    (seen,) = await updates(bot)
    async with bot_for(server) as reborn:
        (again,) = await updates(reborn)
        assert again.update_id == seen.update_id
        assert await updates(reborn, seen.update_id + 1) == ()
    assert await updates(bot) == ()


async def test_two_pollers_at_once_conflict(server: FakeTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_until(lambda: server.updates.polled)
    async with bot_for(server) as second:
        assert await updates(second) == ()
    with pytest.raises(Conflict, match="erminated by other getUpdates request"):
        await first


async def test_a_long_poll_returns_as_soon_as_someone_writes(
    server: FakeTelegram, bot: Bot
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30, allowed_updates=["message"]))
    await server.wait_until(lambda: server.updates.polled)
    ana = server.user("ana")
    await ana.say(ana.private, "hello")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update.message
    assert update.message.text == "hello"
    await ana.block()
    assert server.updates.pending[1:] == [], "only messages were asked for"


async def test_a_text_message_becomes_a_video_once(server: FakeTelegram, bot: Bot) -> None:
    server.flood = None
    ana = server.user("ana")
    await ana.start()
    sent = await bot.send_message(ana.id, "1 of 2 …")
    await bot.edit_message_media(InputMediaVideo(MP4, "done"), ana.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(InputMediaVideo(MP4, "done"), ana.id, sent.message_id)
    server.same_bytes_are_the_same_file = False
    await bot.edit_message_media(InputMediaVideo(MP4, "done"), ana.id, sent.message_id)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("back", ana.id, sent.message_id)
    await bot.edit_message_caption(ana.id, sent.message_id, caption="later")
    await bot.edit_message_media(InputMediaPhoto(jpeg(64, 48)), ana.id, sent.message_id)
    (message,) = ana.private.posts
    assert message.photo
    assert (message.photo.width, message.photo.height) == (64, 48)
    assert [version.caption for version in message.edits] == [None, "done", "done", "later"]
    assert server.violations == []


async def test_flood_control_says_how_long_to_wait(server: FakeTelegram, bot: Bot) -> None:
    ana = server.user("ana")
    group = server.group("Film Club", members=[ana])
    for _ in range(4):
        await bot.send_message(group.id, "quick")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(group.id, "too quick")
    assert refused.value.retry_after == 1
    assert server.flood
    server.flood.chat_burst = 100
    other = server.group("Night Club", members=[ana])
    for _ in range(20):
        await bot.send_message(other.id, "a burst, let through")
    server.clock.advance(1)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(other.id, "over twenty a minute")
    assert refused.value.retry_after == 2
    server.clock.advance(2)
    await bot.send_message(other.id, "after the wait")
    server.flood = None
    for _ in range(40):
        await bot.send_message(other.id, "free")


async def test_ordered_faults_strike_before_or_after_the_message_is_made(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    await ana.start()
    server.faults.disconnect("sendMessage")
    server.faults.fail("sendMessage", 502)
    server.faults.fail("sendMessage", 500, after=True)
    server.faults.disconnect("sendMessage", after=True)
    lost = server.faults.fail("sendMessage", 429, retry_after=7, only_if=lambda a: a["text"] == "5")
    for text in "1234":
        with pytest.raises(NetworkError):
            await bot.send_message(ana.id, text)
    with pytest.raises(RetryAfter, match="7"):
        await bot.send_message(ana.id, "5")
    await bot.send_message(ana.id, "6")
    assert [message.text for message in ana.private.posts] == ["3", "4", "6"]
    assert lost.hits == 1
    assert [call.error is None for call in server.calls("sendMessage")] == [
        False, False, True, True, False, True,
    ]  # fmt: skip


async def test_a_bot_can_write_only_where_it_is_welcome(server: FakeTelegram, bot: Bot) -> None:
    ana, bo = server.user("ana"), server.user("bo")
    basic = server.group("Basic", members=[ana], basic=True)
    await ana.say(basic, "/create")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ana.id, "hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(bo.id, "hello")
    await ana.start()
    await bot.send_message(ana.id, "hello")
    await ana.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ana.id, "hello")
    new = basic.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(basic.id, "hello")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "here we are")
    new.not_allowed.add("videos")
    with pytest.raises(BadRequest, match="Not enough rights to send videos to the chat"):
        await bot.send_video(new.id, MP4)
    new.kick_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(new.id, "hello")
    services = [update.message.to_dict() for update in await updates(bot) if update.message]
    found = {key for service in services for key in service}
    assert {"migrate_to_chat_id", "migrate_from_chat_id", "left_chat_member"} <= found
    assert server.violations == []


async def test_replies_edits_and_deletions_need_their_message(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    asked = await ana.start()
    sent = await bot.send_message(ana.id, "one")
    await bot.delete_message(ana.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ana.id, "two", reply_parameters=ReplyParameters(sent.message_id))
    lenient = ReplyParameters(sent.message_id, allow_sending_without_reply=True)
    await bot.send_message(ana.id, "three", reply_parameters=lenient)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("four", ana.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("five", ana.id, asked.id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ana.id, sent.message_id)
    answer = await bot.send_message(ana.id, "six", reply_parameters=ReplyParameters(asked.id))
    assert ana.private.posts[-1].reply_to is asked
    same = answer.message_id
    with pytest.raises(BadRequest, match="exactly the same as a current content"):
        await bot.edit_message_text("six", ana.id, same)
    await bot.set_message_reaction(ana.id, asked.id, ReactionTypeEmoji("👀"))
    assert asked.reactions == ["👀"]
    assert server.violations == []


async def test_a_callback_can_be_answered_once_and_soon(server: FakeTelegram, bot: Bot) -> None:
    ana = server.user("ana")
    await ana.start()
    keys = InlineKeyboardMarkup.from_column(
        [
            InlineKeyboardButton("🎬 Again", callback_data="again"),
            InlineKeyboardButton("Open", url=f"https://t.me/{server.bot.username}?start=c7K3F"),
        ]
    )
    await bot.send_message(ana.id, "A clip", reply_markup=keys)
    clip = ana.private.posts[0]
    pressing = asyncio.create_task(ana.press(clip, "again", timeout=5))
    await asyncio.sleep(0)
    query = (await updates(bot))[-1].callback_query
    assert query
    await query.answer("On it")
    assert (await pressing).text == "On it"
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer("On it")

    kept = clip.button("Again")
    await ana.delete(clip)
    late = asyncio.create_task(ana.press(clip, kept, timeout=5))
    await asyncio.sleep(0)
    stale = (await updates(bot))[-1].callback_query
    assert stale
    assert stale.message
    assert not stale.message.is_accessible
    server.clock.advance(60)
    with pytest.raises(BadRequest, match="Query is too old"):
        await stale.answer()
    late.cancel()

    opened = await ana.press(clip, "Open")
    assert opened.url
    assert (await ana.follow(opened.url)).text == "/start c7K3F"
    with pytest.raises(LookupError, match="Again"):
        clip.button("Remix")


async def test_topics_keep_their_messages_and_answer_their_opening(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    group = server.group("Film Club", members=[ana])
    topic = group.topic("Clips")
    asked = await ana.say(topic, "/create a fox")
    update = (await updates(bot))[-1].message
    assert update
    assert update.is_topic_message
    assert update.message_thread_id == topic.thread_id
    assert update.reply_to_message
    assert update.reply_to_message.forum_topic_created
    await bot.send_message(group.id, "general")
    await bot.send_message(group.id, "there", message_thread_id=topic.thread_id)
    await bot.send_message(group.id, "too", reply_parameters=ReplyParameters(asked.id))
    assert [message.text for message in topic.messages] == ["/create a fox", "there", "too"]
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "nowhere", message_thread_id=999)
    topic.closed = True
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(group.id, "late", message_thread_id=topic.thread_id)
    assert server.violations == []


async def test_channels_anonymous_admins_and_forwards_say_where_they_come_from(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    server.privacy = False
    group = server.group("Film Club", admins=[ana])
    channel = server.channel("Clips", discussion=group)
    await channel.post("A post")
    await ana.say(group, "/create", anonymous=True)
    await ana.say(group, "/create", as_channel=channel)
    forwarded = await ana.forward(await ana.say(group, "mine"), group)
    posted, automatic, anonymous, named, _, forward = (
        update.effective_message for update in await updates(bot)
    )
    assert posted
    assert posted.from_user is None
    assert posted.sender_chat
    assert posted.sender_chat.id == channel.id
    assert automatic
    assert automatic.is_automatic_forward
    assert automatic.from_user
    assert automatic.from_user.id == 777000
    assert anonymous
    assert anonymous.from_user
    assert anonymous.from_user.id == 1087968824
    assert anonymous.sender_chat
    assert anonymous.sender_chat.id == group.id
    assert named
    assert named.sender_chat
    assert named.sender_chat.id == channel.id
    assert forward
    assert forward.forward_origin
    assert forward.forward_origin.type == "user"
    assert forwarded.by is ana


async def test_files_have_their_limits(server: FakeTelegram, bot: Bot) -> None:
    server.flood = None
    ana = server.user("ana")
    await ana.start()
    server.max_upload = 300_000
    server.max_download = 100_000
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_video(ana.id, MP4 + bytes(900_000))
    sent = await bot.send_video(ana.id, MP4 + bytes(150_000))
    assert sent.video
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.video.file_id)
    again = await bot.send_video(ana.id, sent.video.file_id)
    assert again.video
    assert again.video.file_unique_id == sent.video.file_unique_id
    small = await bot.send_video(ana.id, MP4)
    assert small.video
    file = await bot.get_file(small.video.file_id)
    assert bytes(await file.download_as_bytearray()) == MP4
    disguised = await bot.send_video(ana.id, b"RIFF" * 50)
    assert disguised.video is None
    assert disguised.document
    assert server.violations == []
    await bot.send_video(ana.id, MP4, thumbnail=jpeg(640, 360))
    assert "thumbnail" in server.violations[0]


async def test_command_menus_follow_scope_and_language(server: FakeTelegram, bot: Bot) -> None:
    ana, bo = server.user("ana", language_code="fr-CA"), server.user("bo")
    group = server.group("Film Club", members=[ana])
    await bot.set_my_commands([BotCommand("create", "Make a clip")])
    await bot.set_my_commands([BotCommand("create", "Faire un clip")], language_code="fr")
    everywhere = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("mine", "My clips")], everywhere)
    assert server.command_menu(ana, group) == [("create", "Faire un clip")]
    assert server.command_menu(bo, group) == [("create", "Make a clip")]
    assert server.command_menu(bo, bo.private) == [("mine", "My clips")]
    assert server.violations == []


async def post(server: FakeTelegram, method: str, **fields: object) -> dict[str, Any]:
    """A request that python-telegram-bot would not make."""
    url = f"{server.api_url}/bot{server.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=fields) as response:
        answer: dict[str, Any] = await response.json()
        assert response.status == answer.get("error_code", 200)
        return answer


KEYS = {"text": "Go", "callback_data": "x"}


@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("sendMesage", {}, "Not Found: method not found"),
        ("sendGift", {}, "the fake server does not do sendGift"),
        ("sendMessage", {"text": "a"}, 'parameter "chat_id" of sendMessage is required'),
        ("sendMessage", {"chat_id": 1, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": "a" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"}, 'no parameter "colour"'),
        ("sendMessage", {"chat_id": 1, "text": "a", "message_thread_id": "x"}, "must be Integer"),
        ("sendMessage", {"chat_id": 1, "text": "a", "reply_parameters": {}}, "message_id is req"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [KEYS]}},
            "must be an Array",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[KEYS] * 9]}},
            "reply markup is too long",
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": {"type": "film", "media": "x"}},
            "unknown type 'film'",
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": {"type": "video", "media": "x", "size": 1}},
            "size is not a field of InputMediaVideo",
        ),
        ("sendVideo", {"chat_id": 1, "video": "x", "caption": "a" * 1025}, "caption is too long"),
        ("sendChatAction", {"chat_id": 1, "action": "dancing"}, "wrong parameter action"),
        (
            "setMyCommands",
            {"commands": [{"command": "Create", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
    ],
)
async def test_a_wrong_request_is_refused_and_kept_as_a_violation(
    server: FakeTelegram, method: str, fields: dict[str, object], words: str
) -> None:
    answer = await post(server, method, **fields)
    assert not answer["ok"]
    assert words in answer["description"]
    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é <3", 'Unsupported start tag "3" at byte offset 3'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler"'),
    ],
)
async def test_broken_html_is_refused_in_telegrams_words(
    server: FakeTelegram, bot: Bot, text: str, words: str
) -> None:
    ana = server.user("ana")
    await ana.start()
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(ana.id, text, "HTML")
    assert f"can't parse entities: {words}".lower() in str(refused.value).lower()
    assert len(server.violations) == 1


async def test_html_becomes_text_with_entities(server: FakeTelegram, bot: Bot) -> None:
    ana: Person = server.user("ana")
    await ana.start()
    await bot.send_message(
        ana.id, ' 🦊 <a href="https://a.b/?x=1&amp;y=2">fox &lt;3</a> <code>/create</code>', "HTML"
    )
    (message,) = ana.private.posts
    assert message.text == "🦊 fox <3 /create"
    assert message.entities == [
        {"type": "text_link", "url": "https://a.b/?x=1&y=2", "offset": 3, "length": 6},
        {"type": "code", "offset": 10, "length": 7},
    ]


async def test_another_token_is_not_let_in(server: FakeTelegram) -> None:
    with pytest.raises(InvalidToken):
        await bot_for(server, "77:AAF-another-another-another-anothe").get_me()
    with pytest.raises(InvalidToken):
        await bot_for(server, "nonsense").get_me()


async def test_waiting_in_vain_says_what_there_is(server: FakeTelegram, bot: Bot) -> None:
    ana = server.user("ana")
    await ana.start()
    await bot.send_message(ana.id, "something else")
    with pytest.raises(AssertionError, match="something else"):
        await ana.private.wait_for(lambda m: m.text == "never", timeout=0.05)


async def test_a_round_film_and_a_link_in_a_question_come_back_with_the_reply(
    server: FakeTelegram, bot: Bot
) -> None:
    ana = server.user("ana")
    film = await ana.send_video_note(ana.private, b"round", length=240, duration=9)
    link = MessageEntity(MessageEntity.TEXT_LINK, 8, 4, url="https://t.me/reelroom_bot?start=x-1")
    await bot.send_message(
        ana.private.id, "What of @ana?", entities=[link], reply_markup=ForceReply(),
        reply_parameters=ReplyParameters(film.id),
    )  # fmt: skip
    question = ana.private.posts[-1]
    await ana.say(ana.private, "a hat", reply_to=question)

    seen, reply = [update.message for update in await updates(bot)][-2:]

    assert seen
    assert seen.video_note
    assert (seen.video_note.length, seen.video_note.duration) == (240, 9)
    assert seen.video_note.file_size == len(b"round")
    assert await (await bot.get_file(seen.video_note.file_id)).download_as_bytearray() == b"round"
    assert reply
    assert reply.reply_to_message
    assert [entity.url for entity in reply.reply_to_message.entities] == [link.url]
    assert question.reply_to is film
    assert server.violations == []
