"""The subjects' sprites, in their natural colours and ten others, read from the atlas.

A sprite is 32 × 32 RGBA, facing right, its feet on the row above the last. It never draws.
"""

from functools import cache
from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from engine.pocket.world.scene import Colour
from engine.pocket.world.subjects import INDEX

#: Pixels a side.
SIZE = 32
COLUMNS = 8
ATLAS = Path(__file__).parent / "sprites.png"
#: The outline of every sprite.
INK = (24, 20, 37)

#: From shadow to light; a recoloured sprite keeps its own shading along its ramp.
_RAMPS: dict[Colour, tuple[str, str, str, str]] = {
    Colour.RED: ("5a0f1e", "b01f2e", "e8433f", "ffb0a0"),
    Colour.ORANGE: ("6b2a06", "c85a10", "f79028", "ffd79a"),
    Colour.YELLOW: ("7a5200", "d6a40c", "fbdc32", "fff7b8"),
    Colour.GREEN: ("0e4420", "20803a", "4fbf4b", "bdf29a"),
    Colour.BLUE: ("12205f", "2450b8", "3f8df0", "aee0ff"),
    Colour.PURPLE: ("33104f", "6a2aa0", "9f58dc", "dcb8ff"),
    Colour.PINK: ("7a1850", "d04a94", "f984bf", "ffd4ea"),
    Colour.WHITE: ("6f7690", "b2bacb", "e2e7f0", "ffffff"),
    Colour.BLACK: ("0f0e18", "262433", "403d52", "77738c"),
    Colour.BROWN: ("3a1d10", "6f4026", "a0683c", "dcae7c"),
}


@cache
def sprite(subject: str, colour: Colour) -> NDArray[np.uint8]:
    """The subject in that colour, (32, 32, 4); raises KeyError for an unknown subject."""
    i = INDEX[subject]
    top, left = i // COLUMNS * SIZE, i % COLUMNS * SIZE
    natural = _atlas()[top : top + SIZE, left : left + SIZE]
    return natural if colour is Colour.NATURAL else _recoloured(natural, colour)


def tone(colour: Colour) -> tuple[int, int, int]:
    """The middle of a colour's ramp, RGB. Raises KeyError for NATURAL."""
    middle = _RAMPS[colour][2]
    return int(middle[:2], 16), int(middle[2:4], 16), int(middle[4:], 16)


@cache
def _atlas() -> NDArray[np.uint8]:
    with PIL.Image.open(ATLAS) as image:
        return np.asarray(image.convert("RGBA"))


def _recoloured(natural: NDArray[np.uint8], colour: Colour) -> NDArray[np.uint8]:
    """Luminance, stretched over the sprite's own range, looked up in the colour's ramp."""
    ramp = np.array([[int(h[i : i + 2], 16) for i in (0, 2, 4)] for h in _RAMPS[colour]])
    rgb = natural[..., :3].astype(float)
    ink = (natural[..., :3] == INK).all(-1)
    inside = (natural[..., 3] > 0) & ~ink
    light = rgb @ (0.3, 0.55, 0.15)
    low, middle, high = np.percentile(light[inside], (3, 50, 97))
    # The commonest tone of the sprite becomes the colour itself; the rest are its shadow and shine.
    knots = (min(low, middle - 30), middle, max(high, middle + 45))
    level = np.interp(light, knots, (0.1, 0.6, 1.0))
    steps = np.round(level * 8) / 8 * 3
    out = natural.copy()
    for channel in range(3):
        value = np.interp(steps, (0, 1, 2, 3), ramp[:, channel])
        out[..., channel] = np.where(inside, value.round(), natural[..., channel])
    return out
