"""Films for the tests, written as phones write them: H.264 and AAC in MP4, by PyAV."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from senses.values import Challenge
from tests.senses import acting
from tests.senses.acting import Actor, Frame, Pose
from tests.senses.speaking import RATE, Samples, say_digits


def write(path: Path, frames: list[Frame], sound: Samples | None, *, turned: int = 0) -> Path:
    """The film in a file; `sound` mono at RATE; `turned`: degrees that a player turns it by."""
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=acting.FPS, options={"preset": "ultrafast"})
        video.width, video.height = frames[0].shape[1], frames[0].shape[0]
        video.pix_fmt = "yuv420p"
        if turned:
            video.set_display_rotation(turned)
        audio = container.add_stream("aac", rate=RATE, layout="mono") if sound is not None else None
        for frame in frames:
            container.mux(video.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(video.encode())
        if audio is not None and sound is not None:
            _write_sound(container, audio, sound)
    return path


def _write_sound(
    container: av.container.OutputContainer, audio: av.AudioStream, sound: Samples
) -> None:
    for start in range(0, len(sound), 1024):
        part = (np.clip(sound[start : start + 1024], -1, 1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(part[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        container.mux(audio.encode(frame))
    container.mux(audio.encode())


def talk(challenge: Challenge, **how: object) -> Samples:
    """The challenge's digits said, with a second of room noise around them."""
    said = say_digits(challenge.digits, **how)  # type: ignore[arg-type]
    still = np.zeros(RATE // 2, np.float32)
    whole = np.concatenate([still, said * (0.4 / np.abs(said).max()), still])
    return whole + np.random.default_rng(0).normal(0, 0.002, len(whole)).astype(np.float32)


def poses(challenge: Challenge, sound: Samples) -> list[Pose]:
    """Someone who does what the challenge asks while they say that."""
    loud = np.abs(sound)

    def mouth(at: float) -> float:
        start = int(at * RATE)
        return (
            float(min(0.6, 8 * loud[start : start + RATE // 20].mean()))
            if start < len(loud)
            else 0.0
        )

    seconds = max(6.0, len(sound) / RATE)
    return acting.turning(challenge.turns, seconds=seconds, talking=mouth)


def enrolling(actor: Actor, challenge: Challenge, **how: object) -> tuple[list[Frame], Samples]:
    """An honest film: frames and sound."""
    sound = talk(challenge, **how)
    return acting.act(actor, poses(challenge, sound)), sound
