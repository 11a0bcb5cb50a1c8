"""What drawings of people are made with: pixels of a sprite, shade, and the line around it."""

import numpy as np
from numpy.typing import NDArray

from engine.pocket.people.colours import Rgb
from engine.pocket.world.sprites import INK

Sprite = NDArray[np.uint8]
"""(32, 32, 4), RGBA."""


def put(sprite: Sprite, rows: slice | int, columns: slice | int, colour: Rgb) -> None:
    """Those pixels in that colour."""
    sprite[rows, columns] = (*colour, 255)


def darker(colour: Rgb) -> Rgb:
    """The colour in the shade, which is a little blue."""
    red, green, blue = colour
    return round(red * 0.76), round(green * 0.7), min(255, round(blue * 0.76 + 5))


def lighter(colour: Rgb) -> Rgb:
    """The colour in the light."""
    red, green, blue = (round(c + (255 - c) * 0.35) for c in colour)
    return red, green, blue


def outlined(sprite: Sprite) -> Sprite:
    """With the dark line around it that all of Pocket's sprites have."""
    solid = sprite[..., 3] > 0
    edged = np.pad(solid, 1)
    beside = edged[:-2, 1:-1] | edged[2:, 1:-1] | edged[1:-1, :-2] | edged[1:-1, 2:]
    out = sprite.copy()
    out[beside & ~solid] = (*INK, 255)
    return out
