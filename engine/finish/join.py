"""Joining: an extension's frames and sound after those of the clip it goes on from, as one film.

The parent's master is decoded as it is needed, a frame at a time, and brought to the size and the
frame rate of what follows.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av import AudioFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from engine.finish.encode import SOUND_RATE
from engine.pipelines.family import Frame, Rendered, Sound


def after(parent: Path, rendered: Rendered) -> Rendered:
    """The parent's whole film followed by `rendered`. Reads the parent's sound now."""
    count = _count(parent, rendered.fps)
    return replace(
        rendered,
        frames=chain(_frames(parent, rendered, count), rendered.frames),
        count=count + rendered.count,
        sound=_sound(parent, rendered, count),
    )


def _count(parent: Path, fps: int) -> int:
    """Frames that the parent fills at `fps`."""
    with av.open(str(parent), "r") as film:
        stream = film.streams.video[0]
        assert stream.average_rate is not None
        return round(stream.frames / float(stream.average_rate) * fps)


def _frames(parent: Path, rendered: Rendered, count: int) -> Iterator[Frame]:
    given = 0
    with av.open(str(parent), "r") as film:
        rate = film.streams.video[0].average_rate
        assert rate is not None
        for number, picture in enumerate(film.decode(video=0), 1):
            until = min(count, round(number / float(rate) * rendered.fps))
            if given >= until:
                continue
            frame = picture.reformat(
                rendered.width, rendered.height, "rgb24", src_colorspace=Colorspace.ITU709
            ).to_ndarray()
            for _ in range(given, until):
                yield frame.astype(np.uint8, copy=False)
            given = until


def _sound(parent: Path, rendered: Rendered, count: int) -> Sound:
    rate = rendered.sound.rate if rendered.sound else SOUND_RATE
    before = _fitted(_samples(parent, rate), round(count / rendered.fps * rate))
    after_it = np.zeros((2, 0), np.float32) if rendered.sound is None else rendered.sound.samples
    return Sound(np.concatenate([before, after_it], axis=1), rate)


def _samples(parent: Path, rate: int) -> NDArray[np.float32]:
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate)
    pieces: list[AudioFrame] = []
    with av.open(str(parent), "r") as film:
        if film.streams.audio:
            for heard in film.decode(audio=0):
                pieces += resampler.resample(heard)
            pieces += resampler.resample(None)
    heard_all = [piece.to_ndarray().astype(np.float32) for piece in pieces]
    return np.concatenate([np.zeros((2, 0), np.float32), *heard_all], axis=1)


def _fitted(samples: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """Exactly `length` samples: cut, or silent at the end."""
    missing = max(0, length - samples.shape[1])
    return np.pad(samples[:, :length], ((0, 0), (0, missing)))
