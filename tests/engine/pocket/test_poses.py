"""What is alive in a sprite moves: eyes and tails."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.pocket.poses import posed
from engine.pocket.world.scene import Colour
from engine.pocket.world.sprites import sprite

#: Six seconds of frames.
CLOCK = [i / 24 for i in range(24 * 6)]


def _dark_in_the_face(fox: NDArray[np.uint8]) -> int:
    """Dark pixels about a fox's eyes."""
    return int((fox[11:15, 18:28, :3].sum(-1) < 230).sum())


@pytest.mark.parametrize("colour", [Colour.NATURAL, Colour.BLUE])
def test_a_fox_blinks_now_and_then(colour: Colour) -> None:
    fox = sprite("fox", colour)
    open_ = _dark_in_the_face(fox)
    shut = [_dark_in_the_face(posed(fox, slot=0, at=at)) < open_ for at in CLOCK]
    assert 0 < sum(shut) < 12
    assert not shut[0]


def test_two_foxes_do_not_blink_at_once() -> None:
    fox = sprite("fox", Colour.NATURAL)
    open_ = _dark_in_the_face(fox)
    for at in CLOCK:
        first, second = (_dark_in_the_face(posed(fox, slot=slot, at=at)) for slot in (0, 1))
        assert open_ in (first, second)


@pytest.mark.parametrize("subject", ["cat", "dog", "fox", "fish", "mermaid", "dinosaur"])
def test_a_tail_wags_and_the_rest_of_the_silhouette_stays(subject: str) -> None:
    art = sprite(subject, Colour.NATURAL)
    shapes = [posed(art, slot=0, at=at)[..., 3] > 0 for at in CLOCK[:24]]
    moving = np.any(shapes, 0) & ~np.all(shapes, 0)
    assert 4 < moving.sum() < 90
    assert {int(shape.sum()) for shape in shapes} == {int((art[..., 3] > 0).sum())}


def test_whoever_is_not_of_the_world_keeps_still() -> None:
    somebody = sprite("fox", Colour.NATURAL).copy()
    somebody[:, :10] = 0
    assert all((posed(somebody, slot=0, at=at) == somebody).all() for at in CLOCK)
