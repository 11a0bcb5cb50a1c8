"""The bundled model, through the interface that the worker uses."""

from pathlib import Path

import pytest

from engine.pipelines.family import Cancelled, Preview
from engine.pipelines.pocket import Pocket
from storage.clips import ClipKind
from tests.engine.pocket.rendering import kept, pictures, render, request


def test_a_prompt_becomes_frames_and_the_same_request_gives_the_same_bits(pocket: Pocket) -> None:
    wish = request(ClipKind.CREATE, "a blue cat hops on the beach")
    steps: list[tuple[int, Preview | None]] = []
    first = render(pocket, wish, lambda n, p: steps.append((n, p)))
    shown = pictures(first.frames)
    assert shown.shape == (48, 72, 128, 3)
    assert (shown[0] != shown[12]).any()
    again = render(pocket, wish)
    assert again.latents == first.latents
    assert [number for number, _ in steps] == [1, 2, 3, 4]
    preview = steps[1][1]
    assert preview is not None
    assert max(preview().size) <= 320


def test_a_remix_keeps_what_its_words_do_not_change(pocket: Pocket, tmp_path: Path) -> None:
    first = request(ClipKind.CREATE, "a dog in a meadow by day, static camera")
    made = render(pocket, first)
    parent = kept(made, first, tmp_path)
    remix = request(ClipKind.REMIX, "x", instruction="a red dog", parent=parent, seed=9)
    before, after = pictures(made.frames), pictures(render(pocket, remix).frames)
    changed = (before != after).any(-1)
    assert changed.any()
    # The corners are background: the very same pixels in every frame.
    assert not changed[:, :20, :20].any()
    assert not changed[:, -12:, -12:].any()


def test_an_extension_begins_where_its_parent_ended(pocket: Pocket, tmp_path: Path) -> None:
    first = request(ClipKind.CREATE, "a penguin walks right in the city by day, static camera")
    made = render(pocket, first)
    parent = kept(made, first, tmp_path)
    onward = request(ClipKind.EXTENSION, first.plan.prompt, parent=parent)
    before, after = pictures(made.frames), pictures(render(pocket, onward).frames)
    seam = (before[-1] != after[0]).any(-1).mean()
    assert seam < 0.12
    assert (after[0] != after[-1]).any(-1).mean() > seam


def test_a_variation_is_another_picture_of_the_same_words(pocket: Pocket, tmp_path: Path) -> None:
    first = request(ClipKind.CREATE, "a robot in the desert")
    parent = kept(render(pocket, first), first, tmp_path)
    other = request(ClipKind.VARIATION, first.plan.prompt, parent=parent, seed=4)
    made = render(pocket, other)
    assert parent.latents is not None
    assert made.latents != parent.latents.read_bytes()


def test_raising_from_a_step_stops_the_render_and_the_next_one_is_whole(pocket: Pocket) -> None:
    wish = request(ClipKind.CREATE, "a star over the sea")
    expected = render(pocket, wish).latents

    def stop(step: int, _: Preview | None) -> None:
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        render(pocket, wish, stop)
    assert render(pocket, wish).latents == expected


def test_words_pocket_does_not_know_still_give_a_film(pocket: Pocket) -> None:
    made = render(pocket, request(ClipKind.CREATE, "quantum bureaucracy"))
    assert pictures(made.frames).any()
