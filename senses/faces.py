"""Finding faces in a frame, their 468 points, and the numbers that tell one person from another.

Three small networks do it (senses/models/MODELS.md says where they come from). Frames are RGB
arrays (height, width, 3) of uint8; nothing is read or kept.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from senses import networks

Frame = NDArray[np.uint8]
Points = NDArray[np.float32]

#: Pixels a side of what each network looks at.
_DETECTOR, _LANDMARKS, _EMBEDDING = 192, 192, 150
#: The detector answers for a grid of one anchor every four pixels.
_STRIDE = 4
#: Below this a detection is not a face; MediaPipe's own for the full-range detector is 0.6.
SURE = 0.6
#: Two detections that overlap by more than this (intersection over union) are one face.
_SAME_PLACE = 0.3
#: The landmarks are looked for in a square this many times the detected box (MediaPipe's own).
_ROOM = 1.5
#: The landmarks' own confidence that they lie on a face.
_ON_A_FACE = 0.5
#: dlib's five points of a 150-pixel chip with a quarter of padding, as
#: dlib/image_transforms/interpolation.h (get_face_chip_details) has them: the outer and inner
#: corner of one eye, of the other, and the base of the nose.
_CHIP = np.array(
    [
        (0.8595674595992, 0.2134981538014),
        (0.6460604764104, 0.2289674387677),
        (0.1205750620789, 0.2137274526848),
        (0.3340850613712, 0.2290642403242),
        (0.4901123135679, 0.6277975316475),
    ]
)
_CHIP_PADDING = 0.25
#: The mesh's points for those five: outer and inner corners of the eyes, base of the nose.
_FIVE = [263, 362, 33, 133, 2]


@dataclass(frozen=True)
class Found:
    """A detection: pixels of the frame it was found in."""

    left: float
    top: float
    width: float
    height: float
    #: Eye, eye, nose, mouth, ear, ear: (6, 2).
    points: Points
    #: 0 to 1.
    score: float

    @property
    def centre(self) -> tuple[float, float]:
        """Where its middle is."""
        return self.left + self.width / 2, self.top + self.height / 2


def find(frame: Frame) -> list[Found]:
    """The faces in a frame, the largest first."""
    height, width = frame.shape[:2]
    scale = _DETECTOR / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = Image.fromarray(frame).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    square = np.zeros((_DETECTOR, _DETECTOR, 3), np.float32)
    left, top = (_DETECTOR - size[0]) // 2, (_DETECTOR - size[1]) // 2
    square[top : top + size[1], left : left + size[0]] = np.asarray(small, np.float32) / 127.5 - 1
    boxes, scores = networks.run("detector", square[None])
    chances = 1 / (1 + np.exp(-np.clip(scores[0, :, 0], -80, 80)))
    likely = np.flatnonzero(chances > SURE)
    rows = boxes[0, likely].reshape(-1, 8, 2) + 0.0
    rows[:, [0, 2, 3, 4, 5, 6, 7]] += _anchors()[likely, None]
    rows[:, [0, 2, 3, 4, 5, 6, 7]] -= (left, top)
    found = [
        _found(row / scale, float(chance))
        for row, chance in zip(rows, chances[likely], strict=True)
    ]
    return one_each(found)


def landmarks(frame: Frame, face: Found) -> Points | None:
    """The 468 points of that face: (468, 3), pixels; z grows away from the camera.

    None where the network says that this is no face after all.
    """
    first, second = face.points[0], face.points[1]
    angle = np.arctan2(second[1] - first[1], second[0] - first[0])
    side = _ROOM * max(face.width, face.height)
    points, sure = _points_in(frame, face.centre, side, angle)
    return points if sure > _ON_A_FACE else None


def follow(frame: Frame, before: Points) -> Points | None:
    """The points of a face that had these points a moment ago; None where it is lost."""
    low, high = before[:, :2].min(0), before[:, :2].max(0)
    axis = before[263, :2] - before[33, :2]
    centre = ((low + high) / 2).tolist()
    points, sure = _points_in(
        frame,
        (centre[0], centre[1]),
        _ROOM * float((high - low).max()),
        np.arctan2(axis[1], axis[0]),
    )
    return points if sure > _ON_A_FACE else None


def embed(frame: Frame, points: Points) -> NDArray[np.float32]:
    """128 numbers for the face with these points: near for one person, far for two."""
    chip = chip_of(frame, points).astype(np.float32).transpose(2, 0, 1)
    (numbers,) = networks.run("embedding", chip[None])
    return np.asarray(numbers[0], np.float32)


def chip_of(frame: Frame, points: Points) -> Frame:
    """The face straightened to 150 × 150 as the embedding's makers did for training."""
    target = (_CHIP_PADDING + _CHIP) / (2 * _CHIP_PADDING + 1) * _EMBEDDING
    # The similarity from the chip to the frame: complex numbers make it one least-squares line.
    there = points[_FIVE, 0] + 1j * points[_FIVE, 1]
    here = target[:, 0] + 1j * target[:, 1]
    turn = np.vdot(here - here.mean(), there - there.mean()) / np.vdot(
        here - here.mean(), here - here.mean()
    )
    move = there.mean() - turn * here.mean()
    return _warped(frame, complex(turn), complex(move), _EMBEDDING)


def one_each(found: list[Found]) -> list[Found]:
    """The surest detection of each face, of detections that overlap; the largest face first."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: -one.score):
        if all(_overlap(each, other) < _SAME_PLACE for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: -one.width * one.height)


def moved(found: Found, right: float, down: float) -> Found:
    """The same detection in a frame that this one was cut from, so far from its corner."""
    return replace(
        found,
        left=found.left + right,
        top=found.top + down,
        points=found.points + np.array([right, down], np.float32),
    )


def _points_in(
    frame: Frame, centre: tuple[float, float], side: float, angle: float
) -> tuple[Points, float]:
    turn = side / _LANDMARKS * complex(np.cos(angle), np.sin(angle))
    move = complex(*centre) - turn * complex(_LANDMARKS / 2, _LANDMARKS / 2)
    crop = _warped(frame, turn, move, _LANDMARKS)
    raw, sure = networks.run("landmarks", np.asarray(crop[None], np.float32) / np.float32(255))
    points = raw.reshape(-1, 3)
    flat = turn * (points[:, 0] + 1j * points[:, 1]) + move
    placed = np.stack([flat.real, flat.imag, points[:, 2] * abs(turn)], 1)
    return placed.astype(np.float32), float(1 / (1 + np.exp(-sure.ravel()[0])))


def _warped(frame: Frame, turn: complex, move: complex, side: int) -> Frame:
    """The square of the frame that `z -> turn * z + move` maps a side × side picture onto."""
    # Pillow samples without smoothing: a big face is made small first, or it would sparkle.
    shrink = max(1, int(abs(turn)))
    image = Image.fromarray(frame)
    if shrink > 1:
        reach = abs(turn) * side
        middle = turn * complex(side / 2, side / 2) + move
        box = (
            int(max(0, middle.real - reach)),
            int(max(0, middle.imag - reach)),
            int(min(image.width, middle.real + reach + 1)),
            int(min(image.height, middle.imag + reach + 1)),
        )
        if box[2] > box[0] and box[3] > box[1]:
            image = image.crop(box).reduce(shrink)
            turn, move = turn / shrink, (move - complex(box[0], box[1])) / shrink
    return np.asarray(
        image.transform(
            (side, side),
            Image.Transform.AFFINE,
            (turn.real, -turn.imag, move.real, turn.imag, turn.real, move.imag),
            Image.Resampling.BILINEAR,
        )
    )


def _found(row: Points, score: float) -> Found:
    (x, y), (width, height) = row[0], row[1]
    return Found(
        left=float(x - width / 2),
        top=float(y - height / 2),
        width=float(width),
        height=float(height),
        points=row[2:],
        score=score,
    )


def _overlap(one: Found, other: Found) -> float:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return 0.0
    both = across * down
    return both / (one.width * one.height + other.width * other.height - both)


@cache
def _anchors() -> Points:
    cells = np.arange(_DETECTOR // _STRIDE, dtype=np.float32) * _STRIDE + _STRIDE / 2
    across, down = np.meshgrid(cells, cells)
    return np.stack([across.ravel(), down.ravel()], 1)
