"""Mixing: buses to one track at −16 LUFS that never clips.

Loudness is measured by pyloudnorm, after ITU-R BS.1770-4; −16 LUFS is what phones and chats play
at ease. Music and beds give way to speech.
"""

import numpy as np
from pyloudnorm import Meter
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from engine.sound.score import RATE, Mono, Stereo

#: LUFS of every track that is not silent.
LOUDNESS = -16.0
#: The highest sample, of 1. AAC adds up to some 1.5 dB to the peaks it is given.
CEILING = 0.79
#: The most that a faint track is raised, 36 dB.
MOST_GAIN = 63.0
#: Seconds that the limiter looks ahead, and back.
LOOK = 0.02
#: Seconds of the shortest track that loudness is defined for: one block of the measure.
SHORTEST = 0.4
#: Seconds in which the clip's sound begins and ends.
FADE_IN, FADE_OUT = 0.012, 0.22


def under(bus: Stereo, speech: Mono, depth: float) -> Stereo:
    """The bus made quieter by `depth` (0 to 1) wherever somebody speaks."""
    voice = uniform_filter1d(np.abs(speech), round(0.25 * RATE))
    spoken = np.clip(voice / 0.02, 0, 1)
    return np.asarray(bus * (1 - depth * uniform_filter1d(spoken, round(0.15 * RATE))), np.float32)


def mastered(track: Stereo, *, lead: int) -> Stereo:
    """The track at LOUDNESS below CEILING, faded at its ends; `lead` samples are not measured."""
    faded = track * _ends(track.shape[1], opens=lead == 0)
    loud = faded
    for _ in range(4):
        gain = _gain(loud[:, lead:])
        if abs(gain - 1) < 0.01:
            break
        # What the limiter takes is given back by the next round's gain.
        loud = limited(loud * np.float32(gain))
    return loud


def limited(track: Stereo) -> Stereo:
    """The track with no sample above CEILING, turned down smoothly around its peaks."""
    peaks = np.abs(track).max(0)
    needed = np.minimum(1, CEILING / np.maximum(peaks, 1e-9))
    size = round(LOOK * RATE)
    gain = uniform_filter1d(minimum_filter1d(needed, 2 * size + 1), size)
    return np.asarray(track * gain, np.float32)


def loudness(track: Stereo) -> float:
    """LUFS of the track; minus infinity for silence and for what is too short to have one."""
    if track.shape[1] < SHORTEST * RATE + 1 or not np.abs(track).max() > 0:
        return -np.inf
    return float(Meter(RATE).integrated_loudness(track.T.astype(np.float64)))


def _gain(track: Stereo) -> float:
    measured = loudness(track)
    if not np.isfinite(measured):
        return 1.0
    return float(min(10 ** ((LOUDNESS - measured) / 20), MOST_GAIN))


def _ends(count: int, *, opens: bool) -> Mono:
    t = np.arange(count) / RATE
    gain = np.clip((count / RATE - t) / FADE_OUT, 0, 1)
    if opens:
        gain = np.minimum(gain, np.clip(t / FADE_IN, 0, 1))
    return np.asarray(np.sin(gain * np.pi / 2), np.float32)
