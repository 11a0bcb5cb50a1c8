"""Going on: paths that start where a parent's ended, for extensions.

An actor walks on and the camera goes with it; up, down and near have their limits. What is new
starts from the very pose that was last seen.
"""

from dataclasses import replace

import numpy as np

from engine.pocket.render import Layers, pose
from engine.pocket.world.motion import KNOTS, A, C, Code

#: Where feet may go up and down, where the camera's centre may, canvas pixels, and its zoom.
_WALK_Y, _VIEW_Y = (30.0, 90.0), (38.0, 60.0)
_ZOOM = (-0.1, 0.8)
#: Pixels from the view's middle that a walker may be at the end; beyond, the camera follows.
_NEAR = 36.0


def continued(parent: Layers, fresh: Layers, *, at: float) -> Layers:
    """`fresh` with its paths moved to begin at `parent`'s end, `at` seconds on the clock."""
    actors = np.stack(
        [
            _actor(before, after, at=at)
            for before, after in zip(parent.actors, fresh.actors, strict=True)
        ]
    )
    camera = _camera(parent.camera, fresh.camera)
    return replace(fresh, actors=actors, camera=_following(camera, actors))


def _actor(before: Code, after: Code, *, at: float) -> Code:
    if before[A.PRESENT] <= 0 or after[A.PRESENT] <= 0:
        return after
    code = after.copy()
    code[A.X : A.Y] = before[A.X : A.Y][-1] + after[A.X : A.Y] - after[A.X]
    code[A.Y : A.SCALE] = _onward(before[A.Y : A.SCALE], after[A.Y : A.SCALE], _WALK_Y)
    last_x, last_y, *_ = pose(before, share=1, at=at)
    first_x, first_y, *_ = pose(code, share=0, at=at)
    # Only the first knot: by the second the new motion has taken over.
    code[A.X] += last_x - first_x
    code[A.Y] += last_y - first_y
    return code


def _onward(before: Code, after: Code, limits: tuple[float, float]) -> Code:
    """`after` moved to where `before` ended, turned back where it would leave the limits."""
    steps = after - after[0]
    ends = before[-1] + steps
    turns = ends.min() < limits[0] or ends.max() > limits[1]
    path = before[-1] - steps if turns and abs(steps[-1]) > 4 else ends
    return np.asarray(path, np.float32)


def _camera(before: Code, after: Code) -> Code:
    code = after.copy()
    code[C.X : C.Y] = before[C.X : C.Y][-1] + after[C.X : C.Y] - after[C.X]
    for start, limits in ((C.ZOOM, _ZOOM), (C.Y, _VIEW_Y)):
        part = slice(start, start + KNOTS)
        path = before[part][-1] + after[part] - after[part][0]
        code[part] = np.clip(path, *limits)
    return code


def _following(camera: Code, actors: Code) -> Code:
    """The camera, led along evenly so that the first actor is near its middle at the end."""
    if actors[0, A.PRESENT] <= 0:
        return camera
    code = camera.copy()
    off = float(actors[0, A.Y - 1] - code[C.Y - 1])
    lead = np.sign(off) * max(abs(off) - _NEAR, 0.0)
    code[C.X : C.Y] += np.linspace(0, lead, KNOTS, dtype=np.float32)
    return code
