"""Answers of the bot's own: plain text in the topic it was asked in, as a reply.

Clips and progress are not answers: the outbox posts them. An answer that is throttled waits once;
one whose sending is unsure is sent once more, since a rare double line harms nobody.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bots.telegram.errors import seconds_of
from bots.telegram.places import TEXT_CHARACTERS, TOAST_CHARACTERS, address_of, chat_of, cut

log = logging.getLogger(__name__)

#: Seconds that an answer waits for flood control; a later one would be an answer to nothing.
LONGEST_WAIT = 60.0
_Sent = TypeVar("_Sent")


async def answer(
    bot: ExtBot[int],
    message: MaybeInaccessibleMessage,
    text: str,
    *,
    keys: InlineKeyboardMarkup | ForceReply | None = None,
) -> Message:
    """Reply to a message. Raises TelegramError."""
    chat, topic = chat_of(address_of(message))
    return await patiently(
        lambda: bot.send_message(
            chat,
            cut(text, TEXT_CHARACTERS),
            message_thread_id=topic,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
            reply_markup=keys,
        )
    )


async def show(bot: ExtBot[int], message: MaybeInaccessibleMessage, picture: Path) -> None:
    """Answer a message with a picture. Raises TelegramError."""
    chat, topic = chat_of(address_of(message))
    content = await asyncio.to_thread(picture.read_bytes)
    await patiently(lambda: bot.send_photo(chat, content, message_thread_id=topic))


async def answer_press(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """End the spinning of a button. One pressed too long ago can't be answered any more."""
    try:
        await query.answer(cut(text, TOAST_CHARACTERS) if text else None, show_alert=alert)
    except BadRequest as error:
        log.info("press not answered: %s", error.message)


async def patiently(call: Callable[[], Awaitable[_Sent]]) -> _Sent:
    """Make a call, and make it once more where that may help. Raises TelegramError."""
    try:
        return await call()
    except RetryAfter as error:
        if seconds_of(error) > LONGEST_WAIT:
            raise
        await asyncio.sleep(seconds_of(error))
    except BadRequest:
        raise
    except NetworkError as error:
        log.info("answering again after %s", type(error).__name__)
    return await call()
