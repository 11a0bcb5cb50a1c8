"""Encoding, posters and fitting, with the real ffmpeg."""

import io
import threading
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.finish import finish
from engine.finish.encode import WrongFrames
from engine.finish.fit import ENOUGH, MOST_RATES, Film, Search, fit, probe, sizes
from engine.finish.mark import Mark, text, write
from engine.finish.poster import preview_jpeg
from engine.pipelines.family import Cancelled, Frame, Rendered, Sound
from engine.presets.shape import Look
from storage.media import MediaFolder

CRISP = Look(crf=16, tune="animation")


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def never() -> None:
    """Nobody stops it."""


def blocks(count: int, *, width: int = 128, height: int = 72, seed: int = 0) -> Iterator[Frame]:
    """Pixel art in motion: blocks of 8 × 8 pixels in strong colours."""
    rows, columns = height // 8, width // 8
    picture = np.random.default_rng(seed).integers(0, 256, (rows, columns, 3), np.uint8)
    for number in range(count):
        yield np.roll(picture, number // 4, 1).repeat(8, 0).repeat(8, 1)


def noise(count: int, *, width: int = 128, height: int = 72) -> Iterator[Frame]:
    """What no encoder can make small."""
    source = np.random.default_rng(1)
    for _ in range(count):
        yield source.integers(0, 256, (height, width, 3), np.uint8)


def mist(count: int, *, width: int = 320, height: int = 180) -> Iterator[Frame]:
    """A wandering pattern under noise: much to encode, and a shape that a smaller one shows too."""
    source = np.random.default_rng(2)
    picture = source.integers(0, 256, (height // 20, width // 20 * 2, 3), np.uint8)
    for number in range(count):
        plain = np.roll(picture.repeat(20, 0).repeat(20, 1), number * 2, 1)[:, :width]
        yield np.clip(plain + source.normal(0, 12, (height, width, 1)), 0, 255).astype(np.uint8)


def rendered(frames: Iterator[Frame], count: int, fps: int = 8, **more: object) -> Rendered:
    return Rendered(frames, count, fps, 128, 72, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "fps"), [(16, 8), (97, 24), (33, 16), (1, 24), (50, 30)])
@pytest.mark.parametrize("rate", [None, 44_100])
def test_a_master_is_exactly_as_long_as_its_frames_and_has_sound(
    folder: MediaFolder, count: int, fps: int, rate: int | None
) -> None:
    # Half as long as the picture: it is followed by silence.
    samples = np.zeros((2, (rate or 0) * count // fps // 2), np.float32)
    sound = partial(Sound, samples, rate) if rate else None

    made = finish(
        rendered(blocks(count), count, fps, sound=sound),
        folder,
        look=CRISP,
        title="7K3F",
        check=never,
    )

    with av.open(str(folder.path(made.master.master))) as file:
        picture, track = file.streams.video[0], file.streams.audio[0]
        assert picture.duration is not None
        assert picture.time_base is not None
        assert picture.frames == count
        assert picture.average_rate == Fraction(fps)
        assert picture.duration * picture.time_base == pytest.approx(count / fps, abs=1e-6)
        assert (picture.codec_context.name, picture.codec_context.profile) == ("h264", "High")
        assert picture.codec_context.pix_fmt == "yuv420p"
        assert (track.codec_context.name, track.codec_context.layout.name) == ("aac", "stereo")
        assert track.duration is not None
        assert track.time_base is not None
        # One AAC frame is 1,024 samples.
        assert track.duration * track.time_base == pytest.approx(count / fps, abs=0.022)
    assert made.master.seconds == count / fps
    assert list((folder.folder / "new").iterdir()) == []


def test_a_master_plays_while_it_loads(folder: MediaFolder) -> None:
    made = finish(rendered(blocks(8), 8), folder, look=CRISP, title="7K3F", check=never)

    content = folder.path(made.master.master).read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_pixel_art_keeps_its_edges_and_colours(folder: MediaFolder) -> None:
    first = next(blocks(1))

    made = finish(rendered(blocks(8), 8), folder, look=CRISP, title="7K3F", check=never)

    with av.open(str(folder.path(made.master.master))) as file:
        shown = next(file.decode(video=0)).to_ndarray(format="rgb24")
    off = np.abs(shown.astype(int) - first.astype(int))
    assert off.mean() < 6
    # The middle of each block, away from the chroma that 4:2:0 shares between neighbours.
    assert off[4::8, 4::8].mean() < 3


def test_the_poster_is_the_picture_in_the_middle(folder: MediaFolder) -> None:
    made = finish(rendered(blocks(16), 16), folder, look=CRISP, title="7K3F", check=never)

    with PIL.Image.open(folder.path(made.master.poster)) as poster:
        shown = np.asarray(poster.convert("RGB")).astype(int)
    middle = list(blocks(16))[8].astype(int)
    assert np.abs(shown - middle).mean() < 12


def test_a_preview_is_a_small_jpeg() -> None:
    content = preview_jpeg(PIL.Image.new("RGBA", (1280, 720), "red"))

    with PIL.Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 180))


@pytest.mark.parametrize(
    "wrong",
    [
        rendered(blocks(7), 8),
        rendered(blocks(9), 8),
        rendered(blocks(8, width=64), 8),
        rendered(iter([np.zeros((72, 128, 3), np.float32)] * 8), 8),
        rendered(blocks(8), 8, sound=partial(Sound, np.zeros((100, 2), np.float32), 8000)),
    ],
    ids=["too few", "too many", "too narrow", "not bytes", "sound on its side"],
)
def test_a_family_that_breaks_its_promise_leaves_no_file(
    folder: MediaFolder, wrong: Rendered
) -> None:
    with pytest.raises(WrongFrames):
        finish(wrong, folder, look=CRISP, title="7K3F", check=never)

    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []


def test_an_encoding_called_off_stops_and_leaves_no_file(folder: MediaFolder) -> None:
    off = threading.Event()

    def check() -> None:
        if off.is_set():
            raise Cancelled

    def frames() -> Iterator[Frame]:
        for number, frame in enumerate(noise(200)):
            if number == 100:
                off.set()
            yield frame

    with pytest.raises(Cancelled):
        finish(rendered(frames(), 200), folder, look=CRISP, title="7K3F", check=check)

    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("share", [0.9, 0.4, 0.1])
def test_a_clip_is_fitted_under_its_budget(folder: MediaFolder, share: float) -> None:
    made = finish(rendered(noise(16), 16), folder, look=CRISP, title="7K3F", check=never)
    master = folder.path(made.master.master)
    budget = int(master.stat().st_size * share)

    fitted = fit(master, folder, max_bytes=budget, title="7K3F", check=never)

    assert fitted
    assert fitted.bytes <= budget
    with av.open(str(folder.path(fitted.sha256))) as file:
        assert file.streams.video[0].frames == 16
        assert file.streams.audio[0].codec_context.name == "aac"
    assert list((folder.folder / "new").iterdir()) == []


def test_a_budget_that_holds_no_film_is_refused_without_a_try(folder: MediaFolder) -> None:
    made = finish(rendered(noise(16), 16), folder, look=CRISP, title="7K3F", check=never)

    fitted = fit(
        folder.path(made.master.master), folder, max_bytes=3_000, title="7K3F", check=never
    )

    assert fitted is None


def test_what_is_too_much_for_its_size_is_shown_smaller(folder: MediaFolder) -> None:
    made = finish(
        Rendered(mist(24, width=480, height=280), 24, 24, 480, 280),
        folder,
        look=CRISP,
        title="7K3F",
        check=never,
    )
    master = folder.path(made.master.master)

    fitted = fit(master, folder, max_bytes=10_000, title="7K3F", check=never)

    assert fitted
    film = probe(folder.path(fitted.sha256))
    assert film.width < 480
    assert film.width / film.height == pytest.approx(480 / 280, rel=0.03)


@settings(max_examples=300)
@given(
    width=st.integers(64, 4096),
    height=st.integers(64, 4096),
    seconds=st.floats(0.04, 3600),
    fps=st.sampled_from([8, 16, 24, 30, 60]),
    max_bytes=st.integers(0, 2_000_000_000),
)
def test_sizes_are_even_and_get_smaller(
    width: int, height: int, seconds: float, fps: float, max_bytes: int
) -> None:
    found = list(sizes(Film(width, height, seconds, fps), max_bytes))

    assert all(side % 2 == 0 for size in found for side in size)
    assert sorted(found, reverse=True) == found


@settings(max_examples=300)
@given(
    max_bytes=st.integers(20_000, 100_000_000),
    fixed=st.floats(0, 0.5),
    first=st.integers(1_000, 50_000_000),
    factor=st.floats(0.3, 3),
    misses=st.lists(st.floats(-0.15, 0.15), min_size=MOST_RATES, max_size=MOST_RATES),
)
def test_a_search_comes_just_under_its_budget_with_an_encoder_that_misses(
    max_bytes: int, fixed: float, first: int, factor: float, misses: list[float]
) -> None:
    other = int(max_bytes * fixed)
    first = min(first, max_bytes)
    search = Search(first, fixed=other, max_bytes=max_bytes)
    fitting: list[int] = []
    for miss in misses:
        if search.rate is None:
            break
        size = other + int(search.rate / 8 * factor * (1 + miss))
        assert search.weighed(size) == (size <= max_bytes)
        if size <= max_bytes:
            fitting.append(size)

    assert fitting == sorted(fitting) or max(misses) - min(misses) > 0.02
    steady = max(misses) - min(misses) < 0.02
    near = max_bytes / 20 < first / 8 * factor
    if steady and near:
        assert fitting[-1] >= max_bytes * ENOUGH


@pytest.mark.parametrize("rate", [None, 44_100])
def test_what_is_posted_bears_the_mark_in_a_corner_and_then_in_another(
    folder: MediaFolder, rate: int | None
) -> None:
    gray = [np.full((180, 320, 3), 90, np.uint8)] * 72
    mark = Mark("ana", "7K3F")

    sound = partial(Sound, np.zeros((2, 3 * (rate or 0)), np.float32), rate) if rate else None
    gray_film = Rendered(iter(gray), 72, 24, 320, 180, sound=sound)

    made = finish(gray_film, folder, look=CRISP, title="7K3F", check=never, mark=mark)

    assert made.master.posted
    corners = _marked_corners(folder.path(made.master.posted))
    assert corners[6] == {(1, 0)}
    assert corners[36] == {(0, 1)}
    assert corners[66] == {(1, 1)}
    assert _marked_corners(folder.path(made.master.master))[6] == set()
    assert {made.master.posted, made.master.master} <= {file.sha256 for file in made.files}
    with av.open(str(folder.path(made.master.posted))) as film:
        assert film.streams.video[0].frames == 72
        assert film.streams.audio


def test_a_fitted_film_bears_the_mark_too(folder: MediaFolder) -> None:
    made = finish(
        Rendered(mist(24), 24, 24, 320, 180), folder, look=CRISP, title="7K3F", check=never
    )
    master = folder.path(made.master.master)
    half = master.stat().st_size // 2

    plain = fit(master, folder, max_bytes=half, title="7K3F", check=never)
    marked = fit(master, folder, max_bytes=half, title="7K3F", check=never, mark=Mark("ana", ""))

    assert plain
    assert marked
    assert marked.bytes <= half
    off = _first(folder.path(marked.sha256)) - _first(folder.path(plain.sha256))
    assert np.abs(off[140:, :80]).mean() > 3 * np.abs(off[:40, 240:]).mean()


@pytest.mark.parametrize(
    ("handle", "written"),
    [("ana", "@ana"), ("@bob", "@bob"), ("Zoé", "@Zoe"), ("你好", "7K3F"), (" ", "7K3F")],
)
def test_a_mark_writes_what_it_can_of_the_handle_or_else_the_code(
    handle: str, written: str
) -> None:
    assert text(Mark(handle, "7K3F")) == written


def test_a_long_handle_takes_less_than_half_the_width(tmp_path: Path) -> None:
    write(Mark("a" * 100, "7K3F"), tmp_path / "mark.png", width=320, height=180)

    with PIL.Image.open(tmp_path / "mark.png") as picture:
        assert picture.width <= 160


def _first(path: Path) -> NDArray[np.int64]:
    with av.open(str(path)) as film:
        return next(film.decode(video=0)).to_ndarray(format="rgb24").astype(np.int64)


def _marked_corners(path: Path) -> list[set[tuple[int, int]]]:
    """For each frame of a gray film, the quarters (down, across) in which something is drawn."""
    found = []
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            light = frame.to_ndarray(format="gray").astype(int)
            quarters = light.reshape(2, 90, 2, 160).max(axis=(1, 3)) > 150
            found.append({(int(down), int(across)) for down, across in np.argwhere(quarters)})
    return found
