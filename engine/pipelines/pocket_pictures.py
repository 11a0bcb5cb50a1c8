"""Members' own pictures in Pocket's world: one becomes the background, or somebody in the scene.

A cut-out (a picture with transparency) is somebody; so is any picture that the words call hero,
character or sprite. Everything is reduced to Pocket's few pixels and colours.
"""

import re
from pathlib import Path

import numpy as np
import PIL.Image
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines.cutting import cut_away, is_cut_out
from engine.pipelines.family import Cutout
from engine.pocket.world.palette import DAY
from engine.pocket.world.places import HEIGHT, WIDTH
from engine.pocket.world.sprites import INK, SIZE

#: Pixels of a reduced picture's longer side at most: some are all length and no width.
_LARGEST = 4096

_ROLE = re.compile(
    r"\b(?:as|is|for|use|with|comme|en|pour|est)\s+(?:an?|the|my|our|your|its|un|une|le|la|les|l['’]"
    r"|mon|ma|notre|votre|son|sa)?\s*(?:main\s+|own\s+|petite?\s+)?"
    r"(?:hero(?:ine)?|character|sprite|player|actor|star|h[ée]ro(?:s|[iï]ne)|personnage|lutin|joueur"
    r"|joueuse|acteur|actrice|vedette)\b",
    re.IGNORECASE,
)


def read(path: Path) -> Cutout:
    """The picture as RGBA. Raises OSError."""
    with PIL.Image.open(path) as image:
        return np.asarray(image.convert("RGBA"))


def is_somebody(picture: Cutout, words: str) -> bool:
    """Whether the picture shows who is in the scene, and not where it is."""
    return is_cut_out(picture) or _ROLE.search(words) is not None


def without_role(words: str) -> str:
    """The words without those that only say what the picture is for."""
    return _ROLE.sub(" ", words)


def background(picture: Cutout, *, width: int, height: int) -> Tensor:
    """The picture as a background, (1, 96, 192, 3) bytes.

    Its middle fills the `width` × `height` canvas pixels that a still camera sees; what the camera
    may move to shows the rest of it, and its mirror image beyond that.
    """
    image = PIL.Image.fromarray(picture).convert("RGB")
    ratio = max(width / image.width, height / image.height)
    size = (
        min(max(1, round(image.width * ratio)), _LARGEST),
        min(max(1, round(image.height * ratio)), _LARGEST),
    )
    small = np.asarray(image.resize(size, PIL.Image.Resampling.BOX))
    canvas = _centred(_centred(small, HEIGHT, axis=0), WIDTH, axis=1)
    # In Pocket's own colours, all of them, so that it is not taken for one of Pocket's places.
    return torch.from_numpy(_nearest(canvas, DAY))[None]


def sprite(picture: Cutout, palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A sprite of it, (32, 32, 4): outlined, its feet where Pocket's are, in `palette`'s colours.

    `palette` is (n, 3). A picture without transparency has its background cut away first.
    """
    cut = picture if is_cut_out(picture) else cut_away(picture)
    solid = cut[..., 3] > 127
    rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
    if not len(rows):
        cut, rows, columns = picture | np.uint8(0), np.arange(2), np.arange(2)
    body = cut[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    small = _reduced(body, SIZE - 4)
    canvas = np.zeros((SIZE, SIZE, 4), np.uint8)
    top, left = SIZE - 2 - small.shape[0], (SIZE - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return _outlined(_snapped(canvas, palette))


def _centred(picture: NDArray[np.uint8], length: int, *, axis: int) -> NDArray[np.uint8]:
    """The picture along one axis: its middle, or with its mirror image on both sides."""
    have = picture.shape[axis]
    if have >= length:
        return np.asarray(np.take(picture, np.arange(length) + (have - length) // 2, axis))
    before = (length - have) // 2
    edges = [(0, 0)] * picture.ndim
    edges[axis] = (before, length - have - before)
    return np.pad(picture, edges, mode="symmetric")


def _reduced(body: Cutout, longest: int) -> Cutout:
    """The body, its longer side `longest` pixels; an edge pixel is in or out, never half."""
    height, width = body.shape[:2]
    ratio = longest / max(height, width)
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    how = PIL.Image.Resampling.BOX if ratio < 1 else PIL.Image.Resampling.NEAREST
    # Colours are averaged by how solid they are, so that what is see-through bleeds into nothing.
    weighted = PIL.Image.fromarray(body).convert("RGBa").resize(size, how).convert("RGBA")
    small = np.asarray(weighted).copy()
    small[..., 3] = np.where(small[..., 3] > 110, 255, 0)
    return small


def _snapped(sprite: Cutout, palette: NDArray[np.uint8]) -> Cutout:
    out = sprite.copy()
    out[..., :3] = _nearest(sprite[..., :3], palette)
    return np.where(out[..., 3:] > 0, out, 0)


def _nearest(rgb: NDArray[np.uint8], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(height, width, 3) in the nearest of the palette's colours, (n, 3)."""
    far = np.square(rgb[:, :, None].astype(np.int32) - palette.astype(np.int32)).sum(-1)
    return np.asarray(palette[far.argmin(-1)])


def _outlined(sprite: Cutout) -> Cutout:
    """With the dark line around it that all of Pocket's sprites have."""
    solid = sprite[..., 3] > 0
    edged = np.pad(solid, 1)
    beside = edged[:-2, 1:-1] | edged[2:, 1:-1] | edged[1:-1, :-2] | edged[1:-1, 2:]
    out = sprite.copy()
    out[beside & ~solid] = (*INK, 255)
    return out
