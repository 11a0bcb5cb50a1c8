"""How things move, are filmed and are lit: short codes of numbers, free of frame rate and length.

An actor's path and the camera's are 8 knots over the clip; what repeats (hops, spins, sways,
steps) is a rate per second, so that a 10-second clip hops more often, not more slowly.
`render.py` reads these; the codec carries them; here they are drawn at random to fit a scene.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.places import GROUND
from engine.pocket.world.scene import MAX_ACTORS, Actor, Camera, Motion, Place, Scene, Time, Weather
from engine.pocket.world.subjects import BY_NAME, Gait, Home

#: Knots of a path, evenly spaced over the clip.
KNOTS = 8

Code = NDArray[np.float32]


class A(IntEnum):
    """Where each number of an actor's code is; positions in canvas pixels."""

    X = 0
    Y = X + KNOTS
    #: Size, 1 = one sprite pixel a canvas pixel.
    SCALE = Y + KNOTS
    #: 1 right, -1 left.
    FACING = SCALE + 1
    #: 1 when the slot holds an actor, else -1.
    PRESENT = SCALE + 2
    HOP_HEIGHT = SCALE + 3
    HOP_RATE = SCALE + 4
    #: Turns a second, clockwise.
    SPIN = SCALE + 5
    #: Radians, and swings a second.
    SWAY = SCALE + 6
    SWAY_RATE = SCALE + 7
    #: Share of height, at the sway's or the hop's rate.
    SQUASH = SCALE + 8
    SHAKE = SCALE + 9
    ORBIT = SCALE + 10
    ORBIT_RATE = SCALE + 11
    #: 1 steps, -1 wing beats, 0 neither.
    GAIT = SCALE + 12
    SIZE = SCALE + 13


class C(IntEnum):
    """Where each number of the camera's code is."""

    #: Natural logarithm of the zoom; 0 shows 72 rows in 16:9.
    ZOOM = 0
    #: Centre of the view, canvas pixels.
    X = KNOTS
    Y = 2 * KNOTS
    #: Pixels of a hand's tremble.
    SHAKE = 3 * KNOTS
    SIZE = SHAKE + 1


class L(IntEnum):
    """Where each number of the light's code is."""

    #: Four numbers, the largest wins; so with the weather.
    TIME = 0
    WEATHER = 4
    #: Sun or moon, share of the view.
    BODY_X = 8
    BODY_Y = 9
    #: -1 to 1, to the right.
    WIND = 10
    #: 0 to 1: which stars.
    STARS = 11
    SIZE = 12


TIMES = tuple(Time)
WEATHERS = tuple(Weather)
_T = np.linspace(0, 1, KNOTS)
#: Where the feet are at the top of a rise or a fall, of which a still camera shows all but a
#: little, and the highest they are at its bottom.
_HIGH, _LOW = (49, 54), 70
#: Where the actors of a scene of one, two and three stand, canvas pixels from the left.
_STANDS: dict[int, tuple[int, ...]] = {0: (), 1: (96,), 2: (72, 122), 3: (58, 96, 134)}


def actor_codes(scene: Scene, rng: np.random.Generator) -> list[Code]:
    """A code for each slot; `scene` says everything."""
    stands = _STANDS[len(scene.actors)]
    codes = [
        _actor_code(actor, scene, float(stand + rng.uniform(-7, 7)), rng)
        for actor, stand in zip(scene.actors, stands, strict=True)
    ]
    return codes + [absent()] * (MAX_ACTORS - len(codes))


def absent() -> Code:
    """The code of an empty slot."""
    code = np.zeros(A.SIZE, np.float32)
    code[A.X : A.Y], code[A.Y : A.SCALE] = 96, GROUND
    code[A.SCALE], code[A.PRESENT], code[A.FACING] = 1, -1, 1
    return code


def _stand_height(actor: Actor, place: Place, rng: np.random.Generator) -> float:
    """The row of the feet."""
    home = BY_NAME[actor.subject].home
    if place is Place.UNDERWATER:
        return float(rng.uniform(62, 74))
    if home is Home.AIR:
        return float(rng.uniform(58, 68))
    if place is Place.SEA:
        return float(rng.uniform(70, 76))
    return float(rng.uniform(GROUND - 1, GROUND + 6))


def _actor_code(actor: Actor, scene: Scene, stand: float, rng: np.random.Generator) -> Code:
    assert scene.place is not None
    code = absent()
    foot = _stand_height(actor, scene.place, rng)
    x, y = np.full(KNOTS, stand), np.full(KNOTS, foot)
    code[A.PRESENT] = 1
    code[A.SCALE] = rng.uniform(0.92, 1.12) if len(scene.actors) == 1 else rng.uniform(0.8, 0.95)
    code[A.FACING] = 1 if stand <= 96 else -1
    gait = {Gait.WALK: 1, Gait.FLAP: -1, Gait.GLIDE: 0}[BY_NAME[actor.subject].gait]
    reach = rng.uniform(30, 42) if len(scene.actors) == 1 else rng.uniform(20, 28)
    if gait == -1:
        code[A.GAIT] = -1
    match actor.motion:
        case Motion.RIGHT | Motion.LEFT:
            sign = 1 if actor.motion is Motion.RIGHT else -1
            x = stand + sign * reach * (2 * _T - 1)
            code[A.FACING], code[A.GAIT] = sign, gait
        case Motion.UP:
            y = np.interp(_T, (0, 1), (max(foot, _LOW) + 3, rng.uniform(*_HIGH)))
        case Motion.DOWN:
            y = np.interp(_T, (0, 1), (rng.uniform(*_HIGH), max(foot, _LOW) + 1))
        case Motion.HOP:
            code[A.HOP_HEIGHT], code[A.HOP_RATE] = rng.uniform(11, 18), rng.uniform(1.2, 1.7)
            code[A.SQUASH] = 0.12
        case Motion.SPIN:
            y = y - 4
            code[A.SPIN] = rng.uniform(0.45, 0.75) * rng.choice([-1, 1])
        case Motion.DANCE:
            code[A.SWAY], code[A.SWAY_RATE] = rng.uniform(0.28, 0.42), rng.uniform(1.0, 1.4)
            code[A.SQUASH] = 0.09
        case Motion.SHAKE:
            code[A.SHAKE] = rng.uniform(1.6, 2.6)
        case Motion.CIRCLE:
            y = y - 8
            code[A.ORBIT], code[A.ORBIT_RATE] = rng.uniform(11, 15), rng.uniform(0.4, 0.6)
        case _:
            pass
    code[A.X : A.Y], code[A.Y : A.SCALE] = x, y
    return code


def camera_code(camera: Camera, rng: np.random.Generator) -> Code:
    """Zoom, centre and tremble for that camera move."""
    code = np.zeros(C.SIZE, np.float32)
    zoom = np.full(KNOTS, rng.uniform(-0.03, 0.08))
    x, y = np.full(KNOTS, 96 + rng.uniform(-3, 3)), np.full(KNOTS, rng.uniform(56, 59))
    reach = rng.uniform(17, 25)
    match camera:
        case Camera.PUSH_IN:
            zoom, y = np.interp(_T, (0, 1), (0, rng.uniform(0.42, 0.55))), y + 4 * _T
        case Camera.PULL_BACK:
            zoom, y = np.interp(_T, (0, 1), (rng.uniform(0.42, 0.55), -0.05)), y + 4 * (1 - _T)
        case Camera.PAN_LEFT:
            x = 96 + reach * (1 - 2 * _T)
        case Camera.PAN_RIGHT:
            x = 96 - reach * (1 - 2 * _T)
        case Camera.TILT_UP:
            zoom, y = zoom + 0.08, np.interp(_T, (0, 1), (61, rng.uniform(43, 47)))
        case Camera.TILT_DOWN:
            zoom, y = zoom + 0.08, np.interp(_T, (0, 1), (rng.uniform(43, 47), 61))
        case Camera.HANDHELD:
            code[C.SHAKE] = rng.uniform(1.6, 2.4)
        case Camera.STATIC:
            pass
    code[C.ZOOM : C.X], code[C.X : C.Y], code[C.Y : C.SHAKE] = zoom, x, y
    return code


def light_code(time: Time, weather: Weather, rng: np.random.Generator) -> Code:
    """The palette, the weather, and where the sun or the moon stands."""
    code = np.full(L.SIZE, -1, np.float32)
    code[L.TIME + TIMES.index(time)] = 1
    code[L.WEATHER + WEATHERS.index(weather)] = 1
    low = time in (Time.SUNSET, Time.DAWN)
    code[L.BODY_X] = rng.uniform(0.15, 0.85)
    code[L.BODY_Y] = rng.uniform(0.3, 0.42) if low else rng.uniform(0.1, 0.2)
    code[L.WIND], code[L.STARS] = rng.uniform(-1, 1), rng.uniform(0, 1)
    return code
