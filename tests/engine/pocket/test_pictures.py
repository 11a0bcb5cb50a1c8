"""Members' own pictures: where a clip takes place, or who is in it; and the cast's."""

from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from numpy.typing import NDArray

from engine.pipelines import pocket_pictures
from engine.pipelines.pocket import Pocket
from engine.pocket import saved
from engine.pocket.world.palette import DAY
from engine.pocket.world.scene import Scene
from engine.pocket.world.sprites import INK
from storage.cameos import CameoKind
from storage.clips import ClipKind
from tests.engine.pocket.rendering import kept, pictures, player, render, request

_RED, _GREEN, _GREY = (220, 40, 50), (40, 160, 90), (200, 205, 210)


def _person(shirt: tuple[int, int, int], *, cut_out: bool = True) -> PIL.Image.Image:
    """Somebody in a shirt, standing; on grey where not cut out."""
    image = PIL.Image.new("RGBA", (400, 800), (0, 0, 0, 0) if cut_out else (*_GREY, 255))
    draw = PIL.ImageDraw.Draw(image)
    draw.ellipse((120, 30, 280, 210), fill=(236, 190, 150, 255))
    draw.rectangle((80, 210, 320, 500), fill=(*shirt, 255))
    draw.rectangle((120, 500, 280, 770), fill=(40, 50, 110, 255))
    return image


def _saved(image: PIL.Image.Image, folder: Path) -> Path:
    path = folder / "picture.png"
    image.save(path)
    return path


def _saved_scene(latents: bytes | None, folder: Path) -> Scene:
    assert latents
    path = folder / "look.safetensors"
    path.write_bytes(latents)
    found = saved.read(path)
    assert found is not None
    return found.shots[0].scene


def _shows(frame: NDArray[np.uint8], colour: tuple[int, int, int], *, near: float = 60) -> int:
    """How many of the frame's pixels are about that colour."""
    return int((np.linalg.norm(frame.astype(float) - colour, axis=-1) < near).sum())


def test_a_picture_becomes_the_place(pocket: Pocket, tmp_path: Path) -> None:
    halves = PIL.Image.new("RGB", (900, 500), (60, 170, 60))
    halves.paste((120, 60, 30), (0, 0, 450, 500))
    wish = request(ClipKind.CREATE, "a dog", picture=_saved(halves, tmp_path))

    first = pictures(render(pocket, wish).frames)[0]

    assert _shows(first[:, :40], (120, 60, 30)) > 1500
    assert _shows(first[:, -40:], (60, 170, 60)) > 1500


def test_a_cut_out_picture_becomes_who_is_in_it(pocket: Pocket, tmp_path: Path) -> None:
    path = _saved(_person(_RED), tmp_path)
    wish = request(ClipKind.CREATE, "hops in a meadow by day", picture=path)

    shown = pictures(render(pocket, wish).frames)

    assert _shows(shown[0], _RED) > 40


@pytest.mark.parametrize(
    "words",
    ["as the hero, in a meadow by day", "en héros dans un pré de jour", "it hops in a meadow"],
)
def test_the_words_may_make_any_picture_the_hero(
    pocket: Pocket, tmp_path: Path, words: str
) -> None:
    path = _saved(_person(_RED, cut_out=False), tmp_path)

    shown = pictures(render(pocket, request(ClipKind.CREATE, words, picture=path)).frames)

    assert _shows(shown[0], _RED) > 40
    assert _shows(shown[0], _GREY, near=15) < 400


def test_another_take_has_the_same_hero(pocket: Pocket, tmp_path: Path) -> None:
    path = _saved(_person(_RED, cut_out=False), tmp_path)
    first = request(ClipKind.CREATE, "it hops in a meadow by day", picture=path)
    parent = kept(render(pocket, first), first, tmp_path)
    again = request(ClipKind.VARIATION, first.plan.prompt, parent=parent, picture=path, seed=8)

    assert _shows(pictures(render(pocket, again).frames)[0], _RED) > 40


def test_a_remix_keeps_the_picture(pocket: Pocket, tmp_path: Path) -> None:
    wall = PIL.Image.new("RGB", (640, 360), (120, 60, 30))
    first = request(ClipKind.CREATE, "a dog", picture=_saved(wall, tmp_path))
    parent = kept(render(pocket, first), first, tmp_path)
    remix = request(ClipKind.REMIX, "x", instruction="a cat", parent=parent, seed=8)

    shown = pictures(render(pocket, remix).frames)

    assert _shows(shown[0], (120, 60, 30)) > 5000


def test_a_remix_may_bring_a_picture_and_nothing_else_changes(
    pocket: Pocket, tmp_path: Path
) -> None:
    first = request(ClipKind.CREATE, "a dog in a meadow at night, static camera")
    made = render(pocket, first)
    wall = _saved(PIL.Image.new("RGB", (640, 360), (120, 60, 30)), tmp_path)
    remix = request(
        ClipKind.REMIX, "x", instruction="put it here", parent=kept(made, first, tmp_path),
        picture=wall, seed=8,
    )  # fmt: skip

    before, after = render(pocket, first), render(pocket, remix)

    assert (pictures(before.frames)[0] != pictures(after.frames)[0]).any(-1).mean() > 0.4
    scene = _saved_scene(after.latents, tmp_path)
    assert scene == _saved_scene(made.latents, tmp_path)


def test_a_remix_may_bring_the_hero(pocket: Pocket, tmp_path: Path) -> None:
    first = request(ClipKind.CREATE, "a knight in a meadow by day")
    made = render(pocket, first)
    path = _saved(_person(_GREEN), tmp_path)
    remix = request(
        ClipKind.REMIX, "x", instruction="as the hero", parent=kept(made, first, tmp_path),
        picture=path,
    )  # fmt: skip

    assert _shows(pictures(render(pocket, remix).frames)[0], _GREEN, near=40) > 40


def test_nothing_is_said_of_a_subject_that_the_picture_plays(
    pocket: Pocket, tmp_path: Path
) -> None:
    words = "a knight in a meadow by day"
    path = _saved(_person(_RED), tmp_path)

    assert render(pocket, request(ClipKind.CREATE, words)).notes
    assert render(pocket, request(ClipKind.CREATE, words, picture=path)).notes == ()


def test_two_people_of_the_cast_are_in_one_scene_as_they_look(pocket: Pocket) -> None:
    people = (
        player("ana", np.asarray(_person(_RED)), kind=CameoKind.THING),
        player("bob", np.asarray(_person(_GREEN)), kind=CameoKind.THING),
    )
    wish = request(
        ClipKind.CREATE, "@ana and @bob dance on the beach by day", cast=("ana", "bob"),
        players=people,
    )  # fmt: skip

    made = render(pocket, wish)

    first = pictures(made.frames)[0]
    assert _shows(first, _RED) > 25
    assert _shows(first, _GREEN) > 25
    assert made.notes == ()


def test_the_cast_is_in_the_scene_even_where_the_words_name_nobody(pocket: Pocket) -> None:
    people = (player("ana", np.asarray(_person(_RED)), kind=CameoKind.THING),)

    wish = request(ClipKind.CREATE, "the sea", players=people, cast=("ana",))
    first = pictures(render(pocket, wish).frames)[0]

    assert _shows(first, _RED) > 25


def test_a_sprite_is_small_outlined_and_of_the_palettes_colours() -> None:
    made = pocket_pictures.sprite(np.asarray(_person(_RED)), DAY)

    assert made.shape == (32, 32, 4)
    solid = made[..., 3] > 0
    assert 150 < solid.sum() < 900
    colours = {tuple(colour) for colour in made[solid][:, :3].tolist()}
    assert colours <= {tuple(colour) for colour in DAY.tolist()} | {INK}
    assert solid[30].any()
    assert not solid[31].any()


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 3000), (33, 31)])
def test_pictures_of_odd_shapes_do(size: tuple[int, int]) -> None:
    picture = np.asarray(PIL.Image.new("RGBA", size, (200, 30, 30, 255)))

    assert pocket_pictures.sprite(picture, DAY).shape == (32, 32, 4)
    assert pocket_pictures.background(picture, width=128, height=72).shape == (1, 96, 192, 3)
    nothing = np.asarray(PIL.Image.new("RGBA", size))
    assert pocket_pictures.sprite(nothing, DAY).shape == (32, 32, 4)


@pytest.mark.parametrize(
    ("words", "somebody"),
    [("a hero walks in", False), ("my cat as the star", True), ("comme personnage", True),
     ("avec ce chat comme le personnage", True), ("the star of the sea", False)],
)  # fmt: skip
def test_only_words_that_say_so_make_a_picture_somebody(words: str, somebody: bool) -> None:
    opaque = np.full((8, 8, 4), 255, np.uint8)

    assert pocket_pictures.is_somebody(opaque, words) is somebody
