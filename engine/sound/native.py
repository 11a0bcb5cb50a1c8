"""The sound that a model made with its picture, as loud as any other clip's and without a click.

Models give it at levels of their own, and each shot's begins and ends where it happens to.
"""

from collections.abc import Sequence
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from engine.pipelines.family import Sound
from engine.sound import mixing
from engine.sound.score import RATE, Stereo

#: Seconds in which a shot's sound goes before a cut, and in which the next one's comes.
SOFT = 0.02


def native(shots: Sequence[NDArray[np.float32]], rate: int, *, lead: int) -> Sound:
    """The shots' sounds, (2, n) each at `rate`, as one track; `lead` samples come before the clip.

    Blocks, for some milliseconds a second of sound.
    """
    joined = np.concatenate(
        [
            _softened(shot, rate, opens=number > 0, ends=number < len(shots) - 1)
            for number, shot in enumerate(shots)
        ],
        axis=1,
    )
    track = _at_our_rate(joined, rate)
    before = round(lead / rate * RATE)
    return Sound(mixing.mastered(track, lead=before), RATE, lead=before)


def _softened(shot: NDArray[np.float32], rate: int, *, opens: bool, ends: bool) -> Stereo:
    length = shot.shape[1]
    soft = min(round(SOFT * rate), length // 2)
    gain = np.ones(length, np.float32)
    coming = np.sin(np.linspace(0, np.pi / 2, soft, dtype=np.float32))
    if opens:
        gain[:soft] = coming
    if ends:
        gain[length - soft :] = coming[::-1]
    return shot * gain


def _at_our_rate(track: Stereo, rate: int) -> Stereo:
    if rate == RATE:
        return track
    shared = gcd(rate, RATE)
    return np.asarray(resample_poly(track, RATE // shared, rate // shared, axis=1), np.float32)
