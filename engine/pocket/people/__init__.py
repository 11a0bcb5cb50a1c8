"""People of the cast as Pocket draws them: from their pictures to a sprite in its own style.

`reading` says what somebody looks like, `looks` what their owner says they always wear, `drawing`
draws it. Nothing is kept of what is read.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.pocket.people import drawing, looks, reading
from engine.pocket.people.paper import Sprite


def sprite(stills: Sequence[NDArray[np.uint8]], said: str, *, waves: bool = False) -> Sprite | None:
    """The person of those pictures, (h, w, 3) and the best first, wearing what is `said`.

    Who `waves` has an arm up.

    None where no face is found in any of them.
    """
    faces = (reading.read(np.ascontiguousarray(still[..., :3])) for still in stills)
    face = next((each for each in faces if each is not None), None)
    return drawing.draw(face, looks.read(said), waves=waves) if face else None
