"""What runs: engines, a train, a jet, a flying saucer, a computer, a clock, a heart."""

import numpy as np

from engine.sound.score import RATE, Mono, Stereo
from engine.sound.span import Span, fading, gliding, panned, put, seconds_of


def engine(span: Span) -> Stereo:
    """A small motor: a few harmonics of its firing, uneven as they are, and its breath."""
    t = span.clock()
    speed = 31 * t + 0.12 * np.sin(2 * np.pi * 0.7 * t) + 0.02 * np.sin(2 * np.pi * 5.3 * t)
    tone = sum(np.sin(2 * np.pi * k * speed + k * k) / k for k in (1, 2, 3, 4, 6))
    breath = span.band("motor", 90, 500, channels=1)[0] * (0.6 + 0.4 * np.sin(2 * np.pi * speed))
    return panned(np.asarray(0.06 * tone + 0.05 * breath, np.float32), 0) * np.float32(1.2)


def train(span: Span) -> Stereo:
    """Chuffs, four a second, the first of each four the strongest, over a rumble."""
    t = span.clock()
    chuff = (t * 4) % 1
    strength = np.where((t * 4).astype(int) % 4 == 0, 1.0, 0.6)
    steam = span.band("steam", 350, 2600) * np.exp(-chuff * 6) * strength
    return np.asarray(0.1 * steam + 0.08 * span.band("rails", 40, 130), np.float32)


def jet(span: Span) -> Stereo:
    """A roar that never stops and the thin tone of its turbine."""
    t = span.clock()
    roar = 0.1 * span.band("roar", 70, 700) + 0.03 * span.band("jet", 900, 4500)
    turbine = np.sin(2 * np.pi * (1730 * t + 0.3 * np.sin(2 * np.pi * 0.4 * t)))
    return np.asarray(roar + 0.012 * turbine, np.float32)


def saucer(span: Span) -> Stereo:
    """The wobbling tone that every flying saucer makes."""
    t = span.clock()
    wobble = np.sin(2 * np.pi * 5.2 * t)
    phase = 420 * t + 34 / 5.2 * wobble * 0.3 + 18 * np.sin(2 * np.pi * 0.31 * t)
    tone = np.sin(2 * np.pi * phase) + 0.35 * np.sin(4 * np.pi * phase)
    side = 0.4 * np.sin(2 * np.pi * 0.6 * t)
    gain = 0.075 * (0.8 + 0.2 * wobble)
    return np.asarray(np.stack([tone * gain * (1 - side), tone * gain * (1 + side)]), np.float32)


def computer(span: Span) -> Stereo:
    """Blips of a thinking robot."""
    track = np.zeros((2, span.count), np.float32)
    for at, dice in span.scattered("thought", 3.2, tail=0.3):
        t = seconds_of(0.07)
        tone = np.sign(np.sin(2 * np.pi * 110 * 2 ** (dice.integers(24, 42) / 12) * t))
        blip = (tone * fading(0.07, 0.05)).astype(np.float32)
        put(track, panned(blip, dice.uniform(-0.3, 0.3)), at, 0.035)
    return track


def ticking(span: Span) -> Stereo:
    """A clock: two ticks a second, tick and tock."""
    track = np.zeros((2, span.count), np.float32)
    for half in range(int(span.start * 2) - 1, int((span.first + span.count) / RATE * 2) + 1):
        t = seconds_of(0.04)
        pitch = 2600 if half % 2 else 2100
        tick = (np.sin(2 * np.pi * pitch * t) * fading(0.04, 0.006, 0.0003)).astype(np.float32)
        put(track, panned(tick, 0), round(half / 2 * RATE) - span.first, 0.25)
    return track


def heart(span: Span) -> Stereo:
    """A heart at rest: two low beats, 66 times a minute."""
    track = np.zeros((2, span.count), np.float32)
    every = 60 / 66
    for number in range(int(span.start / every) - 1, int((span.start + span.count / RATE) / every)):
        for gap, gain in ((0.0, 0.5), (0.28, 0.32)):
            t = seconds_of(0.2)
            beat = np.sin(2 * np.pi * gliding(58 - 60 * t)) * fading(0.2, 0.05, 0.008)
            at = round((number * every + gap) * RATE) - span.first
            put(track, panned(beat.astype(np.float32), 0), at, gain)
    return track


def horn(length: float) -> Mono:
    """A car's horn, two tones."""
    t = seconds_of(length)
    tone = sum(np.sin(2 * np.pi * hertz * k * t) / k for hertz in (392, 494) for k in range(1, 6))
    return np.asarray(0.4 * tone * np.clip(np.minimum(t, length - t) / 0.015, 0, 1), np.float32)
