"""Real words, by the program espeak-ng where the owner has installed it.

It is run as a program of its own and nothing of it is linked or shipped: its licence, GPL-3, is
its own. Without it, `babble.py` speaks.
"""

import logging
import shutil
import subprocess

import numpy as np
from scipy.signal import resample_poly

from engine.sound.score import RATE, Mono

#: Seconds after which a line is given up; espeak-ng speaks a sentence in some hundredths.
PATIENCE = 10.0
#: Bytes of a WAV before its samples, and the samples' rate's place among them.
_HEADER = 44

log = logging.getLogger(__name__)


def available() -> str | None:
    """The program's path, or None where it is not installed."""
    return shutil.which("espeak-ng")


def read(words: str, *, voice: str, pitch: int, speed: int, program: str) -> Mono | None:
    """The words as that voice says them; None where the program can't.

    `voice` as espeak-ng names it ("fr+f2"), `pitch` 0 to 99, `speed` in words a minute.
    """
    command = [
        program,
        "-v",
        voice,
        "-p",
        str(pitch),
        "-s",
        str(speed),
        "-z",
        "--stdin",
        "--stdout",
    ]
    try:
        # The words go by standard input: on the command line they could pass for options.
        done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("espeak-ng did not speak: %s", error)
        return None
    if done.returncode != 0 or len(done.stdout) <= _HEADER:
        log.warning("espeak-ng said nothing: exit %d", done.returncode)
        return None
    rate = int.from_bytes(done.stdout[24:28], "little")
    whole = len(done.stdout) // 2 * 2
    samples = np.frombuffer(done.stdout[_HEADER:whole], "<i2").astype(np.float32) / 32768
    return np.asarray(resample_poly(samples, RATE, rate), np.float32)
