"""Signing clips: what it adds to finishing one, in time and in bytes, as its chain grows.

A five-second film of moving blocks at Pocket's size is finished with its maker's mark, as the
engine does it, once with a seal and once without, in turns. Then a chain of remixes is signed,
and read back in this process and in one of its own, as strangers' files are.

    python -m bench.provenance [LINKS]
"""

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from engine.finish import Made, finish
from engine.finish.mark import Mark
from engine.finish.seal import Seal
from engine.pipelines.family import Frame, Rendered
from engine.presets.shape import Look
from storage import signing
from storage.clips import ClipKind
from storage.credentials import Standing, Story, read, read_apart
from storage.media import MediaFolder
from storage.room_key import RoomKey, room_key

WIDTH, HEIGHT, FPS, SECONDS = 768, 432, 24, 5
ROUNDS = 7
LINKS = 40


def main(links: int) -> None:
    """Measure and print; the last line is one JSON object."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        key, folder = room_key(home), MediaFolder(home / "media")
        plain, sealed, made = _finishing(folder, key)
        film = folder.path(made.master.master)
        chain = _chain(home, film, key, links)
        figures = {
            "finish_seconds": round(plain, 3),
            "finish_sealed_seconds": round(sealed, 3),
            "share": round(chain["sign_ms"][0] * 2 / 1000 / sealed, 4),
            "megabytes": round(film.stat().st_size / 1e6, 3),
            **{name: [round(value, 1) for value in values] for name, values in chain.items()},
            "links": [1, links // 2, links],
        }
    print(json.dumps(figures))


def _finishing(folder: MediaFolder, key: RoomKey) -> tuple[float, float, Made]:
    """Median seconds to finish the film without and with a seal, and what came of it unsealed."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for seal in (_seal(key), None):
            started = time.perf_counter()
            made = finish(
                Rendered(_frames(), FPS * SECONDS, FPS, WIDTH, HEIGHT),
                folder,
                look=Look(crf=16, tune="animation"),
                title="7K3F",
                check=lambda: None,
                mark=Mark("ana", "7K3F"),
                seal=seal,
            )
            times[seal is not None].append(time.perf_counter() - started)
    return statistics.median(times[False]), statistics.median(times[True]), made


def _seal(key: RoomKey) -> Seal:
    return Seal(key, Story("7K3F", key.room, ClipKind.CREATE, "pocket", "Pocket"))


def _frames() -> Iterator[Frame]:
    picture = np.random.default_rng(0).integers(0, 256, (HEIGHT // 8, WIDTH // 8, 3), np.uint8)
    for number in range(FPS * SECONDS):
        yield np.roll(picture, number // 4, 1).repeat(8, 0).repeat(8, 1)


def _chain(home: Path, film: Path, key: RoomKey, links: int) -> dict[str, list[float]]:
    """Figures of the first clip, of one halfway, and of the last."""
    found: dict[str, list[float]] = {"sign_ms": [], "added_kb": [], "read_ms": [], "apart_ms": []}
    before: Path | None = None
    for number in range(1, links + 1):
        path = home / f"{number}.mp4"
        _sign(path, film, key, before)
        if number in (1, links // 2, links):
            copying = _median(partial(shutil.copyfile, film, path))
            found["sign_ms"].append(_median(partial(_sign, path, film, key, before)) - copying)
            found["added_kb"].append((path.stat().st_size - film.stat().st_size) / 1000)
            found["read_ms"].append(_median(partial(read, path, key.anchor)))
            found["apart_ms"].append(_median(partial(_read_apart, path, key)))
        before = path
    return found


def _sign(path: Path, film: Path, key: RoomKey, before: Path | None) -> None:
    shutil.copyfile(film, path)
    story = Story(path.stem, key.room, ClipKind.REMIX, "pocket", "Pocket")
    parent = signing.Made(before.stem, before) if before else None
    signing.sign_clip(path, key, story, parent=parent, picture=None)


def _read_apart(path: Path, key: RoomKey) -> None:
    found = asyncio.run(read_apart(path, key.anchor))
    assert found.standing is Standing.OURS


def _median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINKS)
