"""What Discord holds: users, guilds, channels, messages, attachments, commands.

Plain objects that tests read (`message.content`, `channel.messages`); what changes them is the
world's to do, through the few methods here that a server's owner has in the app. Never speaks
HTTP and never decides what a bot may know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .world import World

Json = dict[str, Any]
MIB = 1024 * 1024


class Perm(IntFlag):
    """The channel permissions that this server enforces or tells of, as Discord numbers them."""

    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


NO_PERM = Perm(0)
#: What @everyone may do in a new guild, and so the bot: all but managing others' things.
EVERYONE = (
    Perm.ADD_REACTIONS
    | Perm.VIEW_CHANNEL
    | Perm.SEND_MESSAGES
    | Perm.EMBED_LINKS
    | Perm.ATTACH_FILES
    | Perm.READ_MESSAGE_HISTORY
    | Perm.USE_APPLICATION_COMMANDS
    | Perm.CREATE_PUBLIC_THREADS
    | Perm.SEND_MESSAGES_IN_THREADS
)


class ChannelType(IntEnum):
    TEXT = 0
    DM = 1
    PUBLIC_THREAD = 11


class Flag(IntFlag):
    """Message flags used here."""

    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class User:
    """An account: a person's, a bot's or a webhook's."""

    id: int
    name: str
    #: the language of their app, such as "en-US" or "fr"
    locale: str = "en-US"
    bot: bool = False
    #: an incoming webhook's account: what it says has a webhook id
    webhook: bool = False
    #: whether they installed the app for themselves
    installed: bool = False
    #: whether they refuse direct messages from the app
    refuses_dms: bool = False
    #: whether they may delete others' messages in every guild
    moderates: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(eq=False)
class Attachment:
    """A file on Discord's CDN."""

    id: int
    filename: str
    data: bytes = field(repr=False)
    content_type: str
    description: str | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


@dataclass(frozen=True)
class Edit:
    """How a message read before it was changed."""

    #: UTC seconds on the server's clock
    at: float
    content: str


@dataclass(eq=False)
class Message:
    """A message as people see it."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    #: components as they were sent, each with its numeric id
    components: list[Json] = field(default_factory=list)
    flags: int = 0
    #: Discord's message type: 0 plain, 19 reply, 20 slash answer, 23 menu answer, 7 someone joined
    type: int = 0
    #: `message_reference` on the wire, for replies and forwards
    reference: Json | None = None
    #: the copy that a forward carries
    snapshot: Json | None = None
    #: users this message notified
    pings: set[User] = field(default_factory=set)
    nonce: str | None = None
    #: `interaction_metadata` on the wire; None for ordinary messages
    interaction: Json | None = None
    webhook_id: int | None = None
    #: earlier readings, oldest first
    edits: list[Edit] = field(default_factory=list)
    edited_at: float | None = None
    deleted: bool = False
    #: who alone sees it, for ephemeral answers
    only_for: User | None = None
    reactions: set[str] = field(default_factory=set)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & Flag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & Flag.LOADING)

    @property
    def reply_to(self) -> Message | None:
        """The message it answers, when that still exists."""
        if self.reference is None or self.reference.get("type", 0) != 0:
            return None
        return self.channel.world.message(int(self.reference["message_id"]))

    @property
    def controls(self) -> list[Json]:
        """Its buttons and menus, wherever in the layout they are."""
        return [c for c in walk(self.components) if c["type"] in (2, 3, 5, 6, 7, 8)]

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return [c.get("label") or c["emoji"]["name"] for c in self.controls if c["type"] == 2]

    @property
    def text(self) -> str:
        """Every word on it: content, embeds and text displays."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [embed.get("title") or "", embed.get("description") or ""]
            for entry in embed.get("fields") or []:
                parts += [entry["name"], entry["value"]]
            parts.append((embed.get("footer") or {}).get("text", ""))
        parts += [c["content"] for c in walk(self.components) if c["type"] == 10]
        return "\n".join(part for part in parts if part)

    def __repr__(self) -> str:
        gone = " deleted" if self.deleted else ""
        files = [a.filename for a in self.attachments]
        words = f"{self.text!r:.120}"
        return f"<Message {self.id}{gone} {self.author!r} {words} {files} {self.buttons}>"


@dataclass(eq=False)
class Channel:
    """A text channel, a thread, or a private conversation."""

    world: World = field(repr=False)
    id: int
    name: str
    type: ChannelType
    guild: Guild | None = None
    parent: Channel | None = None
    #: who is in a private conversation
    recipients: list[User] = field(default_factory=list)
    #: what the bot may not do here
    denied: Perm = NO_PERM
    deleted: bool = False

    @property
    def messages(self) -> list[Message]:
        """What everyone here sees, oldest first: no deleted and no ephemeral messages."""
        return [m for m in self.world.messages_in(self) if not m.deleted and m.only_for is None]

    async def wait_for(
        self,
        what: str | Callable[[Message], bool],
        timeout: float = 10,
        *,
        after: Message | None = None,
    ) -> Message:
        """The first message here, now or soon, that satisfies `what` (a text: contains it).

        Edits count. `after` looks only at messages younger than that one. AssertionError when
        `timeout` seconds pass, with what is here.
        """
        holds = (lambda m: what in m.text) if isinstance(what, str) else what

        def look() -> Message | None:
            for message in self.messages:
                if (after is None or message.id > after.id) and holds(message):
                    return message
            return None

        return await self.world.wait_until(
            look, timeout, lambda: f"no such message in #{self.name}: {self.messages}"
        )

    def forbid(self, *permissions: Perm) -> None:
        """Takes permissions away from the bot here."""
        for permission in permissions:
            self.denied |= permission
        self.world.channel_changed(self)

    def allow(self, *permissions: Perm) -> None:
        """Gives permissions back to the bot here."""
        for permission in permissions:
            self.denied &= ~permission
        self.world.channel_changed(self)

    def thread(self, name: str) -> Channel:
        """Opens a public thread in this channel."""
        return self.world.new_thread(self, name)

    def delete(self) -> None:
        """Deletes the channel, its threads and its messages."""
        self.world.delete_channel(self)


@dataclass(eq=False)
class Guild:
    """A Discord server."""

    world: World = field(repr=False)
    id: int
    name: str
    #: boost level, 0-3: 50 MiB uploads at 2, 100 MiB at 3
    premium_tier: int = 0
    locale: str = "en-US"
    has_bot: bool = True
    members: list[User] = field(default_factory=list)

    @property
    def upload_limit(self) -> int:
        """The largest file taken here, in bytes."""
        return {2: 50 * MIB, 3: 100 * MIB}.get(self.premium_tier, 10 * MIB)

    @property
    def channels(self) -> list[Channel]:
        return [c for c in self.world.channels.values() if c.guild is self and not c.deleted]

    def text_channel(self, name: str) -> Channel:
        """Makes a channel."""
        return self.world.new_channel(self, name)

    def remove_bot(self) -> None:
        """Throws the bot out."""
        self.world.set_bot_membership(self, False)

    def add_bot(self) -> None:
        """Invites the bot."""
        self.world.set_bot_membership(self, True)


@dataclass
class Pulse:
    """Wakes everyone who waits for the world to change."""

    _waiting: set[asyncio.Future[None]] = field(default_factory=set)

    def beat(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def next(self, timeout: float) -> None:
        """Returns at the next beat, or after `timeout` seconds without one."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait([future], timeout=timeout)
        finally:
            self._waiting.discard(future)


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component in a layout, parents first."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for single in ("component", "accessory"):
            if component.get(single):
                yield from walk([component[single]])
