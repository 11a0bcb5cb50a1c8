"""What a soundtrack is made from, as plain values: beds, events, a tune, what is said.

Families fill a `Score` from what they know of their pictures; `engine.sound.compose` turns it into
samples. Times are seconds of the clip; the film's clock, which an extension goes on with, is
`Score.start` later.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from storage.plan import Plan

#: Samples a second of everything made here.
RATE = 48_000

Mono = NDArray[np.float32]
"""Shape (n,), about -1 to 1."""

Stereo = NDArray[np.float32]
"""Shape (2, n), about -1 to 1."""


class Bed(StrEnum):
    """A sound that goes on: of a place, of weather, of a machine that runs."""

    WIND = "wind"
    LEAVES = "leaves"
    RAIN = "rain"
    TIN_RAIN = "rain on tin"
    SEA = "sea"
    GULLS = "gulls"
    BIRDS = "birds"
    CRICKETS = "crickets"
    OWLS = "owls"
    FROST = "frost"
    STREAM = "stream"
    FIRE = "fire"
    CITY = "city"
    CROWD = "crowd"
    UNDERWATER = "underwater"
    SPACE = "space"
    ENGINE = "engine"
    TRAIN = "train"
    JET = "jet"
    SAUCER = "saucer"
    COMPUTER = "computer"
    CLOCK = "clock"
    HEART = "heart"


class Kind(StrEnum):
    """A sound that happens."""

    HOP = "hop"
    LAND = "land"
    STEP = "step"
    FLAP = "flap"
    WHOOSH = "whoosh"
    SWISH = "swish"
    RATTLE = "rattle"
    SPLASH = "splash"
    BUBBLE = "bubble"
    IMPACT = "impact"
    BOOM = "boom"
    THUNDER = "thunder"
    DOOR = "door"
    KNOCK = "knock"
    BELL = "bell"
    GLASS = "glass"
    HORN = "horn"
    SIREN = "siren"
    LASER = "laser"
    PHONE = "phone"
    CLAP = "clap"
    WHISTLE = "whistle"
    MAGIC = "magic"
    COIN = "coin"
    CLICK = "click"
    BARK = "bark"
    MEOW = "meow"
    CHIRP = "chirp"
    QUACK = "quack"
    CROAK = "croak"
    HOOT = "hoot"
    ROAR = "roar"
    NEIGH = "neigh"
    BEEP = "beep"


class Floor(StrEnum):
    """What feet fall on."""

    SOFT = "soft"
    HARD = "hard"
    SAND = "sand"
    SNOW = "snow"
    WATER = "water"


class Mood(StrEnum):
    """What a tune is like."""

    SUNNY = "sunny"
    TENDER = "tender"
    DREAMY = "dreamy"
    BRAVE = "brave"
    NEON = "neon"
    SPOOKY = "spooky"
    PARTY = "party"


@dataclass(frozen=True)
class Event:
    """A sound at a moment."""

    #: Seconds from the clip's beginning: when it is seen to happen.
    at: float
    kind: Kind
    #: 0 to 1.
    strength: float = 1.0
    #: -1 left to 1 right.
    pan: float = 0.0
    #: 1 as usual, 2 an octave higher: small things are high.
    pitch: float = 1.0


@dataclass(frozen=True)
class Stretch:
    """What surrounds a part of the clip, between two cuts."""

    #: Seconds from the clip's beginning; it lasts until the next one starts.
    start: float
    #: Each bed's level, 0 to 1.
    beds: dict[Bed, float] = field(default_factory=dict)
    floor: Floor = Floor.SOFT


@dataclass(frozen=True)
class Tune:
    """What is kept of a tune, so that a remix has the same one and an extension goes on with it."""

    seed: int
    mood: Mood
    #: Beats a minute.
    tempo: float
    #: A moment on the film's clock, seconds, and the beat that falls on it (beat 0 opens a bar).
    at: float = 0.0
    beat: float = 0.0
    #: When its beat drops, seconds on the film's clock, in order.
    drops: tuple[float, ...] = ()


@dataclass(frozen=True)
class Score:
    """All that a soundtrack is made from."""

    plan: Plan
    #: Length of the clip.
    seconds: float
    #: Noises differ with it; the same score gives the same samples.
    seed: int
    tune: Tune
    #: In order, the first at 0; at least one.
    stretches: tuple[Stretch, ...] = (Stretch(0.0),)
    events: tuple[Event, ...] = ()
    #: Seconds of film before the clip: an extension's.
    start: float = 0.0
    #: Seconds of sound wanted before the clip, for the join to fade in; at most `start`.
    lead: float = 0.0
