"""What a Pocket scene is made of, as plain values: actors in a place, lit, moving, filmed.

Captions, drawings and the vocabulary all speak in these. It draws nothing and knows no pixels.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Colour(StrEnum):
    """The colour of an actor; NATURAL is the subject's own."""

    NATURAL = "natural"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    WHITE = "white"
    BLACK = "black"
    BROWN = "brown"


class Place(StrEnum):
    """Where it happens: the background."""

    MEADOW = "meadow"
    FOREST = "forest"
    DESERT = "desert"
    MOUNTAINS = "mountains"
    SEA = "sea"
    CITY = "city"
    BEACH = "beach"
    ARCTIC = "arctic"
    UNDERWATER = "underwater"
    MOON = "moon"


class Time(StrEnum):
    """The time of day: the palette that everything is lit with."""

    DAY = "day"
    SUNSET = "sunset"
    NIGHT = "night"
    DAWN = "dawn"


class Weather(StrEnum):
    """What falls or drifts in front of the camera."""

    CLEAR = "clear"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"


class Motion(StrEnum):
    """What an actor does for the length of a clip."""

    STILL = "still"
    RIGHT = "right"
    LEFT = "left"
    UP = "up"
    DOWN = "down"
    HOP = "hop"
    SPIN = "spin"
    DANCE = "dance"
    SHAKE = "shake"
    CIRCLE = "circle"


class Camera(StrEnum):
    """What the camera does for the length of a clip."""

    STATIC = "static"
    PUSH_IN = "push in"
    PULL_BACK = "pull back"
    PAN_LEFT = "pan left"
    PAN_RIGHT = "pan right"
    TILT_UP = "tilt up"
    TILT_DOWN = "tilt down"
    HANDHELD = "handheld"


#: An actor has a slot of its own in the latent, in the order of the caption.
MAX_ACTORS = 3


@dataclass(frozen=True)
class Actor:
    """One subject in a scene; None means the words don't say."""

    #: A name from `world.subjects`.
    subject: str
    colour: Colour | None = None
    motion: Motion | None = None


@dataclass(frozen=True)
class Scene:
    """What a caption says, or, with nothing left None, what a drawing shows."""

    #: Up to `MAX_ACTORS`; with none it is a view of the place.
    actors: tuple[Actor, ...] = ()
    place: Place | None = None
    time: Time | None = None
    weather: Weather | None = None
    camera: Camera | None = None


@dataclass(frozen=True)
class Reading:
    """What the vocabulary understood of a prompt."""

    scene: Scene
    #: Words of the prompt that Pocket does not know, in order.
    unknown: tuple[str, ...] = ()
    #: Unknown subject word → the subject drawn in its place.
    stand_ins: dict[str, str] = field(default_factory=dict)
    #: Subjects for whom no slot was left, as the prompt names them.
    left_out: tuple[str, ...] = ()
    #: A colour and a motion said of nothing in particular ("make it red").
    colour: Colour | None = None
    motion: Motion | None = None
    #: Subjects that should go, whether the first subject comes beside those already there, and
    #: whether it is "another", even where one of its kind is there.
    removed: tuple[str, ...] = ()
    adds: bool = False
    another: bool = False
