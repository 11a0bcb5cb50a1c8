"""Speech for the tests: digits said by espeak-ng, as the package espeakng-loader brings it.

The voices are synthetic; no person's voice is in the project.
"""

import ctypes
from collections.abc import Callable
from functools import cache

import espeakng_loader
import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

RATE = 16000
Samples = NDArray[np.float32]

#: As espeak-ng's speak_lib.h numbers them.
_SYNCHRONOUS, _CHARS_UTF8, _WORDS, _SPEED, _PITCH = 2, 1, 0, 1, 3

ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FRENCH = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def say_digits(
    digits: str, *, voice: str = "en-us", speed: int = 130, pitch: int = 50, gap: float = 0.25
) -> Samples:
    """The digits one by one, mono at RATE, from -1 to 1, with `gap` seconds between them."""
    words = FRENCH if voice.startswith("fr") else ENGLISH
    silence = np.zeros(round(gap * RATE), np.float32)
    parts = [silence]
    for digit in digits:
        parts += [say(words[int(digit)], voice=voice, speed=speed, pitch=pitch), silence]
    return np.concatenate(parts)


@cache
def say(text: str, *, voice: str, speed: int = 130, pitch: int = 50) -> Samples:
    """The text said by an espeak-ng voice ("en-us", "fr+f2"), without the silence around it."""
    library, rate, pieces, _ = _library()
    pieces.clear()
    library.espeak_SetVoiceByName(voice.encode())
    library.espeak_SetParameter(_SPEED, speed, 0)
    library.espeak_SetParameter(_PITCH, pitch, 0)
    said = text.encode()
    library.espeak_Synth(said, len(said) + 1, 0, 0, 0, _CHARS_UTF8, None, None)
    samples = np.frombuffer(b"".join(pieces), "<i2").astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    kept = samples[loud[0] : loud[-1] + 1]
    return np.asarray(resample_poly(kept, RATE, rate), np.float32)


@cache
def _library() -> tuple[ctypes.CDLL, int, list[bytes], Callable[..., int]]:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    pieces: list[bytes] = []
    prototype = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
    )

    def collect(wave: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if wave and count > 0:
            pieces.append(ctypes.string_at(wave, count * 2))
        return 0

    callback: Callable[..., int] = prototype(collect)
    library.espeak_SetSynthCallback(callback)
    # The callback is returned so that it is not collected while the library may call it.
    return library, rate, pieces, callback
