"""Films as the world sends them: odd, turned, of changing rate, without pictures."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np


def an_odd_film(path: Path, shades: list[int], *, size: tuple[int, int] = (64, 48), fps: int = 8,
          times: list[int] | None = None, rotation: int = 0) -> Path:  # fmt: skip
    """A film of one grey picture after another, lighter on its left; times in 1/1000 s."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv444p" if size[0] % 2 or size[1] % 2 else "yuv420p"
        stream.options = {"crf": "4", "bf": "0"}
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, shade in enumerate(shades):
            picture = np.full((size[1], size[0], 3), shade, np.uint8)
            picture[:, : size[0] // 2] += 40
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = times[number] if times else number * 1000 // fps
            frame.time_base = Fraction(1, 1000)
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
    if rotation:
        _turn(path, rotation)
    return path


def _turn(path: Path, rotation: int) -> None:
    """Note in the file that its pictures are to be turned, as phones do."""
    turned = path.with_suffix(".turned.mp4")
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-display_rotation", str(rotation),
         "-i", str(path), "-c", "copy", str(turned)], check=True,
    )  # fmt: skip
    turned.replace(path)


def sound_alone(path: Path) -> Path:
    """A film of some sound and no picture."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("aac", 48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate = 48_000
        film.mux(stream.encode(frame))
        film.mux(stream.encode())
    return path
