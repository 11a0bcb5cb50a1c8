"""A voice without words, as the people of small games speak: each letter a sound of its own.

Vowels are harmonics under two formants, after Peterson and Barney (1952) for English, the nearest
for the rest; consonants are hisses, bursts and hums between them. Nobody understands it, and
everybody hears who speaks, how fast, and whether it was a question.
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from scipy.signal import resample_poly

from engine.sound.score import RATE, Mono
from engine.sound.span import Fine

#: Samples a second while it is made: it holds nothing above 8 kHz.
_HALF = RATE // 2
#: Seconds of one letter at the usual speed, of a space, and of the pause at a full stop.
_LETTER, _SPACE, _PAUSE = 0.068, 0.05, 0.2
_HARMONICS = 26

#: First and second formant in hertz.
_VOWELS: dict[str, tuple[float, float]] = {
    "a": (760, 1350),
    "e": (500, 1850),
    "i": (290, 2300),
    "o": (480, 900),
    "u": (330, 1000),
    "y": (300, 2000),
}
#: What hums: formants and loudness.
_HUMS: dict[str, tuple[float, float, float]] = {
    "m": (250, 1000, 0.45),
    "n": (260, 1500, 0.45),
    "l": (360, 1300, 0.6),
    "r": (420, 1150, 0.55),
    "w": (320, 720, 0.6),
    "j": (300, 2100, 0.5),
    "v": (260, 1100, 0.35),
    "z": (260, 1600, 0.35),
}
#: What hisses: the middle of its noise in hertz, and loudness.
_HISSES: dict[str, tuple[float, float]] = {
    "s": (6200, 0.3),
    "c": (5200, 0.26),
    "z": (5600, 0.16),
    "f": (4500, 0.14),
    "v": (3600, 0.06),
    "h": (1600, 0.1),
    "x": (5000, 0.26),
    "t": (4200, 0.4),
    "k": (2200, 0.4),
    "q": (2000, 0.4),
    "p": (1100, 0.35),
    "d": (3300, 0.25),
    "g": (1800, 0.25),
    "b": (800, 0.25),
}
_STOPS = frozenset("tkqpdgb")


@dataclass(frozen=True)
class _Piece:
    """A letter as it is sung."""

    letter: str
    start: float
    length: float
    #: Of the pitch, 1 as usual.
    pitch: float


def read(words: str, *, hertz: float, speed: float, size: float, dice: np.random.Generator) -> Mono:
    """The words babbled at that pitch; `size` raises the formants, as a small mouth does."""
    pieces = _pieces(words, speed, dice)
    if not pieces:
        return np.zeros(0, np.float32)
    t = np.arange(round((pieces[-1].start + pieces[-1].length + 0.08) * _HALF)) / _HALF
    track = _voiced(pieces, t, hertz, size) + _hissed(pieces, t, size, dice)
    return np.asarray(resample_poly(track, 2, 1), np.float32)


def _pieces(words: str, speed: float, dice: np.random.Generator) -> list[_Piece]:
    flat = unicodedata.normalize("NFKD", words.lower())
    plain = "".join(c for c in flat if not unicodedata.combining(c))
    # Double letters are one sound, and most mute ones go.
    plain = re.sub(r"(.)\1+", r"\1", plain)
    plain = re.sub(r"(?<=\w\w)e\b|gh|(?<=o)u(?=\w)", "", plain)
    asks = plain.rstrip().endswith("?")
    at, pieces = 0.0, list[_Piece]()
    for number, letter in enumerate(plain):
        share = number / max(len(plain) - 1, 1)
        if letter.isalpha() or letter.isdigit():
            letter = letter if letter in _VOWELS | _HUMS | _HISSES else "aeiou"[ord(letter) % 5]
            length = _LETTER * (1.25 if letter in _VOWELS else 0.75) / speed
            # A statement falls, a question rises at its end.
            tune = 1.08 - 0.16 * share + (0.35 * max(0.0, share - 0.8) / 0.2 if asks else 0.0)
            pieces.append(_Piece(letter, at, length, tune * dice.uniform(0.88, 1.16)))
            at += length
        else:
            at += (_PAUSE if letter in ".!?;:…" else _SPACE if letter.isspace() else 0.03) / speed
    return pieces


def _voiced(pieces: list[_Piece], t: Fine, hertz: float, size: float) -> Fine:
    """Harmonics of the pitch, each as strong as the formants near it make it."""
    sung = [p for p in pieces if p.letter in _VOWELS or p.letter in _HUMS]
    if not sung:
        return np.zeros(len(t))
    middle = [p.start + p.length / 2 for p in sung]
    shapes = [_VOWELS.get(p.letter) or _HUMS[p.letter][:2] for p in sung]
    first = np.interp(t, middle, [shape[0] * size for shape in shapes])
    second = np.interp(t, middle, [shape[1] * size for shape in shapes])
    pitch = hertz * np.interp(t, middle, [p.pitch for p in sung])
    pitch *= 1 + 0.012 * np.sin(2 * np.pi * 5.5 * t)
    turns = np.cumsum(pitch) / _HALF
    out = np.zeros(len(t))
    for k in range(1, _HARMONICS + 1):
        here = k * pitch
        near = 1 / (1 + ((here - first) / (0.22 * first)) ** 2)
        near += 0.6 / (1 + ((here - second) / (0.14 * second)) ** 2) + 0.02
        out += np.where(here < 7000, near / k**0.4, 0) * np.sin(2 * np.pi * k * turns)
    return np.asarray(out * _loud(sung, t) * 0.5)


def _loud(sung: list[_Piece], t: Fine) -> Fine:
    loud = np.zeros(len(t))
    for p in sung:
        level = 1.0 if p.letter in _VOWELS else _HUMS[p.letter][2]
        first, last = round(p.start * _HALF), round((p.start + p.length) * _HALF)
        here = np.arange(max(first - 300, 0), min(last + 300, len(t)))
        edge = np.clip(np.minimum(here - first + 300, last + 300 - here) / 450, 0, 1)
        loud[here] = np.maximum(loud[here], level * edge)
    return loud


def _hissed(pieces: list[_Piece], t: Fine, size: float, dice: np.random.Generator) -> Fine:
    out = np.zeros(len(t))
    for p in pieces:
        if p.letter not in _HISSES:
            continue
        middle, level = _HISSES[p.letter]
        first = round((p.start + (0.4 * p.length if p.letter in _STOPS else 0)) * _HALF)
        count = min(round(0.6 * p.length * _HALF), len(t) - first)
        share = np.arange(count) / max(count, 1)
        shape = np.exp(-6 * share) if p.letter in _STOPS else np.sin(np.pi * share)
        carrier = np.cos(2 * np.pi * min(middle * size**0.5, 9000) * np.arange(count) / _HALF)
        # Noise smoothed, then moved to its place by a carrier.
        noise = np.convolve(dice.standard_normal(count), np.ones(6) / 2.4, "same")
        out[first : first + count] += level * shape * noise * carrier
    return out
