"""The small picture that Telegram wants beside a video: JPEG, at most 320 pixels and 200 kB."""

import io
from pathlib import Path

import PIL.Image

#: Telegram: pixels of its longer side at most.
LONGEST_SIDE = 320
#: Telegram: bytes at most.
MOST_BYTES = 200_000


def thumbnail(poster: Path) -> bytes:
    """The poster, made small. Blocks for some milliseconds."""
    with PIL.Image.open(poster) as picture:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        for quality in (88, 60, 30):
            file = io.BytesIO()
            picture.convert("RGB").save(file, "JPEG", quality=quality)
            if file.tell() < MOST_BYTES:
                break
    return file.getvalue()
