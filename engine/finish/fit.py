"""Fitting a clip into a budget of bytes: lower rates first, then smaller pictures, then no.

The tries are decided by one pure function before the first is made, so that it always ends. Two
passes of x264 at 95 % of a budget were seen to overshoot it by 3 %, so each try aims lower and its
file is measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import ffmpeg

from engine.finish.encode import FILE, PICTURE, SOUND
from engine.finish.ffmpeg import Check, run
from storage.media import Media, MediaFolder

#: Shares of the budget that the tries of one size aim at.
AIMS = (0.88, 0.70)
#: Sizes of the picture, as parts of the master's.
SCALES = (1.0, 0.75, 0.5, 0.35, 0.25)
#: Rates of sound in bits a second, the best first, and the share of a file they may take.
SOUND_BITS = (128_000, 96_000, 64_000, 32_000)
SOUND_SHARE = 0.25
#: Bits a pixel and frame below which the picture falls apart and a smaller one looks better.
LEAST_BITS = 0.02
#: Pixels of the shorter side below which it is no longer a film.
LEAST_PIXELS = 96
#: Bytes of an MP4 with neither picture nor sound, and its index's for a second of film.
EMPTY_BYTES = 2_000
INDEX_BYTES = 700


@dataclass(frozen=True)
class Try:
    """One way to encode the clip smaller."""

    width: int
    height: int
    #: Bits a second of picture and sound.
    picture_bits: int
    sound_bits: int


@dataclass(frozen=True)
class Film:
    """What is known of the master."""

    width: int
    height: int
    seconds: float
    fps: float


def tries(film: Film, max_bytes: int) -> Iterator[Try]:
    """The ways to try, best first; none where the budget can't hold even the smallest."""
    for scale in SCALES:
        width, height = _even(film.width * scale), _even(film.height * scale)
        if scale < 1 and min(width, height) < LEAST_PIXELS:
            return
        for aim in AIMS:
            room = max_bytes * aim - EMPTY_BYTES - INDEX_BYTES * film.seconds
            bits = room * 8 / film.seconds
            sound = next((rate for rate in SOUND_BITS if rate <= bits * SOUND_SHARE), None)
            sound = sound or SOUND_BITS[-1]
            if bits - sound >= LEAST_BITS * width * height * film.fps:
                yield Try(width, height, int(bits - sound), sound)


def fit(
    master: Path, folder: MediaFolder, *, max_bytes: int, title: str, check: Check
) -> Media | None:
    """An encoding of the master in at most `max_bytes`; None where no try was small enough.

    Blocks. Raises FfmpegFailed, OSError where the master can't be read, and what `check` raises.
    """
    film = probe(master)
    for attempt in tries(film, max_bytes):
        path, statistics = folder.scratch(".mp4"), folder.scratch(".log")
        try:
            _two_passes(master, path, statistics, attempt, film, title=title, check=check)
            if path.stat().st_size <= max_bytes:
                return folder.take(path, "video/mp4")
        finally:
            path.unlink(missing_ok=True)
            for left in statistics.parent.glob(f"{statistics.name}*"):
                left.unlink()
    return None


def probe(master: Path) -> Film:
    """What the file says of itself. Raises OSError (PyAV's errors are) where it can't be read."""
    with av.open(str(master)) as file:
        picture = file.streams.video[0]
        fps = picture.average_rate
        if picture.duration is None or picture.time_base is None or not fps:
            raise OSError("a master without a length")
        seconds = float(picture.duration * picture.time_base)
        return Film(picture.width, picture.height, seconds, float(fps))


def _two_passes(
    master: Path,
    path: Path,
    statistics: Path,
    attempt: Try,
    film: Film,
    *,
    title: str,
    check: Check,
) -> None:
    source = ffmpeg.input(str(master))
    picture = source.video
    if attempt.width != film.width:
        picture = picture.filter("scale", attempt.width, attempt.height, flags="area")
    options: dict[str, Any] = PICTURE | {
        "preset": "medium",
        "video_bitrate": attempt.picture_bits,
        "passlogfile": str(statistics),
        "t": film.seconds,
    }
    first = ffmpeg.output(picture, str(path), **options, **{"pass": 1, "format": "null"})
    run(first, check=check)
    sound = {**SOUND, "audio_bitrate": attempt.sound_bits}
    options |= FILE | sound | {"pass": 2, "metadata": f"title={title}"}
    run(ffmpeg.output(picture, source.audio, str(path), **options), check=check)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
