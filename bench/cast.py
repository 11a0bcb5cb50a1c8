"""People of the cast in Pocket: a sheet to look at, and what drawing them costs.

Two portraits in the public domain that packages ship, as they are and with what owners may say of
their looks; then clips, six frames each. The cost is what a clip with two people takes over the
same clip without, from words to pictures, in one run.

    python -m bench.cast [SHEET.png]
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from engine.pipelines import pocket
from engine.pipelines.family import Player, Request
from engine.pocket import people
from storage.cameos import CameoKind
from storage.clips import ClipKind
from storage.plan import Line, Plan
from tests.portraits import Picture, admiral, astronaut

WORN = ("", "a red hat", "un bonnet vert et une écharpe jaune", "sunglasses, pink hair",
        "top hat and moustache", "gold crown, purple cape", "headscarf, blue dress",
        "round glasses, a blue scarf")  # fmt: skip
CLIPS = (
    "@ana waves in a meadow",
    "@ana and @grace dance on the beach at sunset",
    "@grace rides with a dragon over the mountains at night",
    "@ana and @grace stand in the snow, @ana says what she thinks",
)
#: Times that each clip is made for the figures.
TIMES = 5
_CELL, _MEADOW = 128, (124, 207, 82, 255)
_WEIGHTS = Path(pocket.__file__).parents[1] / "pocket" / "weights"


def main() -> None:
    """Draw and measure; the last line is one JSON object."""
    family = pocket.load(_WEIGHTS, "cpu")
    cast = _player("ana", astronaut(), "with my red hat"), _player("grace", admiral(), "")
    if len(sys.argv) > 1:
        rows = [_row(portrait) for portrait in (astronaut(), admiral())]
        rows += [_frames(family, words, cast, rows[0].shape[1]) for words in CLIPS]
        PIL.Image.fromarray(np.vstack(rows)).save(sys.argv[1], optimize=True)
    words = "@ana and @grace dance on the beach"
    people.sprite(cast[0].stills, "")
    drawing = _median([lambda: people.sprite(cast[0].stills, "")] * TIMES)
    alone = _median([lambda: _clip(family, words, ())] * TIMES)
    together = _median([lambda: _clip(family, words, cast)] * TIMES)
    print(f"a person is drawn in {drawing:.2f} s")
    print(f"a clip takes {alone:.2f} s without a cast, {together:.2f} s with two")
    print(json.dumps({"person_seconds": round(drawing, 3), "clip": round(together / alone, 2)}))


def _player(handle: str, portrait: Picture, looks: str) -> Player:
    return Player(handle, CameoKind.PERSON, (portrait,), looks)


def _clip(family: pocket.Pocket, words: str, cast: tuple[Player, ...]) -> list[NDArray[np.uint8]]:
    """Two seconds' frames."""
    named = tuple(each for each in cast if f"@{each.handle}" in words)
    lines = (Line("What a day!", "ana"),) if "says" in words else ()
    plan = Plan(words, 2.0, cast=tuple(each.handle for each in named), lines=lines)
    request = Request(ClipKind.CREATE, plan, 3, 8, 1.0, 768, 432, 24, 48)
    request = replace(request, players=named)
    made = family.render(request, family.encode(request), lambda *_: None)
    return list(made.frames)


def _frames(
    family: pocket.Pocket, words: str, cast: tuple[Player, ...], width: int
) -> NDArray[np.uint8]:
    frames = _clip(family, words, cast)
    chosen = [frames[round(i)][::3, ::3] for i in np.linspace(0, len(frames) - 1, 4)]
    row = np.hstack(chosen)
    return np.asarray(PIL.Image.fromarray(row).crop((0, 0, width, row.shape[0])))


def _row(portrait: Picture) -> NDArray[np.uint8]:
    """The portrait's person in everything of WORN; no photo of anybody goes into a repository."""
    cells = []
    for said in WORN:
        drawn = people.sprite((portrait,), said)
        assert drawn is not None
        ground = PIL.Image.new("RGBA", (32, 32), _MEADOW)
        ground.alpha_composite(PIL.Image.fromarray(drawn))
        nearest = PIL.Image.Resampling.NEAREST
        cells.append(np.asarray(ground.convert("RGB").resize((_CELL, _CELL), nearest)))
    return np.hstack(cells)


def _median(calls: Sequence[Callable[[], object]]) -> float:
    times = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
