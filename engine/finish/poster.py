"""Pictures of a clip as JPEG: the poster that stands for it, and previews while it is made."""

import io
from collections.abc import Iterator

import PIL.Image

from engine.pipelines.family import Frame

#: Pixels of a preview's longer side: Telegram takes no larger thumbnail.
PREVIEW_PIXELS = 320
QUALITY = 88


class Poster:
    """Watches frames go by and keeps the one in the middle: the first is often still empty."""

    def __init__(self, count: int) -> None:
        self._wanted = count // 2
        self._frame: Frame | None = None

    def watch(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """The frames, unchanged."""
        for number, frame in enumerate(frames):
            if number == self._wanted:
                self._frame = frame.copy()
            yield frame

    def jpeg(self) -> bytes:
        """The picture, once the frames have gone by. Raises LookupError when it was not there."""
        if self._frame is None:
            raise LookupError("no frame to make a poster of")
        return _jpeg(PIL.Image.fromarray(self._frame))


def preview_jpeg(picture: PIL.Image.Image) -> bytes:
    """A preview as it is shown, at most PREVIEW_PIXELS on its longer side."""
    picture = picture.convert("RGB")
    picture.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    return _jpeg(picture)


def _jpeg(picture: PIL.Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
