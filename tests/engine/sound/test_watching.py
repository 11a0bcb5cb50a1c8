"""Events found in frames alone."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.sound.watching import events

FPS = 24


def bouncing(landings: list[float], *, seconds: float = 3.0) -> Iterator[NDArray[np.uint8]]:
    """A ball that falls, lands at those seconds and lies still until it falls again."""
    noise = np.random.default_rng(1)
    for number in range(round(seconds * FPS)):
        at = number / FPS
        frame = noise.integers(20, 26, (144, 256, 3), np.uint8)
        later = [landing - at for landing in landings if landing - at >= -1e-6]
        until = min(later, default=9.0)
        height = min(max(until, 0.0), 0.35) / 0.35 * 90 if until < 0.35 else 0.0
        y = 120 - int(height)
        frame[y - 12 : y + 12, 180:204] = 240
        yield frame


def test_a_ball_is_heard_to_land_when_it_lands() -> None:
    landings = [0.75, 1.75, 2.5]

    found = events(bouncing(landings), FPS)

    for landing in landings:
        assert min(abs(event.at - landing) for event in found) <= 1.5 / FPS


def test_what_is_on_the_right_is_heard_on_the_right() -> None:
    found = events(bouncing([1.5]), FPS)

    assert max(found, key=lambda event: event.strength).pan > 0.2


def test_a_still_picture_is_silent() -> None:
    frame = np.full((144, 256, 3), 90, np.uint8)

    assert events(iter([frame] * 48), FPS) == ()


def test_noise_alone_is_no_event() -> None:
    noise = np.random.default_rng(2)
    frames = (noise.integers(90, 110, (144, 256, 3), np.uint8) for _ in range(48))

    assert events(frames, FPS) == ()


def test_a_cut_is_no_event() -> None:
    dark, bright = np.full((144, 256, 3), 10, np.uint8), np.full((144, 256, 3), 220, np.uint8)

    assert events(iter([dark] * 24 + [bright] * 24), FPS) == ()


def test_a_film_of_no_frames_has_no_events() -> None:
    assert events(iter(()), FPS) == ()
