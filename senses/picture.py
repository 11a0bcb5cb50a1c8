"""Decoding a picture, and making small JPEGs of what was seen, by Pillow."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from senses import limits
from senses.faces import Frame
from senses.spoiled import Spoiled
from senses.values import Reason

#: What people send; formats with long decoders of their own are left out.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: Pixels of the longer side that a picture is made smaller to.
LONG_SIDE = 1600
_QUALITY = 92


def read(path: Path) -> Frame:
    """The picture, upright, RGB. Raises Spoiled where it is none or is too big."""
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.format != "MPO" and getattr(image, "is_animated", False):
                # A moving picture is a film: its later frames must not go unseen. (An MPO is a
                # phone's photo with its depth or brightness beside it.)
                raise Spoiled(Reason.NOT_A_PICTURE)
            pixels = image.width * image.height
            if pixels > limits.MOST_PICTURE_PIXELS:
                raise Spoiled(
                    Reason.TOO_HEAVY,
                    megapixels=pixels / 1e6,
                    most=limits.MOST_PICTURE_PIXELS / 1e6,
                )
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))
            image.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
            return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Spoiled(Reason.NOT_A_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise Spoiled(Reason.TOO_HEAVY) from error


def jpeg(frame: Frame, *, longest: int) -> bytes:
    """The frame as a JPEG file without metadata, its longer side at most `longest` pixels."""
    file = io.BytesIO()
    image = Image.fromarray(frame)
    image.thumbnail((longest, longest))
    image.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
