"""Digits that were said, in English or French, and the voice that said them.

PocketSphinx listens with its English acoustic model and a grammar of exactly as many digits as were
asked for, first with no idea which, then with all but one given. French digits are spelled in
English sounds. What is heard is compared with what was asked; nothing that was said is kept but
the voice sample.
"""

import io
import tempfile
import wave
from functools import cache

import numpy as np
import pocketsphinx
from numpy.typing import NDArray

from senses.film import RATE

Samples = NDArray[np.int16]

#: How each digit sounds, in the phones of PocketSphinx's English model (ARPAbet).
ENGLISH: dict[str, tuple[str, ...]] = {
    "0": ("Z IH R OW", "Z IY R OW"),
    "1": ("W AH N",),
    "2": ("T UW",),
    "3": ("TH R IY",),
    "4": ("F AO R",),
    "5": ("F AY V",),
    "6": ("S IH K S",),
    "7": ("S EH V AH N",),
    "8": ("EY T",),
    "9": ("N AY N",),
}
FRENCH: dict[str, tuple[str, ...]] = {
    "0": ("Z EY R OW", "Z EH R OW", "Z EY UW OW"),
    "1": ("AE N", "AA N", "AH N"),
    "2": ("D UH", "D OW", "D ER"),
    "3": ("T R W AA", "T W AA", "T R W AE"),
    "4": ("K AE T", "K AA T R AH", "K AA T R"),
    "5": ("S AE NG K", "S AH NG K"),
    "6": ("S IY S",),
    "7": ("S EH T", "S AE T"),
    "8": ("W IY T", "Y IY T"),
    "9": ("N ER F", "N EH F", "N UH F"),
}
LANGUAGES = {"en": ENGLISH, "fr": FRENCH}
#: Digits that may be misheard: the recogniser errs too.
FORGIVEN = 1
#: dBFS of the loudest tenth of the sound: a quiet voice at arm's length has about -35.
LEAST_LOUDNESS = -48.0
#: Seconds of the voice sample.
VOICE_SECONDS = 10
#: The quietest that is still speech: of the loudest piece, and of the room's own noise.
_OF_LOUDEST, _OF_NOISE = 0.06, 3.0
#: Pieces kept around what is spoken.
_AROUND = 10
#: Samples of a piece that loudness is measured over: 20 ms.
_PIECE = RATE // 50


def loudness(sound: Samples) -> float:
    """dBFS of the loudest tenth of the sound, -100 for silence."""
    return float(20 * np.log10(max(1e-5, np.quantile(_levels(sound), 0.9))))


def heard(sound: Samples, digits: str) -> int:
    """How many of those digits were heard, in their order, in the language that fits best."""
    spoken, best = _levelled(_spoken(sound)), 0
    for how in (_heard_freely, _heard_in_context):
        for language in LANGUAGES:
            best = max(best, how(spoken, language, digits))
            if best >= len(digits) - FORGIVEN:
                return best
    return best


def warm_up() -> None:
    """Load what listening needs, while files may still be opened at leisure."""
    for language in LANGUAGES:
        _decoder(language)


def voice(sound: Samples) -> bytes:
    """The part where most is said, as a WAV file, at most VOICE_SECONDS."""
    levels = _levels(sound)
    wanted = VOICE_SECONDS * RATE // _PIECE
    if len(levels) > wanted:
        sums = np.convolve(levels, np.ones(wanted), mode="valid")
        start = int(sums.argmax()) * _PIECE
        sound = sound[start : start + wanted * _PIECE]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.astype("<i2").tobytes())
    return file.getvalue()


def _spoken(sound: Samples) -> Samples:
    """The sound from the first thing said to the last: long silences make the recogniser guess."""
    levels = _levels(sound)
    floor = max(_OF_LOUDEST * levels.max(), _OF_NOISE * np.quantile(levels, 0.1))
    loud = np.flatnonzero(levels > floor)
    if not len(loud):
        return sound
    return sound[max(0, loud[0] - _AROUND) * _PIECE : (loud[-1] + _AROUND + 1) * _PIECE]


def _levels(sound: Samples) -> NDArray[np.float64]:
    whole = sound[: len(sound) // _PIECE * _PIECE].astype(np.float64).reshape(-1, _PIECE) / 32768
    return np.sqrt((whole**2).mean(1)) if len(whole) else np.zeros(1)


def _heard_freely(spoken: Samples, language: str, digits: str) -> int:
    """What is heard where nothing is expected but as many digits."""
    return _matched(_listen(spoken, language, [""] * len(digits)), digits)


def _heard_in_context(spoken: Samples, language: str, digits: str) -> int:
    """Digits that are heard at their place where the others are taken for granted.

    One misheard word shifts all that follow it when nothing is expected; here it can't. Someone who
    says other digits gains nothing: what is taken for granted does not fit, nor then does the one.
    """
    right = 0
    for place, digit in enumerate(digits):
        said = _listen(spoken, language, [*digits[:place], "", *digits[place + 1 :]])
        right += said[place : place + 1] == digit
        if place + 1 - right > FORGIVEN:
            break
    return right


def _listen(spoken: Samples, language: str, expected: list[str]) -> str:
    """The digits heard where these are expected; "" expects any."""
    decoder = _decoder(language)
    any_digit = "(" + " | ".join(f"{language}{digit}" for digit in LANGUAGES[language]) + ")"
    words = " ".join(f"{language}{digit}" if digit else any_digit for digit in expected)
    decoder.add_jsgf_string("digits", f"#JSGF V1.0; grammar digits; public <said> = {words};")
    decoder.activate_search("digits")
    decoder.start_utt()
    decoder.process_raw(spoken.tobytes(), no_search=False, full_utt=True)
    decoder.end_utt()
    guess = decoder.hyp()
    return "" if guess is None else "".join(word[-1] for word in guess.hypstr.split())


def _levelled(sound: Samples) -> Samples:
    """The sound at half of full scale."""
    return np.asarray(sound * (16384 / max(1.0, float(np.abs(sound).max()))), "<i2")


@cache
def _decoder(language: str) -> pocketsphinx.Decoder:
    with tempfile.NamedTemporaryFile("w", suffix=".dict") as file:
        for digit, ways in LANGUAGES[language].items():
            for index, way in enumerate(ways):
                more = f"({index + 1})" if index else ""
                file.write(f"{language}{digit}{more} {way}\n")
        file.flush()
        return pocketsphinx.Decoder(dict=file.name, lm=None, samprate=RATE, loglevel="FATAL")


def _matched(said: str, asked: str) -> int:
    """Digits of `asked` that `said` has in order: its length less the edits between them."""
    row = list(range(len(asked) + 1))
    for index, one in enumerate(said):
        above, row = row, [index + 1]
        for place, other in enumerate(asked):
            row.append(min(above[place + 1] + 1, row[place] + 1, above[place] + (one != other)))
    return max(0, len(asked) - row[-1])
