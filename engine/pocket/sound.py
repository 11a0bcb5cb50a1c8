"""What a Pocket clip sounds like: its codes say when feet fall, wings beat and somebody lands.

It reads the layers that `render.py` draws, on the same clock, and fills in a score for
`engine.sound`. It makes no samples itself.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.pocket.render import Grid, Layers, spot
from engine.pocket.world.motion import TIMES, WEATHERS, A, Code, L
from engine.pocket.world.palette import NUMBER, PLACE_MATERIALS
from engine.pocket.world.scene import Place, Scene, Time, Weather
from engine.pocket.world.subjects import BY_NAME, Home
from engine.sound import drops, words
from engine.sound.score import Bed, Event, Floor, Kind, Mood, Score, Stretch, Tune
from engine.sound.tune import begun, dropping
from storage.plan import Plan

#: Seconds of sound before an extension, for the join.
LEAD = 0.5
#: Seconds from a shot's beginning to the first beast's call, and between two.
FIRST_CALL, BETWEEN_CALLS = 0.7, 0.9


@dataclass(frozen=True)
class Shown:
    """A shot as it is drawn."""

    layers: Layers
    scene: Scene
    #: Seconds from the clip's beginning, and how many.
    start: float
    seconds: float


def score(
    plan: Plan,
    shots: Sequence[Shown],
    *,
    grid: Grid,
    seed: int,
    clock: float,
    tune: Tune | None,
) -> Score:
    """The clip's score; `clock` seconds were shown before, and `tune` is the parent's if any."""
    seconds = shots[-1].start + shots[-1].seconds
    surroundings = [_surroundings(shot) for shot in shots]
    mood, at = _mood(plan, shots[0], surroundings[0]), drops(plan)
    if tune and clock:
        tune = dropping(tune, [clock + drop for drop in at])
    else:
        tune = begun(tune.seed if tune else seed, mood, drops=at, pulse=_pulse(shots[0]))
    return Score(
        plan=plan,
        seconds=seconds,
        seed=tune.seed,
        tune=tune,
        stretches=tuple(
            _stretch(shot, around) for shot, around in zip(shots, surroundings, strict=True)
        ),
        events=tuple(event for shot in shots for event in _events(shot, grid, clock)),
        start=clock,
        lead=min(LEAD, clock),
    )


@dataclass(frozen=True)
class _Surroundings:
    place: Place
    time: Time
    weather: Weather


def _surroundings(shot: Shown) -> _Surroundings:
    """What is seen, whatever was asked for."""
    light = shot.layers.light
    return _Surroundings(
        shot.scene.place or _place(shot.layers),
        TIMES[int(light[L.TIME : L.WEATHER].argmax())],
        WEATHERS[int(light[L.WEATHER : L.BODY_X].argmax())],
    )


def _place(layers: Layers) -> Place:
    """The place whose own materials most of the canvas is made of."""
    counts = np.bincount(layers.canvas.ravel(), minlength=len(NUMBER))

    def share(place: Place) -> float:
        names = PLACE_MATERIALS[place]
        return float(sum(counts[NUMBER[name]] for name in names)) - len(names)

    return max(PLACE_MATERIALS, key=share)


_PLACES: dict[Place, dict[Bed, float]] = {
    Place.MEADOW: {Bed.BIRDS: 1.0, Bed.WIND: 0.25, Bed.LEAVES: 0.5},
    Place.FOREST: {Bed.LEAVES: 1.0, Bed.BIRDS: 0.9, Bed.WIND: 0.2},
    Place.DESERT: {Bed.WIND: 0.9},
    Place.MOUNTAINS: {Bed.WIND: 0.8, Bed.BIRDS: 0.3},
    Place.SEA: {Bed.SEA: 1.0, Bed.WIND: 0.3, Bed.GULLS: 0.4},
    Place.CITY: {Bed.CITY: 0.8},
    Place.BEACH: {Bed.SEA: 0.9, Bed.GULLS: 0.9},
    Place.ARCTIC: {Bed.WIND: 0.5, Bed.FROST: 1.0},
    Place.UNDERWATER: {Bed.UNDERWATER: 0.8},
    Place.MOON: {Bed.SPACE: 1.0},
}
_FLOORS = {
    Place.DESERT: Floor.SAND,
    Place.BEACH: Floor.SAND,
    Place.MOON: Floor.SAND,
    Place.SEA: Floor.WATER,
    Place.CITY: Floor.HARD,
    Place.MOUNTAINS: Floor.HARD,
    Place.ARCTIC: Floor.SNOW,
}
#: What sings by day and by night.
_BY_DAY, _INSECTS = (Bed.BIRDS, Bed.GULLS), (Place.MEADOW, Place.FOREST, Place.DESERT, Place.BEACH)
_RUNNING: dict[str, tuple[Bed, float]] = {
    "car": (Bed.ENGINE, 0.7),
    "bus": (Bed.ENGINE, 0.9),
    "train": (Bed.TRAIN, 0.7),
    "rocket": (Bed.JET, 0.7),
    "airplane": (Bed.JET, 0.6),
    "ufo": (Bed.SAUCER, 0.8),
    "boat": (Bed.STREAM, 0.4),
    "robot": (Bed.COMPUTER, 1.0),
    "heart": (Bed.HEART, 1.0),
}
_CALLS: dict[str, Kind] = {
    "dog": Kind.BARK,
    "fox": Kind.BARK,
    "cat": Kind.MEOW,
    "bird": Kind.CHIRP,
    "duck": Kind.QUACK,
    "penguin": Kind.QUACK,
    "frog": Kind.CROAK,
    "owl": Kind.HOOT,
    "horse": Kind.NEIGH,
    "dinosaur": Kind.ROAR,
    "dragon": Kind.ROAR,
    "alien": Kind.BEEP,
    "star": Kind.MAGIC,
    "wizard": Kind.MAGIC,
    "bus": Kind.HORN,
}
#: Low things are large, high ones small.
_PITCHES = {
    "elephant": 0.6,
    "dinosaur": 0.55,
    "whale": 0.6,
    "dragon": 0.7,
    "horse": 0.8,
    "bus": 0.7,
    "robot": 0.8,
    "rabbit": 1.3,
    "fox": 1.4,
    "bird": 1.3,
    "butterfly": 1.8,
    "frog": 1.3,
    "mushroom": 1.4,
    "cupcake": 1.3,
    "crab": 1.4,
}


def _stretch(shot: Shown, around: _Surroundings) -> Stretch:
    levels = dict(_PLACES[around.place])
    outside = around.place not in (Place.UNDERWATER, Place.MOON)
    quiet = around.time is Time.NIGHT or around.weather in (Weather.RAIN, Weather.SNOW)
    if quiet:
        levels = {bed: level for bed, level in levels.items() if bed not in _BY_DAY}
    if around.time is Time.NIGHT and around.weather is Weather.CLEAR:
        if around.place in _INSECTS:
            levels[Bed.CRICKETS] = 1.0
        if around.place is Place.FOREST:
            levels[Bed.OWLS] = 1.0
    if around.weather is Weather.RAIN and outside:
        levels[Bed.RAIN] = 1.0
    if around.weather is Weather.SNOW and outside:
        levels[Bed.FROST] = 0.8
    for actor in shot.scene.actors:
        if actor.subject in _RUNNING:
            bed, level = _RUNNING[actor.subject]
            levels[bed] = max(levels.get(bed, 0.0), level)
    return Stretch(shot.start, levels, _FLOORS.get(around.place, Floor.SOFT))


def _mood(plan: Plan, shot: Shown, around: _Surroundings) -> Mood:
    """What the words say of the music, else what is seen."""
    for said in (*plan.sounds, plan.style or "", plan.prompt):
        if mood := words.mood(said):
            return mood
    if any(shot.layers.actors[i, A.SWAY] > 0.12 for i in range(len(shot.scene.actors))):
        return Mood.PARTY
    seen = {actor.subject for actor in shot.scene.actors}
    if seen & {"ghost"} or (around.place is Place.FOREST and around.time is Time.NIGHT):
        return Mood.SPOOKY
    if seen & {"dragon", "ninja", "wizard", "dinosaur"}:
        return Mood.BRAVE
    if seen & {"robot", "ufo", "alien"} or (
        around.place is Place.CITY and around.time is Time.NIGHT
    ):
        return Mood.NEON
    if around.time in (Time.SUNSET, Time.NIGHT) or around.place is Place.ARCTIC:
        return Mood.TENDER
    return {
        Place.MOON: Mood.DREAMY,
        Place.UNDERWATER: Mood.DREAMY,
        Place.DESERT: Mood.BRAVE,
        Place.MOUNTAINS: Mood.BRAVE,
    }.get(around.place, Mood.SUNNY)


def _pulse(shot: Shown) -> float:
    """How often a second the first actor dances or hops; 0 for one that does neither."""
    if not shot.scene.actors:
        return 0.0
    code = shot.layers.actors[0]
    if code[A.SWAY] > 0.12:
        return 2 * float(code[A.SWAY_RATE])
    return float(code[A.HOP_RATE]) if code[A.HOP_HEIGHT] > 3 else 0.0


def _events(shot: Shown, grid: Grid, clock: float) -> Iterator[Event]:
    """What the actors of the shot do, when and where on the screen it is seen."""
    under = _surroundings(shot).place is Place.UNDERWATER
    # Three who step together are no louder than one.
    share = 1 / max(len(shot.scene.actors), 1) ** 0.5
    for slot, actor in enumerate(shot.scene.actors):
        pitch = _PITCHES.get(actor.subject, 1.0)
        code, first = shot.layers.actors[slot], clock + shot.start
        for at, kind, strength in _moments(code, first, first + shot.seconds, actor.subject):
            since = at - first
            place = spot(shot.layers, grid, slot, share=since / shot.seconds, at=at)
            pan = float(np.clip(1.6 * place.x / grid.width - 0.8, -0.8, 0.8))
            wet = under and kind in (Kind.LAND, Kind.STEP, Kind.FLAP, Kind.HOP)
            heard = Kind.BUBBLE if wet else kind
            yield Event(shot.start + since, heard, strength * share, pan, pitch)
        if actor.subject in _CALLS and clock == 0:
            at = FIRST_CALL + BETWEEN_CALLS * slot + zlib.crc32(actor.subject.encode()) % 4 / 10
            if at < shot.seconds - 0.3:
                yield Event(shot.start + at, _CALLS[actor.subject], 0.75 * share, 0.0, pitch**0.5)


def _moments(
    code: Code, first: float, last: float, subject: str
) -> Iterator[tuple[float, Kind, float]]:
    """(second on the clock, sound, strength) for all that `render.pose` makes of the code."""
    heavy = 0.6 if BY_NAME[subject].home is Home.AIR else 1.0
    if code[A.HOP_HEIGHT] > 3:
        for at in _every(1 / float(code[A.HOP_RATE]), first, last):
            yield at, Kind.LAND, heavy * min(1.0, float(code[A.HOP_HEIGHT]) / 15)
            yield at, Kind.HOP, 0.3
    if code[A.GAIT] > 0.5:
        # Feet are on the ground where |sin 8t| is nothing.
        for at in _every(np.pi / 8, first, last):
            yield at, Kind.STEP, 0.6
    elif code[A.GAIT] < -0.5:
        # The wings pass their middle on the way down.
        for at in _every(2 * np.pi / 17, first, last, ahead=np.pi / 17):
            yield at, Kind.FLAP, 0.16 if subject == "butterfly" else 0.4
    if abs(code[A.SPIN]) > 0.2:
        for at in _every(1 / abs(float(code[A.SPIN])), first, last, ahead=0.25):
            yield at, Kind.WHOOSH, 0.55
    if code[A.ORBIT] > 4:
        turn = 1 / abs(float(code[A.ORBIT_RATE]))
        for at in _every(turn, first, last, ahead=turn / 4):
            yield at, Kind.WHOOSH, 0.5
    if code[A.SWAY] > 0.12:
        half = 0.5 / float(code[A.SWAY_RATE])
        for at in _every(half, first, last, ahead=half / 2):
            yield at, Kind.SWISH, 0.3
    if code[A.SHAKE] > 0.8:
        for at in _every(np.pi / 47, first, last):
            yield at, Kind.RATTLE, 0.3


def _every(period: float, first: float, last: float, ahead: float = 0.0) -> Iterator[float]:
    """The moments ahead, ahead + period, … from `first` and before `last`, on the clock."""
    number = int(np.ceil((first - ahead) / period - 1e-9))
    while (at := ahead + number * period) < last - 1e-6:
        yield max(at, first)
        number += 1
