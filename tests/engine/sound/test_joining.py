"""An extension's sound after its parent's: no click, no gap, no change of loudness."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engine.finish import finish, join
from engine.finish.join import faded
from engine.pipelines.family import Rendered, Sound
from engine.presets.shape import Look
from storage.media import MediaFolder

RATE, FPS = 48_000, 8


def tone(seconds: float, *, start: float = 0.0, hertz: float = 300.0) -> np.ndarray:
    t = start + np.arange(round(seconds * RATE)) / RATE
    return np.tile(0.4 * np.sin(2 * np.pi * hertz * t), (2, 1)).astype(np.float32)


def hiss(seconds: float, seed: int) -> np.ndarray:
    shape = (2, round(seconds * RATE))
    return np.random.default_rng(seed).normal(0, 0.1, shape).astype(np.float32)


def film(seconds: int, sound: Sound | None) -> Rendered:
    count = seconds * FPS
    frames = iter(np.zeros((count, 72, 128, 3), np.uint8))
    track = partial(lambda it: it, sound) if sound else None
    return Rendered(frames, count, FPS, 128, 72, sound=track)


def joined(tmp_path: Path, parent: Sound | None, own: Sound | None) -> np.ndarray:
    """The sound of a film of 2 seconds and the 2 that go on from it, before it is encoded."""
    folder = MediaFolder(tmp_path / "media")
    made = finish(film(2, parent), folder, look=Look(crf=20), title="7K3F", check=lambda: None)
    whole = join.after(folder.path(made.master.master), film(2, own))
    assert whole.sound
    return whole.sound().samples


def test_a_tone_that_goes_on_has_no_seam(tmp_path: Path) -> None:
    lead = 0.5
    parent = Sound(tone(2), RATE)
    own = Sound(tone(2 + lead, start=2 - lead), RATE, lead=round(lead * RATE))

    heard = joined(tmp_path, parent, own)

    assert heard.shape == (2, 4 * RATE)
    around = heard[0, int(1.3 * RATE) : int(2.5 * RATE)]
    windows = around[: len(around) // 1600 * 1600].reshape(-1, 1600)
    loud = np.sqrt((windows**2).mean(1))
    assert loud.max() / loud.min() < 1.03
    # A pure tone's second difference is bounded; a click would stand out of it.
    bound = 0.4 * (2 * np.pi * 300 / RATE) ** 2
    assert np.abs(np.diff(around, 2)).max() < bound * 1.5


@pytest.mark.parametrize("into_seed", [1, 2])
def test_a_fade_is_as_loud_in_its_middle_whether_the_tracks_are_alike_or_not(
    into_seed: int,
) -> None:
    out, into = hiss(1, 1), hiss(1, into_seed)

    heard = faded(out, into)

    thirds = [np.sqrt((part**2).mean()) for part in np.array_split(heard[0], 3)]
    assert max(thirds) / min(thirds) < 1.05


def test_a_sound_that_does_not_go_on_ends_without_a_click(tmp_path: Path) -> None:
    heard = joined(tmp_path, Sound(tone(2), RATE), None)

    assert heard.shape[1] == 2 * RATE
    assert abs(heard[0, -1]) < 0.001
    assert np.abs(np.diff(heard[0, 2 * RATE - 2000 :])).max() < 0.02


def test_what_comes_before_the_picture_is_not_heard_without_a_parent(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path / "media")
    loud_then_silent = np.concatenate([tone(0.5), np.zeros((2, 2 * RATE), np.float32)], 1)

    made = finish(
        film(2, Sound(loud_then_silent, RATE, lead=RATE // 2)),
        folder,
        look=Look(crf=20),
        title="7K3F",
        check=lambda: None,
    )

    whole = join.after(folder.path(made.master.master), film(1, None))
    assert whole.sound
    assert np.abs(whole.sound().samples).max() < 0.01
