"""Fitting a film into a budget of bytes: as much of it as it holds, at the size that looks best.

The sound is encoded once and measured. Then the picture's rate is searched for: two passes of x264
miss short films by a fifth either way, so each file is weighed and the next rate follows from it.
Where that leaves the picture poor, a smaller one is tried and what is more like the master is kept.
What is returned was weighed: it is never over.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import ffmpeg
from ffmpeg.nodes import FilterableStream

from engine.finish.encode import FILE, PICTURE, SOUND, written
from engine.finish.ffmpeg import Check, FfmpegFailed, run
from engine.finish.mark import Mark, over, write
from engine.finish.seal import Seal
from storage.media import Media, MediaFolder

#: The share of the budget that a search aims at, and with which it is content.
AIM, ENOUGH = 0.97, 0.94
#: Rates tried at one size, at most.
MOST_RATES = 6
#: A search ends where its bounds are so near, as a share, or its rate is below so many bits.
NARROW = 0.01
LEAST_RATE = 2_000
#: What x264 says where even its coarsest picture needs more.
TOO_LOW = "bitrate is too low"
#: Sizes of the picture, as parts of the film's.
SCALES = (1.0, 0.75, 0.5, 0.35, 0.25)
#: Rates of sound in bits a second, the best first, and the share of the budget they may take.
SOUND_BITS = (128_000, 96_000, 64_000, 32_000, 16_000)
SOUND_SHARE = 0.25
#: Likeness (SSIM, 1 is the same) from which no smaller picture is tried.
CLEAR = 0.97
#: Bits a pixel and frame below which a size is not worth a try.
LEAST_BITS = 0.004
#: Pixels of the shorter side below which it is no longer a film.
LEAST_PIXELS = 96
#: Bytes that credentials may weigh more on one file than on another.
SPARE_BYTES = 256
#: Bytes of an MP4's index for a second of film, before the first file was weighed.
INDEX_BYTES = 700


@dataclass(frozen=True)
class Film:
    """What is known of a film."""

    #: Pixels as it is shown: upright and even.
    width: int
    height: int
    seconds: float
    fps: float


_Scratch = Callable[[str], Path]
"""Gives a path for an unfinished file with that ending."""


@dataclass(frozen=True)
class _Fitted:
    """A file under the budget."""

    path: Path
    #: Bits a second of its picture.
    rate: int
    #: SSIM to the film at its own size, 0 to 1.
    likeness: float


def fit(
    film_path: Path,
    folder: MediaFolder,
    *,
    max_bytes: int,
    title: str,
    check: Check,
    mark: Mark | None = None,
    seal: Seal | None = None,
) -> Media | None:
    """An encoding of the film in at most `max_bytes`; None where even the smallest is too large.

    With a `mark` it bears that, with a `seal` it is signed.

    Blocks. Raises FfmpegFailed, OSError where the film can't be read, and what `check` and the
    seal raise.
    """
    film = probe(film_path)
    with _scratch(folder) as scratch:
        sound = scratch(".m4a")
        _encode_sound(film_path, sound, film, max_bytes=max_bytes, check=check)
        weight = _weight(seal, sound, film_path, scratch)
        job = _Job(film_path, film, sound, max_bytes - weight, title, mark, seal, check)
        best: _Fitted | None = None
        for width, height in sizes(film, job.max_bytes - sound.stat().st_size):
            found = _at_size(job, width, height, scratch, first=best.rate if best else None)
            if found and best and found.likeness <= best.likeness:
                break
            best = found or best
            if best and best.likeness >= CLEAR:
                break
        if best is None:
            return None
        if seal:
            seal.encoding(best.path, master=film_path)
            assert best.path.stat().st_size <= max_bytes
        return folder.take(best.path, "video/mp4")


def sizes(film: Film, max_bytes: int) -> Iterator[tuple[int, int]]:
    """The sizes worth a try with so many bytes for the picture, the largest first."""
    bits = max_bytes * 8 / film.seconds / film.fps
    for scale in SCALES:
        width, height = _even(film.width * scale), _even(film.height * scale)
        if scale < 1 and min(width, height) < LEAST_PIXELS:
            return
        if bits >= LEAST_BITS * width * height:
            yield width, height


class Search:
    """Looks for the rate whose file comes just under a budget.

    It brackets: the largest file under, the smallest over. The first guess between them is in
    proportion; one that doesn't lie between them gives way to their middle.
    """

    def __init__(self, first: int, *, fixed: int, max_bytes: int) -> None:
        """`fixed` are the bytes that don't depend on the rate; `first` is in bits a second."""
        self._next: int | None = first if first > 0 else None
        self._fixed, self._max = fixed, max_bytes
        self._under = self._over = 0
        self._tried = 0

    @property
    def rate(self) -> int | None:
        """The rate to try next; None once nothing is to be gained."""
        return self._next if self._tried < MOST_RATES else None

    def weighed(self, size: int) -> bool:
        """The file of `rate` has so many bytes. True where it fits: the best one so far."""
        rate = self._next
        assert rate is not None
        self._tried += 1
        fits = size <= self._max
        if fits:
            self._under = rate
        else:
            self._over = rate
        self._next = None if fits and size >= self._max * ENOUGH else self._guess(rate, size)
        return fits

    def _guess(self, rate: int, size: int) -> int | None:
        spent = max(1, size - self._fixed)
        # Four times more at once is as much as a first weighing tells.
        guess = min(int(rate * (self._max * AIM - self._fixed) / spent), rate * 4)
        if self._over and not self._under < guess < self._over:
            guess = (self._under + self._over) // 2
        narrow = self._over and self._over - self._under < self._over * NARROW
        return None if narrow or guess <= max(self._under, LEAST_RATE) else guess


def probe(path: Path) -> Film:
    """What the film is, upright. Raises OSError (PyAV's errors are) where it shows nothing."""
    with av.open(str(path), "r") as file:
        if not file.streams.video:
            raise OSError("a film without a picture")
        picture = file.streams.video[0]
        frame = next(file.decode(picture), None)
        fps, length = picture.average_rate, file.duration
        if picture.duration is not None and picture.time_base is not None:
            seconds = float(picture.duration * picture.time_base)
        else:
            seconds = (length or 0) / av.time_base
        if frame is None or not fps or seconds <= 0:
            raise OSError("a film without frames")
        sides = frame.width, frame.height
        width, height = sides[::-1] if frame.rotation % 180 else sides
        return Film(_even(width), _even(height), seconds, float(fps))


@dataclass(frozen=True)
class _Job:
    source: Path
    film: Film
    sound: Path
    max_bytes: int
    title: str
    mark: Mark | None
    seal: Seal | None
    check: Check


def _at_size(
    job: _Job, width: int, height: int, scratch: _Scratch, *, first: int | None
) -> _Fitted | None:
    """The best file of that size that fits; `first` is the rate that another size came to."""
    fixed = job.sound.stat().st_size + int(INDEX_BYTES * job.film.seconds)
    first = first or int((job.max_bytes * AIM - fixed) * 8 / job.film.seconds)
    search = Search(first, fixed=fixed, max_bytes=job.max_bytes)
    statistics = scratch(".log")
    picture = _picture(job, width, height, scratch)
    if search.rate is not None:
        options = _options(job, search.rate, statistics) | {"pass": 1, "format": "null"}
        run(ffmpeg.output(picture, "-", **options), check=job.check)
    best: tuple[Path, int] | None = None
    while (rate := search.rate) is not None:
        path = scratch(".mp4")
        options = _options(job, rate, statistics) | FILE
        options |= {"pass": 2, "acodec": "copy"}
        options |= written(job.title, job.seal.comment if job.seal else "")
        sound = ffmpeg.input(str(job.sound)).audio
        try:
            run(ffmpeg.output(picture, sound, str(path), **options), check=job.check)
        except FfmpegFailed as failed:
            if TOO_LOW in str(failed):
                break
            raise
        if search.weighed(path.stat().st_size):
            best = path, rate
    if best is None:
        return None
    path, rate = best
    alike = likeness(path, job.source, job.film, scratch(".txt"), check=job.check)
    return _Fitted(path, rate, alike)


def _options(job: _Job, rate: int, statistics: Path) -> dict[str, Any]:
    return PICTURE | {
        "preset": "medium",
        "video_bitrate": rate,
        "passlogfile": str(statistics),
        "t": job.film.seconds,
    }


def _picture(job: _Job, width: int, height: int, scratch: _Scratch) -> FilterableStream:
    picture = ffmpeg.input(str(job.source)).video.filter("scale", width, height, flags="area")
    if job.mark is None:
        return picture
    path = scratch(".png")
    write(job.mark, path, width=width, height=height)
    return over(picture, path, seconds=job.film.seconds)


def _weight(seal: Seal | None, sound: Path, master: Path, scratch: _Scratch) -> int:
    """The bytes that signing adds to an encoding of the master: the sound is one to try it on."""
    if seal is None:
        return 0
    tried = scratch(".mp4")
    shutil.copyfile(sound, tried)
    seal.encoding(tried, master=master)
    return tried.stat().st_size - sound.stat().st_size + SPARE_BYTES


def _encode_sound(source: Path, path: Path, film: Film, *, max_bytes: int, check: Check) -> None:
    """The film's sound at the best rate that leaves the picture its share."""
    most = max_bytes * 8 / film.seconds * SOUND_SHARE
    rate = next((each for each in SOUND_BITS if each <= most), SOUND_BITS[-1])
    sound = ffmpeg.input(str(source)).audio
    options = SOUND | {"audio_bitrate": rate, "t": film.seconds}
    run(ffmpeg.output(sound, str(path), **options), check=check)


def likeness(path: Path, film_path: Path, film: Film, log: Path, *, check: Check) -> float:
    """Mean SSIM of two films at the size of `film`, 0 to 1; `log` is a file to write to."""
    shown = ffmpeg.input(str(path)).video.filter("scale", film.width, film.height, flags="bicubic")
    meant = ffmpeg.input(str(film_path)).video.filter("scale", film.width, film.height)
    compared = ffmpeg.filter([shown, meant], "ssim", stats_file=str(log))
    run(ffmpeg.output(compared, "-", format="null"), check=check)
    lines = log.read_text().splitlines()
    return sum(float(line.split("All:")[1].split()[0]) for line in lines) / max(1, len(lines))


@contextmanager
def _scratch(folder: MediaFolder) -> Iterator[_Scratch]:
    """Gives paths for unfinished files, all removed at the end with what ffmpeg put beside them."""
    given: list[Path] = []

    def scratch(suffix: str) -> Path:
        given.append(folder.scratch(suffix))
        return given[-1]

    try:
        yield scratch
    finally:
        for path in given:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink(missing_ok=True)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
