"""Cutting somebody or something out of a picture: by transparency where it has some, else by taking
away what is joined to its edges in nearly the same colours.

It knows no faces and no models: in front of a background of many colours it cuts little or nothing.
"""

from collections import deque

import numpy as np
import PIL.Image
import PIL.ImageFilter
from numpy.typing import NDArray

from engine.pipelines.family import Cutout

#: Share of a picture's pixels that is see-through in a cut-out.
_CUT_OUT = 0.02
#: How far from the edge's colour a pixel counts as background, in RGB steps.
_NEAR = 42.0
#: Pixels a side at which a background is looked for.
_CUTTING_SIZE = 96
#: Shares of a picture that a background may be.
_LEAST, _MOST = 0.08, 0.94


def is_cut_out(picture: Cutout) -> bool:
    """Whether the picture has its background away already."""
    return float((picture[..., 3] < 128).mean()) > _CUT_OUT


def cut_out(picture: Cutout) -> Cutout:
    """The picture at its own size without its background; as it is where that can't be told."""
    if is_cut_out(picture):
        return picture
    outside = _outside(_small(picture))
    if outside is None:
        return picture
    size = picture.shape[1], picture.shape[0]
    mask = PIL.Image.fromarray(np.where(outside, 0, 255).astype(np.uint8))
    soft = np.asarray(mask.resize(size, PIL.Image.Resampling.BICUBIC))
    return np.dstack([picture[..., :3], soft])


def cut_away(picture: Cutout) -> Cutout:
    """The picture, small, without its background; an oval of it where that can't be told."""
    image = _small(picture)
    small = np.asarray(image).copy()
    outside = _outside(image)
    if outside is None:
        height, width = small.shape[:2]
        y, x = np.mgrid[:height, :width]
        far = ((x + 0.5) / width * 2 - 1) ** 2 + ((y + 0.5) / height * 2 - 1) ** 2
        outside = far > 1
    small[..., 3] = np.where(outside, 0, 255)
    return small


def _small(picture: Cutout) -> PIL.Image.Image:
    image = PIL.Image.fromarray(picture)
    image.thumbnail((_CUTTING_SIZE, _CUTTING_SIZE))
    return image


def _outside(image: PIL.Image.Image) -> NDArray[np.bool_] | None:
    """What is background; None where that is next to nothing or next to everything."""
    smooth = np.asarray(image.convert("RGB").filter(PIL.ImageFilter.MedianFilter(3)), np.float32)
    outside = _joined_to_the_edge(smooth)
    return outside if _LEAST < float(outside.mean()) < _MOST else None


def _joined_to_the_edge(rgb: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Pixels reached from the edge through colours near those already reached there."""
    height, width = rgb.shape[:2]
    border = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]])
    middle = np.median(border, 0)
    near = np.linalg.norm(rgb - middle, axis=-1) < _NEAR
    reached = np.zeros((height, width), bool)
    waiting: deque[tuple[int, int]] = deque(
        (y, x)
        for y in range(height)
        for x in range(width)
        if (y in (0, height - 1) or x in (0, width - 1)) and near[y, x]
    )
    while waiting:
        y, x = waiting.popleft()
        if reached[y, x]:
            continue
        reached[y, x] = True
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            a, b = y + down, x + right
            if 0 <= a < height and 0 <= b < width and near[a, b] and not reached[a, b]:
                waiting.append((a, b))
    return reached
