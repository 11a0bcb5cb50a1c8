"""The tune: a few bars for a few seconds, by a mood and a seed, whose beat drops on its mark.

Music lives on beats; a grid says when each beat falls, so that a bar begins exactly where the
plan wants a drop. Everything follows from the `Tune` and the film's clock: an extension plays on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.sound import chip
from engine.sound.chip import Drum
from engine.sound.melody import MOODS, Character, Tone, melody
from engine.sound.score import RATE, Mono, Mood, Stereo, Tune
from engine.sound.span import Span, panned, put

#: Beats of a bar.
BAR = 4
#: The tempo may give way by this much for a drop to fall on a bar, else on half a bar, or a beat.
GIVE = 0.12
#: Seconds that a note may still ring when a span begins.
RING = 1.8
#: Beats of nothing just before a drop.
GASP = 0.5


def begun(seed: int, mood: Mood, *, drops: Sequence[float] = (), pulse: float = 0.0) -> Tune:
    """A tune for a first clip, with its drops (seconds).

    `pulse` is how often a second something in the picture moves in time, 0 where nothing does: the
    tune then keeps its time from the clip's beginning.
    """
    usual = MOODS[mood].tempo * np.random.default_rng(seed).uniform(0.95, 1.05)
    if drops and drops[0] > 60 / usual:
        tempo, beats = _fitted(drops[0], usual)
        # Bars count back from the drop.
        return Tune(seed, mood, tempo, drops[0], -(-beats // BAR) * BAR, tuple(sorted(drops)))
    if pulse > 0 and not drops:
        return Tune(seed, mood, _danced(pulse * 60))
    return Tune(seed, mood, float(usual), drops[0] if drops else 0.0, 0, tuple(sorted(drops)))


def dropping(tune: Tune, drops: Sequence[float]) -> Tune:
    """The tune with more drops (seconds on the film's clock): an extension's."""
    return replace(tune, drops=(*tune.drops, *sorted(drops)))


def play(tune: Tune, span: Span) -> Stereo:
    """The tune over a span of the film's clock."""
    grid, track = Grid.of(tune), np.zeros((2, span.count), np.float32)
    character = MOODS[tune.mood]
    first = grid.beat(span.start - RING)
    last = grid.beat(span.start + span.count / RATE)
    bars = range(int(np.floor(first / BAR)), int(np.ceil(last / BAR)))
    for hit in _hits(tune, grid, character, bars):
        at = round(grid.time(hit.beat) * RATE) - span.first
        if -RING * RATE < at < span.count:
            put(track, panned(hit.samples, hit.pan), at, hit.gain)
    return track


@dataclass(frozen=True)
class Grid:
    """When beats fall: straight lines through (beat, second) knots, at `tempo` outside them."""

    beats: tuple[float, ...]
    seconds: tuple[float, ...]
    #: Beats a minute.
    tempo: float

    @classmethod
    def of(cls, tune: Tune) -> "Grid":
        """The tune's grid: each drop opens a bar."""
        beats, seconds = [tune.beat], [tune.at]
        for drop in tune.drops:
            if drop > seconds[-1] + 0.01:
                passed = (drop - seconds[-1]) * tune.tempo / 60
                on = round((beats[-1] + passed) / BAR) * BAR
                beats.append(on if on > beats[-1] else beats[-1] + BAR)
                seconds.append(drop)
        return cls(tuple(beats), tuple(seconds), tune.tempo)

    def time(self, beat: float) -> float:
        """The second at which the beat falls."""
        return self._mapped(beat, self.beats, self.seconds, 60 / self.tempo)

    def beat(self, second: float) -> float:
        """The beat that falls on the second."""
        return self._mapped(second, self.seconds, self.beats, self.tempo / 60)

    @staticmethod
    def _mapped(
        x: float, knots: tuple[float, ...], values: tuple[float, ...], slope: float
    ) -> float:
        if x <= knots[0]:
            return values[0] + (x - knots[0]) * slope
        if x >= knots[-1]:
            return values[-1] + (x - knots[-1]) * slope
        return float(np.interp(x, knots, values))


@dataclass(frozen=True)
class _Hit:
    beat: float
    samples: Mono
    gain: float
    pan: float = 0.0


def _fitted(drop: float, usual: float) -> tuple[float, int]:
    """A tempo near the usual one at which `drop` seconds are whole beats, and how many."""
    wanted = drop * usual / 60
    for every in (BAR, BAR // 2, 1):
        beats = max(every, round(wanted / every) * every)
        if abs(beats / wanted - 1) <= GIVE:
            return beats * 60 / drop, beats
    beats = max(1, round(wanted))
    return beats * 60 / drop, beats


def _danced(tempo: float) -> float:
    """The tempo, doubled or halved until it can be played."""
    while tempo < 80:
        tempo *= 2
    while tempo > 165:
        tempo /= 2
    return tempo


def _hits(tune: Tune, grid: Grid, character: Character, bars: range) -> Iterator[_Hit]:
    drops = [grid.beat(drop) for drop in tune.drops]
    second = 60 / tune.tempo
    for bar in bars:
        following = [drop for drop in drops if drop > bar * BAR + 0.01]
        building = bool(following) and not any(drop <= bar * BAR + 0.01 for drop in drops)
        until = following[0] - GASP if following else float("inf")
        for hit in _bar(tune, character, bar, second, building=building, drop=following[:1]):
            if hit.beat < until:
                yield _stopped(hit, (until - hit.beat) * second * RATE)
            elif hit.beat >= until + GASP:
                yield hit
    for drop in drops:
        # It ends where the gasp begins, whatever its length.
        length = min(RING, max(0.3, (drop - GASP) * second if drop > GASP else 0.3))
        yield _Hit(drop - GASP - length / second, chip.riser(length), 0.45)
        yield _Hit(drop, chip.drum(Drum.CRASH), 0.6)
        yield _Hit(drop, chip.drum(Drum.KICK), 0.5)


def _stopped(hit: _Hit, count: float) -> _Hit:
    """The hit with no more than `count` samples: nothing rings into the gasp."""
    if len(hit.samples) <= count:
        return hit
    kept = hit.samples[: int(count)].copy()
    soft = min(len(kept), RATE // 100)
    kept[len(kept) - soft :] *= np.linspace(1, 0, soft, dtype=np.float32)
    return replace(hit, samples=kept)


def _bar(
    tune: Tune, character: Character, bar: int, second: float, *, building: bool, drop: list[float]
) -> Iterator[_Hit]:
    for tone in melody(tune.seed, tune.mood, bar, lifted=bool(tune.drops) and not building):
        if building and tone.part == "bass":
            continue
        yield _sounded(tone, bar, second, 0.9 if building else 1.0)
    if building:
        yield from _roll(bar, drop[0])
        return
    for beat, kind, gain in character.drums:
        yield _Hit(bar * BAR + beat, chip.drum(kind), gain)


def _sounded(tone: Tone, bar: int, second: float, gain: float) -> _Hit:
    hertz = 440 * 2 ** ((tone.pitch - 69) / 12)
    length = min(tone.length * second, RING - 0.2)
    samples = chip.note(tone.wave, hertz, length, fall=tone.fall, vibrato=tone.vibrato)
    return _Hit(bar * BAR + tone.beat, samples, gain * tone.gain, tone.pan)


def _roll(bar: int, drop: float) -> Iterator[_Hit]:
    """Ticks, and in the last bar before the drop a snare that doubles and grows."""
    near = drop - bar * BAR
    if near > BAR + 0.01:
        for half in range(2 * BAR):
            yield _Hit(bar * BAR + half / 2, chip.drum(Drum.TICK), 0.14)
        return
    beat = 0.0
    while beat < near - GASP:
        share = beat / near
        yield _Hit(bar * BAR + beat, chip.drum(Drum.SNARE), 0.1 + 0.25 * share)
        beat += 0.5 if share < 0.5 else 0.25
