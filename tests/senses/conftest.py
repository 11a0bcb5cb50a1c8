"""One scene for all tests of the senses: making its films costs more than looking at them."""

import asyncio
import random
from pathlib import Path

import pytest

from senses import asking
from senses.challenge import challenge
from senses.values import Enrolment
from tests.senses import acting, films
from tests.senses.attacks import Film, Scene


@pytest.fixture(scope="session")
def scene() -> Scene:
    """The astronaut, asked for down, left and up and for 9 4 5 8 0."""
    return Scene(
        actor=acting.astronaut(),
        other=acting.admiral(),
        asked=challenge(random.Random(5)),
        seed=5,
    )


@pytest.fixture(scope="session")
def enrolled(scene: Scene, honest_film: Path) -> Enrolment:
    """What the other process made of it."""
    answer = asyncio.run(asking.watch_enrolment(honest_film, scene.asked))
    assert isinstance(answer, Enrolment), answer
    return answer


@pytest.fixture(scope="session")
def honest_film(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film in which she does as asked."""
    made: Film = (scene.frames, scene.sound)
    return films.write(tmp_path_factory.mktemp("films") / "honest.mp4", *made)
