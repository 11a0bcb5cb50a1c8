"""The instruments of the tune: the waves of old game machines, and drums made of noise.

Waves are drawn from tables that hold no harmonic above what can be heard, so that they don't
whistle as naive ones do.
"""

from enum import StrEnum
from functools import cache

import numpy as np

from engine.sound.score import RATE, Mono
from engine.sound.span import Fine, fading, gliding, passed, seconds_of

_TABLE = 2048
#: Harmonics end here, hertz.
_HIGHEST = 15_000.0


class Wave(StrEnum):
    """The shape of a voice."""

    PULSE = "pulse"
    SQUARE = "square"
    TRIANGLE = "triangle"
    SAW = "saw"
    SINE = "sine"


class Drum(StrEnum):
    """A drum, or what stands for one."""

    KICK = "kick"
    SNARE = "snare"
    HAT = "hat"
    OPEN_HAT = "open hat"
    CRASH = "crash"
    TICK = "tick"


def note(wave: Wave, hertz: float, length: float, *, fall: float, vibrato: float = 0.0) -> Mono:
    """A note of `length` seconds that falls to a third in `fall`; vibrato is a share of pitch."""
    t = seconds_of(length + 0.03)
    # Vibrato comes in late, as a hand would bring it.
    bend = 1 + vibrato * np.sin(2 * np.pi * 6 * t) * np.clip(t / 0.3 - 0.5, 0, 1)
    turns = hertz * t if vibrato == 0 else gliding(hertz * bend)
    tone = _looked_up(_table(wave, max(1, int(_HIGHEST / hertz))), turns)
    release = np.clip((length + 0.03 - t) / 0.03, 0, 1) * np.clip(t / 0.003, 0, 1)
    return np.asarray(tone * np.exp(-t / fall) * release, np.float32)


@cache
def drum(kind: Drum) -> Mono:
    """One hit, always the same."""
    dice = np.random.default_rng(5)
    if kind is Drum.KICK:
        t = seconds_of(0.28)
        body = np.sin(2 * np.pi * gliding(46 + 190 * np.exp(-t / 0.028)))
        return np.asarray(body * fading(0.28, 0.11, 0.001), np.float32)
    length, fall, low = _NOISES[kind]
    noise = dice.standard_normal(len(seconds_of(length))).astype(np.float32)
    hit = passed(noise, low, RATE / 2) * fading(length, fall, 0.0006) * np.float32(0.5)
    if kind is Drum.SNARE:
        t = seconds_of(length)
        hit += (0.6 * np.sin(2 * np.pi * 185 * t) * fading(length, 0.05, 0.001)).astype(np.float32)
    return np.asarray(hit, np.float32)


#: Length and fall in seconds, and where the noise begins in hertz.
_NOISES: dict[Drum, tuple[float, float, float]] = {
    Drum.SNARE: (0.22, 0.06, 1400),
    Drum.HAT: (0.06, 0.014, 7000),
    Drum.OPEN_HAT: (0.22, 0.07, 6500),
    Drum.CRASH: (1.6, 0.45, 3500),
    Drum.TICK: (0.03, 0.006, 4000),
}


def riser(length: float) -> Mono:
    """Noise and a tone that climb for `length` seconds, and stop."""
    t = seconds_of(length)
    share = t / length
    noise = np.random.default_rng(6).standard_normal(len(t)).astype(np.float32)
    air = passed(noise, 1200, 9000) * share**2
    tone = np.sin(2 * np.pi * gliding(180 * 2 ** (3 * share))) * share**1.5
    return np.asarray((0.35 * air + 0.3 * tone) * np.clip((length - t) / 0.01, 0, 1), np.float32)


@cache
def _table(wave: Wave, harmonics: int) -> Fine:
    turn = np.arange(_TABLE) / _TABLE
    k = np.arange(1, min(harmonics, 80) + 1)[:, None]
    if wave is Wave.SINE:
        return np.sin(2 * np.pi * turn)
    if wave is Wave.TRIANGLE:
        odd = k[::2]
        signs = np.where((odd // 2) % 2, -1.0, 1.0)
        return np.asarray((signs * np.sin(2 * np.pi * odd * turn) / odd**2).sum(0) * 0.8)
    if wave is Wave.SAW:
        return np.asarray((np.sin(2 * np.pi * k * turn) / k).sum(0) * 0.6)
    duty = 0.5 if wave is Wave.SQUARE else 0.25
    # The Fourier series of a pulse of this duty.
    strength = 2 * np.sin(np.pi * k * duty) / (np.pi * k)
    return np.asarray((strength * np.cos(2 * np.pi * k * (turn - duty / 2))).sum(0) * 0.9)


def _looked_up(table: Fine, turns: Fine) -> Fine:
    return np.asarray(table[(turns * _TABLE).astype(np.int64) % _TABLE])
