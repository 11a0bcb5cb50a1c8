"""Where sounds are heard in finished films, how loud those are, and what a track costs.

Scenes are drawn, not rendered, so that every motion comes up; each is scored, finished to an MP4
and decoded again. Each sound is then looked for in the decoded track by correlation with itself,
and its distance from the moment that the plan or the picture gives is counted in frames. The cost
is measured on clips that the model makes.

    python -m bench.sound
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from engine.finish import finish
from engine.pipelines.family import Rendered, Request
from engine.pipelines.pocket import load
from engine.pocket import render
from engine.pocket.render import Layers
from engine.pocket.sound import Shown, score
from engine.pocket.world.motion import A, actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.scene import Actor, Camera, Colour, Motion, Place, Scene, Time, Weather
from engine.pocket.world.sprites import sprite
from engine.presets.shape import Look
from engine.sound import happening, mixing, track
from engine.sound.score import RATE, Score
from engine.sound.span import Span
from engine.sound.speech import Said, spoken
from engine.sound.tune import play
from storage.clips import ClipKind
from storage.media import MediaFolder
from storage.plan import Line, Mark, Music, Plan

FPS, SECONDS = 24, 5
WIDTH, HEIGHT = 128, 72
WEIGHTS = Path("engine/pocket/weights")
#: Seconds around a moment in which its sound is looked for.
AROUND = 0.12
#: Likeness, 0 to 1, from which a sound counts as found in the mix.
FOUND = 0.2
CASES = (
    ("rabbit", Motion.HOP, Place.MEADOW),
    ("dog", Motion.RIGHT, Place.CITY),
    ("owl", Motion.LEFT, Place.FOREST),
    ("robot", Motion.DANCE, Place.CITY),
    ("star", Motion.SPIN, Place.MOON),
    ("ghost", Motion.SHAKE, Place.FOREST),
    ("bird", Motion.CIRCLE, Place.BEACH),
    ("frog", Motion.HOP, Place.SEA),
    ("penguin", Motion.RIGHT, Place.ARCTIC),
    ("crab", Motion.HOP, Place.UNDERWATER),
)
MARKS = (
    (Mark("beat drop", 3.3),),
    (Mark("the door opens", 2.1),),
    (Mark("an explosion", 1.7), Mark("thunder", 3.6)),
    (Mark("beat drop", 2.0), Mark("a bell rings", 4.0)),
    (Mark("la vitre se brise", 2.9),),
)


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    offsets: dict[str, list[float]] = {"motion": [], "mark": [], "drop": [], "line": []}
    errors, peaks, sought = list[float](), list[float](), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(len(CASES)):
            made, said, rendered = _case(number)
            heard = _decoded(rendered, MediaFolder(Path(folder)))
            errors.append(abs(mixing.loudness(heard) - mixing.LOUDNESS))
            peaks.append(float(np.abs(heard).max()))
            for what, at, sound in _expected(made, said):
                sought += 1
                distance = _distance(heard, at, sound)
                if distance is not None:
                    offsets[what].append(distance * FPS)
    for what, each in offsets.items():
        print(
            f"{what:8} {len(each):4} found, median {statistics.median(each):.3f} frames, "
            f"worst {max(each):.3f}"
        )
    every = [offset for each in offsets.values() for offset in each]
    share, seconds = _cost()
    print(f"{len(every)} of {sought} sounds found; a track takes {seconds:.2f} s")
    result = {
        "offset_frames": round(statistics.median(every), 4),
        "offset_worst_frames": round(max(every), 3),
        "found": round(len(every) / sought, 3),
        "loudness_error": round(statistics.median(errors), 3),
        "loudness_worst": round(max(errors), 3),
        "peak": round(max(peaks), 3),
        "share_of_path": round(share, 3),
    }
    print(json.dumps(result))


def _case(number: int) -> tuple[Score, tuple[Said, ...], Rendered]:
    subject, motion, place = CASES[number]
    lines = (Line("Look at me!", f"the {subject}", at=0.6),) if number % 2 else ()
    plan = Plan(
        f"a {subject}",
        float(SECONDS),
        marks=MARKS[number % len(MARKS)],
        lines=lines,
        music=Music.NO if number % 3 == 2 else None,
    )
    scene = Scene(
        (Actor(subject, Colour.NATURAL, motion),), place, Time.DAY, Weather.CLEAR, Camera.STATIC
    )
    layers = _layers(scene, np.random.default_rng(number))
    grid = render.grid_for(WIDTH, HEIGHT)
    shown = [Shown(layers, scene, 0.0, float(SECONDS))]
    made = score(plan, shown, grid=grid, seed=number, clock=0.0, tune=None)
    said = spoken(plan, SECONDS, number)
    count = FPS * SECONDS
    frames = render.frames(layers, count=count, fps=FPS, width=WIDTH, height=HEIGHT)
    return made, said, Rendered(frames, count, FPS, WIDTH, HEIGHT, sound=track(made, said))


def _layers(scene: Scene, dice: np.random.Generator) -> Layers:
    assert scene.place
    assert scene.time
    assert scene.weather
    assert scene.camera
    looks = [sprite(actor.subject, Colour.NATURAL) for actor in scene.actors]
    codes = np.stack(actor_codes(scene, dice))
    assert codes.shape == (3, A.SIZE)
    return Layers(
        canvas=paint(scene.place, dice),
        sprites=np.stack([*looks, *[np.zeros((32, 32, 4), np.uint8)] * (3 - len(looks))]),
        actors=codes,
        camera=camera_code(scene.camera, dice),
        light=light_code(scene.time, scene.weather, dice),
    )


def _decoded(rendered: Rendered, folder: MediaFolder) -> NDArray[np.float32]:
    """The sound of the finished MP4, as a player hears it: (2, n), from the picture's beginning."""
    made = finish(rendered, folder, look=Look(crf=30), title="bench", check=lambda: None)
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    pieces, first = [], None
    with av.open(str(folder.path(made.master.master))) as film:
        for frame in film.decode(audio=0):
            first = frame.time if first is None else first
            pieces += [piece.to_ndarray() for piece in resampler.resample(frame)]
    whole = np.concatenate(pieces, 1).astype(np.float32)
    # What a player leaves out: samples before the picture's time 0.
    skipped = round(-(first or 0.0) * RATE)
    return whole[:, skipped:] if skipped > 0 else np.pad(whole, ((0, 0), (-skipped, 0)))


def _expected(
    made: Score, said: tuple[Said, ...]
) -> Iterator[tuple[str, float, NDArray[np.float32]]]:
    """What should be heard: its sort, the second its samples begin, and the samples."""
    motions = len(made.events)
    for number, (event, sound) in enumerate(happening(made)):
        if event.at + 0.3 < made.seconds:
            yield (
                ("motion" if number < motions else "mark"),
                event.at - sound.moment / RATE,
                sound.samples,
            )
    if made.plan.music is not Music.NO:
        for drop in made.tune.drops:
            yield "drop", drop, play(made.tune, Span(drop, RATE // 4, made.seed)).mean(0)
    for line in said:
        yield "line", line.start, line.samples[: RATE // 2]


def _distance(heard: NDArray[np.float32], at: float, sound: NDArray[np.float32]) -> float | None:
    """Seconds between the moment and where the sound is most like itself; None where it is not."""
    reach, first = round(AROUND * RATE), round(at * RATE)
    if first < reach or first + len(sound) + reach > heard.shape[1]:
        sound = sound[: max(heard.shape[1] - reach - first, 0)]
    if first < reach or len(sound) < RATE // 50:
        return None
    # Differences weigh the high notes, which say more of when than the low ones.
    wanted = np.diff(sound.astype(np.float64))
    part = np.diff(heard.mean(0)[first - reach : first + len(sound) + reach].astype(np.float64))
    alike = fftconvolve(part, wanted[::-1], "valid")
    power = fftconvolve(part**2, np.ones(len(wanted)), "valid")
    likeness = alike / np.sqrt(np.maximum(power, 1e-12) * (wanted**2).sum() + 1e-12)
    best = int(np.argmax(likeness))
    return abs(best - reach) / RATE if likeness[best] > FOUND else None


def _cost() -> tuple[float, float]:
    """A track's share of the whole path from words to MP4, and its seconds."""
    pocket = load(WEIGHTS, "cpu")
    shares, tracks = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(2):
            plan = Plan("a dog walks in the city at night", float(SECONDS))
            wish = Request(ClipKind.CREATE, plan, seed, 8, 1.0, 768, 432, FPS, FPS * SECONDS)
            begun = time.perf_counter()
            made = pocket.render(wish, pocket.encode(wish), lambda *_: None)
            finish(
                made,
                MediaFolder(Path(folder)),
                look=Look(crf=16, tune="animation"),
                title="bench",
                check=lambda: None,
            )
            whole = time.perf_counter() - begun
            assert made.sound
            begun = time.perf_counter()
            made.sound()
            tracks.append(time.perf_counter() - begun)
            shares.append(tracks[-1] / whole)
    return statistics.median(shares), statistics.median(tracks)


if __name__ == "__main__":
    main()
