"""What decoding takes out of a model's pixels, and what it leaves alone."""

import numpy as np
import pytest

from engine.pocket.clean import with_even_sky, without_mottle
from engine.pocket.codec import PocketCodec
from engine.pocket.fit import fit_codec, fit_palette
from engine.pocket.world.palette import NUMBER
from engine.pocket.world.places import paint
from engine.pocket.world.scene import Colour, Place
from engine.pocket.world.sprites import sprite
from engine.pocket.world.subjects import SUBJECTS

CAST = tuple(s.name for s in SUBJECTS)


@pytest.fixture(scope="module")
def codec() -> PocketCodec:
    return fit_codec(CAST, 0)


@pytest.mark.parametrize("colour", [Colour.NATURAL, Colour.WHITE, Colour.BLACK])
def test_every_sprite_comes_back_from_its_latent_in_its_own_colours(
    codec: PocketCodec, colour: Colour
) -> None:
    for name in CAST:
        art = sprite(name, colour)
        back = codec.decode_sprite(codec.encode_sprites(art[None])[0])
        solid = art[..., 3] > 0
        assert (back[..., 3] == art[..., 3]).all()
        far = np.abs(back[..., :3].astype(int) - art[..., :3].astype(int))[solid].mean()
        assert far < 12, f"{colour} {name} is {far:.0f} of 255 off"


def test_a_mottled_surface_becomes_plain_and_an_eye_stays() -> None:
    rng = np.random.default_rng(0)
    palette = np.array([(226, 231, 240), (240, 243, 248), (20, 20, 30)], np.float32)
    plain = np.zeros((16, 16), np.intp)
    plain[4:6, 4:6] = 2
    mottled = np.where((rng.random(plain.shape) < 0.3) & (plain == 0), 1, plain)
    solid = np.ones(plain.shape, bool)
    assert (without_mottle(mottled, solid, palette) == plain).all()


@pytest.mark.parametrize("place", list(Place))
def test_a_drawn_sky_stays_as_it_is(place: Place) -> None:
    canvas = paint(place, np.random.default_rng(2))
    assert (with_even_sky(canvas) == canvas).mean() > 0.998


def test_a_torn_sky_is_mended() -> None:
    canvas = paint(Place.MEADOW, np.random.default_rng(2))
    torn = canvas.copy()
    patch = torn[2:12, 30:50]
    patch[patch == NUMBER["sky high"]] = NUMBER["sky low"]
    assert (torn != canvas).any()
    assert (with_even_sky(torn) == canvas).mean() > 0.998


def test_a_palette_is_the_same_each_time() -> None:
    assert (fit_palette(CAST[:6]) == fit_palette(CAST[:6])).all()
