"""Pictures and films as a pipeline starts from them: read, turned upright, cut to shape and size.

A parent's master is one of ours; pictures come from members and were checked when they came. Both
may still be broken on the disk: that is an OSError here.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import PIL.Image
import PIL.ImageOps
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from engine.pipelines.family import Cutout

Pixels = NDArray[np.uint8]
"""Frames of a film, shape (n, height, width, 3), RGB."""


def film(path: Path, *, width: int, height: int, fps: float, count: int) -> Pixels:
    """The first `count` frames at `fps`, the last one held where the film is shorter.

    Its middle is cut to the shape wanted. Raises OSError where there is no picture.
    """
    frames: list[Pixels] = []
    for frame in _at_rate(path, fps):
        frames.append(_covering(frame, width, height))
        if len(frames) == count:
            break
    if not frames:
        raise OSError(f"{path.name} has no pictures")
    return np.stack(frames + frames[-1:] * (count - len(frames)))


def ending(path: Path, *, width: int, height: int, fps: float, count: int) -> Pixels:
    """The last `count` frames at `fps`, the first one held where the film is shorter."""
    frames: list[Pixels] = []
    for frame in _at_rate(path, fps):
        frames = [*frames[1 - count or len(frames) :], _covering(frame, width, height)]
    if not frames:
        raise OSError(f"{path.name} has no pictures")
    return np.stack(frames[:1] * (count - len(frames)) + frames)


def seconds(path: Path) -> float:
    """How long the film is. Raises OSError for what is none."""
    try:
        with av.open(str(path), "r") as opened:
            return (opened.duration or 0) / av.time_base
    except av.FFmpegError as error:
        raise OSError(f"a film that can't be read: {error}") from error


def steady(film: BinaryIO, *, width: int, height: int, fps: float, count: int) -> Iterator[Pixels]:
    """Exactly `count` frames at `fps`, one at a time, the last one held where the film is shorter.

    Raises OSError where there is no picture.
    """
    frame: Pixels | None = None
    given = 0
    for frame in islice(_at_rate(film, fps), count):
        given += 1
        yield _covering(frame, width, height)
    if frame is None:
        raise OSError("a film without pictures")
    for _ in range(given, count):
        yield _covering(frame, width, height)


def picture(path: Path, *, width: int, height: int) -> Pixels:
    """A picture upright, its middle cut to shape, on white where it is cut out; (1, h, w, 3)."""
    with PIL.Image.open(path) as opened:
        upright = PIL.ImageOps.exif_transpose(opened)
        return _covering(np.asarray(on_white(upright)), width, height)[None]


def on_white(image: PIL.Image.Image | Cutout) -> PIL.Image.Image:
    """The picture without transparency."""
    if not isinstance(image, PIL.Image.Image):
        image = PIL.Image.fromarray(image)
    cut_out = image.convert("RGBA")
    white = PIL.Image.new("RGBA", cut_out.size, "white")
    return PIL.Image.alpha_composite(white, cut_out).convert("RGB")


def _at_rate(source: Path | BinaryIO, fps: float) -> Iterator[Pixels]:
    """The film's frames as they stand at times k / fps, whatever its own times are."""
    shown: Pixels | None = None
    number = 0
    for at, frame in _decoded(source):
        # Half a frame of grace: times in a file are rounded.
        while shown is not None and (number + 0.5) / fps <= at:
            yield shown
            number += 1
        shown = frame
    if shown is not None:
        yield shown


def _decoded(source: Path | BinaryIO) -> Iterator[tuple[float, Pixels]]:
    """Each frame upright, with its time in seconds. Raises OSError for what is no film."""
    try:
        with av.open(str(source) if isinstance(source, Path) else source, "r") as opened:
            for frame in opened.decode(video=0) if opened.streams.video else ():
                picture = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709)
                pixels = picture.to_ndarray().astype(np.uint8, copy=False)
                yield frame.time or 0.0, np.rot90(pixels, frame.rotation // 90)
    except av.FFmpegError as error:
        raise OSError(f"a film that can't be read: {error}") from error


def _covering(frame: Pixels, width: int, height: int) -> Pixels:
    if frame.shape[:2] == (height, width):
        return frame
    fitted = PIL.ImageOps.fit(PIL.Image.fromarray(frame), (width, height))
    return np.asarray(fitted)
