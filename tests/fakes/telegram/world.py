"""All there is in the fake Telegram, and what reaches the bot of it.

Methods of the Bot API (sending.py, editing.py, …) and people (people.py) both act on the world;
the world numbers things, keeps them, tells those who wait, and applies privacy mode.
"""

import asyncio
import hashlib
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PIL import Image

from . import render
from .clock import Clock, Flood
from .faults import Faults
from .model import Chat, ChatKind, Media, Membership, Message, User
from .updates import Updates

Json = dict[str, Any]

MEGABYTE = 1024 * 1024

#: The users Telegram itself writes as.
TELEGRAM = User(777000, "Telegram")
ANONYMOUS_ADMIN = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", "Channel_Bot", is_bot=True)

_FOLDERS = {
    "photo": "photos", "video": "videos", "animation": "animations", "document": "documents",
    "audio": "music", "voice": "voice", "video_note": "video_notes",
}  # fmt: skip


@dataclass(frozen=True)
class CallbackAnswer:
    """What a person sees after pressing a button."""

    answered: bool
    """False: the bot never answered, the button kept spinning."""
    text: str = ""
    alert: bool = False
    """True: a window to close; False: a line that fades."""
    url: str | None = None
    """The address that opened."""


@dataclass(eq=False)
class Query:
    """A callback query on its way."""

    id: str
    person: User
    message: Message
    data: str
    at: float
    answer: "asyncio.Future[CallbackAnswer]"


@dataclass(eq=False)
class World:
    """The state of the fake."""

    bot: User
    clock: Clock = field(default_factory=Clock)
    flood: Flood | None = None
    faults: Faults = field(default_factory=Faults)
    updates: Updates = field(default_factory=Updates)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Media] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    profile: Json = field(default_factory=dict)
    """Name, descriptions and menu buttons that the bot has set."""
    commands: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    """(scope, language code or "") → [(command, description)]; see commands.scope_name."""
    violations: list[str] = field(default_factory=list)
    privacy: bool = True
    """Privacy mode, on by default as with every new bot."""
    mentions_reach_the_bot: bool = False
    """With privacy mode on: plain @mentions are documented not to, some servers let them."""
    same_bytes_are_the_same_file: bool = True
    """Whether editing in the same bytes again is "not modified"."""
    callback_lifetime: float = 15.0
    """Seconds in which a callback query can be answered."""
    max_upload: int = 50 * MEGABYTE
    max_download: int = 20 * MEGABYTE
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(5_300_000_001))
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _private_messages: "itertools.count[int]" = field(default_factory=lambda: itertools.count(41))
    _waiting: "list[tuple[Callable[[], bool], asyncio.Future[None]]]" = field(default_factory=list)

    def new_id(self) -> int:
        """An id beyond 32 bits, as today's accounts have."""
        return next(self._ids)

    def number(self) -> int:
        """A small number never given before: files, queries, albums."""
        return next(self._numbers)

    def message_id(self, chat: Chat) -> int:
        """Supergroups and channels count from 1 each; all other chats of a bot share a count."""
        if chat.kind in (ChatKind.SUPERGROUP, ChatKind.CHANNEL):
            return len(chat.everything) + 1
        return next(self._private_messages)

    def chat_id(self, kind: ChatKind) -> int:
        """The id of a new group, supergroup or channel."""
        if kind is ChatKind.GROUP:
            return -next(self._ids)
        return -1_000_000_000_000 - next(self._ids) % 1_000_000_000

    def store(self, media: Media) -> Media:
        """Gives a file its ids and place; the same bytes have the same unique id."""
        number = self.number()
        digest = hashlib.sha256(media.data).hexdigest()[:14]
        suffix = media.filename.rpartition(".")[2] or "bin"
        thumbnail_id = f"AAMC{number:06d}" if media.thumbnail is not None else ""
        kept = replace(
            media,
            file_id=f"BAAC{number:06d}-{media.kind}",
            unique_id=f"AQAD{digest}",
            path=f"{_FOLDERS[media.kind]}/file_{number}.{suffix}",
            thumbnail_id=thumbnail_id,
        )
        self.files[kept.file_id] = kept
        if kept.thumbnail is not None:
            path = f"thumbnails/file_{number}.jpg"
            self.files[thumbnail_id] = Media(
                "photo", thumbnail_id, f"u{thumbnail_id}", kept.thumbnail, "thumb.jpg",
                "image/jpeg", path, 320, 180,
            )  # fmt: skip
        return kept

    def add(self, message: Message) -> Message:
        """A new message: kept, shown to those who wait, and delivered where the bot may see it."""
        chat = message.chat
        chat.everything.append(message)
        if message.by.is_bot:
            chat.last_bot = message.by
        message.is_for_the_bot = self._is_for_the_bot(message)
        self._deliver(message, "channel_post" if chat.kind is ChatKind.CHANNEL else "message")
        self.changed(message)
        return message

    def edited(self, message: Message) -> None:
        """A message's content changed: shown, and delivered if it is someone else's."""
        message.is_for_the_bot = message.is_for_the_bot or self._is_for_the_bot(message)
        channel = message.chat.kind is ChatKind.CHANNEL
        self._deliver(message, "edited_channel_post" if channel else "edited_message")
        self.changed(message)

    def changed(self, message: Message | None = None) -> None:
        """Wakes those who wait."""
        if message is not None and not message.deleted and message.service is None:
            message.chat.changed(message)
        for condition, future in list(self._waiting):
            if not future.done() and condition():
                future.set_result(None)

    async def wait_until(self, condition: Callable[[], bool], timeout: float = 10) -> None:
        """Until `condition` holds, looked at after every request and every deed of a person.

        Raises AssertionError after `timeout` real seconds.
        """
        if condition():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (condition, future)
        self._waiting.append(entry)
        try:
            await asyncio.wait_for(future, timeout)
        except TimeoutError:
            raise AssertionError(f"that did not come true within {timeout} s") from None
        finally:
            self._waiting.remove(entry)

    def bot_is_in(self, chat: Chat) -> bool:
        return chat.bot_status in (Membership.MEMBER, Membership.ADMINISTRATOR)

    def _deliver(self, message: Message, kind: str) -> None:
        if not self.reaches_the_bot(message):
            return
        if self.updates.add(kind, render.message(message)) and message.sender is message.by:
            message.by.known_to_the_bot = True

    def reaches_the_bot(self, message: Message) -> bool:
        """Whether the bot is told of a message."""
        chat = message.chat
        if not self.bot_is_in(chat) or chat.gone:
            return False
        if message.by.is_bot:
            return False  # Telegram: bots never see what other bots write
        if chat.kind in (ChatKind.PRIVATE, ChatKind.CHANNEL) or message.service is not None:
            return True
        is_admin = chat.bot_status is Membership.ADMINISTRATOR
        return is_admin or not self.privacy or message.is_for_the_bot

    def _is_for_the_bot(self, message: Message) -> bool:
        """Privacy mode (Telegram's bot features, "Privacy mode"): commands to the bot, bare
        commands where no other bot wrote last, and replies to what is the bot's or for it."""
        name = f"@{self.bot.username}".lower()
        for entity, words in _marked(message):
            if entity["type"] == "bot_command":
                addressed = "@" in words
                if words.lower().endswith(name):
                    return True
                we_spoke_last = message.chat.last_bot in (None, self.bot)
                if not addressed and entity["offset"] == 0 and we_spoke_last:
                    return True
            mentions = entity["type"] == "mention" and words.lower() == name
            if mentions and self.mentions_reach_the_bot:
                return True
        answered = message.reply_to
        return answered is not None and (answered.from_bot or answered.is_for_the_bot)


def _marked(message: Message) -> list[tuple[Json, str]]:
    """Entities with the words they mark."""
    raw = message.words.encode("utf-16-le")
    entities = message.entities or message.caption_entities
    found = []
    for entity in entities:
        start, stop = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        found.append((entity, raw[start:stop].decode("utf-16-le")))
    return found


def picture_size(data: bytes) -> tuple[int, int, str] | None:
    """Width and height in pixels and the format's name, None for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width, picture.height, picture.format or ""
    except OSError:
        return None
