"""Pictures that members send to start from: checked, made small, and put into the media folder.

They come from strangers. Only a few formats are opened, nothing is decoded before its size is
known, and what is kept was written anew, without what a camera may have noted beside the pixels.
Content credentials are the exception: whoever signed a picture stays named in what is made of it.
"""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable

import PIL.Image
import PIL.ImageOps
from c2pa import C2paError

from bots.studio.errors import NotAPicture, PictureIsEmpty, PictureTooHeavy, PictureTooLarge
from storage import credentials, signing
from storage.credentials import CannotRead, Standing
from storage.media import Media
from storage.room import Room
from storage.signing import Made

#: Megabytes of a file, and megapixels of a picture, that are taken.
MOST_MEGABYTES = 20
MOST_MEGAPIXELS = 64
#: Pixels of the longer side of what is kept: as large as any preset renders.
LONGEST_SIDE = 1280

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
#: One picture is decoded at a time: it may take some hundred megabytes.
_DECODING = asyncio.Semaphore(1)

log = logging.getLogger(__name__)

Fetch = Callable[[], Awaitable[bytes]]
"""Gets a picture from its platform. Raises a Refusal."""


def check_size(count: int | None) -> None:
    """Raises PictureTooHeavy for a file of `count` bytes; None is not known yet."""
    if count is not None and count > MOST_MEGABYTES * 1_000_000:
        raise PictureTooHeavy(most=MOST_MEGABYTES)


async def keep(room: Room, content: bytes) -> Media:
    """The picture as a PNG in the media folder; no row names it yet. Raises a Refusal."""
    if not content:
        raise PictureIsEmpty()
    check_size(len(content))
    async with _DECODING:
        made = await asyncio.to_thread(_made, content)
    if credentials.carried_by(content):
        return await _with_credentials(room, content, made)
    return await asyncio.to_thread(room.media.put, made, "image/png")


async def _with_credentials(room: Room, content: bytes, made: bytes) -> Media:
    """Keep what was made of a picture, and the picture's own credentials in it where they hold."""
    original, kept = room.media.scratch(), room.media.scratch(".png")
    try:
        await asyncio.to_thread(original.write_bytes, content)
        await asyncio.to_thread(kept.write_bytes, made)
        try:
            # Another process opens it first: what would break this one breaks that one.
            found = await credentials.read_apart(original, room.key.anchor)
            if found.standing in (Standing.OURS, Standing.OTHERS):
                source = Made(found.links[-1].title or "picture", original, _type(content))
                await asyncio.to_thread(signing.sign_picture, kept, room.key, original=source)
        except (CannotRead, C2paError) as error:
            log.warning("a picture's credentials can't be kept: %r", error)
        return await asyncio.to_thread(room.media.take, kept, "image/png")
    finally:
        for path in (original, kept):
            path.unlink(missing_ok=True)


def _type(content: bytes) -> str:
    """The MIME type of a picture that was opened before."""
    with PIL.Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        return PIL.Image.MIME[image.format or ""]


def _made(content: bytes) -> bytes:
    """The picture upright, small, and as a PNG. Blocks."""
    try:
        with PIL.Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MOST_MEGAPIXELS * 1_000_000:
                raise PictureTooLarge(most=MOST_MEGAPIXELS)
            # A JPEG is decoded near the size that is kept, which costs a tenth.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            mode = "RGBA" if image.has_transparency_data else "RGB"
            small = image if image.mode == mode else image.convert(mode)
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = PIL.ImageOps.exif_transpose(small)
    except PIL.Image.DecompressionBombError:
        raise PictureTooLarge(most=MOST_MEGAPIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        # What Pillow raises for files that are broken or no pictures at all.
        raise NotAPicture() from None
    file = io.BytesIO()
    clean.save(file, "PNG", exif=b"", icc_profile=None)
    return file.getvalue()
