"""The sounds of places and weather that go on: wind, rain, sea, birds, a city, the moon.

Each is a function from a span of the clock to samples, (2, n), with a deviation of some 0.1.
"""

from collections.abc import Callable

import numpy as np

from engine.sound import machines
from engine.sound.score import RATE, Bed, Mono, Stereo
from engine.sound.span import Span, fading, gliding, panned, passed, put, seconds_of


def bed(kind: Bed, span: Span) -> Stereo:
    """The bed over the span."""
    return _BEDS[kind](span)


def _silence(span: Span) -> Stereo:
    return np.zeros((2, span.count), np.float32)


def _wind(span: Span) -> Stereo:
    gust = 0.35 + 0.65 * span.slow("gust", 1.7)
    low = span.band("wind", 120, 420) * gust
    # Two narrow bands that come and go: the whistle around corners.
    high = span.band("whistle", 560, 640) * span.slow("whistle", 1.1) ** 2
    higher = span.band("whistle 2", 880, 960) * span.slow("whistle 2", 0.9) ** 3
    return np.asarray(0.13 * low + 0.05 * high + 0.03 * higher, np.float32)


def _leaves(span: Span) -> Stereo:
    rustle = 0.25 + 0.75 * span.slow("rustle", 0.8) ** 2
    return np.asarray(0.055 * span.band("leaves", 2200, 7000) * rustle, np.float32)


def _rain(span: Span) -> Stereo:
    shower = 0.8 + 0.2 * span.slow("shower", 1.3)
    track = 0.075 * span.band("rain", 1100, 9000) * shower
    track += 0.03 * span.band("rain far", 200, 800)
    for at, dice in span.scattered("drop", 34, tail=0.1):
        put(track, panned(_drop(dice), dice.uniform(-1, 1)), at, dice.uniform(0.05, 0.22))
    return np.asarray(track, np.float32)


def _drop(dice: np.random.Generator) -> Mono:
    t = seconds_of(0.03)
    pitch = dice.uniform(1500, 4200)
    tone = np.sin(2 * np.pi * pitch * t * (1 + 4 * t))
    return np.asarray(tone * fading(0.03, 0.006, 0.0005), np.float32)


def _tin_rain(span: Span) -> Stereo:
    track = 0.03 * span.band("tin rain", 1500, 9000) + 0.04 * span.band("roof", 180, 500)
    for at, dice in span.scattered("tin drop", 60, tail=0.2):
        put(track, panned(_ping(dice), dice.uniform(-0.9, 0.9)), at, dice.exponential(0.08))
    return np.asarray(track, np.float32)


def _ping(dice: np.random.Generator) -> Mono:
    t = seconds_of(0.14)
    # The partials of a struck plate are no multiples of its lowest.
    pitch = dice.uniform(620, 1500)
    tone = sum(np.sin(2 * np.pi * pitch * r * t) / (i + 1) for i, r in enumerate((1, 2.76, 5.4)))
    return np.asarray(tone * fading(0.14, 0.028, 0.0004), np.float32)


def _sea(span: Span) -> Stereo:
    t = span.clock()
    track = 0.05 * span.band("deep", 60, 260)
    for number, (period, ahead) in enumerate(((6.3, 0.0), (4.1, 0.45))):
        # A wave comes in slowly and breaks into foam.
        phase = (t / period + ahead) % 1
        swell = np.where(phase < 0.6, (phase / 0.6) ** 2.2, ((1 - phase) / 0.4) ** 1.3)
        foam = span.band(f"foam {number}", 500, 5200) * swell
        side = panned(np.ones(1, np.float32), -0.4 + 0.8 * number) * 1.2
        track += 0.11 / (number + 1) * foam * side
    return np.asarray(track, np.float32)


def _gulls(span: Span) -> Stereo:
    track = _silence(span)
    for at, dice in span.scattered("gull", 0.55, tail=1.5):
        place = dice.uniform(-0.8, 0.8)
        for call in range(int(dice.integers(2, 5))):
            put(track, panned(_gull(dice), place), at + round(call * 0.24 * RATE), 0.12)
    return track


def _gull(dice: np.random.Generator) -> Mono:
    t = seconds_of(0.2)
    top = dice.uniform(1150, 1500)
    hertz = top * (1 - 0.35 * (t / 0.2) ** 2) * np.clip(0.75 + t / 0.06, 0, 1)
    phase = gliding(hertz)
    voice = np.sin(2 * np.pi * phase) + 0.6 * np.sin(4 * np.pi * phase + 1)
    return np.asarray(voice * np.sin(np.pi * t / 0.2) ** 0.6, np.float32)


def _birds(span: Span) -> Stereo:
    track = _silence(span)
    for at, dice in span.scattered("bird", 1.5, tail=1.5):
        place, pitch = dice.uniform(-1, 1), dice.uniform(2300, 4600)
        gap, shape = dice.uniform(0.07, 0.16), int(dice.integers(4))
        far = dice.uniform(0.03, 0.12)
        for number in range(int(dice.integers(2, 7))):
            note = _chirp(pitch * dice.uniform(0.95, 1.05), gap * 0.8, shape)
            put(track, panned(note, place), at + round(number * gap * RATE), far)
    return track


def _chirp(pitch: float, length: float, shape: int) -> Mono:
    t = seconds_of(length)
    share = t / length
    sweep = (share, 1 - share, np.sin(np.pi * share), np.sin(9 * np.pi * share) * 0.4)[shape]
    tone = np.sin(2 * np.pi * gliding(pitch * (1 + 0.35 * sweep)))
    return np.asarray(tone * np.sin(np.pi * share) ** 1.5, np.float32)


def _crickets(span: Span) -> Stereo:
    t = span.clock()
    track = _silence(span)
    for number, (pitch, rate, place) in enumerate(
        ((4150, 1.55, -0.6), (4520, 1.32, 0.5), (3720, 1.13, 0.1))
    ):
        chirping = (t * rate + number * 0.37) % 1
        trill = np.clip(np.sin(2 * np.pi * t * 31 + number), 0, 1)
        gate = np.clip((0.42 - chirping) * 30, 0, 1) * np.clip(chirping * 30, 0, 1)
        tone = np.sin(2 * np.pi * pitch * t) * trill * gate
        track += panned(tone.astype(np.float32), place) * np.float32(0.06)
    return track


def _owls(span: Span) -> Stereo:
    track = _silence(span)
    for at, dice in span.scattered("owl", 0.28, tail=1.5):
        place = dice.uniform(-0.8, 0.8)
        for gap in (0.0, 0.42, 0.6):
            t = seconds_of(0.24)
            tone = np.sin(2 * np.pi * gliding(390 * (1 - 0.08 * t / 0.24)))
            hoot = (tone * np.sin(np.pi * t / 0.24)).astype(np.float32)
            put(track, panned(hoot, place), at + round(gap * RATE), 0.13)
    return track


def _frost(span: Span) -> Stereo:
    hush = 0.05 * span.band("hush", 300, 1400) * (0.5 + 0.5 * span.slow("hush", 1.9))
    track = np.asarray(hush, np.float32)
    for at, dice in span.scattered("crystal", 2.2, tail=1.2):
        t = seconds_of(0.9)
        pitch = 2093 * 2 ** (dice.choice([0, 2, 4, 7, 9, 12]) / 12)
        tone = np.sin(2 * np.pi * pitch * t) + 0.4 * np.sin(2 * np.pi * pitch * 2.01 * t)
        bell = (tone * fading(0.9, 0.16)).astype(np.float32)
        put(track, panned(bell, dice.uniform(-1, 1)), at, dice.uniform(0.01, 0.05))
    return track


def _stream(span: Span) -> Stereo:
    track = np.asarray(0.05 * span.band("stream", 500, 3000), np.float32)
    for at, dice in span.scattered("gurgle", 26, tail=0.2):
        bubble = _bubble(dice, 500, 1500)
        put(track, panned(bubble, dice.uniform(-0.7, 0.7)), at, dice.uniform(0.02, 0.12))
    return track


def _bubble(dice: np.random.Generator, low: float, high: float) -> Mono:
    length = dice.uniform(0.05, 0.12)
    t = seconds_of(length)
    tone = np.sin(2 * np.pi * gliding(dice.uniform(low, high) * (1 + 1.1 * t / length)))
    return np.asarray(tone * np.sin(np.pi * t / length), np.float32)


def _fire(span: Span) -> Stereo:
    flicker = 0.5 + 0.5 * span.slow("flicker", 0.25)
    track = np.asarray(0.09 * span.band("fire", 80, 500) * flicker, np.float32)
    for at, dice in span.scattered("crackle", 22, tail=0.1):
        click = dice.standard_normal(round(0.012 * RATE)) * fading(0.012, 0.003, 0.0003)
        place = dice.uniform(-0.8, 0.8)
        put(track, panned(click.astype(np.float32), place), at, dice.exponential(0.09))
    return track


def _city(span: Span) -> Stereo:
    track = np.asarray(0.1 * span.band("traffic", 50, 240), np.float32)
    track += 0.018 * span.band("street", 500, 2500)
    for at, dice in span.scattered("car", 0.45, tail=3.0):
        length, way = dice.uniform(1.6, 2.6), dice.choice([-1, 1])
        t = seconds_of(length)
        tyres = dice.standard_normal(len(t)).astype(np.float32)
        near = np.exp(-(((t - length / 2) / (length / 6)) ** 2))
        mono = passed((tyres * near).astype(np.float32), 250, 1300)
        angle = (1 + way * np.clip((t - length / 2) / (length / 4), -1, 1)) * np.pi / 4
        both = np.stack([np.cos(angle), np.sin(angle)]).astype(np.float32) * mono
        put(track, both, at, 0.3)
    for at, dice in span.scattered("far horn", 0.16, tail=1.0):
        put(track, panned(machines.horn(0.35), dice.uniform(-0.9, 0.9)), at, 0.02)
    return track


def _crowd(span: Span) -> Stereo:
    track = _silence(span)
    for number, (low, high) in enumerate(((250, 450), (420, 700), (900, 1500))):
        talk = 0.2 + span.slow(f"talk {number}", 0.14) * span.slow(f"talks {number}", 0.5)
        track += 0.05 * span.band(f"crowd {number}", low, high) * talk
    return track


def _underwater(span: Span) -> Stereo:
    t = span.clock()
    sway = 0.7 + 0.3 * np.sin(2 * np.pi * t / 3.1)
    track = np.asarray(0.16 * span.band("depth", 40, 190) * sway, np.float32)
    for at, dice in span.scattered("bubbles", 1.1, tail=1.5):
        place, gap = dice.uniform(-0.8, 0.8), dice.uniform(0.06, 0.11)
        for number in range(int(dice.integers(2, 7))):
            bubble = _bubble(dice, 260, 700)
            put(track, panned(bubble, place), at + round(number * gap * RATE), 0.09)
    return track


def _space(span: Span) -> Stereo:
    t = span.clock()
    low = [np.sin(2 * np.pi * hertz * t) for hertz in (55.0, 55.37, 82.6, 110.4)]
    left, right = low[0] + 0.5 * low[2], low[1] + 0.4 * low[3]
    track = np.asarray(0.055 * np.stack([left, right]), np.float32)
    track += 0.02 * span.band("solar", 300, 700) * span.slow("solar", 1.4)
    for at, dice in span.scattered("telemetry", 0.7, tail=0.4):
        t_beep = seconds_of(0.09)
        tone = np.sin(2 * np.pi * dice.choice([1318.5, 1760.0, 1975.5]) * t_beep)
        blip = (tone * np.sin(np.pi * t_beep / 0.09)).astype(np.float32)
        put(track, panned(blip, dice.uniform(-1, 1)), at, 0.022)
    return track


_BEDS: dict[Bed, Callable[[Span], Stereo]] = {
    Bed.WIND: _wind,
    Bed.LEAVES: _leaves,
    Bed.RAIN: _rain,
    Bed.TIN_RAIN: _tin_rain,
    Bed.SEA: _sea,
    Bed.GULLS: _gulls,
    Bed.BIRDS: _birds,
    Bed.CRICKETS: _crickets,
    Bed.OWLS: _owls,
    Bed.FROST: _frost,
    Bed.STREAM: _stream,
    Bed.FIRE: _fire,
    Bed.CITY: _city,
    Bed.CROWD: _crowd,
    Bed.UNDERWATER: _underwater,
    Bed.SPACE: _space,
    Bed.ENGINE: machines.engine,
    Bed.TRAIN: machines.train,
    Bed.JET: machines.jet,
    Bed.SAUCER: machines.saucer,
    Bed.COMPUTER: machines.computer,
    Bed.CLOCK: machines.ticking,
    Bed.HEART: machines.heart,
}
