"""Decoding a film: its frames at an even pace, upright, and its sound, by PyAV.

The demuxer is given an open file and no protocol, so that a playlist in disguise can't make it open
another file or an address. It runs in the decoding process alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import av.container
import av.video
import numpy as np
from numpy.typing import NDArray

from senses import limits
from senses.faces import Frame
from senses.spoiled import Spoiled
from senses.values import Reason

#: Samples a second of all sound.
RATE = 16000
#: Frames a second that are looked at, and how many at most.
PACE = 8.0
MOST_LOOKED_AT = 240
#: Pixels of the longer side that frames are made smaller to.
LONG_SIDE = 960
#: What phones and chats record; never playlists, which name other files.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,gif"


@dataclass(frozen=True)
class Moment:
    """A frame that is looked at."""

    #: Seconds from the film's start.
    at: float
    frame: Frame


def length(path: Path) -> float:
    """Seconds of the film as its container says. Raises Spoiled where it is no film."""
    with _opened(path) as container:
        stream = _picture(container)
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return float(container.duration or 0) / av.time_base


def moments(path: Path, *, longest: float, pace: float = PACE) -> Iterator[Moment]:
    """Frames at that pace, fewer of a long film; raises Spoiled where it is longer than `longest`.

    A film that breaks off is taken to end there.
    """
    said = length(path)
    if said > longest:
        raise Spoiled(Reason.TOO_LONG, seconds=said, most=longest)
    step = max(1 / pace, said / MOST_LOOKED_AT)
    with _opened(path) as container:
        stream = _picture(container)
        due, first, looked = 0.0, None, 0
        for count, frame in enumerate(_frames(container, stream)):
            time = frame.time if frame.time is not None else count / 25
            first = time if first is None else first
            at = time - first
            if at > longest:
                raise Spoiled(Reason.TOO_LONG, seconds=at, most=longest)
            if at + 1e-3 < due:
                continue
            # A container that lied about its length can't have more looked at than that.
            if (looked := looked + 1) > 2 * MOST_LOOKED_AT:
                raise Spoiled(Reason.TOO_LONG, seconds=said, most=longest)
            due = max(due + step, at)
            yield Moment(at, _upright(frame))


def sound(path: Path, *, longest: float) -> NDArray[np.int16] | None:
    """The film's sound, mono at RATE, at most `longest` seconds; None where it has none."""
    with _opened(path) as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        stream.codec_context.thread_count = 1
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        pieces: list[NDArray[np.int16]] = []
        held = 0
        try:
            for frame in container.decode(stream):
                for part in resampler.resample(frame):
                    pieces.append(part.to_ndarray().reshape(-1).astype(np.int16))
                    held += len(pieces[-1])
                if held > longest * RATE:
                    break
        except (av.FFmpegError, ValueError):
            # It breaks off: what was heard until then is what there is.
            pass
        return np.concatenate(pieces) if pieces else None


@contextmanager
def _opened(path: Path) -> Iterator[av.container.InputContainer]:
    with path.open("rb") as file:
        try:
            container = av.open(
                file,
                mode="r",
                metadata_errors="replace",
                options={"format_whitelist": _FORMATS, "protocol_whitelist": "none"},
            )
        except (av.FFmpegError, OSError, ValueError) as error:
            raise Spoiled(Reason.NOT_A_VIDEO) from error
        with container:
            yield container


def _picture(container: av.container.InputContainer) -> av.video.VideoStream:
    if not container.streams.video:
        raise Spoiled(Reason.NOT_A_VIDEO)
    stream = container.streams.video[0]
    pixels = stream.codec_context.width * stream.codec_context.height
    _light_enough(pixels)
    stream.codec_context.thread_count = 1
    if stream.average_rate and stream.average_rate > 31:
        # Half of the frames of a fast film would be thrown away after decoding.
        stream.codec_context.skip_frame = "NONREF"
    return stream


def _frames(
    container: av.container.InputContainer, stream: av.video.VideoStream
) -> Iterator[av.VideoFrame]:
    decoded = container.decode(stream)
    for _ in range(limits.MOST_FRAMES):
        try:
            frame = next(decoded)
        except (StopIteration, av.FFmpegError):
            return
        # A stream may change its size on the way.
        _light_enough(frame.width * frame.height)
        yield frame


def _light_enough(pixels: int) -> None:
    if pixels > limits.MOST_FRAME_PIXELS:
        raise Spoiled(
            Reason.TOO_HEAVY,
            megapixels=pixels / 1e6,
            most=limits.MOST_FRAME_PIXELS / 1e6,
        )


def _upright(frame: av.VideoFrame) -> Frame:
    scale = min(1.0, LONG_SIDE / max(frame.width, frame.height))
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    # One thread: the process may start none (senses/limits.py).
    small = frame.reformat(width=width, height=height, format="rgb24", threads=1)
    picture = small.to_ndarray()
    # PyAV gives the display matrix's angle in degrees, anticlockwise.
    return np.ascontiguousarray(np.rot90(picture, round(frame.rotation / 90) % 4))
