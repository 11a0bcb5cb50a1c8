"""How a face is turned, how far its mouth is open, and how deep it is.

All of it is read off the 468 points of the face mesh; nothing here looks at a picture.
"""

from dataclasses import dataclass

import numpy as np

from senses.faces import Points

#: Points of the mesh: temples, the middle of the forehead and of the chin.
_TEMPLES, _FOREHEAD, _CHIN = (234, 454), 10, 152
#: The middles of the inner lips.
_LIPS = (13, 14)


@dataclass(frozen=True)
class Pose:
    """A face at one moment."""

    #: Degrees; positive is the person's own left, where the camera did not mirror.
    yaw: float
    #: Degrees; positive is up.
    pitch: float
    #: Opening over the width of the face: 0 for shut lips.
    mouth: float
    #: Pixels from temple to temple as seen from the front.
    width: float
    #: Pixels: the middle of the face.
    centre: tuple[float, float]


def pose_of(points: Points) -> Pose:
    """The pose that these points show."""
    across = points[_TEMPLES[1]] - points[_TEMPLES[0]]
    upwards = points[_FOREHEAD] - points[_CHIN]
    width = float(np.linalg.norm(across))
    middle = points[:, :2].mean(0)
    return Pose(
        yaw=float(np.degrees(np.arctan2(across[2], np.hypot(across[0], across[1])))),
        pitch=float(np.degrees(np.arctan2(upwards[2], np.hypot(upwards[0], upwards[1])))),
        mouth=float(np.linalg.norm(points[_LIPS[0]] - points[_LIPS[1]])) / width,
        width=width,
        centre=(float(middle[0]), float(middle[1])),
    )


def depth_between(one: Points, other: Points) -> float:
    """How far two views of a face are from two views of something flat: parts of its width.

    A flat thing seen from two sides maps onto itself by a homography, whatever it shows; what is
    left after the best one is depth (Hartley and Zisserman, Multiple View Geometry, 13.1).
    """
    rigid = _rigid()
    first, second = one[rigid, :2].astype(np.float64), other[rigid, :2].astype(np.float64)
    (here, _), (there, size) = _normal(first), _normal(second)
    mapped = _homography(here, there)
    ahead = np.concatenate([here, np.ones((len(here), 1))], 1) @ mapped.T
    left = ahead[:, :2] / ahead[:, 2:] - there
    width = float(np.linalg.norm(one[_TEMPLES[1]] - one[_TEMPLES[0]]))
    return float(np.sqrt((left**2).sum(1).mean()) * size / width)


def _rigid() -> list[int]:
    """Points that lips and lids don't move: the oval's upper half, brows, nose, cheekbones."""
    return [
        1, 2, 4, 5, 6, 8, 9, 10, 21, 54, 67, 68, 71, 98, 103, 104, 108, 109, 116, 117, 118, 122,
        123, 127, 129, 139, 151, 162, 168, 193, 195, 197, 234, 251, 284, 297, 298, 301, 327, 332,
        333, 337, 338, 345, 346, 347, 351, 352, 356, 358, 368, 389, 417, 454,
    ]  # fmt: skip


def _normal(points: np.ndarray) -> tuple[np.ndarray, float]:
    moved = points - points.mean(0)
    size = float(np.sqrt((moved**2).sum(1).mean()))
    return moved / size, size


def _homography(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The 3 × 3 map of least algebraic error (direct linear transform)."""
    ones, none = np.ones(len(here)), np.zeros((len(here), 3))
    home = np.stack([here[:, 0], here[:, 1], ones], 1)
    rows = np.concatenate(
        [
            np.concatenate([home, none, -home * there[:, :1]], 1),
            np.concatenate([none, home, -home * there[:, 1:]], 1),
        ]
    )
    return np.asarray(np.linalg.svd(rows, full_matrices=False)[2][-1].reshape(3, 3))
