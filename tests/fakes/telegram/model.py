"""The things of the fake Telegram that tests look at: users, chats, topics, messages, files.

They are live: a message a test holds changes as the bot edits it. Nothing here knows of HTTP or of
the Bot API's JSON (that is render.py), or decides what may be done (world.py, sending.py).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Entity = dict[str, Any]


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Membership(StrEnum):
    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(eq=False)
class User:
    """Someone with an account; people.Person adds what people do."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    """IETF tag of the person's app, None where the app does not say."""
    is_bot: bool = False
    has_blocked_the_bot: bool = False
    known_to_the_bot: bool = False
    """True once the bot has seen this user in any update."""


@dataclass(frozen=True)
class Button:
    """An inline button."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Media:
    """A file in a message, with its bytes as they were uploaded."""

    kind: str
    """photo, video, animation, document, audio, voice or video_note."""
    file_id: str
    unique_id: str
    """The same for the same bytes."""
    data: bytes = field(repr=False)
    filename: str
    mime: str
    path: str
    """Where getFile says it lies."""
    width: int = 0
    """Pixels, as sent along; 0 where the sender left it out."""
    height: int = 0
    duration: int = 0
    """Whole seconds, 0 where the sender left it out."""
    thumbnail: bytes | None = field(default=None, repr=False)
    thumbnail_id: str = ""
    supports_streaming: bool = False
    has_spoiler: bool = False

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


@dataclass(frozen=True)
class Version:
    """What a message said for a while."""

    text: str | None
    caption: str | None
    media: Media | None
    rows: tuple[tuple[Button, ...], ...]
    at: float
    """When it took this form: the server clock's seconds."""


@dataclass(eq=False)
class Topic:
    """A topic of a forum; people and the bot write to it as to a chat."""

    chat: "Chat"
    thread_id: int
    """Also the id of the service message that opened it."""
    name: str
    closed: bool = False

    @property
    def messages(self) -> list["Message"]:
        """Messages in the topic that still exist, oldest first."""
        return [message for message in self.chat.messages if message.topic is self]

    async def wait_for(
        self,
        predicate: "Callable[[Message], bool]",
        timeout: float = 10,
        *,
        after: "Message | None" = None,
    ) -> "Message":
        """As Chat.wait_for, within this topic."""
        return await self.chat.wait_for(
            lambda message: message.topic is self and predicate(message), timeout, after=after
        )


@dataclass(eq=False)
class Message:
    """A message in a chat, by anyone."""

    chat: "Chat"
    id: int
    by: User
    """Who really wrote it."""
    sender: User | None
    """Who it says wrote it: None in channels, a stand-in for anonymous admins and channels."""
    date: float
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    caption: str | None = None
    caption_entities: list[Entity] = field(default_factory=list)
    media: Media | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    """The inline keyboard, row by row."""
    reply_to: "Message | None" = None
    topic: Topic | None = None
    sender_chat: "Chat | None" = None
    forward_origin: dict[str, Any] | None = None
    is_automatic_forward: bool = False
    external_reply: dict[str, Any] | None = None
    service: dict[str, Any] | None = None
    """The fields of a service message (new_chat_members, migrate_to_chat_id, …)."""
    media_group_id: str | None = None
    silent: bool = False
    """True where the bot asked for no notification."""
    deleted: bool = False
    edit_date: float | None = None
    edits: list[Version] = field(default_factory=list)
    """What it was before each edit, oldest first: as many as there were edits."""
    reactions: list[str] = field(default_factory=list)
    """The bot's own."""
    markup: dict[str, Any] | None = None
    """reply_markup as the bot sent it."""
    is_for_the_bot: bool = False
    """Privacy mode lets it through, and replies to it too."""

    @property
    def buttons(self) -> list[Button]:
        """All inline buttons, in reading order."""
        return [button for row in self.rows for button in row]

    @property
    def video(self) -> Media | None:
        return self._media("video")

    @property
    def photo(self) -> Media | None:
        return self._media("photo")

    @property
    def animation(self) -> Media | None:
        return self._media("animation")

    @property
    def document(self) -> Media | None:
        return self._media("document")

    @property
    def video_note(self) -> Media | None:
        return self._media("video_note")

    @property
    def words(self) -> str:
        """Text or caption, "" where there is neither."""
        return self.text or self.caption or ""

    @property
    def from_bot(self) -> bool:
        """True for messages of the bot under test."""
        return self.by is self.chat.bot

    def button(self, label: str) -> Button:
        """The button that says `label`, carries it as data, or alone has it in its words.

        Raises LookupError that lists the buttons there are.
        """
        exact = [b for b in self.buttons if label in (b.text, b.data)]
        loose = [b for b in self.buttons if label.casefold() in b.text.casefold()]
        for found in (exact, loose):
            if len(found) == 1:
                return found[0]
        there = ", ".join(f"{b.text!r} ({b.data or b.url})" for b in self.buttons) or "none"
        raise LookupError(f"no single button {label!r} on message {self.id}; there are: {there}")

    def version(self, at: float) -> Version:
        """What it says now, for `edits`."""
        return Version(self.text, self.caption, self.media, self.rows, at)

    def _media(self, kind: str) -> Media | None:
        return self.media if self.media is not None and self.media.kind == kind else None

    def __repr__(self) -> str:
        who = self.by.first_name
        what = f"{self.media.kind} " if self.media else ""
        return f"<{who} #{self.id} {what}{self.words[:70]!r}>"


Watch = tuple[Callable[[Message], bool], "asyncio.Future[Message]"]


@dataclass(eq=False)
class Chat:
    """A private chat, group, supergroup or channel, with everything said in it."""

    id: int
    kind: ChatKind
    title: str
    bot: User
    """The bot under test."""
    person: User | None = None
    """The other end of a private chat."""
    members: list[User] = field(default_factory=list)
    admins: list[User] = field(default_factory=list)
    bot_status: Membership = Membership.MEMBER
    is_forum: bool = False
    topics: list[Topic] = field(default_factory=list)
    everything: list[Message] = field(default_factory=list)
    """Deleted messages and service messages too."""
    not_allowed: set[str] = field(default_factory=set)
    """What the bot may not send: "text messages", "videos", "photos", "animations", …"""
    discussion: "Chat | None" = None
    """A channel's linked group."""
    linked_channel: "Chat | None" = None
    migrated_to: "Chat | None" = None
    gone: bool = False
    """Deleted for everyone."""
    started: bool = False
    """A private chat in which the person has written."""
    actions: list[str] = field(default_factory=list)
    """Chat actions that the bot has shown, oldest first."""
    last_bot: User | None = None
    """Whichever bot wrote last."""
    watches: list[Watch] = field(default_factory=list, repr=False)

    @property
    def messages(self) -> list[Message]:
        """Messages that still exist, service messages left out, oldest first."""
        return [m for m in self.everything if not m.deleted and m.service is None]

    @property
    def posts(self) -> list[Message]:
        """The bot's own messages that still exist, oldest first."""
        return [message for message in self.messages if message.from_bot]

    def message(self, message_id: int) -> Message | None:
        """A message that still exists, by its id."""
        found = (m for m in self.everything if m.id == message_id and not m.deleted)
        return next(found, None)

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = 10,
        *,
        after: Message | None = None,
    ) -> Message:
        """The bot's first message that fits, now or once it is sent or edited so.

        Every state is looked at, even one that is edited away at once. `after`: only messages
        later than this one. Raises AssertionError after `timeout` real seconds, with what the
        chat holds.
        """

        def fits(message: Message) -> bool:
            late_enough = after is None or message.id > after.id
            return message.from_bot and late_enough and predicate(message)

        for message in self.messages:
            if fits(message):
                return message
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        watch: Watch = (fits, future)
        self.watches.append(watch)
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError:
            said = "\n  ".join(map(repr, self.messages[-20:])) or "nothing"
            raise AssertionError(
                f"no such message in {self.title!r} within {timeout} s; there is:\n  {said}"
            ) from None
        finally:
            self.watches.remove(watch)

    def changed(self, message: Message) -> None:
        """Tells those who wait of a new or edited message."""
        for predicate, future in list(self.watches):
            if not future.done():
                try:
                    fitting = predicate(message)
                except Exception as broken:  # the waiting test must see its own mistake
                    future.set_exception(broken)
                    continue
                if fitting:
                    future.set_result(message)
