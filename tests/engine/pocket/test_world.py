"""The drawn world, the codec that carries it, and the renderer that shows it."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.pocket.codec import PocketCodec
from engine.pocket.fit import fit_codec
from engine.pocket.render import Layers, draw, frames, grid_for, spot
from engine.pocket.world.captions import caption
from engine.pocket.world.motion import actor_codes, camera_code, light_code
from engine.pocket.world.palette import NUMBER, PLACE_MATERIALS
from engine.pocket.world.places import paint
from engine.pocket.world.sampling import completed, said_scene
from engine.pocket.world.scene import (
    Actor,
    Camera,
    Colour,
    Motion,
    Place,
    Scene,
    Time,
    Weather,
)
from engine.pocket.world.sprites import sprite
from engine.pocket.world.subjects import SUBJECTS

CAST = ("cat", "dog", "rabbit", "penguin")


@pytest.fixture(scope="module")
def codec() -> PocketCodec:
    return fit_codec(CAST, 0)


def _drawing(scene: Scene, seed: int = 0) -> Layers:
    rng = np.random.default_rng(seed)
    assert scene.place
    assert scene.camera
    assert scene.time
    assert scene.weather
    sprites = np.zeros((3, 32, 32, 4), np.uint8)
    for i, actor in enumerate(scene.actors):
        assert actor.colour
        sprites[i] = sprite(actor.subject, actor.colour)
    return Layers(
        paint(scene.place, rng),
        sprites,
        np.stack(actor_codes(scene, rng)),
        camera_code(scene.camera, rng),
        light_code(scene.time, scene.weather, rng),
    )


SCENE = Scene(
    (Actor("cat", Colour.RED, Motion.HOP),), Place.CITY, Time.DAY, Weather.CLEAR, Camera.STATIC
)


@pytest.mark.parametrize("place", list(Place))
def test_a_place_is_painted_with_its_own_materials_only(place: Place) -> None:
    canvas = paint(place, np.random.default_rng(4))
    assert set(np.unique(canvas)) <= {NUMBER[name] for name in PLACE_MATERIALS[place]}


def test_every_subject_has_a_sprite_in_every_colour_and_stands_on_the_ground() -> None:
    for subject in SUBJECTS:
        for colour in Colour:
            solid = sprite(subject.name, colour)[..., 3] > 0
            assert solid.mean() > 0.1
            assert solid[-2:].any()


def test_layers_come_back_from_their_latent(codec: PocketCodec) -> None:
    layers = _drawing(SCENE)
    with torch.no_grad():
        z = codec.assemble(
            codec.encode_ground(layers.canvas[None]),
            codec.encode_sprites(layers.sprites)[None],
            torch.from_numpy(layers.actors)[None],
            torch.from_numpy(layers.camera)[None],
            torch.from_numpy(layers.light)[None],
        )
        back = codec.layers(z[0])
    assert (back.canvas == layers.canvas).mean() > 0.93
    assert (back.sprites[..., 3] == layers.sprites[..., 3]).all()
    assert np.abs(back.actors - layers.actors).max() < 0.05
    assert np.abs(back.camera - layers.camera).max() < 0.05


def test_the_same_layers_give_the_same_frames_at_any_size() -> None:
    layers = _drawing(SCENE)
    for width, height in ((768, 432), (432, 768), (576, 576), (500, 300)):
        first, second = (
            [hashlib.sha256(f.tobytes()).digest() for f in made]
            for made in (
                frames(layers, count=3, fps=24, width=width, height=height) for _ in range(2)
            )
        )
        assert first == second
        made = next(frames(layers, count=1, fps=24, width=width, height=height))
        assert made.shape == (height, width, 3)


def test_night_is_darker_and_rain_moves() -> None:
    grid = grid_for(768, 432)
    day = draw(_drawing(SCENE), grid, share=0, at=0, length=4)
    night_scene = Scene(SCENE.actors, SCENE.place, Time.NIGHT, Weather.RAIN, SCENE.camera)
    night = _drawing(night_scene)
    assert draw(night, grid, share=0, at=0, length=4).mean() < day.mean() * 0.6
    now, soon = (draw(night, grid, share=0, at=at, length=4) for at in (0.0, 0.1))
    assert (now != soon).any()


def test_a_caption_names_its_subject_and_a_drawing_leaves_nothing_open() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        said = said_scene(rng, CAST)
        drawn = completed(said, rng)
        assert caption(said, rng)
        assert drawn.place
        assert drawn.time
        assert drawn.weather
        assert drawn.camera
        assert all(actor.colour and actor.motion for actor in drawn.actors)
        assert [a.subject for a in drawn.actors] == [a.subject for a in said.actors]


@pytest.mark.parametrize("place", [Place.ARCTIC, Place.MEADOW])
def test_snow_is_seen_by_day(place: Place) -> None:
    scene = Scene((), place, Time.DAY, Weather.SNOW, Camera.STATIC)
    frame = draw(_drawing(scene), grid_for(768, 432), share=0, at=1, length=4).astype(int)
    flakes = (frame == (248, 250, 255)).all(-1)
    assert 0.01 < flakes.mean() < 0.06
    assert np.abs(frame[~flakes] - (248, 250, 255)).sum(-1).min() > 40


@pytest.mark.parametrize("motion", [Motion.UP, Motion.DOWN])
@pytest.mark.parametrize("subject", ["balloon", "owl", "cat"])
def test_all_but_a_little_of_who_rises_or_falls_is_in_the_picture(
    motion: Motion, subject: str
) -> None:
    actor = Actor(subject, Colour.NATURAL, motion)
    scene = replace(SCENE, actors=(actor,))
    grid = grid_for(768, 432)
    for seed in range(10):
        layers = _drawing(scene, seed)
        for share in (0, 1):
            seen = spot(layers, grid, 0, share=share, at=0)
            assert seen.y - seen.side / 2 > -6
            assert seen.y + seen.side / 2 < grid.height + 4
