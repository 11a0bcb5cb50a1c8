"""The film that another machine made, as a render: checked, upright, at the rate asked for.

Servers send what they like: another size or length, turned, with a rate of its own or with none,
or nothing that is a film. What can be shown is; the rest is a CannotRender.
"""

from itertools import islice
from pathlib import Path

import av
import numpy as np

from engine.errors import CannotRender
from engine.finish.fit import probe
from engine.pipelines import films
from engine.pipelines.family import Rendered, Request, Sound, Track
from storage.clips import ClipKind
from storage.credentials import Standing, read
from storage.errors import ErrorCode

#: Samples a second of a film's sound, as it is decoded.
SOUND_RATE = 48_000


def lead(request: Request) -> int:
    """Frames to leave out: the first of an extension is its parent's last."""
    return 1 if request.kind is ClipKind.EXTENSION else 0


def rendered(path: Path, request: Request) -> Rendered:
    """The film at its own size, as it is read. Raises CannotRender for what is none.

    The file's name may go once this returns: what is read is held open.
    """
    try:
        film = probe(path)
        sound = _track(path, lead(request) / request.fps)
    except (OSError, ValueError) as error:
        raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": 1}) from error
    count = max(1, round(film.seconds * request.fps) - lead(request))
    if abs(count - request.frames) <= 1:
        count = request.frames
    every = films.steady(
        path.open("rb"),
        width=film.width,
        height=film.height,
        fps=request.fps,
        count=count + lead(request),
    )
    return Rendered(
        frames=islice(every, lead(request), None),
        count=count,
        fps=request.fps,
        width=film.width,
        height=film.height,
        sound=sound,
        source=_signed(path),
    )


def _signed(path: Path) -> bytes | None:
    """The file, where someone signed it and it is as they did."""
    holds = read(path).standing is Standing.OTHERS
    return path.read_bytes() if holds else None


def _track(path: Path, seconds: float) -> Track | None:
    """The film's sound, decoded now, while the file is there; None where nothing is heard."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
    pieces = []
    with av.open(str(path), "r") as film:
        if not film.streams.audio:
            return None
        for heard in film.decode(audio=0):
            pieces += [each.to_ndarray() for each in resampler.resample(heard)]
        pieces += [each.to_ndarray() for each in resampler.resample(None)]
    samples = np.concatenate([np.zeros((2, 0)), *pieces], axis=1).astype(np.float32)
    if not samples.any():
        return None
    return lambda: Sound(samples, SOUND_RATE, lead=round(seconds * SOUND_RATE))
