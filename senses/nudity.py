"""How likely a frame is sexual: one network that looks at the whole picture, photo or drawing.

It is a first look, not a judge. Its makers say 93 % right over five classes; it has no idea of who
is shown, how old they are or what they agreed to, and may miss what is small in a wide frame.
"""

import numpy as np
from PIL import Image

from senses import networks
from senses.faces import Frame
from senses.values import Exposure

#: Pixels a side of what the network looks at; the frame's shape is not kept, as in its training.
_SIDE = 224
#: `Exposure.explicit` from which a frame should not be posted unseen: likelier than not.
EXPLICIT = 0.5
#: `Exposure.revealing` from which a frame is for spaces for adults: likelier than not.
REVEALING = 0.5
#: The network's five classes: drawing, drawn sexual, neutral, sexual, revealing.
_DRAWN, _SEXUAL, _REVEALING = 1, 3, 4


def exposure(frame: Frame, *, at: float = 0.0) -> Exposure:
    """What that frame shows; `at` is its time in a film, seconds."""
    small = Image.fromarray(frame).resize(
        (_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0
    )
    (chances,) = networks.run("nudity", np.asarray(small, np.float32)[None] / np.float32(255))
    return Exposure(
        at=at,
        explicit=min(1.0, float(chances[0, _SEXUAL] + chances[0, _DRAWN])),
        revealing=float(chances[0, _REVEALING]),
    )
