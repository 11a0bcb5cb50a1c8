"""The plan: the director's reading of a prompt, the one value that bots write and engines read.

It is kept on the clip as JSON, so that a remix can start from its parent's plan. It holds what
is wanted, never how a model is told: each pipeline family words the plan for its own model.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Aspect(StrEnum):
    """The shape of the picture, width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"


class Camera(StrEnum):
    """How a shot is filmed."""

    STATIC = "static"
    PUSH_IN = "push in"
    PULL_BACK = "pull back"
    PAN_LEFT = "pan left"
    PAN_RIGHT = "pan right"
    TILT_UP = "tilt up"
    TILT_DOWN = "tilt down"
    CRANE_UP = "crane up"
    CRANE_DOWN = "crane down"
    ORBIT = "orbit"
    HANDHELD = "handheld"
    DOLLY_ZOOM = "dolly zoom"
    TRACKING = "tracking"


@dataclass(frozen=True)
class Shot:
    """A stretch of the clip between two cuts."""

    #: What this shot shows, in plain words.
    prompt: str
    #: Seconds from the clip's beginning; the first shot's is 0.
    start: float
    camera: Camera | None = None


@dataclass(frozen=True)
class Mark:
    """Something that happens at a moment: "beat drop", "the door opens"."""

    what: str
    #: Seconds from the clip's beginning.
    at: float


@dataclass(frozen=True)
class Line:
    """Words said aloud in the clip."""

    words: str
    #: Who says them, as the prompt names them ("the fox"), or None.
    speaker: str | None = None
    #: Seconds from the clip's beginning, where the prompt says.
    at: float | None = None


class Music(StrEnum):
    """What the prompt says of music."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Plan:
    """What a clip should be."""

    #: The whole wish in plain words, a remix's parent included. Never empty.
    prompt: str
    #: Length in seconds, more than 0.
    seconds: float
    #: Shape of the picture.
    aspect: Aspect = Aspect.WIDE
    #: A named look ("pixel", "anime"), or None for the preset's own.
    style: str | None = None
    #: The words of a remix alone ("make it night"), None for a first clip and for a variation.
    instruction: str | None = None
    #: How far a remix may leave its parent, 0 (not at all) to 1 (anew); None lets the preset say.
    strength: float | None = None
    camera: Camera | None = None
    #: Light as the vocabulary of the director names it ("sunset", "neon", "rim light").
    light: tuple[str, ...] = ()
    #: Two or more where the prompt cuts; empty for a clip of one shot.
    shots: tuple[Shot, ...] = ()
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    #: Handles of the cameos named, without "@".
    cast: tuple[str, ...] = ()
    #: Sounds asked for, in plain words ("rain on a tin roof").
    sounds: tuple[str, ...] = ()
    music: Music | None = None
    #: The member asked for a silent clip.
    silent: bool = False


_PLAN = TypeAdapter(Plan)


def to_json(plan: Plan) -> str:
    """The plan as it is kept on its clip."""
    return _PLAN.dump_json(plan, exclude_none=True).decode()


def from_json(text: str) -> Plan:
    """The plan kept as `text`; raises pydantic's ValidationError when it is not one."""
    return _PLAN.validate_json(text)
