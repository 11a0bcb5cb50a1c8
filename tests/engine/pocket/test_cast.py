"""Clips with a cast: who plays whom, and who is in what grows from a clip."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.pipelines import pocket_cast
from engine.pipelines.family import Parent, Player, Rendered, Request
from engine.pipelines.pocket import Pocket
from engine.pocket import saved
from engine.pocket.codec import SPRITES, area
from engine.pocket.vocabulary import parse
from storage.cameos import CameoKind
from storage.clips import ClipKind
from storage.notes import NoteCode
from storage.plan import Line, Plan
from tests.engine.pocket.rendering import kept, pictures, player, render, request
from tests.portraits import admiral, astronaut

ANA = replace(player("ana", astronaut()), looks="always with my pink hat")
BOB = replace(player("bob", admiral()), looks="a green shirt")
EVE = replace(player("eve", astronaut()), looks="a purple dress")
#: Colours that only they wear, and that no place has.
PINK, GREEN, PURPLE = (249, 132, 191), (79, 191, 75), (159, 88, 220)


def _made(
    pocket: Pocket,
    words: str,
    *players: Player,
    kind: ClipKind = ClipKind.CREATE,
    instruction: str | None = None,
    parent: Parent | None = None,
    seed: int = 3,
) -> tuple[Rendered, Request]:
    cast = tuple(each.handle for each in players)
    wish = request(
        kind, words, instruction=instruction, parent=parent, seed=seed, cast=cast, players=players
    )
    return render(pocket, wish), wish


def _where(frame: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(frame.astype(int) - colour).max(-1) < 6)


def _seen(made: Rendered) -> set[str]:
    """Who is in the clip, by what only they wear."""
    frames = pictures(made.frames)
    worn = {"ana": PINK, "bob": GREEN, "eve": PURPLE}
    return {handle for handle, colour in worn.items() if _where(frames, colour).sum() > 100}


def _saved(made: Rendered, folder: Path) -> saved.Saved:
    path = folder / "kept.safetensors"
    path.write_bytes(made.latents or b"")
    found = saved.read(path)
    assert found
    return found


def test_who_is_named_is_seen_and_nobody_else(pocket: Pocket) -> None:
    words = "@ana and @bob dance in the desert by day"

    assert _seen(_made(pocket, words, ANA, BOB)[0]) == {"ana", "bob"}
    assert _seen(_made(pocket, "@ana dances in the desert by day", ANA)[0]) == {"ana"}
    assert _seen(_made(pocket, "@ana dances in the desert by day")[0]) == set()


@pytest.mark.parametrize(
    ("instruction", "cast", "seen"),
    [
        ("in a park", (ANA, BOB), {"ana", "bob"}),
        ("add @eve", (ANA, BOB, EVE), {"ana", "bob", "eve"}),
        ("add me", (ANA, BOB, EVE), {"ana", "bob", "eve"}),
        ("without @ana", (BOB,), {"bob"}),
        ("@eve instead of @ana", (EVE, BOB), {"bob", "eve"}),
        ("without anybody", (), set()),
    ],
)
def test_a_remix_shows_whom_its_own_cast_names(
    pocket: Pocket, tmp_path: Path, instruction: str, cast: tuple[Player, ...], seen: set[str]
) -> None:
    words = "@ana and @bob stand in the desert by day"
    made, wish = _made(pocket, words, ANA, BOB)
    parent = kept(made, wish, tmp_path)

    remix, _ = _made(
        pocket, words, *cast, kind=ClipKind.REMIX, instruction=instruction, parent=parent, seed=8
    )

    assert _seen(remix) == seen


def test_a_cast_joins_a_clip_that_had_none(pocket: Pocket, tmp_path: Path) -> None:
    made, wish = _made(pocket, "a dog in the desert by day")
    parent = kept(made, wish, tmp_path)

    words = "a dog in the desert by day with me"
    remix, _ = _made(pocket, words, ANA, kind=ClipKind.REMIX, instruction="add me", parent=parent)

    assert _seen(remix) == {"ana"}
    scene = _saved(remix, tmp_path).shots[0].scene
    assert [actor.subject for actor in scene.actors] == ["dog", "man"]


@pytest.mark.parametrize("kind", [ClipKind.VARIATION, ClipKind.EXTENSION])
def test_another_take_and_what_comes_next_have_the_same_cast(
    pocket: Pocket, tmp_path: Path, kind: ClipKind
) -> None:
    words = "@ana and @bob stand in the desert by day"
    made, wish = _made(pocket, words, ANA, BOB)
    parent = kept(made, wish, tmp_path)

    onward, _ = _made(pocket, words, ANA, BOB, kind=kind, parent=parent, seed=9)

    assert _seen(onward) == {"ana", "bob"}


def test_what_is_kept_for_remixes_holds_nobodys_likeness(pocket: Pocket, tmp_path: Path) -> None:
    made, _ = _made(pocket, "@ana and a dog in the desert", ANA)

    [shot] = _saved(made, tmp_path).shots

    assert [actor.subject for actor in shot.scene.actors] == ["man", "dog"]
    ana, dog = (shot.latents[(slice(None), 0, *area(layer))] for layer in SPRITES[:2])
    assert torch.count_nonzero(ana) == 0
    assert torch.count_nonzero(dog) > 0


def test_waving_is_no_sea(pocket: Pocket, tmp_path: Path) -> None:
    made, _ = _made(pocket, "@ana waves in the desert", ANA)

    [shot] = _saved(made, tmp_path).shots

    assert (shot.scene.place, shot.scene.actors[0].motion) == ("desert", "dance")
    assert made.notes == ()


def test_nobody_of_the_cast_has_the_part_of_somebody_who_is_named() -> None:
    plan = Plan("@ana and a man talk to a woman", 2.0, cast=("ana",))

    cast = pocket_cast.of(plan, [ANA], before={}, shown=(), words=plan.prompt)

    assert [*cast.parts] == ["astronaut"]
    read = parse(cast.told(plan.prompt)).scene.actors
    assert [actor.subject for actor in read] == ["astronaut", "man", "woman"]


def test_the_cast_is_in_a_scene_that_is_too_full_and_who_is_not_is_told(pocket: Pocket) -> None:
    made, _ = _made(pocket, "a dragon, a cat and a robot with @ana in the desert", ANA)

    assert _seen(made) == {"ana"}
    assert [(note.code, note.figures["asked"]) for note in made.notes] == [
        (NoteCode.LEFT_OUT, "robot")
    ]


def test_a_pet_is_what_its_owner_calls_it_and_a_thing_stands_still() -> None:
    rex = Player("rex", CameoKind.PET, ANA.stills, "my old dog")
    tom = Player("tom", CameoKind.PET, ANA.stills)
    mug = Player("mug", CameoKind.THING, ANA.stills)
    plan = Plan("@rex, @tom and @mug", 2.0, cast=("rex", "tom", "mug"))

    cast = pocket_cast.of(plan, [rex, tom, mug], before={}, shown=(), words=plan.prompt)

    assert cast.by_handle == {"rex": "dog", "tom": "rabbit", "mug": "apple"}


def test_what_one_of_the_cast_says_stands_over_them(pocket: Pocket) -> None:
    words = '@ana and @bob stand in the desert, @bob says "hello"'
    wish = request(ClipKind.CREATE, words, cast=("ana", "bob"), players=(ANA, BOB))
    said = replace(wish, plan=replace(wish.plan, lines=(Line("hello", "bob"),)))

    frame = pictures(render(pocket, said).frames)[20]

    def middle(colour: tuple[int, int, int]) -> float:
        return float(np.argwhere(_where(frame, colour))[:, 1].mean())

    paper = middle((250, 248, 240))
    assert abs(paper - middle(GREEN)) < abs(paper - middle(PINK))
