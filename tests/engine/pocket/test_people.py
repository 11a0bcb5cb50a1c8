"""People of the cast as Pocket draws them: from portraits, and from what their owners say."""

import colorsys

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from numpy.typing import NDArray

from engine.pocket import people
from engine.pocket.people import looks, reading, things
from engine.pocket.people.looks import Wear, Worn
from engine.pocket.world.scene import Colour
from engine.pocket.world.sprites import INK, tone
from tests.portraits import Picture, admiral, astronaut

Sprite = NDArray[np.uint8]


def _drawn(*stills: Picture, said: str = "", waves: bool = False) -> Sprite:
    made = people.sprite(stills, said, waves=waves)
    assert made is not None
    return made


def _of_hue(sprite: Sprite, low: float, high: float) -> NDArray[np.bool_]:
    """Pixels whose hue is between those, in turns, and that are no grey."""
    found = np.zeros(sprite.shape[:2], bool)
    for row, column in np.argwhere(sprite[..., 3] > 0):
        hue, light, full = colorsys.rgb_to_hls(*(sprite[row, column, :3] / 255))
        found[row, column] = low <= hue <= high and full >= 0.4 and 0.2 < light < 0.9
    return found


def test_a_person_is_drawn_as_pockets_people_are() -> None:
    sprite = _drawn(astronaut())

    assert sprite.shape == (32, 32, 4)
    assert set(np.unique(sprite[..., 3])) == {0, 255}
    solid = sprite[..., 3] > 0
    assert 300 < solid.sum() < 700
    # The feet stand where all feet do, and a dark line goes all around.
    assert solid[30, 11:15].all()
    around = np.pad(solid, 1)
    inner = around[2:, 1:-1] & around[:-2, 1:-1] & around[1:-1, 2:] & around[1:-1, :-2]
    edge = (solid & ~inner)[1:-1, 1:-1]
    assert (sprite[1:-1, 1:-1][edge][:, :3] == INK).all()
    # Two dark eyes with a light in each.
    assert (sprite[12, [13, 14, 18, 19], :3] == INK).all()
    assert (sprite[11, [13, 18], :3] == 255).all()


def test_the_same_pictures_give_the_same_sprite() -> None:
    assert (_drawn(astronaut()) == _drawn(astronaut())).all()


def test_people_look_like_themselves() -> None:
    one, other = (reading.read(p[..., :3]) for p in (astronaut(), admiral()))
    assert one
    assert other

    # Brown hair, an orange suit, no glasses.
    assert one.hair[3:7, 11:21].all()
    red, green, blue = one.hair_colour or (0, 0, 0)
    assert red > green > blue + 20
    assert one.clothes[0] > 180
    assert one.clothes[0] > one.clothes[2] + 80
    assert one.glasses is None
    # Glasses, a dark cap, a dark uniform.
    assert other.glasses
    assert sum(other.hair_colour or (255, 255, 255)) < 120
    assert sum(other.clothes) < 150
    assert (one.beard, other.beard) == (None, None)


def test_the_first_still_with_a_face_is_drawn() -> None:
    nobody = np.full((64, 64, 4), 90, np.uint8)

    assert people.sprite((nobody,), "") is None
    assert (_drawn(nobody, astronaut()) == _drawn(astronaut())).all()


@pytest.mark.parametrize(
    ("said", "worn"),
    [
        ("always with my red hat", [Worn(Wear.HAT, tone(Colour.RED))]),
        ("un bonnet de laine vert", [Worn(Wear.BEANIE, tone(Colour.GREEN))]),
        ("a woolly hat", [Worn(Wear.BEANIE, None)]),
        ("toujours avec mon écharpe jaune et des lunettes",
         [Worn(Wear.GLASSES, None), Worn(Wear.SCARF, tone(Colour.YELLOW))]),
        ("pink hair, sunglasses",
         [Worn(Wear.SUNGLASSES, None), Worn(Wear.HAIR, tone(Colour.PINK))]),
        ("black jacket and blue jeans",
         [Worn(Wear.TOP, tone(Colour.BLACK)), Worn(Wear.TROUSERS, tone(Colour.BLUE))]),
        ("un haut-de-forme noir", [Worn(Wear.TOP_HAT, tone(Colour.BLACK))]),
        ("never a hat, no glasses", []),
        ("sans chapeau", []),
        ("with my good mood", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_worn_is_read_from_the_owners_words(said: str, worn: list[Worn]) -> None:
    assert list(looks.read(said)) == worn


def test_what_is_worn_is_drawn() -> None:
    bare, hatted = _drawn(astronaut()), _drawn(astronaut(), said="always with my blue cap")
    blue = _of_hue(hatted, 0.55, 0.65) & ~_of_hue(bare, 0.55, 0.65)
    assert blue[:8].sum() > 40
    assert not blue[10:18, 10:22].any()

    shades = _drawn(astronaut(), said="sunglasses")
    assert (shades[11:14, 11:15, :3] == INK).all(-1).sum() >= 9

    dressed = _drawn(astronaut(), said="a green dress")
    assert _of_hue(dressed, 0.25, 0.4)[19:26].sum() > 40
    assert not _of_hue(bare, 0.25, 0.4)[19:26].any()


@pytest.mark.parametrize("what", list(Wear))
def test_everything_that_can_be_worn_changes_the_sprite(what: Wear) -> None:
    name = "shirt" if what is Wear.TOP else str(what)

    assert (_drawn(astronaut(), said=f"a purple {name}") != _drawn(astronaut())).any()


def test_who_waves_has_an_arm_up() -> None:
    still, waving = _drawn(astronaut()), _drawn(astronaut(), waves=True)

    assert not still[13:16, 24:27, 3].all()
    assert waving[13:16, 24:27, 3].all()


def test_a_thing_is_cut_out_in_a_few_colours_of_its_own() -> None:
    image = PIL.Image.new("RGBA", (300, 200), (120, 160, 120, 255))
    PIL.ImageDraw.Draw(image).ellipse((90, 40, 210, 160), fill=(200, 30, 40, 255))

    sprite = things.sprite(np.asarray(image))

    solid = sprite[..., 3] > 0
    assert 350 < solid.sum() < 900
    assert len(np.unique(sprite[solid][:, :3], axis=0)) <= 10
    red = np.linalg.norm(sprite[..., :3].astype(float) - (200, 30, 40), axis=-1) < 40
    assert (red & solid).sum() > 0.6 * solid.sum()
    assert solid[30].any()


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 3000), (33, 31)])
def test_things_in_pictures_of_odd_shapes_do(size: tuple[int, int]) -> None:
    for see_through in (0, 255):
        picture = np.asarray(PIL.Image.new("RGBA", size, (200, 30, 30, see_through)))
        assert things.sprite(picture).shape == (32, 32, 4)
