"""Soundtracks for tests, and what is heard in them."""

import numpy as np
from numpy.typing import NDArray

from engine.pipelines.family import Sound
from engine.sound import compose, drops
from engine.sound.score import RATE, Bed, Event, Mood, Score, Stretch
from engine.sound.speech import Said
from engine.sound.tune import begun
from storage.plan import Music, Plan

#: Seconds that a sound may be away from its moment: half a frame at 24 a second.
NEAR = 0.02


def score(
    plan: Plan | None = None,
    *,
    events: tuple[Event, ...] = (),
    beds: dict[Bed, float] | None = None,
    mood: Mood = Mood.SUNNY,
    seed: int = 5,
    start: float = 0.0,
    lead: float = 0.0,
) -> Score:
    """A score of the plan's length; three seconds without a plan, with neither music nor bed."""
    plan = plan or Plan("a fox", 3.0, music=Music.NO)
    return Score(
        plan=plan,
        seconds=plan.seconds,
        seed=seed,
        tune=begun(seed, mood, drops=drops(plan)),
        stretches=(Stretch(0.0, beds or {}),),
        events=events,
        start=start,
        lead=lead,
    )


def heard(made: Score, said: tuple[Said, ...] = ()) -> Sound:
    """The score as sound."""
    return compose(made, said)


def loud(samples: NDArray[np.float32], window: float = 0.01) -> NDArray[np.float32]:
    """The deviation of each window of so many seconds, both channels together."""
    size = round(window * RATE)
    mono = samples.mean(0)
    kept = mono[: len(mono) // size * size].reshape(-1, size)
    return np.asarray(np.sqrt((kept**2).mean(1)), np.float32)


def begins(samples: NDArray[np.float32], after: float = 0.0) -> float:
    """The second at which sound rises to a quarter of its loudest window, after `after`."""
    level = loud(samples, 0.002)
    first = round(after / 0.002)
    return (first + int(np.argmax(level[first:] > level[first:].max() / 4))) * 0.002
