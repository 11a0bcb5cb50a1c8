"""Pictures that come along with messages: which one is meant, and getting it from Telegram."""

from telegram import Document, Message, PhotoSize, Sticker
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bots.studio import pictures
from bots.studio.errors import NotAPicture, PictureNotFetched
from bots.studio.pictures import Fetch

_File = PhotoSize | Document | Sticker


def fetching(bot: ExtBot[int], message: Message) -> Fetch | None:
    """How to get the picture of a message; None for one without."""
    file = _picture(message)
    if file is None:
        return None

    async def fetch() -> bytes:
        pictures.check_size(file.file_size)
        try:
            return bytes(await (await bot.get_file(file.file_id)).download_as_bytearray())
        except (TelegramError, OSError) as error:
            raise PictureNotFetched() from error

    return fetch


def check(message: Message) -> None:
    """Raises NotAPicture for a message that brings something, and no picture."""
    if message.effective_attachment is not None and _picture(message) is None:
        raise NotAPicture()


def _picture(message: Message) -> _File | None:
    """The largest size of a photo, a picture sent as a file, or a sticker that stands still."""
    if message.photo:
        return message.photo[-1]
    document, sticker = message.document, message.sticker
    if document and (document.mime_type or "").startswith("image/"):
        return document
    if sticker and not sticker.is_animated and not sticker.is_video:
        return sticker
    return None
