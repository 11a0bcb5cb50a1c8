"""Finding what happens by watching: events measured from the motion in the frames.

For models that make pictures and no sound. A thing that lands, hits or stops changes the motion
around it at once; that is found as a peak in how fast the motion changes, and placed where it was.
It guesses no more than that: how strong, how high and on which side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter, uniform_filter1d

from engine.sound.score import Event, Kind

#: Pixels across of the small picture that is watched.
ACROSS = 96
#: Seconds between two events at least: steps come at most so often.
APART = 0.14
#: How far a peak stands out of what is around it, in its median deviations.
STANDS_OUT = 5.0
#: The least change of motion that is an event: share of the picture times share of white.
LEAST = 0.0015
#: Share of the picture that changes in a cut.
CUT = 0.3
#: Seconds around a moment that it is compared with.
AROUND = 1.2


@dataclass(frozen=True)
class Watched:
    """What was seen, a value a frame."""

    #: How much moves, 0 to 1.
    motion: NDArray[np.float64]
    #: How much of it goes down, -1 to 1, and where across it is, -1 to 1.
    falling: NDArray[np.float64]
    across: NDArray[np.float64]
    #: Frames that begin another shot.
    cuts: tuple[int, ...]


def events(frames: Iterable[NDArray[np.uint8]], fps: float) -> tuple[Event, ...]:
    """The events in the frames, (height, width, 3) each, in their order."""
    return tuple(found(watched(frames), fps))


def watched(frames: Iterable[NDArray[np.uint8]]) -> Watched:
    """The motion of the frames; only two small pictures of them are held."""
    before: NDArray[np.float64] | None = None
    mass = np.zeros(2)
    rows: list[tuple[float, float, float]] = []
    cuts = [0]
    for number, frame in enumerate(frames):
        now = _small(frame)
        if before is None or before.shape != now.shape:
            before = now
        change = np.abs(now - before)
        if (change > 0.2).mean() > CUT:
            cuts.append(number)
            change[:] = 0
        # The camera's own motion is everywhere; what stands out of it is somebody's.
        change = np.maximum(change - np.median(change), 0)
        total = float(change.sum())
        centre = _centre(change, total) if total > 0 else mass
        falls = float(centre[0] - mass[0]) if total > 0 else 0.0
        rows.append((total / change.size, falls, float(centre[1])))
        mass, before = centre, now
    values = np.array(rows).reshape(-1, 3)
    return Watched(values[:, 0], values[:, 1], values[:, 2], tuple(cuts))


def found(seen: Watched, fps: float) -> Iterator[Event]:
    """The moments at which the motion changes at once."""
    if len(seen.motion) < 3:
        return
    jerk = np.abs(np.diff(seen.motion, prepend=seen.motion[:1]))
    for cut in seen.cuts:
        jerk[cut : cut + 2] = 0
    size = max(3, round(AROUND * fps) | 1)
    usual = median_filter(jerk, size)
    spread = uniform_filter1d(np.abs(jerk - usual), size)
    over = jerk - usual - STANDS_OUT * np.minimum(spread, np.median(spread) + 1e-9)
    strongest = float(jerk.max())
    last = -np.inf
    for frame in _peaks(np.where((over > 0) & (jerk > LEAST), jerk, 0), round(APART * fps)):
        if (at := frame / fps) - last < APART:
            continue
        last = at
        # Motion that grows is a start, motion that ends is an arrival.
        arrives = seen.motion[frame] <= seen.motion[frame - 1]
        kind = Kind.LAND if arrives else Kind.IMPACT
        pan = float(np.clip(0.8 * seen.across[frame], -0.8, 0.8))
        yield Event(at, kind, 0.35 + 0.65 * float(jerk[frame]) / strongest, pan)


def _small(frame: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The frame in grey, 0 to 1, `ACROSS` pixels wide by averages of blocks."""
    block = max(1, frame.shape[1] // ACROSS)
    rows, columns = frame.shape[0] // block, frame.shape[1] // block
    kept = frame[: rows * block, : columns * block].mean(2)
    return np.asarray(kept.reshape(rows, block, columns, block).mean((1, 3)) / 255)


def _centre(change: NDArray[np.float64], total: float) -> NDArray[np.float64]:
    """Row and column of the change's middle, -1 to 1."""
    rows = np.linspace(-1, 1, change.shape[0]) @ change.sum(1) / total
    columns = np.linspace(-1, 1, change.shape[1]) @ change.sum(0) / total
    return np.array([rows, columns])


def _peaks(values: NDArray[np.float64], apart: int) -> list[int]:
    """Frames that are the highest within `apart` frames on either side."""
    return [
        i
        for i in map(int, np.flatnonzero(values > 0))
        if values[i] >= values[max(0, i - apart) : i + apart + 1].max()
    ]
