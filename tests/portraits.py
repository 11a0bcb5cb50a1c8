"""Portraits in the public domain that packages ship, as the pictures of a cameo."""

import io
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import PIL.Image
from numpy.typing import NDArray
from skimage import data

Picture = NDArray[np.uint8]


@cache
def astronaut() -> Picture:
    """Eileen Collins, photographed by NASA: brown hair, an orange suit; RGBA."""
    return _opaque(np.asarray(data.astronaut())[:300, 70:390])


@cache
def admiral() -> Picture:
    """Grace Hopper, photographed by the US Navy: glasses, a dark cap and uniform; RGBA."""
    path = Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    with PIL.Image.open(path) as image:
        return _opaque(np.asarray(image.convert("RGB"))[:560])


def jpeg(picture: Picture) -> bytes:
    """The picture as a cameo keeps it, before it is sealed."""
    file = io.BytesIO()
    PIL.Image.fromarray(picture[..., :3]).save(file, "JPEG", quality=92)
    return file.getvalue()


def _opaque(rgb: Picture) -> Picture:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
