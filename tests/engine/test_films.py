"""Films and pictures as pipelines start from them, odd ones included."""

from pathlib import Path

import PIL.Image
import pytest

from engine.pipelines import films
from engine.pipelines.films import Pixels
from tests.films import an_odd_film, sound_alone


def _shades(frames: Pixels) -> list[int]:
    """The right half's shade of each frame, in tens."""
    return [round(float(frame[:, -8:].mean()) / 10) * 10 for frame in frames]


def test_a_film_is_read_at_another_rate_and_held_at_its_end(tmp_path: Path) -> None:
    path = an_odd_film(tmp_path / "film.mp4", [20, 60, 100, 140], fps=8)

    assert _shades(films.film(path, width=64, height=48, fps=8, count=6)) == [
        20, 60, 100, 140, 140, 140,
    ]  # fmt: skip
    assert _shades(films.film(path, width=64, height=48, fps=4, count=2)) == [20, 100]


def test_the_ending_is_the_last_frames(tmp_path: Path) -> None:
    path = an_odd_film(tmp_path / "film.mp4", [20, 60, 100, 140])

    assert _shades(films.ending(path, width=64, height=48, fps=8, count=1)) == [140]
    assert _shades(films.ending(path, width=64, height=48, fps=8, count=3)) == [60, 100, 140]
    assert _shades(films.ending(path, width=64, height=48, fps=8, count=6)) == [
        20, 20, 20, 60, 100, 140,
    ]  # fmt: skip


def test_a_film_of_changing_rate_is_read_by_its_times(tmp_path: Path) -> None:
    path = an_odd_film(tmp_path / "film.mp4", [20, 60, 100], times=[0, 750, 1000])

    assert _shades(films.film(path, width=64, height=48, fps=4, count=5)) == [20, 20, 20, 60, 100]


def test_a_film_of_odd_sizes_is_cut_to_the_size_wanted(tmp_path: Path) -> None:
    path = an_odd_film(tmp_path / "film.mp4", [20], size=(63, 47))

    assert films.film(path, width=96, height=64, fps=8, count=1).shape == (1, 64, 96, 3)


def test_a_film_that_is_to_be_turned_is_turned(tmp_path: Path) -> None:
    """The light half, on the left as it was filmed, is at the top or the bottom as it is shown."""
    path = an_odd_film(tmp_path / "film.mp4", [20] * 2, rotation=90)

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
    path = sound_alone(tmp_path / "film.mp4")

    with pytest.raises(OSError, match="no pictures"):
        films.ending(path, width=64, height=48, fps=8, count=1)


def test_a_picture_is_cut_to_shape_and_cut_outs_stand_on_white(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    PIL.Image.new("RGBA", (40, 200), (0, 0, 0, 0)).save(path)

    found = films.picture(path, width=64, height=48)

    assert found.shape == (1, 48, 64, 3)
    assert (found == 255).all()
