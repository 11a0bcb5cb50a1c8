"""How alike two faces are, from the numbers that the network gives for each.

The network is dlib's face_recognition_resnet_model_v1 (senses/models/MODELS.md). It tells people of
some ages and origins apart less well than others; nothing may rest on it alone.
"""

import math
from collections.abc import Sequence

#: Distance under which two faces are one person's. dlib's own figure: "if two face descriptor
#: vectors have a Euclidean distance between them less than 0.6 then they are from the same person",
#: 99.38 % right on Labeled Faces in the Wild (http://dlib.net/face_recognition.py.html).
SAME_DISTANCE = 0.6
#: `likeness` from which two faces are one person's: SAME_DISTANCE by another scale.
SAME_PERSON = 0.5


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Euclidean, from 0 to about 1.5."""
    return math.dist(one, other)


def likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """From 0 (two people) through SAME_PERSON to 1 (the same picture)."""
    return max(0.0, 1 - distance(one, other) / (2 * SAME_DISTANCE))
