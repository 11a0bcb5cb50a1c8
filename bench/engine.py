"""The engine against a bare loop over the same family: clips a minute, batches, and an idle device.

The bare loop does what a script would: encode the words, denoise, write the MP4, one clip after the
other. Reelroom does the same renders through its queue, with its finishing and hand-in. Both run in
this process, in turns, and the ratio of each round counts. Batches are measured with a small
untrained Wan, whose pipeline can make them, with and without. `busy` is the share of time, from the
first render to the last, in which the device's thread renders while jobs wait, for that Wan at so
many steps that denoising outlasts the finishing, as it does on a GPU; `busy_pocket` is Pocket's,
whose finishing outlasts its eight steps and shares its cores; what its device waits for then is
told apart. `previews` is the CPU time of preview pictures over that Wan's renders.

    python -m bench.engine
"""

import asyncio
import itertools
import json
import logging
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from engine import numbers, presets, progress
from engine.families import Families
from engine.finish import finish
from engine.identity import Identity
from engine.pipelines.family import Family, OnStep, Rendered, Request
from engine.presets.shape import Preset
from engine.threads import Pool, Threads
from engine.worker import Worker
from storage import clips
from storage.clips import Clip
from storage.jobs import JobState
from storage.room import Room
from tests.engine import tiny_models
from tests.engine.running import ended
from tests.rooms import a_member, a_request, a_room, a_space

T = TypeVar("T")

ROUNDS = 5
CLIPS = 12
BATCH = 4
#: Steps of the small Wan where it is measured for batches, and for an idle device.
FEW_STEPS, MANY_STEPS = 8, 60
PROMPTS = ("a red fox in the snow", "a blue cat hops on the beach", "a robot in the city at night")
TINY = """
title = "Tiny Wan"
family = "wan"
checkpoint = "../tiny"
kinds = ["create"]
fps = 8
steps = {steps}
batch = {batch}
expected = 1
sizes = {{ "16:9" = [96, 64] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
frames = {{ every = 4, plus = 1 }}
pipelines = {{ text = "WanPipeline" }}
weights = {{ dtype = "float32" }}
"""

_seeds = itertools.count(1)
#: What the worker's device waited for, from when to when.
_waited: list[tuple[str, float, float]] = []


@dataclass(frozen=True)
class Waits:
    """Shares of the time from the first render to the last."""

    busy: float
    #: The device has a film that nobody takes: as many as may lie there wait for ffmpeg.
    for_finishing: float
    #: No job is prepared.
    for_the_next: float


@dataclass
class Watched:
    """A family whose renders are timed."""

    family: Family
    #: When each render began and ended, by the performance counter.
    renders: list[tuple[float, float]] = field(default_factory=list)

    def busy(self) -> float:
        """The share of the time from the first render to the last in which one was on."""
        rendering = sum(end - begin for begin, end in self.renders)
        return rendering / (self.renders[-1][1] - self.renders[0][0])

    def waited(self, what: str) -> float:
        """The share of that time in which the device waited for something."""
        first, last = self.renders[0][0], self.renders[-1][1]
        spans = [
            (max(begin, first), min(end, last)) for name, begin, end in _waited if name == what
        ]
        return sum(end - begin for begin, end in spans if end > begin) / (last - first)

    def encode(self, request: Request) -> object:
        """As the family does."""
        return self.family.encode(request)

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """As the family does, timed."""
        began = time.perf_counter()
        try:
            return self.family.render(request, encoded, on_step)
        finally:
            self.renders.append((began, time.perf_counter()))


async def main() -> None:
    """Measure and print; the last line is one JSON object."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name:
        ratios, pocket = await _against_bare(Path(name) / "pocket")
        batched = await _batched(Path(name) / "batched")
        busy, previews = await _busy(Path(name) / "busy")
    figures = {
        "against_bare": round(statistics.median(ratios), 3),
        "against_bare_least": round(min(ratios), 3),
        "batched": round(batched, 3),
        "busy": round(busy, 4),
        "busy_pocket": round(statistics.median(waits.busy for waits in pocket), 4),
        "waits_for_finishing": round(statistics.median(w.for_finishing for w in pocket), 4),
        "waits_for_the_next": round(statistics.median(w.for_the_next for w in pocket), 4),
        "previews": round(previews, 5),
    }
    print(json.dumps(figures))


async def _against_bare(folder: Path) -> tuple[list[float], list[Waits]]:
    """Clips a minute over the bare loop's, and what the device waited for, a round each."""
    folder.mkdir()
    families = Families(presets.load_all(folder), "cpu")
    watched = Watched(families.get("pocket"))
    _put(families, "pocket", watched)
    preset = families.find("pocket")
    ratios, busy = [], []
    async with a_room(folder) as room:
        await _through(room, families, 2)
        for _ in range(ROUNDS):
            bare = await asyncio.to_thread(_bare, await _clips(room, CLIPS), preset, watched, room)
            watched.renders.clear()
            _waited.clear()
            ours = await _through(room, families, CLIPS)
            waits = Waits(watched.busy(), watched.waited("films"), watched.waited("next"))
            busy.append(waits)
            ratios.append(ours / bare)
            print(f"bare {bare:.1f}, Reelroom {ours:.1f} clips a minute, {waits}")
    return ratios, busy


def _bare(found: list[Clip], preset: Preset, family: Family, room: Room) -> float:
    """Clips a minute of a plain loop; blocks."""
    began = time.perf_counter()
    for clip in found:
        request = numbers.request(clip, preset, None)
        rendered = family.render(request, family.encode(request), lambda *_: None)
        finish(rendered, room.media, look=preset.look, title=clip.code, check=lambda: None)
    return 60 * len(found) / (time.perf_counter() - began)


async def _through(room: Room, families: Families, count: int, preset: str = "pocket") -> float:
    """Clips a minute through the worker, from its start to the last hand-in."""
    member, space = await a_member(room), await a_space(room)
    asked = [
        await a_request(
            room, member, space, PROMPTS[n % len(PROMPTS)], preset=preset, seed=next(_seeds)
        )
        for n in range(count)
    ]
    began = time.perf_counter()
    async with _worker(room, families):
        jobs = await ended(room, asked, within=600)
        taken = time.perf_counter() - began
    assert {job.state for job in jobs} == {JobState.DONE}
    return 60 * count / taken


async def _clips(room: Room, count: int) -> list[Clip]:
    """Clips as requests make them, whose jobs nobody renders."""
    member, space = await a_member(room), await a_space(room)
    found = []
    for n in range(count):
        asked = await a_request(
            room, member, space, PROMPTS[n % len(PROMPTS)], preset="nobody's", seed=next(_seeds)
        )
        found.append(await clips.get(room.database.read, asked.clip.id))
    return found


async def _batched(folder: Path) -> float:
    """Clips a minute with batches over those without, the median of the rounds."""
    families = _small_wan(folder, {"alone": (FEW_STEPS, 1), "together": (FEW_STEPS, BATCH)})
    ratios = []
    async with a_room(folder) as room:
        for round in range(ROUNDS + 1):
            alone, together = [
                await _through(room, families, 6 * BATCH, name) for name in ("alone", "together")
            ]
            # The first round also loads the weights.
            if round:
                print(f"alone {alone:.0f}, together {together:.0f} clips a minute")
                ratios.append(together / alone)
    return statistics.median(ratios)


async def _busy(folder: Path) -> tuple[float, float]:
    """The busy share with the small Wan, at many steps, and what its previews take of a render."""
    families = _small_wan(folder, {"slow": (MANY_STEPS, 1)})
    watched = Watched(families.get("slow"))
    _put(families, "slow", watched)
    spent, make = [0.0], progress._make_picture

    def timed(*given: Any) -> Any:  # noqa: ANN401
        made, seconds = make(*given)
        spent[0] += seconds
        return made, seconds

    async with a_room(folder) as room:
        with patch.object(progress, "_make_picture", timed):
            await _through(room, families, CLIPS, "slow")
    return watched.busy(), spent[0] / sum(end - begin for begin, end in watched.renders)


def _small_wan(folder: Path, wanted: Mapping[str, tuple[int, int]]) -> Families:
    """Presets of the small Wan by name, with their steps and clips at once."""
    home = folder / "room"
    tiny_models.wan(home / "tiny")
    (home / "presets").mkdir()
    for name, (steps, batch) in wanted.items():
        (home / "presets" / f"{name}.toml").write_text(TINY.format(steps=steps, batch=batch))
    return Families(presets.load_all(home), "cpu")


@asynccontextmanager
async def _worker(room: Room, families: Families) -> AsyncIterator[None]:
    threads = Threads()
    with Identity(room.settings.home) as identity:
        await threads.run(Pool.DEVICE, families.start, "pocket")
        worker = Worker(room, identity, threads, families)
        setattr(worker._films, "put", _timed("films", worker._films.put))  # noqa: B010
        setattr(worker, "_next_batch", _timed("next", worker._next_batch))  # noqa: B010
        work = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            work.cancel()
            await asyncio.wait([work])


def _timed(name: str, wait: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
    """The same, with its seconds added up where a render went before."""

    async def timed(*given: object) -> T:
        began = time.perf_counter()
        try:
            return await wait(*given)
        finally:
            _waited.append((name, began, time.perf_counter()))

    return timed


def _put(families: Families, name: str, watched: Watched) -> None:
    """Let the preset be rendered by the watched family."""
    for key, (family, gb) in families._loaded.items():
        if family is watched.family:
            families._loaded[key] = (watched, gb)


if __name__ == "__main__":
    asyncio.run(main())
