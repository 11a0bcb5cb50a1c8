"""A soundtrack for a clip whose model makes none, built on its plan's timeline.

Ambience of the place, sounds on their moments, a tune whose beat drops on its mark, and the lines
that are said; deterministic by the score. It knows no model: a family fills in the `Score`.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from engine.pipelines.family import Request, Sound, Track
from engine.sound import beds, effects, mixing, tune, words
from engine.sound.score import RATE, Bed, Event, Kind, Score, Stereo, Stretch
from engine.sound.span import Span, panned, put
from engine.sound.speech import Said
from storage.clips import ClipKind
from storage.plan import Music, Plan

#: Seconds in which the beds of one shot turn into the next one's.
CUT = 0.08
#: Gains of the buses; beds by what they are made at.
BEDS, MUSIC, EVENTS = 0.42, 0.55, 0.5
#: Music that nobody asked for stays behind.
UNASKED = 0.75
#: How far speech presses beds, music and events down.
DUCKED = {"beds": 0.55, "music": 0.65, "events": 0.4}
#: What is asked for in words is heard above the place, which falls to this.
BEHIND = 0.4


def track(score: Score, said: tuple[Said, ...]) -> Track | None:
    """Makes the score's sound when it is asked for; None for a clip that shall be silent."""
    return None if score.plan.silent else partial(compose, score, said)


def own_part(request: Request) -> Plan:
    """The plan without the lines and marks that an extension's parent has had already."""
    plan, parent = request.plan, request.parent
    if parent is None or request.kind is not ClipKind.EXTENSION:
        return plan
    return replace(
        plan,
        lines=tuple(line for line in plan.lines if line not in parent.plan.lines),
        marks=tuple(mark for mark in plan.marks if mark not in parent.plan.marks),
    )


def compose(score: Score, said: tuple[Said, ...]) -> Sound:
    """The sound of the score: `score.lead` seconds before the clip, then the clip."""
    lead = round(score.lead * RATE)
    count = lead + round(score.seconds * RATE)
    span = Span(score.start - lead / RATE, count, score.seed)
    speech = _speech(said, count, lead)
    mix = mixing.under(_beds(score, span, lead), speech[0], DUCKED["beds"])
    mix += mixing.under(_events(score, count, lead), speech[0], DUCKED["events"])
    if score.plan.music is not Music.NO:
        gain = MUSIC * (1 if score.plan.music is Music.YES else UNASKED)
        music = np.asarray(tune.play(score.tune, span) * gain, np.float32)
        mix += mixing.under(music, speech[0], DUCKED["music"])
    return Sound(mixing.mastered(mix + speech, lead=lead), RATE, lead=lead)


def drops(plan: Plan) -> tuple[float, ...]:
    """When the plan's beat drops, seconds from the clip's beginning."""
    if plan.music is Music.NO:
        return ()
    return tuple(sorted(mark.at for mark in plan.marks if words.is_drop(mark.what)))


def _asked_events(plan: Plan, seconds: float, seed: int) -> Iterator[Event]:
    """What the plan's marks and sounds let happen: marks on their moment, sounds now and then."""
    dropped = drops(plan)
    for mark in plan.marks:
        if mark.at >= seconds or mark.at in dropped:
            continue
        if words.is_drop(mark.what):
            yield Event(mark.at, Kind.BOOM)
        else:
            # An unknown thing that happens is still heard to happen.
            kind = next(iter(words.kinds(mark.what)), Kind.IMPACT)
            yield Event(mark.at, kind)
    dice = np.random.default_rng((seed, 3))
    for sound in plan.sounds:
        for kind in words.kinds(sound)[:1] if not words.beds(sound) else ():
            for share in (0.18, 0.62) if seconds > 2.5 else (0.25,):
                at = (share + dice.uniform(-0.06, 0.06)) * seconds
                yield Event(at, kind, 0.8, float(dice.uniform(-0.5, 0.5)))


def _asked_beds(plan: Plan, usual: dict[Bed, float]) -> dict[Bed, float]:
    """The place's beds, behind those that the plan asks for in words."""
    wanted = {bed: 1.0 for sound in plan.sounds for bed in words.beds(sound)}
    behind = BEHIND if wanted else 1.0
    return {bed: level * behind for bed, level in usual.items()} | wanted


def _speech(said: tuple[Said, ...], count: int, lead: int) -> Stereo:
    speech = np.zeros((2, count), np.float32)
    for each in said:
        # In the middle, each channel at its level.
        put(speech, np.stack([each.samples, each.samples]), lead + round(each.start * RATE))
    return speech


def happening(score: Score) -> Iterator[tuple[Event, effects.Effect]]:
    """All that happens in the clip, each with its sound."""
    asked = _asked_events(score.plan, score.seconds, score.seed)
    for number, event in enumerate((*score.events, *asked)):
        dice = np.random.default_rng((score.seed, 4, number))
        floor = _stretch(score.stretches, event.at).floor
        yield event, effects.effect(event.kind, floor, event.pitch, dice)


def _events(score: Score, count: int, lead: int) -> Stereo:
    events = np.zeros((2, count), np.float32)
    for event, sound in happening(score):
        at = lead + round(event.at * RATE) - sound.moment
        put(events, panned(sound.samples, event.pan), at, EVENTS * event.strength)
    return events


def _stretch(stretches: tuple[Stretch, ...], at: float) -> Stretch:
    begun = [stretch for stretch in stretches if stretch.start <= at]
    return begun[-1] if begun else stretches[0]


def _beds(score: Score, span: Span, lead: int) -> Stereo:
    """Each bed once, by its level over time: what two shots share goes on through the cut."""
    t = (np.arange(span.count) - lead) / RATE
    heard = [_asked_beds(score.plan, stretch.beds) for stretch in score.stretches]
    mix = np.zeros((2, span.count), np.float32)
    for bed in dict.fromkeys(bed for levels in heard for bed in levels):
        levels = [each.get(bed, 0.0) for each in heard]
        when, level = [-1e9], [levels[0]]
        for stretch, before, after in zip(score.stretches[1:], levels, levels[1:], strict=False):
            when += [stretch.start - CUT / 2, stretch.start + CUT / 2]
            level += [before, after]
        gain = np.interp(t, when, level).astype(np.float32)
        mix += BEDS * gain * beds.bed(bed, span)
    return mix
