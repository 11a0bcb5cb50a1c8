"""Pets and things of the cast: their picture, cut out, in a few colours of its own.

What is in the middle is told from what is around it by its colours; where they don't differ, an
oval of the middle is shown.
"""

import numpy as np
import PIL.Image
import PIL.ImageFilter
from scipy.ndimage import binary_closing, binary_fill_holes, binary_opening, label

from engine.pocket.people import colours
from engine.pocket.people.grid import Mask, Picture
from engine.pocket.people.paper import Sprite, outlined
from engine.pocket.people.person import separated
from engine.pocket.world.sprites import SIZE

#: Pixels a side at which it is cut out, and of the longer side of what is drawn.
_CUTTING, _LONGEST = 96, 28
#: Colours of a sprite.
_COLOURS = 9
#: Shares of a picture that a thing in it may be.
_LEAST, _MOST = 0.06, 0.85
#: Share of a picture's pixels that is see-through where it is cut out already.
_CUT_OUT = 0.02


def sprite(picture: Picture) -> Sprite:
    """The thing in the picture, (h, w, 4) RGBA, facing as it does there."""
    image = PIL.Image.fromarray(picture).convert("RGBA")
    image.thumbnail((_CUTTING, _CUTTING))
    small = np.asarray(image)
    solid = small[..., 3] > 127
    if (~solid).mean() < _CUT_OUT or not solid.any():
        solid = _middle(image.convert("RGB").filter(PIL.ImageFilter.MedianFilter(3)))
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    cut = np.dstack([small[..., :3], np.where(solid, 255, 0).astype(np.uint8)])
    return _drawn(cut[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _middle(image: PIL.Image.Image) -> Mask:
    rgb = np.asarray(image)
    height, width = rgb.shape[:2]
    y, x = np.mgrid[:height, :width]
    far = np.hypot((x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1)
    oval = far < 1
    if min(height, width) < 16:
        return np.asarray(oval | (far <= far.min()))
    found = separated(
        colours.lab(rgb),
        np.clip(5 * (0.8 - far), -5, 5),
        surely_in=far < 0.3,
        surely_out=far > 1.2,
    )
    found = binary_fill_holes(binary_closing(binary_opening(found, iterations=2), iterations=2))
    parts, count = label(found)
    if not count:
        return np.asarray(oval)
    largest = parts == 1 + np.bincount(parts.ravel())[1:].argmax()
    return np.asarray(largest if _LEAST < largest.mean() < _MOST else oval)


def _drawn(cut: Picture) -> Sprite:
    """The cut-out in few pixels and colours, its feet where Pocket's are."""
    height, width = cut.shape[:2]
    ratio = _LONGEST / max(height, width)
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    # Colours are averaged by how solid they are, so that what is see-through bleeds into nothing.
    image = PIL.Image.fromarray(cut).convert("RGBa").resize(size, PIL.Image.Resampling.BOX)
    small = np.asarray(image.convert("RGBA")).copy()
    solid = small[..., 3] > 110
    if not solid.any():
        solid = np.ones_like(solid)
    seen = small[..., :3].astype(np.float64)
    own, _ = colours.clusters(seen[solid], _COLOURS)
    nearest = np.square(seen[:, :, None] - own).sum(-1).argmin(-1)
    canvas = np.zeros((SIZE, SIZE, 4), np.uint8)
    top, left = SIZE - 1 - size[1], (SIZE - size[0]) // 2
    drawn = np.dstack(
        [own[nearest].round().astype(np.uint8), np.full(nearest.shape, 255, np.uint8)]
    )
    canvas[top : top + size[1], left : left + size[0]] = np.where(solid[..., None], drawn, 0)
    return outlined(canvas)
