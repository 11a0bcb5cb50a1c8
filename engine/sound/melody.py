"""What is played: chords, bass, arpeggio and lead, bar by bar, by a mood and a seed.

A motif of two bars is drawn once a tune and comes back over the chords, as trackers do it. Pitches
are MIDI numbers (69 is A4, 440 Hz). It knows beats only; `tune.py` knows time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.sound.chip import Drum, Wave
from engine.sound.score import Mood

_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_LYDIAN, _DORIAN = (0, 2, 4, 6, 7, 9, 11), (0, 2, 3, 5, 7, 9, 10)
_HARMONIC = (0, 2, 3, 5, 7, 8, 11)

Beat = tuple[float, Drum, float]
"""The beat of the bar, the drum and its gain."""


@dataclass(frozen=True)
class Character:
    """How a mood is played."""

    #: Beats a minute, before the seed's five per cent.
    tempo: float
    #: Semitones of the seven degrees above the root.
    scale: tuple[int, ...]
    #: The degree (0 is the root) of each half bar; four or eight of them.
    chords: tuple[int, ...]
    #: The waves of lead, arpeggio and bass.
    lead: Wave
    arpeggio: Wave
    bass: Wave
    #: Notes a beat of the arpeggio.
    quick: int
    #: In eighths of a bar, where the bass plays.
    bass_on: tuple[int, ...]
    drums: tuple[Beat, ...]


def _beats(kicks: str, snares: str, hats: str, gain: float = 1.0) -> tuple[Beat, ...]:
    """Drums from three rows of eighths, "x" a hit and "o" an open hat."""
    rows = ((Drum.KICK, kicks, 0.5), (Drum.SNARE, snares, 0.4), (Drum.HAT, hats, 0.22))
    return tuple(
        (eighth / 2, Drum.OPEN_HAT if sign == "o" else kind, level * gain)
        for kind, row, level in rows
        for eighth, sign in enumerate(row)
        if sign != "."
    )


MOODS: dict[Mood, Character] = {
    Mood.SUNNY: Character(
        116,
        _MAJOR,
        (0, 4, 5, 3),
        Wave.PULSE,
        Wave.SQUARE,
        Wave.TRIANGLE,
        2,
        (0, 3, 4, 6),
        _beats("x..xx...", "..x...x.", "x.xxx.xo"),
    ),
    Mood.TENDER: Character(
        84,
        _MAJOR,
        (0, 5, 3, 4),
        Wave.TRIANGLE,
        Wave.TRIANGLE,
        Wave.SINE,
        2,
        (0, 4),
        _beats("x.......", "........", "..x...x.", 0.5),
    ),
    Mood.DREAMY: Character(
        92,
        _LYDIAN,
        (0, 1, 5, 4),
        Wave.SINE,
        Wave.TRIANGLE,
        Wave.SINE,
        3,
        (0, 4),
        _beats("x.......", "....x...", "..x..x..", 0.5),
    ),
    Mood.BRAVE: Character(
        126,
        _DORIAN,
        (0, 6, 3, 0),
        Wave.PULSE,
        Wave.SQUARE,
        Wave.SAW,
        2,
        (0, 2, 3, 4, 6, 7),
        _beats("x...x...", "..x...xx", "x.x.x.x."),
    ),
    Mood.NEON: Character(
        108,
        _MINOR,
        (0, 5, 2, 6),
        Wave.SAW,
        Wave.PULSE,
        Wave.SAW,
        4,
        (0, 1, 2, 3, 4, 5, 6, 7),
        _beats("x...x...", "..x...x.", "xxxxxxxo"),
    ),
    Mood.SPOOKY: Character(
        96,
        _HARMONIC,
        (0, 1, 0, 4),
        Wave.TRIANGLE,
        Wave.PULSE,
        Wave.TRIANGLE,
        2,
        (0, 5),
        _beats("x....x..", "........", "...x...x", 0.7),
    ),
    Mood.PARTY: Character(
        126,
        _MAJOR,
        (0, 3, 5, 4),
        Wave.PULSE,
        Wave.PULSE,
        Wave.SAW,
        4,
        (1, 3, 5, 7),
        _beats("x.x.x.x.", "..x...x.", ".o.o.o.o"),
    ),
}


@dataclass(frozen=True)
class Tone:
    """A note of a bar."""

    #: "lead", "arpeggio" or "bass".
    part: str
    #: Beats from the bar's beginning, and how many it lasts.
    beat: float
    length: float
    #: MIDI number.
    pitch: int
    wave: Wave
    gain: float
    pan: float
    #: Seconds in which it falls to a third.
    fall: float
    #: Share of the pitch.
    vibrato: float = 0.0


def melody(seed: int, mood: Mood, bar: int, *, lifted: bool) -> Iterator[Tone]:
    """The notes of the bar; `lifted` is after a drop: the lead climbs and is doubled."""
    character, root = MOODS[mood], _root(seed)
    yield from _bass(character, root, bar)
    yield from _arpeggio(character, root, bar)
    motif = _motif(seed, mood)[bar % 4]
    for eighth, length, step in motif:
        degree = _chord(character, bar, eighth) + step
        pitch = root + 12 + _semitones(character.scale, degree) + (12 if lifted else 0)
        lead = Tone(
            "lead", eighth / 2, length / 2 * 0.92, pitch, character.lead, 0.34, -0.12, 0.5, 0.008
        )
        yield lead
        # An echo three eighths later, on the other side.
        yield Tone("lead", eighth / 2 + 1.5, length / 2, pitch, character.lead, 0.09, 0.5, 0.3)
        if lifted:
            lower = Tone(
                "lead", eighth / 2, length / 2 * 0.9, pitch - 12, Wave.SQUARE, 0.14, 0.25, 0.4
            )
            yield lower


def _root(seed: int) -> int:
    """The key: between G3 and D4."""
    return 55 + int(np.random.default_rng((seed, 1)).integers(8))


def _chord(character: Character, bar: int, eighth: int) -> int:
    half = bar * 2 + (1 if eighth >= 4 else 0)
    return character.chords[half % len(character.chords)]


def _semitones(scale: tuple[int, ...], degree: int) -> int:
    return scale[degree % 7] + 12 * (degree // 7)


def _bass(character: Character, root: int, bar: int) -> Iterator[Tone]:
    for eighth in character.bass_on:
        pitch = root - 24 + _semitones(character.scale, _chord(character, bar, eighth))
        if pitch < 36:
            pitch += 12
        yield Tone("bass", eighth / 2, 0.42, pitch, character.bass, 0.42, 0.0, 0.35)


def _arpeggio(character: Character, root: int, bar: int) -> Iterator[Tone]:
    shape = (0, 2, 4, 7) if character.quick > 2 else (0, 4, 2, 4)
    for number in range(4 * character.quick):
        beat = number / character.quick
        chord = _chord(character, bar, int(beat * 2))
        pitch = root + _semitones(character.scale, chord + shape[number % 4])
        pan = 0.45 if number % 2 else -0.45
        length = 0.8 / character.quick
        yield Tone("arpeggio", beat, length, pitch, character.arpeggio, 0.15, pan, 0.14)


Motif = tuple[tuple[int, int, int], ...]
"""(eighth of the bar, eighths it lasts, degrees above the chord's root) a note."""

#: Eighths of a bar on which a lead may come in, as trackers' leads do.
_RHYTHMS = (
    (0, 2, 3, 4, 6),
    (0, 3, 6),
    (0, 1, 2, 4, 5, 6),
    (0, 2, 4, 6, 7),
    (0, 3, 4, 7),
    (0, 4, 6),
)


@cache
def _motif(seed: int, mood: Mood) -> tuple[Motif, ...]:
    """Four bars: a phrase, its answer, the phrase again, and a close."""
    dice = np.random.default_rng((seed, 2, list(Mood).index(mood)))
    call, answer = _phrase(dice), _phrase(dice)
    close = (*answer[: max(1, len(answer) // 2)], (4, 4, 0))
    return call, answer, call, tuple(note for note in close if note[0] <= 4)


def _phrase(dice: np.random.Generator) -> Motif:
    rhythm = _RHYTHMS[int(dice.integers(len(_RHYTHMS)))]
    ends = (*rhythm[1:], 8)
    degree, notes = int(dice.choice((0, 2, 4))), []
    for eighth, end in zip(rhythm, ends, strict=True):
        if eighth in (0, 4):
            # On the strong beats a note of the chord, the nearest to where the line is.
            degree = min(
                (-3, 0, 2, 4, 7), key=lambda tone: abs(tone - degree + dice.random() * 0.1)
            )
        notes.append((eighth, end - eighth, degree))
        degree = int(np.clip(degree + dice.choice((-2, -1, -1, 1, 1, 2)), -3, 8))
    return tuple(notes)
