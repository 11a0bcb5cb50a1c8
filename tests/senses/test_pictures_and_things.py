"""Pets, things and start pictures: what is in them, and whether a person is."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from senses import asking
from senses.likeness import SAME_PERSON, likeness
from senses.values import Reason, Thing, Unfit
from tests.senses import films
from tests.senses.attacks import Scene


def _saved(path: Path, picture: np.ndarray, **how: object) -> Path:
    Image.fromarray(picture).save(path, **how)  # type: ignore[arg-type]
    return path


async def test_a_picture_of_a_cat_is_a_thing(tmp_path: Path) -> None:
    thing = await asking.watch_thing(_saved(tmp_path / "cat.png", data.chelsea()))

    assert isinstance(thing, Thing)
    with Image.open(io.BytesIO(thing.stills[0])) as still:
        assert (still.format, still.size) == ("JPEG", (451, 300))


async def test_a_film_of_a_cat_gives_several_stills(tmp_path: Path) -> None:
    cat = data.chelsea()[:300, :450]
    frames = [np.roll(cat, at, 1) for at in range(48)]

    thing = await asking.watch_thing(films.write(tmp_path / "cat.mp4", frames, None))

    assert isinstance(thing, Thing)
    assert len(thing.stills) == 5


async def test_a_person_is_no_thing_in_a_picture_or_a_film(
    scene: Scene, honest_film: Path, tmp_path: Path
) -> None:
    picture = _saved(tmp_path / "her.jpg", scene.actor.portrait)

    for path in (picture, honest_film):
        assert await asking.watch_thing(path) == Unfit(Reason.A_PERSON, {"people": 1.0})


async def test_a_person_small_in_a_corner_is_seen(scene: Scene, tmp_path: Path) -> None:
    room = np.full((900, 1400, 3), 150, np.uint8)
    room[700:860, 1200:1320] = np.asarray(Image.fromarray(scene.actor.portrait).resize((120, 160)))

    answer = await asking.watch_thing(_saved(tmp_path / "room.png", room))

    assert answer == Unfit(Reason.A_PERSON, {"people": 1.0})


async def test_a_thing_in_the_dark_is_refused(tmp_path: Path) -> None:
    answer = await asking.watch_thing(_saved(tmp_path / "dark.png", data.chelsea() // 12))

    assert isinstance(answer, Unfit)
    assert answer.reason is Reason.TOO_DARK


async def test_faces_in_a_picture_are_found_and_told_apart(scene: Scene, tmp_path: Path) -> None:
    both = np.concatenate([scene.actor.portrait, scene.other.portrait], 1)
    found = await asking.faces_in(_saved(tmp_path / "both.png", both))
    alone = await asking.faces_in(_saved(tmp_path / "her.webp", scene.actor.portrait))

    assert not isinstance(found, Unfit)
    assert not isinstance(alone, Unfit)
    (her,) = alone
    left, right = sorted(found, key=lambda face: face.box[0])
    assert left.box[0] + left.box[2] < 0.5 < right.box[0]
    assert likeness(left.face, right.face) < SAME_PERSON < likeness(left.face, her.face)


async def test_a_picture_with_a_note_to_turn_it_is_put_upright(
    scene: Scene, tmp_path: Path
) -> None:
    lying = np.ascontiguousarray(np.rot90(scene.actor.portrait, 1))
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn a quarter clockwise", in EXIF's orientation tag
    found = await asking.faces_in(_saved(tmp_path / "her.jpg", lying, exif=exif))

    assert not isinstance(found, Unfit)
    assert len(found) == 1
    assert found[0].box[3] == pytest.approx(found[0].box[2] * 288 / 384, rel=0.1)


async def test_a_picture_without_people_has_no_faces(tmp_path: Path) -> None:
    assert await asking.faces_in(_saved(tmp_path / "cat.png", data.chelsea())) == ()


async def test_a_moving_picture_is_looked_at_as_a_film(scene: Scene, tmp_path: Path) -> None:
    cat = Image.fromarray(data.chelsea())
    her = Image.fromarray(np.pad(scene.actor.portrait[:300], ((0, 0), (80, 83), (0, 0))))
    path = tmp_path / "cat.gif"
    cat.save(path, save_all=True, append_images=[cat, her, her], duration=1000)

    assert await asking.faces_in(path) == Unfit(Reason.NOT_A_PICTURE)
    answer = await asking.watch_thing(path)

    assert isinstance(answer, Unfit)
    assert answer.reason is Reason.A_PERSON


async def test_harmless_frames_are_told_to_be_so(honest_film: Path, tmp_path: Path) -> None:
    cat = _saved(tmp_path / "cat.png", data.chelsea())

    shown = await asking.frames_shown(honest_film)
    still = await asking.frames_shown(cat)

    assert not isinstance(shown, Unfit)
    assert not isinstance(still, Unfit)
    assert [each.at for each in shown] == pytest.approx(
        [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5], abs=0.1
    )
    assert len(still) == 1
    assert all(max(each.explicit, each.revealing) < 0.2 for each in (*shown, *still))


async def test_what_is_no_picture_has_no_faces(honest_film: Path) -> None:
    assert await asking.faces_in(honest_film) == Unfit(Reason.NOT_A_PICTURE)
