"""Telegram: what arrives is signed in, handed to the studio, and its refusals are put into words.

It relies on polling for updates and on the outlet for posts. A bug in one handler is logged with
its context, never with words or the token, and the member reads that it was not them.
"""

import logging
from collections import deque

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bots.studio import asker, making
from bots.studio.errors import Refusal
from bots.studio.queue import QueueView
from bots.telegram import cameo, commands, finding, moving, pictures, places, presses, speaking
from bots.telegram.commands import COMMANDS
from bots.telegram.orders import Order
from bots.telegram.outlet import TelegramOutlet
from bots.telegram.polling import Polling
from bots.telegram.wishes import Wishes
from bots.words import language_of, say, tell
from storage.room import Room

log = logging.getLogger(__name__)

#: Seconds for a call without files, and for the upload of 2000 MB over a slow line.
CALL_SECONDS = 20.0
UPLOAD_SECONDS = 1800.0
CONNECTIONS = 64


class TelegramBot:
    """The room on Telegram."""

    name = "telegram"

    def __init__(self, room: Room, view: QueueView) -> None:
        self._room = room
        self._bot = a_bot(room)
        self.outlet = TelegramOutlet(room, self._bot)
        self._wishes = Wishes(self._bot)
        #: Albums that were answered: each of their pictures arrives as a message.
        self._albums: deque[str] = deque(maxlen=64)

    async def run(self) -> None:
        """Listen until cancelled. May be called again after it broke."""
        async with self._bot:
            try:
                await commands.set_menus(self._bot)
            except TelegramError as error:
                log.warning("no command menus: %s", type(error).__name__)
            await Polling(self._bot, self.handle).run()

    async def handle(self, update: Update) -> None:
        """Act on one update; never raises but when cancelled."""
        try:
            if update.callback_query:
                await self._on_press(update)
            elif update.edited_message:
                await self._on_edit(update.edited_message)
            elif message := update.message or update.channel_post:
                await self._on_message(message)
        except TelegramError as error:
            log.warning("not answered: %s", error.message, extra={"update": update.update_id})
        except Exception:
            log.exception("a handler broke", extra={"update": update.update_id})
            await self._say_trouble(update)

    async def _on_message(self, message: Message) -> None:
        if message.migrate_to_chat_id:
            await moving.move(self._room, old=message.chat.id, new=message.migrate_to_chat_id)
            return
        if message.is_automatic_forward or not self._is_for_us(message):
            return
        person = message.from_user
        if message.sender_chat is not None or person is None or person.is_bot:
            await speaking.answer(self._bot, message, say("en", "only-people"))
            return
        who = await asker.sign_in(self._room, places.arrival(message, person, self._room.settings))
        name, words = self._read(message)
        order = Order(self._room, self._bot, who, message, words, self._wishes)
        try:
            await self._obey(order, name)
        except Refusal as refused:
            await order.answer(tell.refusal(order.language, refused))

    async def _obey(self, order: Order, name: str | None) -> None:
        message = order.message
        if finding.is_forward_of_ours(message, self._bot.id):
            return await self._on_forward(order)
        if self._answered_before(message):
            return None
        if name is None and await cameo.takes(order.person, message, order.words):
            return None
        if name != "cameo":
            pictures.check(message)
        if name is not None:
            return await COMMANDS.get(name, commands.help_)(order)
        answered = message.reply_to_message
        if answered is not None and finding.is_ours(answered, self._bot.id):
            clip = await finding.of_post(self._room, order.asker, self._bot.id, answered)
            await order.make(
                order.ask,
                lambda asker, ask: making.remix(self._room, asker, clip, order.words, ask),
            )
        else:
            await commands.create(order)

    def _answered_before(self, message: Message) -> bool:
        """Whether it is a further picture of an album: the first one stands for all."""
        album = message.media_group_id
        if album is None:
            return False
        known = album in self._albums
        self._albums.append(album)
        return known

    async def _on_forward(self, order: Order) -> None:
        """A clip of ours, forwarded to us: what shall change in it?"""
        clip = await finding.of_post(self._room, order.asker, self._bot.id, order.message)
        await commands.ask_for_change(self._room, self._bot, order.asker, order.message, clip)

    async def _on_edit(self, message: Message) -> None:
        """An edited prompt looks as if it should do something: say that it does not."""
        person = message.from_user
        if person is None or person.is_bot or message.sender_chat or not self._is_for_us(message):
            return
        if not (message.text or message.caption):
            return  # a live location moves on by edits
        language = language_of(person.language_code)
        await speaking.answer(self._bot, message, say(language, "not-by-edit"))

    async def _on_press(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        if query.message is None:
            return await speaking.answer_press(query)
        who = await asker.sign_in(
            self._room, places.arrival(query.message, query.from_user, self._room.settings)
        )
        pressed = presses.Pressed(self._room, self._bot, who, query, query.message, self._wishes)
        try:
            await presses.act(pressed)
        except Refusal as refused:
            text = tell.refusal(pressed.language, refused)
            await speaking.answer_press(query, text, alert=True)

    def _is_for_us(self, message: Message) -> bool:
        """Said to the bot: alone with it, as a command of ours, or in reply to it."""
        has_content = message.text is not None or message.effective_attachment is not None
        if not has_content:
            return False
        words = message.text or message.caption or ""
        if words.startswith("/"):
            name, _, bot = words.split()[0][1:].partition("@")
            if bot:
                return bot.lower() == self._bot.username.lower()
            return message.chat.type == "private" or name.lower() in COMMANDS
        if message.chat.type == "private":
            return True
        answered = message.reply_to_message
        return (
            answered is not None
            and answered.from_user is not None
            and answered.from_user.id == self._bot.id
            and not answered.forum_topic_created
        )

    def _read(self, message: Message) -> tuple[str | None, str]:
        """The command, if it is one, and the words."""
        words = message.text or message.caption or ""
        if not words.startswith("/"):
            return None, words
        first, *rest = words.split(maxsplit=1)
        return first[1:].partition("@")[0].lower(), rest[0] if rest else ""

    async def _say_trouble(self, update: Update) -> None:
        person = update.effective_user
        text = say(language_of(person.language_code if person else None), "trouble")
        try:
            if update.callback_query:
                await speaking.answer_press(update.callback_query, text, alert=True)
            elif update.effective_message:
                await speaking.answer(self._bot, update.effective_message, text)
        except TelegramError as error:
            log.warning("trouble not told: %s", type(error).__name__)


def a_bot(room: Room) -> ExtBot[int]:
    """The library's bot at the address that the settings give."""
    settings = room.settings.telegram
    assert settings.token is not None
    request = HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=CALL_SECONDS,
        write_timeout=CALL_SECONDS,
        connect_timeout=CALL_SECONDS,
        pool_timeout=CALL_SECONDS,
        media_write_timeout=UPLOAD_SECONDS,
    )
    return ExtBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=CALL_SECONDS),
        local_mode=settings.local,
        # Paces calls as Telegram asks; a RetryAfter that comes all the same is ours to obey.
        rate_limiter=AIORateLimiter(max_retries=0),
    )
