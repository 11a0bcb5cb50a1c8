"""Sound for clips of models that make none: what the words name, what the motion shows, who speaks.

Ambience and music are read from the words, sounds are placed where the motion in the frames changes
at once. Music is only there when it was asked for. It is made as the frames are read, off the
device's thread.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from engine import sound
from engine.pipelines.family import Request, Sound, Track
from engine.pipelines.films import Pixels
from engine.sound import watching, words
from engine.sound.score import Mood, Score, Stretch
from engine.sound.speech import spoken
from engine.sound.tune import begun
from storage.clips import ClipKind
from storage.plan import Music, Plan

#: Seconds of sound before an extension, for the join to fade in.
LEAD = 0.5


def track(
    request: Request, scenes: Sequence[tuple[float, str]], frames: Sequence[Pixels], *, clock: float
) -> Track | None:
    """The clip's sound; None for one that shall be silent.

    `scenes` are their beginnings in seconds and their words, `frames` theirs, and `clock` the
    seconds of film that an extension follows.
    """
    if request.plan.silent:
        return None
    return partial(_made, request, tuple(scenes), tuple(frames), clock)


def _made(
    request: Request,
    scenes: tuple[tuple[float, str], ...],
    frames: tuple[Pixels, ...],
    clock: float,
) -> Sound:
    plan = _plan(request)
    seconds = sum(len(each) for each in frames) / request.fps
    # What goes on in an extension is what went on in its parent.
    goes_on = request.parent if request.kind is ClipKind.EXTENSION else None
    seed = goes_on.seed if goes_on else request.seed
    mood = words.mood(plan.prompt) or Mood.DREAMY
    score = Score(
        plan=plan,
        seconds=seconds,
        seed=seed,
        tune=begun(seed, mood, drops=[clock + drop for drop in sound.drops(plan)]),
        stretches=tuple(
            Stretch(start, words.beds(told), words.floor(told)) for start, told in scenes
        ),
        events=watching.events(chain.from_iterable(frames), request.fps),
        start=clock,
        lead=min(LEAD, clock),
    )
    return sound.compose(score, spoken(plan, seconds, request.seed))


def _plan(request: Request) -> Plan:
    """The clip's own part of the plan, without music where nobody asked for it."""
    plan = sound.own_part(request)
    unasked = plan.music is None and not sound.drops(plan)
    return replace(plan, music=Music.NO) if unasked else plan
