"""Enrolling by a film: who does as asked is known again, and every trick is told for what it is."""

import io
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from senses import asking, enrolment
from senses.likeness import SAME_PERSON, likeness
from senses.spoiled import Spoiled
from senses.values import Angle, Enrolment, Reason, Unfit
from tests.senses import films
from tests.senses.attacks import ATTACKS, HONEST, Film, Scene, photo_tilted, second_person


def test_a_person_who_does_as_asked_is_enrolled(scene: Scene, enrolled: Enrolment) -> None:
    assert set(enrolled.stills) == {Angle.FRONT, *(Angle(turn) for turn in scene.asked.turns)}
    for still in enrolled.stills.values():
        with Image.open(io.BytesIO(still)) as image:
            assert (image.format, min(image.size) > 100) == ("JPEG", True)
            assert not image.getexif()
    with wave.open(io.BytesIO(enrolled.voice)) as voice:
        assert (voice.getnchannels(), voice.getframerate(), voice.getsampwidth()) == (1, 16000, 2)
        assert 3 < voice.getnframes() / 16000 <= 10
    assert len(enrolled.face) == 128


async def test_her_film_is_like_her_and_not_like_someone_else(
    scene: Scene, enrolled: Enrolment, honest_film: Path, tmp_path: Path
) -> None:
    another = films.write(tmp_path / "other.mp4", [scene.other.portrait] * 24, None)

    hers = await asking.likeness_in(honest_film, enrolled.face)
    others = await asking.likeness_in(another, enrolled.face)

    assert isinstance(hers, float)
    assert isinstance(others, float)
    assert others < SAME_PERSON < hers
    assert likeness(enrolled.face, enrolled.face) == 1


async def test_a_film_without_anyone_is_like_nobody(scene: Scene, tmp_path: Path) -> None:
    empty = films.write(tmp_path / "empty.mp4", [scene.actor.behind] * 24, None)

    assert await asking.likeness_in(empty, (0.0,) * 128) is None


@pytest.mark.parametrize("film", HONEST, ids=lambda film: film.__name__)
def test_someone_honest_passes(film: Callable[[Scene], Film], scene: Scene, tmp_path: Path) -> None:
    path = films.write(tmp_path / "film.mp4", *film(scene))

    assert enrolment.watch(path, scene.asked).stills[Angle.FRONT]


@pytest.mark.parametrize("film", ATTACKS, ids=lambda film: film.__name__)
def test_a_trick_is_refused_for_what_it_is(
    film: Callable[[Scene], Film], scene: Scene, tmp_path: Path
) -> None:
    path = films.write(tmp_path / "film.mp4", *film(scene))

    with pytest.raises(Spoiled) as refused:
        enrolment.watch(path, scene.asked)

    assert refused.value.unfit.reason in ATTACKS[film]


@pytest.mark.parametrize("film", [photo_tilted, second_person], ids=lambda film: film.__name__)
async def test_a_refusal_comes_back_from_the_other_process(
    film: Callable[[Scene], Film], scene: Scene, tmp_path: Path
) -> None:
    path = films.write(tmp_path / "film.mp4", *film(scene))

    answer = await asking.watch_enrolment(path, scene.asked)

    assert isinstance(answer, Unfit)
    assert answer.reason in ATTACKS[film]
    assert answer.figures


@pytest.mark.parametrize("voice", ["en-us+m3", "fr+m3"])
def test_digits_are_heard_in_english_and_french(voice: str, scene: Scene, tmp_path: Path) -> None:
    sound = films.talk(scene.asked, voice=voice)
    path = films.write(tmp_path / "film.mp4", scene.frames, sound)

    assert enrolment.watch(path, scene.asked).scores["heard"] >= 4


def test_a_film_turned_on_its_side_is_put_upright(scene: Scene, tmp_path: Path) -> None:
    # A phone held upright stores its film lying, with a note that says how to turn it.
    lying = [np.ascontiguousarray(np.rot90(frame, 1)) for frame in scene.frames]
    path = films.write(tmp_path / "film.mp4", lying, scene.sound, turned=-90)

    assert enrolment.watch(path, scene.asked).stills[Angle.FRONT]


def test_a_still_shows_the_persons_own_left_in_a_mirrored_film_too(
    scene: Scene, enrolled: Enrolment, tmp_path: Path
) -> None:
    flipped = [np.ascontiguousarray(frame[:, ::-1]) for frame in scene.frames]
    path = films.write(tmp_path / "film.mp4", flipped, scene.sound)

    mirrored = enrolment.watch(path, scene.asked)

    assert Angle.LEFT in mirrored.stills
    assert mirrored.stills.keys() == enrolled.stills.keys()
    assert mirrored.scores["mirrored"] == 1


def test_every_reason_an_enrolment_is_refused_for_is_tried() -> None:
    elsewhere = {
        Reason.NOT_A_VIDEO,
        Reason.NOT_A_PICTURE,
        Reason.TOO_HEAVY,
        Reason.TOO_LONG,
        Reason.A_PERSON,
        Reason.TOOK_TOO_LONG,
        Reason.BROKEN,
    }
    assert set(Reason) - elsewhere == set().union(*ATTACKS.values())
