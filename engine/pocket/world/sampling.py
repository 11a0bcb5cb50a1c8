"""Draws scenes at random, decides what their captions leave out, and what that then means.

What is left unsaid is drawn from a fixed habit (a natural colour, clear weather, by day), so that
the model chooses sensibly instead of mixing everything.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from engine.pocket.world.scene import (
    MAX_ACTORS,
    Actor,
    Camera,
    Colour,
    Motion,
    Place,
    Scene,
    Time,
    Weather,
)
from engine.pocket.world.subjects import BY_NAME, Home

T = TypeVar("T")
_COLOURS = tuple(c for c in Colour if c is not Colour.NATURAL)
#: Share of the scenes whose actors are all of a kind: "two robots".
_TWINS = 0.12
_CALM = (Motion.STILL, Motion.HOP, Motion.RIGHT, Motion.LEFT, Motion.DANCE)
_LANDS = (Place.MEADOW, Place.FOREST, Place.CITY, Place.MOUNTAINS, Place.BEACH, Place.DESERT)
_WATERS = (Place.SEA, Place.UNDERWATER, Place.SEA, Place.UNDERWATER, Place.BEACH)


def said_scene(rng: np.random.Generator, subjects: Sequence[str]) -> Scene:
    """What a caption says: up to three actors, and each other part with its own chance."""
    count = int(rng.choice([0, 1, 2, 3], p=[0.03, 0.35, 0.45, 0.17]))
    names = rng.choice(len(subjects), size=min(count, MAX_ACTORS, len(subjects)), replace=False)
    if rng.random() < _TWINS:
        names[1:] = names[:1]
    actors = tuple(_said_actor(rng, subjects[i]) for i in names)
    return Scene(
        actors,
        place=_maybe(rng, 0.9, tuple(Place)),
        time=_maybe(rng, 0.75, tuple(Time)),
        weather=_maybe(rng, 0.45, (Weather.CLEAR, *Weather)),
        camera=_maybe(rng, 0.65, tuple(Camera)),
    )


def completed(scene: Scene, rng: np.random.Generator) -> Scene:
    """The scene with everything decided, as it is drawn."""
    actors = tuple(
        replace(
            actor,
            colour=actor.colour or Colour.NATURAL,
            motion=actor.motion or habit(rng),
        )
        for actor in scene.actors
    )
    home = BY_NAME[actors[0].subject].home if actors else Home.GROUND
    return Scene(
        actors,
        place=scene.place or _one(rng, _WATERS if home is Home.WATER else _LANDS),
        time=scene.time or Time.DAY,
        weather=scene.weather or Weather.CLEAR,
        camera=scene.camera or Camera.STATIC,
    )


def habit(rng: np.random.Generator) -> Motion:
    """What a subject does when the words don't say."""
    return _one(rng, _CALM)


def _said_actor(rng: np.random.Generator, subject: str) -> Actor:
    colour = _one(rng, _COLOURS) if rng.random() < 0.5 else None
    return Actor(subject, colour, _maybe(rng, 0.8, tuple(Motion)))


def _one(rng: np.random.Generator, choices: Sequence[T]) -> T:
    return choices[int(rng.integers(len(choices)))]


def _maybe(rng: np.random.Generator, chance: float, choices: Sequence[T]) -> T | None:
    return _one(rng, choices) if rng.random() < chance else None
