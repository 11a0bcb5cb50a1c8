"""Clips of several shots: the world stays between them, and they cut where the plan says."""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save

from engine.pipelines import pocket_cast, pocket_shots
from engine.pipelines.pocket import Pocket
from engine.pocket import saved
from engine.pocket.codec import SPRITES, Layer, area
from engine.pocket.vocabulary import parse
from storage.clips import ClipKind
from storage.plan import Camera, Plan, Shot
from tests.engine.pocket.rendering import kept, pictures, player, render, request

_SHOTS = (
    Shot("a red car drives right in the city at night", 0.0),
    Shot("it spins", 0.75, Camera.PUSH_IN),
    Shot("a cat hops in a meadow by day", 1.5),
)


def _layer(shot: saved.Shot, layer: Layer) -> bytes:
    return bytes(shot.latents[(slice(None), 0, *area(layer))].numpy().tobytes())


def test_shots_share_the_world_until_the_words_change_it(pocket: Pocket, tmp_path: Path) -> None:
    wish = request(ClipKind.CREATE, "a car, then a cat", shots=_SHOTS)
    parent = kept(render(pocket, wish), wish, tmp_path)

    assert parent.latents is not None
    found = saved.read(parent.latents)
    assert found is not None
    first, second, third = found.shots
    assert [shot.start for shot in found.shots] == [0.0, 0.75, 1.5]
    for layer in (Layer.BACKGROUND, Layer.LIGHT, SPRITES[0]):
        assert _layer(first, layer) == _layer(second, layer), layer
        assert _layer(first, layer) != _layer(third, layer), layer
    assert _layer(first, Layer.MOTION_1) != _layer(second, Layer.MOTION_1)


def test_a_cut_comes_at_its_frame_and_the_steps_go_on_through_all_shots(pocket: Pocket) -> None:
    wish = request(ClipKind.CREATE, "a car, then a cat", shots=_SHOTS)
    steps: list[int] = []

    made = render(pocket, wish, lambda number, _: steps.append(number))

    shown = pictures(made.frames)
    assert len(shown) == 48
    jumps = (shown[1:] != shown[:-1]).any(-1).mean((1, 2))
    assert np.argmax(jumps) + 1 == 36
    assert steps == sorted(steps)
    assert steps[-1] == wish.steps


def test_a_remix_of_several_shots_leaves_those_alone_that_it_does_not_mean(
    pocket: Pocket, tmp_path: Path
) -> None:
    wish = request(ClipKind.CREATE, "a car, then a cat", shots=_SHOTS)
    made = render(pocket, wish)
    parent = kept(made, wish, tmp_path)
    remix = request(
        ClipKind.REMIX, "x", instruction="a blue car", shots=_SHOTS, parent=parent, seed=9
    )

    before, after = pictures(made.frames), pictures(render(pocket, remix).frames)

    assert (before[:36] != after[:36]).any()
    assert (before[36:] == after[36:]).all()


def test_an_extension_goes_on_from_the_last_shot(pocket: Pocket, tmp_path: Path) -> None:
    wish = request(ClipKind.CREATE, "a car, then a cat", shots=_SHOTS)
    made = render(pocket, wish)
    onward = request(
        ClipKind.EXTENSION, "x", shots=_SHOTS, parent=kept(made, wish, tmp_path), seed=9
    )

    before, after = pictures(made.frames), pictures(render(pocket, onward).frames)

    assert (before[-1] != after[0]).any(-1).mean() < 0.12


def test_what_another_version_kept_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "old.safetensors"
    file.write_bytes(save({"latents": torch.zeros(1, 2)}, {"pocket shots": '{"scenes": []}'}))

    assert saved.read(file) is None


def test_shots_too_short_to_see_are_left_out() -> None:
    shots = (Shot("a dog", 0.0), Shot("a cat", 0.1), Shot("a cow", 1.0), Shot("an owl", 1.9))

    told = pocket_shots.told(Plan("x", 2.0, shots=shots), "x", pocket_cast.Cast(Plan("x", 2.0), {}))

    assert [(each.words, each.start) for each in told] == [("a dog", 0.0), ("a cow", 1.0)]


def test_all_of_the_cast_do_what_is_said_of_the_last_one() -> None:
    plan = Plan("@ana and @bob dance, @eve watches", 2.0, cast=("ana", "bob"))
    people = [player(handle) for handle in plan.cast]
    cast = pocket_cast.of(plan, people, before={}, shown=(), words=plan.prompt)
    words = pocket_shots.told(plan, plan.prompt, cast)[0].words

    scene = pocket_shots.with_cast(parse(words).scene, tuple(cast.parts))

    assert [(actor.subject, actor.motion) for actor in scene.actors] == [
        ("man", "dance"), ("woman", "dance"),
    ]  # fmt: skip


def test_who_goes_on_into_the_next_shot_goes_on_moving() -> None:
    shots = [pocket_shots.Told(words, at, None) for at, words in enumerate(
        ("a car drives right", "a close-up of the car", "a cat", "the car")
    )]  # fmt: skip
    readings = [parse(shot.words) for shot in shots]

    scenes = pocket_shots.scenes(shots, readings, readings[0].scene)

    assert [scene.actors[0].motion for scene in scenes] == ["right", "right", None, None]


def test_somebody_seen_again_has_the_colour_they_had() -> None:
    shots = [pocket_shots.Told(words, at, None) for at, words in enumerate(
        ("a red dog in a forest", "a cat", "the dog hops")
    )]  # fmt: skip
    readings = [parse(shot.words) for shot in shots]

    scenes = pocket_shots.scenes(shots, readings, readings[0].scene)

    assert scenes[2].actors[0].colour == "red"
    assert {scene.place for scene in scenes} == {"forest"}
