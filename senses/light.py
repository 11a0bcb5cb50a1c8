"""Whether a face can be seen well: its light and its sharpness."""

import numpy as np

from senses.faces import Frame

#: Mean luma of a face (0 to 255). A dark face in good light has about 50, a pale one by a lamp 60,
#: either by the light of a screen alone 10 to 15.
LEAST_LIGHT = 25.0
#: `sharpness` of a face; see there. Generated films have 24 to 45 in focus, 5 to 7 out of it.
LEAST_SHARPNESS = 9.0


def luma(frame: Frame) -> np.ndarray:
    """ITU-R BT.601 luma, float."""
    return np.asarray(frame @ np.array([0.299, 0.587, 0.114]))


def light(chip: Frame) -> float:
    """Mean luma of a straightened face, its middle only."""
    return float(luma(chip[30:-30, 30:-30]).mean())


def sharpness(chip: Frame) -> float:
    """How strong the finest details of a straightened face are, against its contrast.

    The standard deviation of the Laplacian (Pech-Pacheco and others, 2000), by that of the luma, in
    percent: so that a darker film of the same face is not a blurrier one.
    """
    grey = luma(chip)
    middle = grey[1:-1, 1:-1]
    edges = 4 * middle - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    return float(100 * edges.std() / (grey.std() + 1e-6))
