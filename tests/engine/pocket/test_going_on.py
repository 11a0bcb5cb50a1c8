"""Extensions: paths that go on from where a parent's ended."""

import numpy as np
import pytest

from engine.pocket.continuing import continued
from engine.pocket.render import Layers, grid_for, spot
from engine.pocket.world.motion import KNOTS, A, C, actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.scene import Actor, Camera, Colour, Motion, Place, Scene, Time, Weather
from engine.pocket.world.sprites import sprite


def _walk(seed: int) -> Layers:
    rng = np.random.default_rng(seed)
    actor = Actor("cat", Colour.NATURAL, Motion.RIGHT)
    scene = Scene((actor,), Place.MEADOW, Time.DAY, Weather.CLEAR, Camera.STATIC)
    sprites = np.zeros((3, 32, 32, 4), np.uint8)
    sprites[0] = sprite("cat", Colour.NATURAL)
    return Layers(
        paint(Place.MEADOW, rng),
        sprites,
        np.stack(actor_codes(scene, rng)),
        camera_code(Camera.STATIC, rng),
        light_code(Time.DAY, Weather.CLEAR, rng),
    )


@pytest.mark.parametrize(("width", "height"), [(768, 432), (432, 768), (576, 576)])
def test_a_walker_walks_on_the_same_way_and_stays_in_view(width: int, height: int) -> None:
    grid = grid_for(width, height)
    clip = _walk(0)
    for part in range(1, 6):
        onward = continued(clip, _walk(part), at=4.0 * part)
        x = onward.actors[0, A.X : A.Y]
        assert (np.diff(x[1:]) > 0).all()
        assert abs(onward.camera[C.X] - clip.camera[C.X + KNOTS - 1]) < 0.01
        for share in (0.0, 0.5, 1.0):
            seen = spot(onward, grid, 0, share=share, at=4.0 * (part + share))
            assert -seen.side / 2 < seen.x < grid.width + seen.side / 2
        clip = onward


def test_it_starts_from_the_very_pose_that_was_last_seen() -> None:
    grid = grid_for(768, 432)
    clip = _walk(0)
    onward = continued(clip, _walk(1), at=4.0)
    before = spot(clip, grid, 0, share=1, at=4.0)
    after = spot(onward, grid, 0, share=0, at=4.0)
    assert abs(before.x - after.x) < 1.5
    assert abs(before.y - after.y) < 1.5
