"""Posting on Telegram: the progress message is sent once and then edited until it is the clip.

Telegram has no nonce, but an edit can be repeated safely. So the only call that may be doubled by
a kill or a lost answer is the one that sends the text to be edited: the rare double is a line of
progress, never a clip and never the words owed instead of one.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import (
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bots.outlets import Later, Parcel, Unsure, Video
from bots.progress import record
from bots.telegram import errors, moving
from bots.telegram.keyboards import keyboard
from bots.telegram.nothing import NOTHING
from bots.telegram.places import CAPTION_CHARACTERS, TEXT_CHARACTERS, chat_of, cut, most_bytes
from bots.telegram.thumbnail import thumbnail
from bots.words import say
from storage import deliveries, people, spaces
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

#: Seconds between edits. Telegram: about one message a second a chat, 20 a minute a group.
PRIVATE_PACE = 1.2
GROUP_PACE = 4.0
#: Seconds that Telegram may take to answer once a clip is uploaded: it looks into the file.
ANSWER_SECONDS = 120.0


class TelegramOutlet:
    """Telegram, as the outbox and the progress messages use it."""

    platform = Platform.TELEGRAM

    def __init__(self, room: Room, bot: ExtBot[int]) -> None:
        self._room = room
        self._bot = bot

    def pace(self, space: Space) -> float:
        """Seconds to leave between two edits in the space."""
        return PRIVATE_PACE if space.private else GROUP_PACE

    async def post(self, parcel: Parcel) -> str:
        """Turn the progress message into the clip or the words; safe to repeat."""
        async with self._translating(parcel.space):
            message = parcel.progress or await self._begin(parcel)
            try:
                await self._become(parcel, message)
            except BadRequest as error:
                if not errors.message_gone(error):
                    raise
                message = await self._begin(parcel)
                await self._become(parcel, message)
            return message

    async def show_progress(self, parcel: Parcel) -> str:
        """Edit the progress message, or send the first one; returns its id."""
        async with self._translating(parcel.space):
            if parcel.progress is None:
                return await self._send(parcel, parcel.text, self._keys(parcel))
            try:
                if parcel.preview:
                    await self._edit_picture(parcel, parcel.progress)
                else:
                    await self._edit_words(parcel, parcel.progress, parcel.text)
            except BadRequest as error:
                if not errors.message_gone(error):
                    raise
                return await self._send(parcel, parcel.text, self._keys(parcel))
            return parcel.progress

    async def find(self, space: Space, *, code: str, nonce: str, progress: str | None) -> list[str]:
        """The progress message: nothing else can have become the clip."""
        return [progress] if progress else []

    async def take_down(self, space: Space, message: str) -> None:
        """Remove a message of ours; one that is gone already is no error."""
        if not message.isdecimal():
            return  # set aside when its group moved: out of a bot's reach
        chat, _ = chat_of(space.address)
        async with self._translating(space):
            try:
                await self._bot.delete_message(chat, int(message))
            except BadRequest as error:
                if errors.too_old_to_delete(error):
                    await self._blank(space, chat, int(message))
                elif not errors.delete_is_done(error):
                    raise

    async def private_space(self, account: str) -> Space:
        """The private chat with a person has the person's id."""
        async with self._room.database.transaction() as tx:
            return await spaces.enter(
                tx,
                Platform.TELEGRAM,
                account,
                private=True,
                max_bytes=most_bytes(self._room.settings),
                now=0.0,
            )

    async def _blank(self, space: Space, chat: int, message: int) -> None:
        """Edit all that a message holds away: the film, its words and its buttons."""
        read = self._room.database.read
        member = await people.find(read, Platform.TELEGRAM, space.address)
        text = say(member.language if member else "en", "branch-deleted")
        picture = InputMediaPhoto(InputFile(NOTHING, "deleted.jpg", attach=True), caption=text)
        try:
            await self._bot.edit_message_media(picture, chat, message)
        except BadRequest as error:
            if not errors.not_modified(error) and not errors.message_gone(error):
                raise

    async def _begin(self, parcel: Parcel) -> str:
        """Send the text that will be edited, and remember it before the edit.

        A kill in between leaves that text standing and sends another.
        """
        text = f"{parcel.code} · {say(parcel.language, 'progress-finishing')}"
        message = await self._send(parcel, text, None)
        try:
            delivery = await deliveries.by_nonce(self._room.database.read, parcel.nonce)
        except LookupError:
            await self.take_down(parcel.space, message)
            raise Unsure("it was called off while it was sent") from None
        await record(self._room, delivery, message)
        return message

    async def _become(self, parcel: Parcel, message: str) -> None:
        if parcel.video is None:
            return await self._edit_words(parcel, message, parcel.text)
        try:
            await self._edit_video(parcel, message, parcel.video)
        except BadRequest as error:
            if not errors.may_not_send(error):
                raise
            # No videos here, but words: the place where it was asked for says so.
            words = say(parcel.language, "failed-cant-post", code=parcel.code)
            await self._edit_words(parcel, message, words)

    async def _send(self, parcel: Parcel, text: str, keys: InlineKeyboardMarkup | None) -> str:
        chat, topic = chat_of(parcel.space.address)
        sent = await self._bot.send_message(
            chat,
            cut(text, TEXT_CHARACTERS),
            message_thread_id=topic,
            reply_parameters=_answer_to(parcel.reply_to),
            reply_markup=keys,
        )
        return str(sent.message_id)

    async def _edit_words(self, parcel: Parcel, message: str, text: str) -> None:
        chat, _ = chat_of(parcel.space.address)
        keys = self._keys(parcel)
        try:
            await self._bot.edit_message_text(
                cut(text, TEXT_CHARACTERS), chat, int(message), reply_markup=keys
            )
        except BadRequest as error:
            if errors.not_modified(error):
                return
            if not errors.no_text(error):
                raise
            await self._edit_caption(parcel, message, text)

    async def _edit_caption(self, parcel: Parcel, message: str, text: str) -> None:
        chat, _ = chat_of(parcel.space.address)
        try:
            await self._bot.edit_message_caption(
                chat,
                int(message),
                caption=cut(text, CAPTION_CHARACTERS),
                reply_markup=self._keys(parcel),
            )
        except BadRequest as error:
            if not errors.not_modified(error):
                raise

    async def _edit_picture(self, parcel: Parcel, message: str) -> None:
        assert parcel.preview is not None
        with parcel.preview.open("rb") as file:
            picture = InputMediaPhoto(
                InputFile(file, "preview.jpg", attach=True),
                caption=cut(parcel.text, CAPTION_CHARACTERS),
            )
        await self._edit_media(parcel, message, picture)

    async def _edit_video(self, parcel: Parcel, message: str, video: Video) -> None:
        small = await asyncio.to_thread(thumbnail, video.poster)
        with video.path.open("rb") as film:
            clip = InputMediaVideo(
                # Streamed from the disk: a clip may be 2000 MB.
                InputFile(film, video.name, attach=True, read_file_handle=False),
                caption=cut(parcel.text, CAPTION_CHARACTERS),
                width=video.width,
                height=video.height,
                duration=max(1, round(video.seconds)),
                thumbnail=InputFile(small, "thumbnail.jpg", attach=True),
                supports_streaming=True,
            )
            await self._edit_media(parcel, message, clip)

    async def _edit_media(
        self, parcel: Parcel, message: str, media: InputMediaPhoto | InputMediaVideo
    ) -> None:
        chat, _ = chat_of(parcel.space.address)
        try:
            await self._bot.edit_message_media(
                media,
                chat,
                int(message),
                reply_markup=self._keys(parcel),
                read_timeout=ANSWER_SECONDS,
            )
        except BadRequest as error:
            if not errors.not_modified(error):
                raise

    def _keys(self, parcel: Parcel) -> InlineKeyboardMarkup | None:
        return keyboard(parcel.buttons, parcel.code, parcel.language, cameo=parcel.cameo)

    @asynccontextmanager
    async def _translating(self, space: Space) -> AsyncIterator[None]:
        try:
            yield
        except ChatMigrated as error:
            chat, _ = chat_of(space.address)
            await moving.move(self._room, old=chat, new=error.new_chat_id)
            raise Later(0) from None
        except TelegramError as error:
            raise errors.translated(error) from None


def _answer_to(message: str | None) -> ReplyParameters | None:
    if message is None:
        return None
    return ReplyParameters(int(message), allow_sending_without_reply=True)
