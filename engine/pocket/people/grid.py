"""A picture laid under the sprite's own grid by the points of the face in it.

Whatever is around the face then lies where it is drawn. Each sprite pixel has FINE × FINE samples.
"""

import numpy as np
import PIL.Image
import PIL.ImageDraw
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Picture = NDArray[np.uint8]

#: Sprite pixels a side, and picture samples along each.
SIZE, FINE = 32, 3
#: Where the face is drawn: its first column and row, from the forehead's top to the chin.
LEFT, TOP, WIDTH, HEIGHT = 10, 7, 12, 11
#: MediaPipe's face mesh: the forehead's top, the chin, and the cheeks' outer ends.
_BROW, _CHIN, _RIGHT, _LEFT = 10, 152, 234, 454


def _places() -> tuple[Floats, Floats]:
    y, x = (np.mgrid[: SIZE * FINE, : SIZE * FINE] + 0.5) / FINE
    return (x - LEFT - WIDTH / 2) / WIDTH, (y - TOP) / HEIGHT


#: Where each sample is: face widths from the middle, face heights below the forehead's top.
U, V = _places()


def laid(picture: Picture, points: Floats) -> tuple[Picture, Mask]:
    """The picture under the grid, (96, 96, 3), and where there is a picture.

    `points` are the face's, (468, 2), in pixels.
    """
    matrix, origin = _mapping(points)
    image = PIL.Image.fromarray(picture)
    shrink = max(1, int(np.linalg.norm(matrix[:, 0])))
    if shrink > 1:
        image, matrix, origin = image.reduce(shrink), matrix / shrink, origin / shrink
    side = SIZE * FINE
    affine = (*matrix[0], origin[0], *matrix[1], origin[1])
    cut = image.transform(
        (side, side), PIL.Image.Transform.AFFINE, affine, PIL.Image.Resampling.BILINEAR
    )
    y, x = np.mgrid[:side, :side] + 0.5
    samples = np.stack([x, y])
    there = np.einsum("ij,jyx->iyx", matrix, samples) + origin[:, None, None]
    inside = (there >= 0).all(0) & (there[0] < image.width) & (there[1] < image.height)
    return np.asarray(cut), np.asarray(inside)


def polygon(points: Floats, around: tuple[int, ...]) -> Mask:
    """The samples within those points of the face."""
    matrix, origin = _mapping(points)
    at = np.linalg.solve(matrix, (points[list(around)] - origin).T).T
    image = PIL.Image.new("L", (SIZE * FINE, SIZE * FINE))
    PIL.ImageDraw.Draw(image).polygon([(float(x), float(y)) for x, y in at], fill=255)
    return np.asarray(image) > 0


def at_points(picture: Picture, points: Floats, which: tuple[int, ...]) -> Picture:
    """The picture's pixels around those points, (n, 3)."""
    reach = max(1, int(np.linalg.norm(points[_LEFT] - points[_RIGHT]) / 40))
    # A face may reach over the picture's edge.
    most = picture.shape[1] - 1, picture.shape[0] - 1
    patches = [
        picture[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
        for x, y in points[list(which)].astype(int).clip(0, most)
    ]
    return np.concatenate([patch.reshape(-1, 3) for patch in patches])


def share(mask: Mask) -> Floats:
    """The share of each sprite pixel's samples that are in the mask, (32, 32)."""
    return np.asarray(mask.reshape(SIZE, FINE, SIZE, FINE).mean((1, 3)))


def coarse(mask: Mask) -> Mask:
    """The mask in sprite pixels, evened, and a little by its mirror image: few heads are uneven."""
    shares = share(mask)
    return np.asarray(gaussian_filter(0.75 * shares + 0.25 * shares[:, ::-1], 0.55) >= 0.45)


def _mapping(points: Floats) -> tuple[Floats, Floats]:
    """From samples to the picture's pixels: a matrix, and where the first sample is."""
    across, down = points[_LEFT] - points[_RIGHT], points[_CHIN] - points[_BROW]
    matrix = np.stack([across / WIDTH / FINE, down / HEIGHT / FINE], 1)
    return matrix, points[_BROW] - matrix @ (np.array([LEFT + WIDTH / 2, TOP]) * FINE)
