"""The bundled model, through the interface that the worker uses."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.pipelines.family import Cancelled, OnStep, Parent, Preview, Rendered, Request
from engine.pipelines.pocket import Pocket, load
from storage.clips import ClipKind
from storage.plan import Plan

WEIGHTS = Path(__file__).parents[3] / "engine" / "pocket" / "weights"


@pytest.fixture(scope="module")
def pocket() -> Pocket:
    return load(WEIGHTS, "cpu")


def _request(
    kind: ClipKind,
    prompt: str,
    *,
    instruction: str | None = None,
    parent: Parent | None = None,
    seed: int = 3,
) -> Request:
    plan = Plan(prompt, 2.0, instruction=instruction)
    return Request(kind, plan, seed, 4, 1.0, 768, 432, 24, 48, parent)


def _render(pocket: Pocket, request: Request, on_step: OnStep = lambda *_: None) -> Rendered:
    return pocket.render(request, pocket.encode(request), on_step)


def _pictures(frames: Iterator[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    return np.stack([frame[::6, ::6] for frame in frames])


def _kept(rendered: Rendered, request: Request, folder: Path) -> Parent:
    assert rendered.latents
    path = folder / f"{request.seed}-{request.kind}.safetensors"
    path.write_bytes(rendered.latents)
    return Parent(request.plan, request.seed, folder / "none.mp4", path)


def test_a_prompt_becomes_frames_and_the_same_request_gives_the_same_bits(pocket: Pocket) -> None:
    request = _request(ClipKind.CREATE, "a blue cat hops on the beach")
    steps: list[tuple[int, Preview | None]] = []
    first = _render(pocket, request, lambda n, p: steps.append((n, p)))
    pictures = _pictures(first.frames)
    assert pictures.shape == (48, 72, 128, 3)
    assert (pictures[0] != pictures[12]).any()
    again = _render(pocket, request)
    assert again.latents == first.latents
    assert [number for number, _ in steps] == [1, 2, 3, 4]
    preview = steps[1][1]
    assert preview is not None
    assert max(preview().size) <= 320


def test_a_remix_keeps_what_its_words_do_not_change(pocket: Pocket, tmp_path: Path) -> None:
    first = _request(ClipKind.CREATE, "a dog in a meadow by day, static camera")
    made = _render(pocket, first)
    parent = _kept(made, first, tmp_path)
    remix = _request(ClipKind.REMIX, "x", instruction="a red dog", parent=parent, seed=9)
    before, after = _pictures(made.frames), _pictures(_render(pocket, remix).frames)
    changed = (before != after).any(-1)
    assert changed.any()
    # The corners are background: the very same pixels in every frame.
    assert not changed[:, :20, :20].any()
    assert not changed[:, -12:, -12:].any()


def test_an_extension_begins_where_its_parent_ended(pocket: Pocket, tmp_path: Path) -> None:
    first = _request(ClipKind.CREATE, "a penguin walks right in the city by day, static camera")
    made = _render(pocket, first)
    parent = _kept(made, first, tmp_path)
    onward = _request(ClipKind.EXTENSION, first.plan.prompt, parent=parent)
    before, after = _pictures(made.frames), _pictures(_render(pocket, onward).frames)
    seam = (before[-1] != after[0]).any(-1).mean()
    assert seam < 0.12
    assert (after[0] != after[-1]).any(-1).mean() > seam


def test_a_variation_is_another_picture_of_the_same_words(pocket: Pocket, tmp_path: Path) -> None:
    first = _request(ClipKind.CREATE, "a robot in the desert")
    parent = _kept(_render(pocket, first), first, tmp_path)
    other = _request(ClipKind.VARIATION, first.plan.prompt, parent=parent, seed=4)
    made = _render(pocket, other)
    assert parent.latents is not None
    assert made.latents != parent.latents.read_bytes()


def test_raising_from_a_step_stops_the_render_and_the_next_one_is_whole(pocket: Pocket) -> None:
    request = _request(ClipKind.CREATE, "a star over the sea")
    expected = _render(pocket, request).latents

    def stop(step: int, _: Preview | None) -> None:
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        _render(pocket, request, stop)
    assert _render(pocket, request).latents == expected


def test_words_pocket_does_not_know_still_give_a_film(pocket: Pocket) -> None:
    made = _render(pocket, _request(ClipKind.CREATE, "quantum bureaucracy"))
    assert _pictures(made.frames).any()
