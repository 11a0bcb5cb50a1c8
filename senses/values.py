"""What the senses say: plain values that pass between the process that decodes and its asker.

They hold no path and no name: who the person is, and whether this is allowed, is not known here.
Pydantic reads them back from the other process, so that a process that was taken over can say
only things of these shapes.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import ConfigDict

#: Bytes travel between the processes as base64 in JSON.
_BYTES = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class Turn(StrEnum):
    """A turn of the head, as the person who turns names it."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class Angle(StrEnum):
    """How a still's face is turned: towards the camera, or one of the turns."""

    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why a file won't do. The figures that go with each are in `Unfit.figures`."""

    NOT_A_VIDEO = "not_a_video"
    NOT_A_PICTURE = "not_a_picture"
    #: `megabytes` or `megapixels`, with `most`.
    TOO_HEAVY = "too_heavy"
    #: `seconds`, with `least` or `most`.
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    #: `light` (mean luma of the face, 0 to 255), with `least`.
    TOO_DARK = "too_dark"
    #: `sharpness` (see `senses.light`), with `least`.
    TOO_BLURRY = "too_blurry"
    #: `loudness` (dBFS), with `least`.
    TOO_QUIET = "too_quiet"
    NO_SOUND = "no_sound"
    #: `share`: of the frames looked at, those with a face (0 to 1), with `least`.
    NO_FACE = "no_face"
    #: `width` of the face (pixels), with `least`.
    TOO_FAR = "too_far"
    #: `share`: of the frames looked at, those with another face (0 to 1).
    TWO_FACES = "two_faces"
    #: `distance`, with `most` (see `senses.likeness`).
    FACE_CHANGED = "face_changed"
    #: The film jumps: `at` (seconds).
    CUT = "cut"
    #: Nothing moves as a living face does: `depth`, `mouth`, with `least_depth`, `least_mouth`.
    STILL = "still"
    #: `seen` turns of those `asked`.
    NOT_TURNED = "not_turned"
    WRONG_ORDER = "wrong_order"
    #: `heard` digits of those `asked`.
    DIGITS_NOT_HEARD = "digits_not_heard"
    #: A person's face where a pet or a thing is enrolled.
    A_PERSON = "a_person"
    #: `seconds` that it was given.
    TOOK_TOO_LONG = "took_too_long"
    #: The file, or what it did to the process that decoded it.
    BROKEN = "broken"


@dataclass(frozen=True)
class Challenge:
    """What a person is asked to do while they film themselves."""

    #: Five of them, said one by one.
    digits: str
    #: Three different ones, in this order, each from the front.
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Unfit:
    """A file that won't do, and why."""

    reason: Reason
    #: By the names that `Reason` gives; a figure, never a face or a word that was said.
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Enrolment:
    """One living person who did what the challenge asked."""

    __pydantic_config__ = _BYTES

    #: JPEG by how the face is turned, head and shoulders, the sharpest of each. FRONT is there.
    stills: dict[Angle, bytes]
    #: 128 numbers, by the network that `senses.likeness` describes.
    face: tuple[float, ...]
    #: WAV, mono, 16 kHz, 16 bit, at most VOICE_SECONDS.
    voice: bytes
    #: What was measured, by name, for the record and the benchmark.
    scores: dict[str, float]


@dataclass(frozen=True)
class Thing:
    """A pet or a thing: nobody's face is in it."""

    __pydantic_config__ = _BYTES

    #: JPEG, the sharpest first, spread over the film; one for a picture.
    stills: tuple[bytes, ...]


@dataclass(frozen=True)
class Exposure:
    """How likely one frame shows what not everyone may see (see `senses.nudity`)."""

    #: Seconds into the film; 0 for a picture.
    at: float
    #: Sexual, in a photo or drawn: 0 to 1.
    explicit: float
    #: Little clothing, a pose that plays with it: 0 to 1.
    revealing: float


@dataclass(frozen=True)
class Face:
    """A face in a picture."""

    #: Left, top, width, height, as parts of the picture's (0 to 1).
    box: tuple[float, float, float, float]
    #: As `Enrolment.face`.
    face: tuple[float, ...]
