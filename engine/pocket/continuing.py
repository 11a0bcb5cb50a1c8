"""Going on: paths that start where a parent's ended, for extensions.

An actor walks on, and turns round rather than leave the canvas; the camera goes on and stops at
its limits. What is new starts from the very pose that was last seen.
"""

from dataclasses import replace

import numpy as np

from engine.pocket.render import Layers, pose
from engine.pocket.world.motion import KNOTS, A, C, Code

#: Where feet may go and where the camera's centre may, canvas pixels.
_WALK_X, _WALK_Y = (40.0, 152.0), (30.0, 90.0)
_VIEW_X, _VIEW_Y = (66.0, 126.0), (38.0, 60.0)
_ZOOM = (-0.1, 0.8)


def continued(parent: Layers, fresh: Layers, *, at: float) -> Layers:
    """`fresh` with its paths moved to begin at `parent`'s end, `at` seconds on the clock."""
    actors = np.stack(
        [
            _actor(before, after, at=at)
            for before, after in zip(parent.actors, fresh.actors, strict=True)
        ]
    )
    return replace(fresh, actors=actors, camera=_camera(parent.camera, fresh.camera))


def _actor(before: Code, after: Code, *, at: float) -> Code:
    if before[A.PRESENT] <= 0 or after[A.PRESENT] <= 0:
        return after
    code = after.copy()
    x, mirrored = _onward(before[A.X : A.Y], after[A.X : A.Y], _WALK_X)
    code[A.X : A.Y] = x
    code[A.Y : A.SCALE], _ = _onward(before[A.Y : A.SCALE], after[A.Y : A.SCALE], _WALK_Y)
    if mirrored:
        code[A.FACING] = -code[A.FACING]
    last_x, last_y, *_ = pose(before, share=1, at=at)
    first_x, first_y, *_ = pose(code, share=0, at=at)
    # Only the first knot: by the second the new motion has taken over.
    code[A.X] += last_x - first_x
    code[A.Y] += last_y - first_y
    return code


def _onward(before: Code, after: Code, limits: tuple[float, float]) -> tuple[Code, bool]:
    """`after` moved to where `before` ended, mirrored where it would leave the limits."""
    steps = after - after[0]
    ends = before[-1] + steps
    mirrored = bool(ends.min() < limits[0] or ends.max() > limits[1]) and bool(abs(steps[-1]) > 4)
    path = before[-1] - steps if mirrored else ends
    return path.astype(np.float32), mirrored


def _camera(before: Code, after: Code) -> Code:
    code = after.copy()
    for start, limits in ((C.ZOOM, _ZOOM), (C.X, _VIEW_X), (C.Y, _VIEW_Y)):
        part = slice(start, start + KNOTS)
        path = before[part][-1] + after[part] - after[part][0]
        code[part] = np.clip(path, *limits)
    return code
