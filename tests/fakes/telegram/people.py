"""What people do in their apps: write, reply, press, edit, forward, send files.

Each deed takes effect at once on the server; what comes of it is seen in the chat
(`chat.wait_for`) or, for a pressed button, in the answer that is returned.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import render
from .model import Button, Chat, ChatKind, Media, Message, Topic, User
from .places import Place, open_chat
from .sending import copied
from .text import entities_in
from .world import ANONYMOUS_ADMIN, CHANNEL_BOT, CallbackAnswer, Query, World, picture_size

Json = dict[str, Any]


@dataclass(eq=False, repr=False)
class Person(User):
    """Someone at their phone."""

    world: World = field(kw_only=True)
    _private: Place | None = None

    @property
    def private(self) -> Place:
        """Their private chat with the bot; empty until they write."""
        if self._private is None:
            self._private = open_chat(
                self.world, ChatKind.PRIVATE, self.first_name, person=self, members=[self]
            )
        return self._private

    async def say(
        self,
        where: Chat | Topic,
        text: str,
        *,
        reply_to: Message | None = None,
        anonymous: bool = False,
        as_channel: Chat | None = None,
    ) -> Message:
        """Writes a message. `anonymous`: as an anonymous admin; `as_channel`: in its name."""
        message = self._new(where, reply_to, anonymous, as_channel)
        message.text, message.entities = text, entities_in(text)
        return self.world.add(message)

    async def start(self, payload: str = "") -> Message:
        """Opens the bot by its link (t.me/bot?start=payload) and presses Start."""
        return await self.say(self.private, f"/start {payload}".strip())

    async def follow(self, url: str) -> Message:
        """Opens a link of the bot's: the payload of a deep link arrives with /start.

        Raises LookupError for a link to anything else.
        """
        parts = urlsplit(url)
        if parts.netloc != "t.me" or parts.path.strip("/") != self.world.bot.username:
            raise LookupError(f"{url!r} does not lead to the bot")
        return await self.start(parse_qs(parts.query).get("start", [""])[0])

    async def press(
        self, message: Message, button: str | Button, *, timeout: float = 5
    ) -> CallbackAnswer:
        """Presses an inline button and waits for the bot's answer to it.

        `button`: its words, its data, or a Button kept from before (a stale keyboard).
        `timeout`: real seconds; then the answer says that nobody answered.
        """
        pressed = message.button(button) if isinstance(button, str) else button
        if pressed.data is None:
            return CallbackAnswer(True, url=pressed.url)
        query = Query(
            str(4_382_000_000_000_000 + self.world.number()),
            self,
            message,
            pressed.data,
            self.world.clock.now(),
            asyncio.get_running_loop().create_future(),
        )
        self.world.queries[query.id] = query
        self._queue(query)
        try:
            return await asyncio.wait_for(asyncio.shield(query.answer), timeout)
        except TimeoutError:
            return CallbackAnswer(False)

    def _queue(self, query: Query) -> None:
        message = query.message
        shown = render.inaccessible(message) if message.deleted else render.message(message)
        self.known_to_the_bot = True
        self.world.updates.add(
            "callback_query",
            {
                "id": query.id,
                "from": render.user(self),
                "message": shown,
                "chat_instance": str(message.chat.id * 7),
                "data": query.data,
            },
        )

    async def edit(self, message: Message, text: str) -> Message:
        """Changes the words of a message of theirs."""
        assert message.by is self, "people edit only what they wrote"
        message.edits.append(message.version(message.edit_date or message.date))
        if message.media is None:
            message.text, message.entities = text, entities_in(text)
        else:
            message.caption, message.caption_entities = text, entities_in(text)
        message.edit_date = self.world.clock.now()
        self.world.edited(message)
        return message

    async def delete(self, message: Message) -> None:
        """Deletes a message for everyone; bots are not told."""
        message.deleted = True
        self.world.changed()

    async def forward(
        self, message: Message, where: Chat | Topic, *, hidden: bool = False
    ) -> Message:
        """Forwards a message. `hidden`: its sender's privacy settings leave only a name."""
        copy = self._new(where, None)
        copied(message, copy, hidden)
        return self.world.add(copy)

    async def send_video(
        self,
        where: Chat | Topic,
        data: bytes,
        *,
        caption: str = "",
        width: int = 640,
        height: int = 360,
        duration: int = 3,
        filename: str = "video.mp4",
        reply_to: Message | None = None,
    ) -> Message:
        video = Media(
            "video", "", "", data, filename, "video/mp4", "", width, height, duration
        )  # fmt: skip
        return self._send(where, video, caption, reply_to)

    async def send_video_note(
        self,
        where: Chat | Topic,
        data: bytes,
        *,
        length: int = 384,
        duration: int = 3,
        reply_to: Message | None = None,
    ) -> Message:
        """A round video, `length` pixels across; these carry no words."""
        note = Media(
            "video_note", "", "", data, "note.mp4", "video/mp4", "", length, length, duration
        )  # fmt: skip
        return self._send(where, note, "", reply_to)

    async def send_photo(
        self, where: Chat | Topic, data: bytes, *, caption: str = "",
        reply_to: Message | None = None,
    ) -> Message:  # fmt: skip
        width, height = (picture_size(data) or (800, 600, ""))[:2]
        photo = Media("photo", "", "", data, "photo.jpg", "image/jpeg", "", width, height)
        return self._send(where, photo, caption, reply_to)

    async def send_animation(
        self, where: Chat | Topic, data: bytes, *, caption: str = "",
        reply_to: Message | None = None,
    ) -> Message:  # fmt: skip
        gif = Media("animation", "", "", data, "gif.mp4", "video/mp4", "", 320, 240, 2)
        return self._send(where, gif, caption, reply_to)

    async def send_document(
        self, where: Chat | Topic, data: bytes, filename: str = "file.bin", *,
        caption: str = "", mime: str = "application/octet-stream",
        reply_to: Message | None = None,
    ) -> Message:  # fmt: skip
        file = Media("document", "", "", data, filename, mime, "")
        return self._send(where, file, caption, reply_to)

    async def send_voice(
        self, where: Chat | Topic, data: bytes, *, duration: int = 2,
        reply_to: Message | None = None,
    ) -> Message:  # fmt: skip
        voice = Media("voice", "", "", data, "voice.ogg", "audio/ogg", "", 0, 0, duration)
        return self._send(where, voice, "", reply_to)

    async def join(self, group: Place) -> None:
        """Joins a group; the bot sees the service message."""
        group.members.append(self)
        group.service({"new_chat_members": [render.user(self)]}, by=self)

    async def leave(self, group: Place) -> None:
        group.service({"left_chat_member": render.user(self)}, by=self)
        group.members.remove(self)

    async def block(self) -> None:
        """Blocks the bot: it may not write to them any more."""
        self.has_blocked_the_bot = True
        self.private.told_of_block(True)

    async def unblock(self) -> None:
        self.has_blocked_the_bot = False
        self.private.told_of_block(False)

    def _send(
        self, where: Chat | Topic, media: Media, caption: str, reply_to: Message | None
    ) -> Message:
        message = self._new(where, reply_to)
        message.media = self.world.store(media)
        message.caption, message.caption_entities = caption or None, entities_in(caption)
        return self.world.add(message)

    def _new(
        self,
        where: Chat | Topic,
        reply_to: Message | None,
        anonymous: bool = False,
        as_channel: Chat | None = None,
    ) -> Message:
        topic = where if isinstance(where, Topic) else None
        chat = where.chat if isinstance(where, Topic) else where
        if chat.kind is not ChatKind.PRIVATE and self not in chat.members:
            chat.members.append(self)
        chat.started = True
        same_chat = reply_to is not None and reply_to.chat is chat
        if topic is None and same_chat and reply_to is not None:
            topic = reply_to.topic
        sender: User = self
        if as_channel is not None:
            sender = CHANNEL_BOT
        elif anonymous:
            sender = ANONYMOUS_ADMIN
        elsewhere = reply_to is not None and not same_chat
        return Message(
            chat,
            self.world.message_id(chat),
            self,
            sender,
            self.world.clock.now(),
            reply_to=reply_to if same_chat else None,
            topic=topic,
            sender_chat=as_channel or (chat if anonymous else None),
            external_reply=render.external_reply(reply_to) if elsewhere and reply_to else None,
        )
