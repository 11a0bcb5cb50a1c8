"""Films and pictures as pipelines start from them, odd ones included."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import PIL.Image
import pytest

from engine.pipelines import films
from engine.pipelines.films import Pixels


def _film(path: Path, shades: list[int], *, size: tuple[int, int] = (64, 48), fps: int = 8,
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
    import subprocess

    import imageio_ffmpeg

    turned = path.with_suffix(".turned.mp4")
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-display_rotation", str(rotation),
         "-i", str(path), "-c", "copy", str(turned)], check=True,
    )  # fmt: skip
    turned.replace(path)


def _shades(frames: Pixels) -> list[int]:
    """The right half's shade of each frame, in tens."""
    return [round(float(frame[:, -8:].mean()) / 10) * 10 for frame in frames]


def test_a_film_is_read_at_another_rate_and_held_at_its_end(tmp_path: Path) -> None:
    path = _film(tmp_path / "film.mp4", [20, 60, 100, 140], fps=8)

    assert _shades(films.film(path, width=64, height=48, fps=8, count=6)) == [
        20, 60, 100, 140, 140, 140,
    ]  # fmt: skip
    assert _shades(films.film(path, width=64, height=48, fps=4, count=2)) == [20, 100]


def test_the_ending_is_the_last_frames(tmp_path: Path) -> None:
    path = _film(tmp_path / "film.mp4", [20, 60, 100, 140])

    assert _shades(films.ending(path, width=64, height=48, fps=8, count=1)) == [140]
    assert _shades(films.ending(path, width=64, height=48, fps=8, count=3)) == [60, 100, 140]
    assert _shades(films.ending(path, width=64, height=48, fps=8, count=6)) == [
        20, 20, 20, 60, 100, 140,
    ]  # fmt: skip


def test_a_film_of_changing_rate_is_read_by_its_times(tmp_path: Path) -> None:
    path = _film(tmp_path / "film.mp4", [20, 60, 100], times=[0, 750, 1000])

    assert _shades(films.film(path, width=64, height=48, fps=4, count=5)) == [20, 20, 20, 60, 100]


def test_a_film_of_odd_sizes_is_cut_to_the_size_wanted(tmp_path: Path) -> None:
    path = _film(tmp_path / "film.mp4", [20], size=(63, 47))

    assert films.film(path, width=96, height=64, fps=8, count=1).shape == (1, 64, 96, 3)


def test_a_film_that_is_to_be_turned_is_turned(tmp_path: Path) -> None:
    """The light half, on the left as it was filmed, is at the top or the bottom as it is shown."""
    path = _film(tmp_path / "film.mp4", [20] * 2, rotation=90)

    [frame] = films.film(path, width=48, height=64, fps=8, count=1)

    top, bottom = frame[:16].mean(), frame[-16:].mean()
    assert abs(top - bottom) > 30
    assert frame[:, :8].mean() == pytest.approx(frame[:, -8:].mean(), abs=3)


@pytest.mark.parametrize("content", [b"", b"this is no film"])
def test_a_film_that_is_none_is_an_error_of_its_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    with pytest.raises(OSError):
        films.film(path, width=64, height=48, fps=8, count=1)


def test_a_film_of_sound_alone_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("aac", 48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate = 48_000
        film.mux(stream.encode(frame))
        film.mux(stream.encode())

    with pytest.raises(OSError, match="no pictures"):
        films.ending(path, width=64, height=48, fps=8, count=1)


def test_a_picture_is_cut_to_shape_and_cut_outs_stand_on_white(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    PIL.Image.new("RGBA", (40, 200), (0, 0, 0, 0)).save(path)

    found = films.picture(path, width=64, height=48)

    assert found.shape == (1, 48, 64, 3)
    assert (found == 255).all()
