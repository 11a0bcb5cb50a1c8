"""A stretch of the film's clock as samples, and the few tools that noises are made with.

What is random comes from the clock: noise and scattered moments are drawn second by second, so
that a span that starts later in the film hears exactly what an earlier one would have heard there.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from engine.sound.score import RATE, Mono, Stereo

Fine = np.ndarray[tuple[int], np.dtype[np.float64]]
"""Shape (n,), in double precision: phases of long films lose themselves in single."""

#: Seconds before a span that filters run through, so that they have settled when it begins.
SETTLE = 0.25


@dataclass(frozen=True)
class Span:
    """`count` samples from `start` seconds on the film's clock."""

    start: float
    count: int
    seed: int

    @property
    def first(self) -> int:
        """The first sample's number on the clock."""
        return round(self.start * RATE)

    def clock(self) -> Fine:
        """The seconds on the clock of each sample, (n,)."""
        return (self.first + np.arange(self.count)) / RATE

    def noise(self, name: str, *, channels: int = 2, settle: float = 0.0) -> Stereo:
        """White noise of deviation 1, (channels, n), with `settle` seconds more before it."""
        first = self.first - round(settle * RATE)
        last = self.first + self.count
        seconds = range(first // RATE, -(-last // RATE))
        pieces = [
            self._dice(name, second).standard_normal((channels, RATE), np.float32)
            for second in seconds
        ]
        whole = np.concatenate(pieces, 1)
        offset = first - seconds.start * RATE
        return whole[:, offset : offset + last - first]

    def band(self, name: str, low: float, high: float, *, channels: int = 2) -> Stereo:
        """Noise between two frequencies in hertz, of deviation about 1."""
        raw = self.noise(name, channels=channels, settle=SETTLE)
        kept = passed(raw, low, high)[:, -self.count :]
        return np.asarray(kept * np.sqrt(RATE / 2 / (high - low)), np.float32)

    def scattered(
        self, name: str, rate: float, *, tail: float = 2.0
    ) -> Iterator[tuple[int, np.random.Generator]]:
        """Moments at random, `rate` a second, as samples from the span's beginning.

        Each with its own dice. Those up to `tail` seconds before the span come too, with negative
        numbers: what began then may still be heard.
        """
        first, last = self.first / RATE - tail, (self.first + self.count) / RATE
        for second in range(int(np.floor(first)), int(np.ceil(last))):
            dice = self._dice(name, second)
            for _ in range(int(dice.poisson(rate))):
                at = second + dice.random()
                own = np.random.default_rng(dice.integers(2**32))
                if first <= at < last:
                    yield round(at * RATE) - self.first, own

    def slow(self, name: str, period: float) -> Mono:
        """A smooth wander between 0 and 1 that turns about every `period` seconds."""
        t = self.clock() / period
        knots = np.arange(int(np.floor(t[0])), int(np.floor(t[-1])) + 3)
        values = np.array([self._dice(name, int(k)).random() for k in knots])
        share = t - knots[0]
        whole = share.astype(int)
        ease = (1 - np.cos(np.pi * (share - whole))) / 2
        return np.asarray(values[whole] * (1 - ease) + values[whole + 1] * ease, np.float32)

    def _dice(self, name: str, second: int) -> np.random.Generator:
        return np.random.default_rng((self.seed, zlib.crc32(name.encode()), second + 1_000_000))


def passed(samples: Stereo, low: float, high: float) -> Stereo:
    """What lies between two frequencies in hertz; 0 and RATE / 2 leave that side open."""
    if low <= 0:
        sos = butter(2, high, "lowpass", fs=RATE, output="sos")
    elif high >= RATE / 2:
        sos = butter(2, low, "highpass", fs=RATE, output="sos")
    else:
        sos = butter(1, (low, high), "bandpass", fs=RATE, output="sos")
    return np.asarray(sosfilt(sos.astype(np.float32), samples), np.float32)


def panned(mono: Mono, pan: float) -> Stereo:
    """Mono placed from -1 (left) to 1 (right), equally loud everywhere."""
    angle = (np.clip(pan, -1, 1) + 1) * np.pi / 4
    gains = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return gains[:, None] * mono


def put(track: Stereo, sound: Stereo, at: int, gain: float = 1.0) -> None:
    """Add `sound` to the track from sample `at`; what lies outside is left out."""
    first, last = max(at, 0), min(at + sound.shape[1], track.shape[1])
    if first < last:
        track[:, first:last] += gain * sound[:, first - at : last - at]


def seconds_of(length: float) -> Fine:
    """The seconds from 0 to `length`, a sample each."""
    return np.arange(max(1, round(length * RATE))) / RATE


def fading(length: float, fall: float, attack: float = 0.002) -> Mono:
    """An envelope that rises at once and falls to a third every `fall` seconds, to nothing."""
    t = seconds_of(length)
    end = np.clip((length - t) / min(0.02, length / 4), 0, 1)
    return np.asarray(np.exp(-t / fall) * np.clip(t / attack, 0, 1) * end, np.float32)


def gliding(hertz: Fine) -> Fine:
    """The phase, in turns, of something that has these frequencies."""
    return np.cumsum(hertz) / RATE
