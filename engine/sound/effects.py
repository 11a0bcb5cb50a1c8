"""The sounds that happen: feet and wings, splashes, doors, bells, thunder, the beasts' calls.

Each is mono and comes with the sample that belongs on its moment: a whoosh is loudest in its
middle, a thud at its beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.sound import calls
from engine.sound.machines import horn
from engine.sound.score import RATE, Floor, Kind, Mono
from engine.sound.span import Fine, fading, gliding, passed, seconds_of

Dice = np.random.Generator


@dataclass(frozen=True)
class Effect:
    """A sound and where in it its moment is."""

    samples: Mono
    #: The sample that is heard when the thing is seen to happen.
    moment: int = 0


def effect(kind: Kind, floor: Floor, pitch: float, dice: Dice) -> Effect:
    """The effect; `pitch` raises it, `floor` is what is stepped and landed on."""
    if kind in _ON_FLOOR:
        return Effect(_ON_FLOOR[kind](floor, pitch, dice))
    if kind in _LOUDEST_WITHIN:
        samples = _LOUDEST_WITHIN[kind](pitch, dice)
        return Effect(samples, len(samples) // 2)
    return Effect(_AT_ONCE[kind](pitch, dice))


def _hiss(length: float, low: float, high: float, dice: Dice) -> Mono:
    """Noise between two frequencies, about -1 to 1."""
    raw = dice.standard_normal(len(seconds_of(length)) + RATE // 50).astype(np.float32)
    band = passed(raw, low, min(high, RATE / 2))[RATE // 50 :]
    return np.asarray(band / (np.abs(band).max() + 1e-9), np.float32)


def _sine(hertz: Fine) -> Fine:
    return np.asarray(np.sin(2 * np.pi * gliding(hertz)))


def _pulse(hertz: Fine, duty: float = 0.5) -> Fine:
    return np.where(gliding(hertz) % 1 < duty, 1.0, -1.0)


def _mono(samples: Fine | Mono) -> Mono:
    return np.asarray(samples, np.float32)


def _hop(pitch: float, dice: Dice) -> Mono:
    # The leap of a platform game: a pulse that slides up an octave and a half.
    t = seconds_of(0.17)
    slide = 230 * pitch * dice.uniform(0.97, 1.03) * 2 ** (1.5 * (t / 0.17) ** 0.8)
    return _mono(0.4 * _pulse(slide, 0.25) * fading(0.17, 0.09))


def _land(floor: Floor, pitch: float, dice: Dice) -> Mono:
    if floor is Floor.WATER:
        return _splash(pitch, dice)
    t = seconds_of(0.2)
    thud = _sine(pitch * (55 + 120 * np.exp(-t / 0.03))) * fading(0.2, 0.06)
    low, high = _GRIT[floor]
    grit = _hiss(0.09, low, high, dice) * fading(0.09, 0.022, 0.0008)
    thud[: len(grit)] += _GRIT_GAIN[floor] * grit
    return _mono(0.9 * thud)


def _step(floor: Floor, pitch: float, dice: Dice) -> Mono:
    if floor is Floor.WATER:
        return _mono(0.4 * _splash(pitch * 1.5, dice)[: RATE // 6])
    low, high = _GRIT[floor]
    length = 0.11 if floor is Floor.SNOW else 0.07
    grit = _hiss(length, low, high, dice) * fading(length, length / 4, 0.001)
    t = seconds_of(length)
    tap = _sine(pitch * dice.uniform(0.9, 1.1) * (90 + 130 * np.exp(-t / 0.01)))
    return _mono(0.45 * grit + 0.5 * tap * fading(length, 0.02))


#: What is heard of each floor beside the thud, in hertz, and how much of it.
_GRIT: dict[Floor, tuple[float, float]] = {
    Floor.SOFT: (500, 2600),
    Floor.HARD: (1400, 6000),
    Floor.SAND: (2200, 7000),
    Floor.SNOW: (3200, 9500),
    Floor.WATER: (600, 5000),
}
_GRIT_GAIN = {
    Floor.SOFT: 0.4,
    Floor.HARD: 0.5,
    Floor.SAND: 0.6,
    Floor.SNOW: 0.7,
    Floor.WATER: 1.0,
}


def _flap(pitch: float, dice: Dice) -> Mono:
    puff = _hiss(0.13, 120 * pitch, 900 * pitch, dice)
    t = seconds_of(0.13)
    return _mono(puff * np.sin(np.pi * (t / 0.13) ** 0.5) ** 2)


def _whoosh(pitch: float, dice: Dice) -> Mono:
    length = 0.42
    t = seconds_of(length)
    swell = np.exp(-(((t - length / 2) / 0.085) ** 2))
    # Noise around a tone that passes: it falls as it goes by.
    tone = _sine(pitch * (900 - 520 * t / length))
    air = _hiss(length, 300 * pitch, 2400 * pitch, dice)
    return _mono((0.75 * air + 0.12 * tone) * swell)


def _swish(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.2)
    return _mono(0.6 * _hiss(0.2, 1300 * pitch, 5200 * pitch, dice) * np.sin(np.pi * t / 0.2) ** 3)


def _rattle(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.05)
    tap = _hiss(0.05, 1500 * pitch, 5000, dice) * fading(0.05, 0.008, 0.0005)
    return _mono(0.6 * tap + 0.3 * _sine(260 * pitch + 0 * t) * fading(0.05, 0.014, 0.0005))


def _splash(pitch: float, dice: Dice) -> Mono:
    body = _hiss(0.5, 500, 4200 * min(pitch, 1.6), dice) * fading(0.5, 0.11)
    for _ in range(7):
        start = int(dice.uniform(0.03, 0.33) * RATE)
        length = dice.uniform(0.03, 0.08)
        t = seconds_of(length)
        drop = _sine(pitch * dice.uniform(500, 1400) * (1 + t / length)) * np.sin(
            np.pi * t / length
        )
        body[start : start + len(drop)] += 0.3 * drop[: len(body) - start].astype(np.float32)
    return _mono(body)


def _bubble(pitch: float, dice: Dice) -> Mono:
    length = 0.09
    t = seconds_of(length)
    tone = _sine(pitch * dice.uniform(300, 620) * (1 + 1.2 * t / length))
    return _mono(0.7 * tone * np.sin(np.pi * t / length) ** 0.7)


def _impact(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.4)
    low = _sine(pitch * (48 + 150 * np.exp(-t / 0.025))) * fading(0.4, 0.12)
    crack = _hiss(0.12, 700, 6000, dice) * fading(0.12, 0.03, 0.0005)
    low[: len(crack)] += 0.6 * crack
    return _mono(low)


def _boom(pitch: float, dice: Dice) -> Mono:
    length = 1.8
    t = seconds_of(length)
    rumble = _hiss(length, 30, 400, dice) * fading(length, 0.5, 0.004)
    crack = _hiss(length, 400, 5000, dice) * fading(length, 0.1, 0.001)
    low = _sine(pitch * (34 + 60 * np.exp(-t / 0.12))) * fading(length, 0.45)
    return _mono(0.8 * rumble + 0.5 * crack + 0.7 * low)


def _thunder(pitch: float, dice: Dice) -> Mono:
    length = 2.6
    t = seconds_of(length)
    rolls = sum(
        dice.uniform(0.4, 1) * np.exp(-(((t - at) / 0.16) ** 2)) for at in (0.25, 0.6, 0.95, 1.5)
    )
    crack = _hiss(length, 300, 4500, dice) * fading(length, 0.09, 0.001)
    roll = _hiss(length, 25, 220 * pitch, dice) * (rolls + 0.4 * fading(length, 0.9))
    return _mono(0.6 * crack + 0.8 * roll)


def _door(pitch: float, dice: Dice) -> Mono:
    # The latch, then a hinge that sticks and slips, slower and slower.
    latch = _hiss(0.06, 900, 5000, dice) * fading(0.06, 0.01, 0.0005)
    length = 0.75
    t = seconds_of(length)
    slips = gliding(pitch * (70 - 45 * t / length) * (1 + 0.2 * np.sin(2 * np.pi * 3 * t)))
    creak = np.exp(-9 * (slips % 1)) * np.sin(2 * np.pi * 640 * pitch * t)
    whole = 0.3 * creak * np.sin(np.pi * t / length) ** 0.5
    whole[: len(latch)] += 0.9 * latch
    return _mono(whole)


def _knock(pitch: float, dice: Dice) -> Mono:
    track = np.zeros(round(0.75 * RATE), np.float32)
    for at in (0.0, 0.2, 0.4):
        t = seconds_of(0.14)
        knock = _sine(pitch * dice.uniform(0.95, 1.05) * (170 + 120 * np.exp(-t / 0.006)))
        knock *= fading(0.14, 0.032, 0.0008)
        start = round(at * RATE)
        track[start : start + len(knock)] += knock.astype(np.float32)
    return track


def _bell(pitch: float, dice: Dice) -> Mono:
    length = 1.8
    t = seconds_of(length)
    # Hum, prime, tierce, quint, nominal: the partials that make a church bell's minor chime.
    tone = sum(
        gain * np.sin(2 * np.pi * 520 * pitch * ratio * t) * np.exp(-t / fall)
        for ratio, gain, fall in (
            (0.5, 0.5, 1.1),
            (1, 1, 0.8),
            (1.19, 0.6, 0.6),
            (1.5, 0.4, 0.5),
            (2, 0.7, 0.4),
            (2.74, 0.3, 0.2),
        )
    )
    return _mono(0.3 * tone * fading(length, 3))


def _glass(pitch: float, dice: Dice) -> Mono:
    length = 0.9
    t = seconds_of(length)
    whole = 0.5 * _hiss(length, 2500, 12000, dice) * fading(length, 0.05, 0.0005)
    for _ in range(14):
        start = int(dice.exponential(0.12) * RATE)
        shard = np.sin(2 * np.pi * pitch * dice.uniform(2600, 7500) * t) * np.exp(-t / 0.06)
        if start < len(whole):
            whole[start:] += 0.16 * shard[: len(whole) - start].astype(np.float32)
    return _mono(whole * np.clip((length - t) / 0.05, 0, 1))


def _siren(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(1.6)
    tone = _pulse(pitch * np.where((t / 0.4).astype(int) % 2, 580, 435), 0.4)
    return passed(_mono(0.35 * tone * np.clip(np.minimum(t, 1.6 - t) / 0.02, 0, 1)), 0, 2400)


def _laser(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.28)
    return _mono(0.5 * _pulse(pitch * (220 + 2200 * np.exp(-t / 0.06)), 0.3) * fading(0.28, 0.12))


def _phone(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.9)
    warble = np.where((t * 22).astype(int) % 2, 1480.0, 1180.0)
    ring = ((t % 0.5) < 0.36).astype(float)
    return _mono(0.35 * _pulse(pitch * warble) * ring * np.clip((0.9 - t) / 0.02, 0, 1))


def _clap(pitch: float, dice: Dice) -> Mono:
    length = 1.3
    track = np.zeros(round(length * RATE), np.float32)
    for number in range(34):
        start = 0 if number == 0 else int(dice.uniform(0, length - 0.06) * RATE)
        clap = _hiss(0.05, 800 * pitch, 3800, dice) * fading(0.05, 0.011, 0.0006)
        track[start : start + len(clap)] += (0.8 if number == 0 else 0.35) * clap
    return track


def _whistle(pitch: float, dice: Dice) -> Mono:
    t = seconds_of(0.6)
    tone = _sine(pitch * (2250 + 40 * np.sign(np.sin(2 * np.pi * 28 * t))))
    return _mono(0.5 * tone * np.clip(np.minimum(t, 0.6 - t) / 0.02, 0, 1))


def _arpeggio(notes: tuple[int, ...], every: float, fall: float, pitch: float) -> Mono:
    """Pulses on these semitones above A5, one after the other, each ringing on."""
    length = every * len(notes) + 3 * fall
    track = np.zeros(round(length * RATE), np.float32)
    for number, semitone in enumerate(notes):
        t = seconds_of(3 * fall)
        tone = _pulse(pitch * 880 * 2 ** (semitone / 12) + 0 * t, 0.25) * fading(3 * fall, fall)
        start = round(number * every * RATE)
        track[start : start + len(tone)] += 0.3 * tone[: len(track) - start].astype(np.float32)
    return track


def _magic(pitch: float, dice: Dice) -> Mono:
    return _arpeggio((0, 4, 7, 12, 16, 19, 24), 0.055, 0.16, pitch)


def _coin(pitch: float, dice: Dice) -> Mono:
    return _arpeggio((2, 7), 0.07, 0.16, pitch)


def _beep(pitch: float, dice: Dice) -> Mono:
    return _arpeggio((0, 0), 0.13, 0.06, pitch)


def _click(pitch: float, dice: Dice) -> Mono:
    return _mono(0.8 * _hiss(0.04, 1800 * pitch, 9000, dice) * fading(0.04, 0.006, 0.0003))


def _horn(pitch: float, dice: Dice) -> Mono:
    return horn(0.5)


_ON_FLOOR: dict[Kind, Callable[[Floor, float, Dice], Mono]] = {Kind.LAND: _land, Kind.STEP: _step}
_LOUDEST_WITHIN: dict[Kind, Callable[[float, Dice], Mono]] = {
    Kind.WHOOSH: _whoosh,
    Kind.SWISH: _swish,
    Kind.FLAP: _flap,
}
_AT_ONCE: dict[Kind, Callable[[float, Dice], Mono]] = {
    Kind.HOP: _hop,
    Kind.RATTLE: _rattle,
    Kind.SPLASH: _splash,
    Kind.BUBBLE: _bubble,
    Kind.IMPACT: _impact,
    Kind.BOOM: _boom,
    Kind.THUNDER: _thunder,
    Kind.DOOR: _door,
    Kind.KNOCK: _knock,
    Kind.BELL: _bell,
    Kind.GLASS: _glass,
    Kind.HORN: _horn,
    Kind.SIREN: _siren,
    Kind.LASER: _laser,
    Kind.PHONE: _phone,
    Kind.CLAP: _clap,
    Kind.WHISTLE: _whistle,
    Kind.MAGIC: _magic,
    Kind.COIN: _coin,
    Kind.CLICK: _click,
    Kind.BEEP: _beep,
    **calls.CALLS,
}
