"""What animals say: a voice's pitch and its two formants over time, drawn as harmonics.

The figures are by ear, for toys: a bark is recognised, not mistaken for a dog.
"""

from collections.abc import Callable

import numpy as np

from engine.sound.score import RATE, Kind, Mono
from engine.sound.span import Fine, gliding, passed, seconds_of

Curve = tuple[tuple[float, float], ...]
"""(share of the length, value) pairs, in order."""


def _voice(
    length: float,
    pitch: Curve,
    formants: tuple[Curve, ...],
    loud: Curve,
    *,
    rough: float = 0.0,
    dice: np.random.Generator,
) -> Mono:
    """Harmonics of `pitch` (hertz), each as strong as the formants (hertz) near it make it."""
    t = seconds_of(length)
    share = t / length
    hertz = _drawn(pitch, share)
    growl = 1 + rough * np.sin(2 * np.pi * 31 * t + 3 * np.sin(2 * np.pi * 7 * t))
    phase = gliding(hertz * (1 + 0.012 * np.sin(2 * np.pi * 6.5 * t)))
    centres = [_drawn(formant, share) for formant in formants]
    out = np.zeros(len(t))
    for k in range(1, min(24, int(9000 / hertz.min())) + 1):
        near = sum(1 / (1 + ((k * hertz - c) / (0.16 * c)) ** 2) for c in centres)
        out += np.where(k * hertz < RATE / 2, near / k**0.3, 0) * np.sin(2 * np.pi * k * phase)
    out = out * growl + rough * np.abs(out) * dice.standard_normal(len(t))
    out *= _drawn(loud, share)
    return np.asarray(out / (np.abs(out).max() + 1e-9) * 0.8, np.float32)


def _drawn(curve: Curve, share: Fine) -> Fine:
    """The curve's value at each share of the length."""
    return np.interp(share, [at for at, _ in curve], [value for _, value in curve])


_PEAK: Curve = ((0, 0), (0.04, 1), (0.5, 0.7), (1, 0))


def _scaled(curve: Curve, by: float) -> Curve:
    return tuple((share, value * by) for share, value in curve)


def _twice(call: Mono, gap: float) -> Mono:
    track = np.zeros(len(call) + round(gap * RATE), np.float32)
    track[: len(call)] += call
    track[-len(call) :] += 0.85 * call
    return track


def _bark(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 260), (0.25, 430), (1, 210)), pitch)
    mouth = (((0, 500), (0.3, 900), (1, 550)), ((0, 1300), (0.3, 1700), (1, 1200)))
    return _twice(_voice(0.17, sings, mouth, _PEAK, rough=0.35, dice=dice), 0.26)


def _meow(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 480), (0.35, 690), (0.7, 640), (1, 430)), pitch)
    mouth = (
        ((0, 450), (0.25, 700), (0.6, 1050), (1, 480)),
        ((0, 2500), (0.3, 2300), (0.6, 1700), (1, 900)),
    )
    loud: Curve = ((0, 0), (0.08, 0.8), (0.5, 1), (1, 0))
    return _voice(0.62, sings, mouth, loud, rough=0.02, dice=dice)


def _chirp(pitch: float, dice: np.random.Generator) -> Mono:
    track = np.zeros(round(0.42 * RATE), np.float32)
    for number in range(3):
        t = seconds_of(0.085)
        tone = np.sin(2 * np.pi * gliding(pitch * (2700 + 1500 * np.sin(np.pi * t / 0.085))))
        note = 0.7 * tone * np.sin(np.pi * t / 0.085) ** 0.6
        start = round(number * 0.13 * RATE)
        track[start : start + len(note)] += note.astype(np.float32)
    return track


def _quack(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 290), (0.2, 265), (1, 190)), pitch)
    mouth = (((0, 800), (0.3, 1100), (1, 750)), ((0, 2300), (1, 1900)))
    return _twice(_voice(0.2, sings, mouth, _PEAK, rough=0.5, dice=dice), 0.27)


def _croak(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 95), (0.5, 120), (1, 160)), pitch)
    mouth = (((0, 420), (0.6, 650), (1, 900)), ((0, 1250), (1, 1900)))
    loud: Curve = ((0, 0), (0.05, 0.8), (0.4, 0.4), (0.5, 1), (1, 0))
    return _voice(0.34, sings, mouth, loud, rough=0.3, dice=dice)


def _hoot(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 330), (0.2, 385), (1, 345)), pitch)
    loud: Curve = ((0, 0), (0.1, 1), (0.6, 0.9), (1, 0))
    return _twice(_voice(0.3, sings, (((0, 380), (1, 380)),), loud, dice=dice), 0.4)


def _roar(pitch: float, dice: np.random.Generator) -> Mono:
    sings = _scaled(((0, 70), (0.25, 125), (1, 55)), pitch)
    mouth = (((0, 350), (0.3, 650), (1, 300)), ((0, 900), (0.3, 1300), (1, 800)))
    loud: Curve = ((0, 0), (0.06, 0.9), (0.4, 1), (1, 0))
    return _voice(1.1, sings, mouth, loud, rough=0.8, dice=dice)


def _neigh(pitch: float, dice: np.random.Generator) -> Mono:
    shakes = tuple((i / 24, (900 - 480 * i / 24) * (1.12 if i % 2 else 0.9)) for i in range(25))
    mouth = (((0, 1400), (1, 800)), ((0, 2600), (1, 1900)))
    loud: Curve = ((0, 0), (0.05, 1), (0.6, 0.7), (1, 0))
    return _voice(0.85, _scaled(shakes, pitch), mouth, loud, rough=0.15, dice=dice)


CALLS: dict[Kind, Callable[[float, np.random.Generator], Mono]] = {
    Kind.BARK: _bark,
    Kind.MEOW: _meow,
    Kind.CHIRP: _chirp,
    Kind.QUACK: _quack,
    Kind.CROAK: _croak,
    Kind.HOOT: _hoot,
    Kind.ROAR: lambda pitch, dice: passed(_roar(pitch, dice), 0, 3200),
    Kind.NEIGH: _neigh,
}
