"""Pictures that members of a test send."""

import io

from PIL import Image


def a_picture(
    kind: str = "JPEG", *, width: int = 320, height: int = 180, mode: str = "RGB"
) -> bytes:
    """A plain picture in one of Pillow's formats and modes."""
    out = io.BytesIO()
    Image.new(mode, (width, height), "orange").save(out, kind)
    return out.getvalue()
