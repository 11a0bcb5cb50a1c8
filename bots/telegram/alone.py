"""Panels on Telegram: said in the private chat, each in the place of the one that was pressed."""

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bots.panels.panel import Labelled, Panel, to_data
from bots.telegram import errors, speaking
from bots.telegram.places import CAPTION_CHARACTERS, TEXT_CHARACTERS, cut


def keys_of(panel: Panel) -> InlineKeyboardMarkup | None:
    """The panel's keys; None for none."""
    return keyboard(panel.keys) if panel.keys else None


def keyboard(rows: tuple[tuple[Labelled, ...], ...]) -> InlineKeyboardMarkup:
    """Keys in rows, as Telegram shows them."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(each.label, callback_data=to_data(each.key)) for each in row]
            for row in rows
        ]
    )


async def show(bot: ExtBot[int], chat: int, panel: Panel) -> None:
    """Send the panel to a private chat as a message of its own. Raises TelegramError."""
    text, keys = panel.text, keys_of(panel)
    if panel.picture:
        picture = InputFile(panel.picture, "cameo.jpg")
        await speaking.patiently(
            lambda: bot.send_photo(
                chat, picture, caption=cut(text, CAPTION_CHARACTERS), reply_markup=keys
            )
        )
    elif panel.film:
        code, path = panel.film
        film = await asyncio.to_thread(path.read_bytes)
        await speaking.patiently(
            lambda: bot.send_video(
                chat,
                InputFile(film, f"{code}.mp4"),
                caption=cut(text, CAPTION_CHARACTERS),
                supports_streaming=True,
                reply_markup=keys,
            )
        )
    elif panel.file:
        name, content = panel.file
        await speaking.patiently(
            lambda: bot.send_document(
                chat, InputFile(content, name), caption=cut(text, CAPTION_CHARACTERS)
            )
        )
    else:
        await speaking.patiently(
            lambda: bot.send_message(chat, cut(text, TEXT_CHARACTERS), reply_markup=keys)
        )


async def replace(bot: ExtBot[int], message: Message, panel: Panel) -> None:
    """Put the panel in the place of a message of ours. Raises TelegramError."""
    if panel.picture or panel.film or panel.file:
        return await show(bot, message.chat.id, panel)
    keys = keys_of(panel)
    try:
        if message.effective_attachment is None:
            await bot.edit_message_text(
                cut(panel.text, TEXT_CHARACTERS), message.chat.id, message.message_id,
                reply_markup=keys,
            )  # fmt: skip
        else:
            await bot.edit_message_caption(
                message.chat.id, message.message_id,
                caption=cut(panel.text, CAPTION_CHARACTERS), reply_markup=keys,
            )  # fmt: skip
    except BadRequest as error:
        if errors.not_modified(error):
            return
        if not errors.message_gone(error):
            raise
        await show(bot, message.chat.id, panel)
