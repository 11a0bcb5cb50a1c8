"""Whether what was seen is one living person who turned as asked: pure rules over poses.

They see a flat photo, a mask of paper and a film made for another challenge. They can't see a film
that a computer makes to order; docs/what-the-check-cannot-see.md says so to people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from senses.faces import Points
from senses.pose import Pose, depth_between
from senses.spoiled import Spoiled
from senses.values import Angle, Reason, Turn

#: Degrees from the front that count as turned; half of it or less is back at the front.
TURN_YAW, TURN_PITCH = 14.0, 11.0
_BACK = 0.55
#: Frames that a turn is seen for at least.
_HELD = 2
#: Parts of the face's width (see `depth_between`) that a turned face shows at least. Generated
#: heads show 0.03 to 0.07, a photo tilted by 45 degrees up to 0.013.
LEAST_DEPTH = 0.02
#: How much the mouth moves at least while digits are said: parts of the face's width. Generated
#: heads show 0.012 to 0.03, a photo held still up to 0.005.
LEAST_MOUTH = 0.008
#: Between two frames (an eighth of a second) a face moves less than this: parts of its width, and
#: its size changes by less than this factor.
_JUMP, _GROWTH = 0.6, 1.5


@dataclass(frozen=True)
class Sight:
    """The face in one frame that was looked at."""

    #: Seconds.
    at: float
    pose: Pose
    points: Points


def front_of(poses: Sequence[Pose]) -> tuple[float, float]:
    """Yaw and pitch of someone facing the camera: where they are most of the time."""
    angles = np.array([(pose.yaw, pose.pitch) for pose in poses])
    middle = np.median(angles, axis=0)
    for _ in range(3):
        near = np.abs((angles - middle) / (TURN_YAW, TURN_PITCH)).max(1) < 1
        if near.any():
            middle = np.median(angles[near], axis=0)
    return float(middle[0]), float(middle[1])


def angle_of(pose: Pose, front: tuple[float, float]) -> Angle | None:
    """How that face is turned; None between the front and a turn."""
    yaw, pitch = _parts(pose, front)
    if max(abs(yaw), abs(pitch)) < _BACK:
        return Angle.FRONT
    if max(abs(yaw), abs(pitch)) < 1:
        return None
    if abs(yaw) >= abs(pitch):
        return Angle.LEFT if yaw > 0 else Angle.RIGHT
    return Angle.UP if pitch > 0 else Angle.DOWN


def turns_of(poses: Sequence[Pose], front: tuple[float, float]) -> tuple[Turn, ...]:
    """The turns that were made, each from the front and back, in their order."""
    turns: list[Turn] = []
    away: list[tuple[float, float]] = []
    for pose in poses:
        yaw, pitch = _parts(pose, front)
        if max(abs(yaw), abs(pitch)) > _BACK:
            away.append((yaw, pitch))
            continue
        turns += _turn(away)
        away = []
    return tuple(turns + _turn(away))


def mirrored(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The same turns as a camera that mirrors shows them."""
    other = {Turn.LEFT: Turn.RIGHT, Turn.RIGHT: Turn.LEFT}
    return tuple(other.get(turn, turn) for turn in turns)


def check_turns(seen: tuple[Turn, ...], asked: tuple[Turn, ...]) -> bool:
    """Whether the film is mirrored, as some front cameras make it; raises Spoiled for other turns.

    Either all of it is mirrored or none: left and right can't be swapped for one turn alone.
    """
    once = tuple(turn for at, turn in enumerate(seen) if at == 0 or turn != seen[at - 1])
    if once == asked:
        return False
    if once == mirrored(asked):
        return True
    figures = {"seen": float(len(set(seen) & set(asked))), "asked": float(len(asked))}
    if set(asked) <= set(seen) or set(mirrored(asked)) <= set(seen):
        raise Spoiled(Reason.WRONG_ORDER, **figures)
    raise Spoiled(Reason.NOT_TURNED, **figures)


def depth_of(sights: Sequence[Sight], front: tuple[float, float]) -> float:
    """How deep the face is by its most turned frames: parts of its width; 0 without a turn."""
    ahead = [one for one in sights if angle_of(one.pose, front) is Angle.FRONT]
    turned = [one for one in sights if angle_of(one.pose, front) not in (Angle.FRONT, None)]
    if not ahead or not turned:
        return 0.0
    middle = ahead[len(ahead) // 2]
    return float(np.median([depth_between(middle.points, one.points) for one in turned]))


def mouth_of(sights: Sequence[Sight], front: tuple[float, float]) -> float:
    """How far the mouth's opening moves while the face is to the front: parts of its width."""
    open_by = [one.pose.mouth for one in sights if angle_of(one.pose, front) is Angle.FRONT]
    if len(open_by) < 2:
        return 0.0
    return float(np.quantile(open_by, 0.95) - np.quantile(open_by, 0.05))


def check_unbroken(sights: Sequence[Sight]) -> None:
    """Raises Spoiled where the face jumps, as it does where two films were joined."""
    for before, after in pairwise(sights):
        if after.at - before.at > 0.3:
            continue
        size = max(before.pose.width, after.pose.width)
        moved = np.hypot(
            after.pose.centre[0] - before.pose.centre[0],
            after.pose.centre[1] - before.pose.centre[1],
        )
        growth = size / max(1.0, min(before.pose.width, after.pose.width))
        if moved > _JUMP * size or growth > _GROWTH:
            raise Spoiled(Reason.CUT, at=after.at)


def _parts(pose: Pose, front: tuple[float, float]) -> tuple[float, float]:
    return (pose.yaw - front[0]) / TURN_YAW, (pose.pitch - front[1]) / TURN_PITCH


def _turn(away: list[tuple[float, float]]) -> list[Turn]:
    """The turn that these moments away from the front make: one or none."""
    far = [parts for parts in away if max(abs(parts[0]), abs(parts[1])) >= 1]
    if len(far) < _HELD:
        return []
    yaw, pitch = max(far, key=lambda parts: max(abs(parts[0]), abs(parts[1])))
    if abs(yaw) >= abs(pitch):
        return [Turn.LEFT if yaw > 0 else Turn.RIGHT]
    return [Turn.UP if pitch > 0 else Turn.DOWN]
