"""Moves what is alive in a sprite: eyes that shut for a moment, tails that wag.

A sprite is known by its silhouette among those of the world; whoever is not, such as a person
who plays a part, keeps still. Steps and wing beats are the renderer's, and need no such places.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.scene import Colour
from engine.pocket.world.sprites import sprite

Sprite = NDArray[np.uint8]


@dataclass(frozen=True)
class Box:
    """A part of a sprite: column and row of its corner, width and height."""

    x: int
    y: int
    width: int
    height: int


_EYES: dict[str, tuple[Box, ...]] = {
    "cat": (Box(21, 9, 2, 2),),
    "dog": (Box(14, 9, 2, 2), Box(21, 9, 2, 2)),
    "rabbit": (Box(24, 13, 2, 2),),
    "penguin": (Box(16, 4, 2, 2),),
    "owl": (Box(11, 8, 3, 3), Box(19, 9, 3, 3)),
    "bird": (Box(23, 11, 2, 2),),
    "duck": (Box(19, 4, 2, 2),),
    "whale": (Box(15, 13, 2, 2),),
    "frog": (Box(6, 9, 4, 5), Box(22, 9, 4, 5)),
    "horse": (Box(26, 10, 1, 1),),
    "elephant": (Box(21, 13, 2, 1),),
    "dinosaur": (Box(23, 4, 2, 1),),
    "dragon": (Box(22, 7, 2, 2),),
    "astronaut": (Box(13, 9, 1, 1), Box(18, 9, 1, 1)),
    "robot": (Box(12, 8, 2, 3), Box(17, 8, 2, 3)),
    "fox": (Box(19, 12, 2, 2), Box(25, 12, 2, 2)),
}
#: Tails, and two empty rows above and below: they hang on the side that is nearer to the middle.
_TAILS: dict[str, Box] = {
    "cat": Box(0, 6, 6, 14),
    "dog": Box(0, 12, 5, 9),
    "fox": Box(0, 7, 6, 17),
    "fish": Box(0, 9, 6, 19),
    "dinosaur": Box(0, 14, 8, 15),
    "mermaid": Box(24, 11, 8, 18),
}
#: Seconds from one blink to the next, and of the first; actors take turns.
_EVERY, _FIRST, _APART = 2.9, 1.3, 0.85
_LASTS = 0.15
#: Pixels that a tail's tip goes up and down, and radians a second.
_WAG, _RATE = 1.6, 7.0
#: Share of two silhouettes' pixels that they have in common, from which they are one subject's.
_KNOWN = 0.95


def posed(art: Sprite, *, slot: int, at: float) -> Sprite:
    """The sprite, (32, 32, 4), of that slot as it is `at` seconds on the clock."""
    name = _whose(art[..., 3] > 0)
    if name in _TAILS:
        art = _wagged(art, _TAILS[name], _WAG * np.sin(at * _RATE + slot))
    if name in _EYES and _are_shut(slot, at):
        art = _with_lids(art, _EYES[name])
    return art


def _are_shut(slot: int, at: float) -> bool:
    since = at - _FIRST - _APART * slot
    return since >= 0 and since % _EVERY < _LASTS


def _with_lids(art: Sprite, eyes: tuple[Box, ...]) -> Sprite:
    """What is above an eye, down to its lowest row."""
    out = art.copy()
    for eye in eyes:
        columns = slice(eye.x, eye.x + eye.width)
        out[eye.y : eye.y + max(eye.height - 1, 1), columns] = art[eye.y - 1, columns]
    return out


def _wagged(art: Sprite, tail: Box, reach: float) -> Sprite:
    """Each column of the tail moved up or down, the more the farther it is from the body."""
    out = art.copy()
    rows = slice(tail.y, tail.y + tail.height)
    on_the_left = tail.x < art.shape[1] // 2
    for i in range(tail.width):
        away = tail.width - i if on_the_left else i + 1
        x = tail.x + i
        out[rows, x] = np.roll(art[rows, x], round(reach * away / tail.width), 0)
    return out


def _whose(solid: NDArray[np.bool_]) -> str:
    """The subject with that silhouette; "" where there is none."""
    names, known = _silhouettes()
    alike = (known & solid).sum((1, 2)) / np.maximum((known | solid).sum((1, 2)), 1)
    return names[int(alike.argmax())] if alike.max() >= _KNOWN else ""


@cache
def _silhouettes() -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    names = tuple(_EYES | _TAILS)
    return names, np.stack([sprite(name, Colour.NATURAL)[..., 3] > 0 for name in names])
