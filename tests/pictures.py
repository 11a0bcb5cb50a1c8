"""Pictures that members of a test send."""

import io
import struct
import zlib

from PIL import Image


def a_picture(
    kind: str = "JPEG", *, width: int = 320, height: int = 180, mode: str = "RGB"
) -> bytes:
    """A plain picture in one of Pillow's formats and modes."""
    out = io.BytesIO()
    Image.new(mode, (width, height), "orange").save(out, kind)
    return out.getvalue()


def a_png_that_says(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it has this size, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checked

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(9)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels
