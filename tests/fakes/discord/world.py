"""The state of the played Discord, its clock, and how things come to be in it.

Relies on things.py for the values and tells listeners (the gateway) of each change. Never reads
a request: whether something is allowed was decided before it is called.
"""

from __future__ import annotations

import mimetypes
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from .payloads import channel_payload, guild_payload, message_payload
from .things import (
    EVERYONE,
    Attachment,
    Channel,
    ChannelType,
    Edit,
    Flag,
    Guild,
    Json,
    Message,
    Perm,
    Pulse,
    User,
)

T = TypeVar("T")

#: Snowflakes count milliseconds from 2015-01-01 UTC in their upper 42 bits.
DISCORD_EPOCH_MS = 1_420_070_400_000
#: A nonce is remembered for "the past few minutes" (Create Message, enforce_nonce).
NONCE_S = 300.0
#: Those who wait look again this often even if nothing changed here: bots change on their own.
GLANCE_S = 0.02

_MENTION = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True)
class Event:
    """Something to tell bots: the gateway decides who hears it and how much of it."""

    name: str
    #: where it happened; None for things of no channel
    channel: Channel | None
    guild: Guild | None
    #: makes the payload at sending time
    payload: Callable[[], Json]
    #: the message it carries, when its words may be hidden
    message: Message | None = None


class World:
    """Everything there is. One instance a server."""

    def __init__(self, bot_name: str) -> None:
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.pulse = Pulse()
        self.listeners: list[Callable[[Event], None]] = []
        self.files: dict[int, Attachment] = {}
        #: where files are served, without a slash at the end; known once the server listens
        self.cdn_url = ""
        self._messages: dict[int, Message] = {}
        self._by_nonce: dict[tuple[int, str], Message] = {}
        self._by_channel: dict[int, list[Message]] = {}
        self._ahead_s = 0.0
        self._last_id = 0
        self.bot = self.new_user(bot_name, bot=True)
        self.application_id = self.bot.id

    def now(self) -> float:
        """UTC seconds."""
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        self._ahead_s += seconds
        self.pulse.beat()

    def new_id(self) -> int:
        """A snowflake, always larger than the one before."""
        fresh = int(self.now() * 1000 - DISCORD_EPOCH_MS) << 22
        self._last_id = max(fresh, self._last_id + 1)
        return self._last_id

    async def wait_until(
        self, look: Callable[[], T | None], timeout: float, complaint: Callable[[], str]
    ) -> T:
        """What `look` finds, now or later. AssertionError after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            found = look()
            if found is not None:
                return found
            if time.monotonic() >= deadline:
                raise AssertionError(complaint())
            await self.pulse.next(GLANCE_S)

    def new_user(self, name: str, *, bot: bool) -> User:
        user = User(self.new_id(), name, bot=bot)
        self.users[user.id] = user
        return user

    def new_guild(self, name: str, *, premium_tier: int, locale: str, has_bot: bool) -> Guild:
        guild = Guild(self, self.new_id(), name, premium_tier, locale, has_bot)
        self.guilds[guild.id] = guild
        self.tell("GUILD_CREATE", None, guild, lambda: guild_payload(self, guild))
        return guild

    def new_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(self, self.new_id(), name, ChannelType.TEXT, guild)
        self.channels[channel.id] = channel
        self._tell_channel("CHANNEL_CREATE", channel)
        return channel

    def new_thread(self, parent: Channel, name: str, *, id: int | None = None) -> Channel:
        kind = ChannelType.PUBLIC_THREAD
        thread = Channel(self, id or self.new_id(), name, kind, parent.guild, parent)
        self.channels[thread.id] = thread
        self._tell_channel("THREAD_CREATE", thread)
        return thread

    def conversation(self, *users: User) -> Channel:
        """The private conversation of these users, made when it is new."""
        for channel in self.channels.values():
            if channel.type is ChannelType.DM and set(channel.recipients) == set(users):
                return channel
        name = " and ".join(user.name for user in users)
        channel = Channel(self, self.new_id(), name, ChannelType.DM, recipients=list(users))
        self.channels[channel.id] = channel
        return channel

    def new_attachment(
        self, filename: str, data: bytes, *, description: str | None = None
    ) -> Attachment:
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        attachment = Attachment(self.new_id(), filename, data, kind, description)
        self.files[attachment.id] = attachment
        return attachment

    def add_message(self, channel: Channel, author: User, fields: Json) -> Message:
        """Posts a message and tells of it; `fields` are those of Message by name."""
        message = Message(self.new_id(), channel, author, **fields)
        self._messages[message.id] = message
        self._by_channel.setdefault(channel.id, []).append(message)
        if message.nonce is not None:
            self._by_nonce[author.id, message.nonce] = message
        self.tell_message("MESSAGE_CREATE", message)
        return message

    def change_message(self, message: Message, fields: Json) -> None:
        """Sets fields of a message as an edit, keeping how it read before."""
        message.edits.append(Edit(self.now(), message.content))
        for name, value in fields.items():
            setattr(message, name, value)
        message.flags &= ~Flag.LOADING
        message.edited_at = self.now()
        self.tell_message("MESSAGE_UPDATE", message)

    def delete_message(self, message: Message) -> None:
        message.deleted = True
        payload = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild is not None:
            payload["guild_id"] = str(message.channel.guild.id)
        if message.only_for is None:
            self.tell("MESSAGE_DELETE", message.channel, message.channel.guild, lambda: payload)
        self.pulse.beat()

    def channel_changed(self, channel: Channel) -> None:
        thread = channel.type is ChannelType.PUBLIC_THREAD
        self._tell_channel("THREAD_UPDATE" if thread else "CHANNEL_UPDATE", channel)

    def delete_channel(self, channel: Channel) -> None:
        for inner in [c for c in self.channels.values() if c.parent is channel]:
            self.delete_channel(inner)
        thread = channel.type is ChannelType.PUBLIC_THREAD
        self._tell_channel("THREAD_DELETE" if thread else "CHANNEL_DELETE", channel)
        channel.deleted = True
        for message in self.messages_in(channel):
            message.deleted = True
        self.pulse.beat()

    def set_bot_membership(self, guild: Guild, member: bool) -> None:
        if member:
            guild.has_bot = True
            self.tell("GUILD_CREATE", None, guild, lambda: guild_payload(self, guild))
        else:
            self.tell("GUILD_DELETE", None, guild, lambda: {"id": str(guild.id)})
            guild.has_bot = False

    def message(self, message_id: int) -> Message | None:
        """A message that still exists, wherever it is."""
        message = self._messages.get(message_id)
        return None if message is None or message.deleted else message

    def messages_in(self, channel: Channel) -> list[Message]:
        """All that was ever said there, oldest first."""
        return self._by_channel.get(channel.id, [])

    def by_nonce(self, author: User, nonce: str) -> Message | None:
        """This author's message of the past few minutes that has the nonce."""
        oldest = int((self.now() - NONCE_S) * 1000 - DISCORD_EPOCH_MS) << 22
        found = self._by_nonce.get((author.id, nonce))
        return None if found is None or found.deleted or found.id < oldest else found

    def mentioned(self, text: str) -> set[User]:
        """Users whom a text names."""
        ids = {int(found) for found in _MENTION.findall(text)}
        return {self.users[i] for i in ids if i in self.users}

    def permissions(self, channel: Channel) -> Perm:
        """What the bot may do in a channel; nothing where it isn't."""
        if channel.guild is None:
            return EVERYONE if self.bot in channel.recipients else Perm(0)
        if not channel.guild.has_bot:
            return Perm(0)
        denied = channel.denied | (channel.parent.denied if channel.parent else Perm(0))
        return EVERYONE & ~denied

    def tell(
        self,
        name: str,
        channel: Channel | None,
        guild: Guild | None,
        payload: Callable[[], Json],
        message: Message | None = None,
    ) -> None:
        event = Event(name, channel, guild, payload, message)
        for listener in self.listeners:
            listener(event)
        self.pulse.beat()

    def tell_message(self, name: str, message: Message) -> None:
        """Tells of a message; ephemeral ones are between the app and one person."""
        if message.only_for is None:
            channel = message.channel
            self.tell(name, channel, channel.guild, lambda: message_payload(self, message), message)
        self.pulse.beat()

    def _tell_channel(self, name: str, channel: Channel) -> None:
        self.tell(name, channel, channel.guild, lambda: channel_payload(self, channel))
