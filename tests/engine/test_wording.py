"""How plans with a cast are told to models that read sentences."""

import pytest

from engine.cast_words import speaks_as, with_names
from engine.pipelines.wording import scenes
from storage.cameos import CameoKind
from storage.plan import Line, Plan, Shot
from tests.engine.pocket.rendering import player

ANA, BOB = player("ana"), player("Bob")
REX = player("rex", kind=CameoKind.PET)


def _told(plan: Plan, *players: object, heard: bool = False) -> list[str]:
    return [scene.words for scene in scenes(plan, heard=heard, players=players)]  # type: ignore[arg-type]


def test_a_model_reads_what_they_are_and_no_handle() -> None:
    alone = Plan("@ana rides a bike with @stranger", 2.0, cast=("ana",))
    three = Plan("@ana and @BOB walk @rex", 2.0, cast=("ana", "Bob", "rex"))

    assert _told(alone, ANA) == ["the person rides a bike with"]
    assert _told(three, ANA, BOB, REX) == ["the first person and the second person walk the animal"]


def test_what_they_always_show_is_told() -> None:
    hatted = player("ana", looks="Always with my red hat.")

    told = _told(Plan("@ana rides a bike", 2.0, cast=("ana",)), hatted)

    assert told == ["the person rides a bike, the person with a red hat"]


def test_every_shot_is_told_of_them() -> None:
    shots = (Shot("@ana wakes up", 0.0), Shot("@ana runs", 1.0))

    told = _told(Plan("@ana wakes up, then @ana runs", 2.0, shots=shots, cast=("ana",)), ANA)

    assert told == ["the person wakes up", "the person runs"]


@pytest.mark.parametrize("speaker", ["ana", "@Ana", "me"])
def test_nobodys_own_voice_is_asked_for(speaker: str) -> None:
    plan = Plan("me on a bike", 2.0, cast=("ana",), lines=(Line("hello", speaker),))

    assert _told(plan, ANA, heard=True) == [
        'the person on a bike, a calm neutral voice says: "hello"'
    ]


def test_me_is_whoever_of_the_cast_is_not_named() -> None:
    plan = Plan("film me with @bob", 2.0, cast=("ana", "bob"))

    assert with_names(plan, plan.prompt, {"ana": "A", "bob": "B"}) == "film A with B"
    assert speaks_as(plan, Line("hi", "me")) == "ana"
    assert speaks_as(plan, Line("hi", "the fox")) is None
    named = Plan("show me @ana", 2.0, cast=("ana",))
    assert with_names(named, named.prompt, {"ana": "A"}) == "show me A"
