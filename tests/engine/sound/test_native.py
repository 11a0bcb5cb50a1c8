"""Sound that a model made with its picture: as loud as any other, without a click at its cuts."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.sound import mixing
from engine.sound.native import native
from engine.sound.score import RATE


def _tone(seconds: float, *, rate: int, level: float, hertz: float = 330) -> NDArray[np.float32]:
    t = np.arange(round(seconds * rate)) / rate
    wave = (level * np.cos(2 * np.pi * hertz * t)).astype(np.float32)
    return np.stack([wave, wave])


@pytest.mark.parametrize("level", [0.01, 0.2, 1.5])
@pytest.mark.parametrize("rate", [16_000, 24_000, RATE])
def test_it_is_as_loud_as_every_clip_and_never_clips(level: float, rate: int) -> None:
    sound = native([_tone(2, rate=rate, level=level)], rate, lead=0)

    assert sound.rate == RATE
    assert abs(sound.samples.shape[1] - 2 * RATE) <= 1
    assert mixing.loudness(sound.samples) == pytest.approx(mixing.LOUDNESS, abs=0.6)
    assert np.abs(sound.samples).max() <= mixing.CEILING + 1e-3


def test_a_cut_makes_no_click() -> None:
    shots = [_tone(1, rate=RATE, level=0.3), -_tone(1, rate=RATE, level=0.3, hertz=500)]

    joined = native(shots, RATE, lead=0).samples[0]
    hard = np.concatenate(shots, axis=1)[0]

    cut = slice(RATE - 50, RATE + 50)
    inside = np.abs(np.diff(joined[RATE // 4 : RATE // 2])).max()
    assert np.abs(np.diff(joined[cut])).max() < inside
    assert np.abs(np.diff(hard[cut])).max() > 0.5


def test_what_comes_before_the_picture_still_does() -> None:
    sound = native([_tone(2, rate=24_000, level=0.3)], 24_000, lead=12_000)

    assert sound.lead == RATE // 2


def test_silence_stays_silence() -> None:
    sound = native([np.zeros((2, 24_000), np.float32)], 24_000, lead=0)

    assert not sound.samples.any()
