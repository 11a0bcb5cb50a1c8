"""Takes out of decoded pixels what no drawing of this world has: specks, mottle, torn skies.

A model's latents are never quite a drawing's: where two colours are near, pixels fall on both
sides. Every function here leaves a drawing of the world (nearly) as it is.
"""

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.palette import NUMBER

#: Colours nearer than this, in steps of 255, are one colour of a sprite.
_SAME = 24.0
#: A pixel may take the colour of most around it where that is no farther than this.
_ALIKE = 45.0
_SKY = tuple(NUMBER[name] for name in ("sky high", "sky", "sky low"))


def without_specks(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each pixel with fewer than two like it around takes the commonest material around it."""
    around = np.stack([*_around(canvas)])
    votes = (around[:, None] == around[None]).sum(1)
    commonest = np.take_along_axis(around, votes.argmax(0)[None], 0)[0]
    return np.where((around == canvas).sum(0) < 2, commonest, canvas)


def without_mottle(
    colours: NDArray[np.intp], solid: NDArray[np.bool_], palette: NDArray[np.float32]
) -> NDArray[np.intp]:
    """A sprite's palette numbers with near colours made one, and plain surfaces made plain.

    `palette` is (colours, 3) in steps of 255. Edges, eyes and all else that stands out stay.
    """
    far: NDArray[np.floating] = np.linalg.norm(palette[:, None] - palette[None], axis=-1)
    colours = _merged(np.bincount(colours[solid], minlength=len(palette)), far)[colours]
    for _ in range(2):
        votes = np.zeros((*colours.shape, len(palette)))
        rows: NDArray[np.intp] = np.indices(colours.shape)[0]
        columns: NDArray[np.intp] = np.indices(colours.shape)[1]
        shown = np.where(solid, colours, -1)
        # A pixel's own vote counts for more than a neighbour's.
        votes[rows, columns, colours] += 1.5
        for neighbour in _around(shown, edge=-1):
            seen = neighbour >= 0
            votes[rows[seen], columns[seen], neighbour[seen]] += 1
        votes[far[colours] > _ALIKE] = 0
        colours = np.where(solid, votes.argmax(-1), colours)
    return colours


def _merged(counts: NDArray[np.intp], far: NDArray[np.floating]) -> NDArray[np.intp]:
    """For each colour the commonest one that is the same to the eye."""
    to = np.arange(len(counts))
    kept: list[int] = []
    for colour in np.argsort(-counts, kind="stable"):
        near = [k for k in kept if far[colour, k] < _SAME]
        if near:
            to[colour] = min(near, key=lambda k: float(far[colour, k]))
        elif counts[colour]:
            kept.append(int(colour))
    return to


def with_even_sky(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where the sky shows, each row in the shade that most of its sky has; dithered rows stay."""
    out = canvas.copy()
    for row in out:
        sky = np.isin(row, _SKY)
        shades, counts = np.unique(row[sky], return_counts=True)
        if len(shades) > 1 and counts.max() > 0.62 * counts.sum():
            row[sky] = shades[counts.argmax()]
    return out


def _around(picture: NDArray[np.integer], edge: int | None = None) -> list[NDArray[np.integer]]:
    """The eight neighbours of each pixel; beyond the edge, the edge itself or that number."""
    if edge is None:
        wide = np.pad(picture, 1, mode="edge")
    else:
        wide = np.pad(picture, 1, constant_values=edge)
    height, width = picture.shape
    return [
        wide[y : y + height, x : x + width] for y in range(3) for x in range(3) if (y, x) != (1, 1)
    ]
