"""Joining: an extension's frames and sound after those of the clip it goes on from, as one film.

The parent's master is decoded as it is needed, a frame at a time, and brought to the size and the
frame rate of what follows. Sound that goes on is faded in over the parent's end; sound that does
not meets it without a click.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av import AudioFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from engine.finish.encode import SOUND_RATE
from engine.pipelines.family import Frame, Rendered, Sound

#: Seconds in which a sound that another part does not go on with comes or goes.
SOFT_SECONDS = 0.02

Samples = NDArray[np.float32]
"""Shape (2, n), -1 to 1."""


def after(parent: Path, rendered: Rendered) -> Rendered:
    """The parent's whole film followed by `rendered`."""
    count = _count(parent, rendered.fps)
    return replace(
        rendered,
        frames=chain(_frames(parent, rendered, count), rendered.frames),
        count=count + rendered.count,
        sound=partial(_sound, parent, rendered, count),
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
    own = rendered.sound() if rendered.sound else Sound(np.zeros((2, 0), np.float32), SOUND_RATE)
    before = _fitted(_samples(parent, own.rate), round(count / rendered.fps * own.rate))
    lead = min(own.lead, before.shape[1])
    if lead:
        joined = faded(before[:, -lead:], own.samples[:, own.lead - lead : own.lead])
        parts = [before[:, :-lead], joined, own.samples[:, own.lead :]]
    else:
        soft = round(SOFT_SECONDS * own.rate)
        parts = [ending(before, soft), ending(own.samples[:, ::-1], soft)[:, ::-1]]
    return Sound(np.concatenate(parts, axis=1), own.rate)


def faded(out: Samples, into: Samples) -> Samples:
    """`out` turning into `into` of the same length, as loud all the way.

    Two tracks that are alike add up as amplitudes, two that are not as powers; what they are is
    measured, and the gains a and b of both are scaled so that a² + b² + 2rab = 1.
    """
    b = np.linspace(0, 1, out.shape[1], dtype=np.float32)
    a = 1 - b
    power = float(np.sqrt(np.square(out).sum() * np.square(into).sum()))
    alike = float((out * into).sum()) / power if power > 0 else 0.0
    loud = np.sqrt(a**2 + b**2 + 2 * max(alike, 0.0) * a * b)
    return np.asarray((out * a + into * b) / loud, np.float32)


def ending(samples: Samples, soft: int) -> Samples:
    """The samples with their last `soft` going to silence."""
    length = samples.shape[1]
    soft = min(soft, length)
    gain = np.ones(length, np.float32)
    gain[length - soft :] = np.cos(np.linspace(0, np.pi / 2, soft))
    return samples * gain


def _samples(parent: Path, rate: int) -> Samples:
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate)
    pieces: list[AudioFrame] = []
    with av.open(str(parent), "r") as film:
        if film.streams.audio:
            for heard in film.decode(audio=0):
                pieces += resampler.resample(heard)
            pieces += resampler.resample(None)
    heard_all = [piece.to_ndarray().astype(np.float32) for piece in pieces]
    return np.concatenate([np.zeros((2, 0), np.float32), *heard_all], axis=1)


def _fitted(samples: Samples, length: int) -> Samples:
    """Exactly `length` samples: cut, or silent at the end."""
    missing = max(0, length - samples.shape[1])
    return np.pad(samples[:, :length], ((0, 0), (0, missing)))
