"""Encoding a render: frames and sound to H.264 High and AAC in MP4, exactly as long as the picture.

Frames are piped as they are decoded and never all held. There is always a sound track, silent
where the family made none: Telegram shows an MP4 without one as a GIF.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
from ffmpeg.nodes import FilterableStream

from engine.finish.ffmpeg import Check, run
from engine.pipelines.family import Frame, Rendered, Track
from engine.presets.shape import Look

#: Samples a second of every clip's sound.
SOUND_RATE = 48_000
#: Bits a second of a master's sound.
SOUND_BITS = 160_000
#: Each picture that can be sought to costs bits: one in so many seconds.
SEEK_SECONDS = 2
#: RGB to the colours that every player expects of H.264, and says so in the file.
PICTURE: dict[str, Any] = {
    "vcodec": "libx264",
    "profile:v": "high",
    "pix_fmt": "yuv420p",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}
SOUND: dict[str, Any] = {"acodec": "aac", "ar": SOUND_RATE, "ac": 2}
#: The index comes first, so that a clip plays while it loads.
FILE: dict[str, Any] = {"movflags": "+faststart", "map_metadata": -1}


class WrongFrames(Exception):
    """The family gave other frames than it promised."""


@dataclass(frozen=True)
class Posted:
    """A film beside the master, of the same frames with something drawn on them."""

    path: Path
    draw: Callable[[FilterableStream], FilterableStream]


def encode_master(
    rendered: Rendered,
    frames: Iterator[Frame],
    path: Path,
    *,
    look: Look,
    title: str,
    comment: str = "",
    sound_path: Path,
    check: Check,
    posted: Posted | None = None,
) -> None:
    """Write the master to `path`. `frames` are those of `rendered`, perhaps watched on their way.

    `sound_path` is where raw sound may be written for ffmpeg; the caller removes it. With `posted`
    the same frames become a second film. Raises WrongFrames, FfmpegFailed, and what `frames` and
    `check` raise.
    """
    seconds = rendered.count / rendered.fps
    picture = ffmpeg.input(
        "pipe:",
        format="rawvideo",
        pix_fmt="rgb24",
        s=f"{rendered.width}x{rendered.height}",
        framerate=rendered.fps,
    ).filter("scale", out_color_matrix="bt709", out_range="tv")
    sound = _sound(rendered.sound, sound_path)
    options = (
        PICTURE
        | SOUND
        | FILE
        | written(title, comment)
        | {
            "crf": look.crf,
            "preset": "veryfast",
            "g": SEEK_SECONDS * rendered.fps,
            "audio_bitrate": SOUND_BITS,
            "t": seconds,
        }
    )
    if look.tune:
        options["tune"] = look.tune
    if posted is None:
        graph = ffmpeg.output(picture, sound, str(path), **options)
    else:
        pictures, sounds = picture.filter("format", "yuv420p").split(), sound.asplit()
        graph = ffmpeg.merge_outputs(
            ffmpeg.output(pictures[0], sounds[0], str(path), **options),
            ffmpeg.output(posted.draw(pictures[1]), sounds[1], str(posted.path), **options),
        )
    run(graph, check=check, frames=_buffers(rendered, frames))


def written(title: str, comment: str) -> dict[str, str]:
    """The options that write both into the file, where players and file managers show them."""
    return {"metadata:g:0": f"title={title}", "metadata:g:1": f"comment={comment}"}


def _sound(track: Track | None, path: Path) -> FilterableStream:
    """An input without end: the picture's length cuts it."""
    if track is None:
        return ffmpeg.input(f"anullsrc=r={SOUND_RATE}:cl=stereo", format="lavfi").audio
    sound = track()
    if sound.samples.ndim != 2 or sound.samples.shape[0] != 2:
        raise WrongFrames(f"sound of shape {sound.samples.shape}, expected (2, n)")
    path.write_bytes(np.ascontiguousarray(sound.samples[:, sound.lead :].T, np.float32).tobytes())
    raw = ffmpeg.input(str(path), format="f32le", ar=sound.rate, ac=2)
    return raw.audio.filter("apad")


def _buffers(rendered: Rendered, frames: Iterator[Frame]) -> Iterator[memoryview]:
    shape = (rendered.height, rendered.width, 3)
    count = 0
    for frame in frames:
        if frame.shape != shape or frame.dtype != np.uint8:
            raise WrongFrames(f"a frame of {frame.shape} {frame.dtype}, expected {shape} uint8")
        count += 1
        # Where it lies contiguous, as families give it, nothing is copied.
        yield np.ascontiguousarray(frame).data
    if count != rendered.count:
        raise WrongFrames(f"{count} frames, expected {rendered.count}")
