"""Films that members send for a cameo: round notes, videos, and films sent as files."""

from telegram import Document, Message, PhotoSize, Video, VideoNote
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bots.studio.errors import FileTooHeavy, FilmNotFetched
from bots.studio.pictures import Fetch

#: Bot API, getFile: megabytes of a file that a bot can get.
MOST_MEGABYTES = 20

_Film = Video | VideoNote | Document | PhotoSize


def of(message: Message) -> _Film | None:
    """The film of a message; None for one without."""
    document = message.document
    if document and (document.mime_type or "").startswith("video/"):
        return document
    return message.video_note or message.video


def of_thing(message: Message) -> _Film | None:
    """The film or the picture of a message; None for one without."""
    document = message.document
    if document and (document.mime_type or "").startswith("image/"):
        return document
    return of(message) or (message.photo[-1] if message.photo else None)


def fetching(bot: ExtBot[int], film: _Film) -> Fetch:
    """How to get a film."""

    async def fetch() -> bytes:
        if (film.file_size or 0) > MOST_MEGABYTES * 1_000_000 and not bot.local_mode:
            raise FileTooHeavy(most=MOST_MEGABYTES)
        try:
            return bytes(await (await bot.get_file(film.file_id)).download_as_bytearray())
        except BadRequest as error:
            raise FileTooHeavy(most=MOST_MEGABYTES) from error
        except (TelegramError, OSError) as error:
            raise FilmNotFetched() from error

    return fetch
