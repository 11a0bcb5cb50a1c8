"""Pocket's figures: is what was asked for what is seen, what does a remix keep, what does it cost.

Combinations of subject, colour and place that were never trained on are made and looked at by
classifiers that learned from drawn frames only (`bench/pocket_eye.py`). The phrases are written by
hand (`bench/pocket_phrases.txt`); their last 30 in each language are only read with `--aside`.

    python -m bench.pocket [--weights FOLDER] [--count 256] [--aside]

The last line is one JSON object.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from diffusers import WanPipeline

from bench.pocket_eye import GRID, SECONDS, Eye, drawing, same_colour, trained
from engine.finish import finish
from engine.pipelines.family import Parent, Request
from engine.pipelines.pocket import Pocket, load
from engine.pocket import saved
from engine.pocket.codec import CHANNELS, COLUMNS, ROWS
from engine.pocket.data import Held
from engine.pocket.render import Layers, draw
from engine.pocket.sheet import CALL
from engine.pocket.vocabulary import canonical, decided, exact, parse
from engine.pocket.world.motion import A
from engine.pocket.world.scene import (
    Actor,
    Camera,
    Colour,
    Motion,
    Place,
    Scene,
    Time,
    Weather,
)
from engine.pocket.world.subjects import SUBJECTS
from engine.pocket.world.words import CAMERAS, COLOURS, MOTIONS, PLACES, TIMES, WEATHERS
from engine.presets.shape import Look
from storage.clips import ClipKind
from storage.media import MediaFolder
from storage.plan import Plan

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "engine" / "pocket" / "weights"
PHRASES = HERE / "pocket_phrases.txt"
ASIDE = 30
#: Phrases of each language that may be looked at while the vocabulary is written.
_SEEN = 70
_BATCH = 16
_PRESET = tomllib.loads((HERE.parent / "engine/presets/pocket.toml").read_text())
T = TypeVar("T")
_AROUND = ("place", "time", "weather", "camera")


@dataclass
class Score:
    """How many were right, and what was wrong in the others."""

    right: int = 0
    count: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, wrong: Sequence[str]) -> None:
        """One more, with what was wrong in it."""
        self.count += 1
        self.right += not wrong
        self.wrong.update(wrong)

    @property
    def share(self) -> float:
        """Right ones of all, 0 to 1."""
        return self.right / max(self.count, 1)


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    words = argparse.ArgumentParser(prog="python -m bench.pocket", description=__doc__)
    words.add_argument("--weights", type=Path, default=WEIGHTS)
    words.add_argument("--eye", type=Path, default=Path(".pocket/eye"))
    words.add_argument("--count", type=int, default=256)
    words.add_argument("--remixes", type=int, default=140)
    words.add_argument("--aside", action="store_true")
    words.add_argument("--clips", action="store_true", help="only time clips, alone in a process")
    told = words.parse_args()
    if told.clips:
        print(json.dumps(_clips(told.weights)))
        return
    pipe, eye = load_pipeline(told.weights), trained(told.eye)
    figures: dict[str, float] = {}
    for name, actors in (("one_subject", 1), ("two_subjects", 2)):
        figures[name] = _said(name, _held_out(pipe, eye, told.count, actors))
    phrases = _phrases()
    for language, rows in phrases.items():
        seen, aside = _phrased(pipe, eye, rows if told.aside else rows[:-ASIDE])
        figures[f"phrases_{language}"] = _said(language, seen)
        if told.aside:
            figures[f"phrases_{language}_aside"] = _said(f"{language}, aside", aside)
    changed, kept = _remixed(pipe, eye, told.remixes)
    figures |= {"changed": _said("changed", changed), "kept": _said("kept", kept)}
    figures["drawn_one"] = _said("what is drawn, looked at", _drawn(eye, told.count))
    figures |= _distinct(pipe)
    figures |= _alone(told.weights)
    print(json.dumps(figures))


def _said(name: str, score: Score) -> float:
    print(f"{name}: {score.right} of {score.count}; wrong: {dict(score.wrong.most_common())}")
    return round(score.share, 4)


# -- making and looking


def load_pipeline(weights: Path) -> WanPipeline:
    """The pipeline folder, on the CPU."""
    pipe = WanPipeline.from_pretrained(weights, local_files_only=True)
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(torch.float32)


@torch.no_grad()
def _made(pipe: WanPipeline, scenes: Sequence[Scene], *, seed: int) -> list[Layers]:
    """A clip's layers for each scene, which says everything, at the shipped setting."""
    made: list[Layers] = []
    for first in range(0, len(scenes), _BATCH):
        part = scenes[first : first + _BATCH]
        noise = [
            torch.randn(
                (CHANNELS, 1, ROWS, COLUMNS),
                generator=torch.Generator().manual_seed(seed + first + i),
            )
            for i in range(len(part))
        ]
        latents = pipe(
            [exact(scene) for scene in part],
            num_inference_steps=_PRESET["steps"],
            guidance_scale=_PRESET["guidance"],
            latents=torch.stack(noise),
            output_type="latent",
            **CALL,
        ).frames
        for each, scene in zip(latents, part, strict=True):
            made.append(_peopled(pipe.vae.layers(each), len(scene.actors)))
    return made


def _peopled(layers: Layers, count: int) -> Layers:
    """With exactly `count` actors, as the engine settles it."""
    actors = layers.actors.copy()
    actors[:, A.PRESENT] = [1 if i < count else -1 for i in range(len(actors))]
    return replace(layers, actors=actors)


def _differences(asked: Scene, seen: Scene) -> list[str]:
    """What of `asked` is not seen; what it leaves open is not looked at."""
    wrong = ["actors"] if len(asked.actors) != len(seen.actors) else []
    for wanted, found in zip(asked.actors, seen.actors, strict=False):
        if wanted.subject != found.subject:
            wrong.append("subject")
        if wanted.colour and found.colour:
            alike = same_colour(wanted.subject, wanted.colour, found.colour)
            wrong += [] if alike else ["colour"]
        if wanted.motion and wanted.motion is not found.motion:
            wrong.append("motion")
    for name in _AROUND:
        wanted = getattr(asked, name)
        if wanted and wanted is not getattr(seen, name):
            wrong.append(name)
    return wrong


# -- combinations never trained on


def _held_scene(rng: np.random.Generator, count: int) -> Scene:
    """A scene whose every actor is in a combination that is never trained on."""
    held = Held()

    def one(choices: Sequence[str]) -> int:
        return int(rng.integers(len(choices)))

    while True:
        place = tuple(Place)[one(tuple(Place))]
        names = rng.choice(len(SUBJECTS), count, replace=False)
        actors = tuple(
            Actor(
                SUBJECTS[int(i)].name,
                tuple(Colour)[one(tuple(Colour))],
                tuple(Motion)[one(tuple(Motion))],
            )
            for i in names
        )
        if all(held.holds(Scene((actor,), place)) for actor in actors):
            return Scene(
                actors,
                place,
                tuple(Time)[one(tuple(Time))],
                tuple(Weather)[one(tuple(Weather))],
                tuple(Camera)[one(tuple(Camera))],
            )


def _held_out(pipe: WanPipeline, eye: Eye, count: int, actors: int) -> Score:
    rng = np.random.default_rng(1000 + actors)
    scenes = [_held_scene(rng, actors) for _ in range(count)]
    score = Score()
    for scene, layers in zip(scenes, _made(pipe, scenes, seed=5000), strict=True):
        score.add(_differences(scene, eye.sees(layers, actors)))
    return score


def _drawn(eye: Eye, count: int) -> Score:
    """The same test of what the world itself draws: what the eye makes of perfect clips."""
    rng = np.random.default_rng(1001)
    score = Score()
    for _ in range(count):
        scene = _held_scene(rng, 1)
        score.add(_differences(scene, eye.sees(drawing(scene, rng), 1)))
    return score


# -- phrases


def _phrases() -> dict[str, list[tuple[str, Scene]]]:
    """Each language's phrases, and what must be seen."""
    read: dict[str, list[tuple[str, Scene]]] = {}
    language = ""
    for line in PHRASES.read_text().splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            phrase, who, around = (part.strip() for part in line.split("|"))
            read.setdefault(language, []).append((phrase, _expected(who, around)))
    return read


def _expected(who: str, around: str) -> Scene:
    actors = []
    for each in who.split(";"):
        colour, subject, motion = each.split()
        actors.append(
            Actor(
                subject,
                None if colour == "-" else Colour(colour),
                None if motion == "-" else Motion(motion),
            )
        )
    values = {str(v).replace(" ", ""): v for kind in (Place, Time, Weather, Camera) for v in kind}
    found = [values[word] for word in around.split()]
    return Scene(
        tuple(actors),
        place=next((v for v in found if isinstance(v, Place)), None),
        time=next((v for v in found if isinstance(v, Time)), None),
        weather=next((v for v in found if isinstance(v, Weather)), None),
        camera=next((v for v in found if isinstance(v, Camera)), None),
    )


def _phrased(pipe: WanPipeline, eye: Eye, rows: Sequence[tuple[str, Scene]]) -> tuple[Score, Score]:
    """The score of all rows, and of those beyond the first that are not kept aside."""
    scenes = [decided(parse(phrase).scene, i) for i, (phrase, _) in enumerate(rows)]
    score, aside = Score(), Score()
    clips = _made(pipe, scenes, seed=7000)
    for (phrase, expected), scene, layers in zip(rows, scenes, clips, strict=True):
        wrong = _differences(expected, eye.sees(layers, len(scene.actors)))
        if wrong:
            print(f"  {phrase!r}: {', '.join(wrong)}")
        score.add(wrong)
        if score.count > _SEEN:
            aside.add(wrong)
    return score, aside


# -- remixes


def _remixed(pipe: WanPipeline, eye: Eye, count: int) -> tuple[Score, Score]:
    """Whether what was asked for changed, and whether all else is seen as it was."""
    rng = np.random.default_rng(77)
    pocket = Pocket(pipe, "cpu")
    changed, kept = Score(), Score()
    kinds = list(_EDITS)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "parent.safetensors"
        for i in range(count):
            scene, kind = _held_scene(rng, 1 + i % 2), kinds[i % len(kinds)]
            instruction, wanted = _EDITS[kind](scene, rng)
            plan = Plan(canonical(scene), SECONDS)
            before = _rendered(pocket, pipe, _request(ClipKind.CREATE, plan, seed=i), path)
            remix = replace(plan, instruction=instruction)
            parent = Parent(plan, i, path, path)
            request = _request(ClipKind.REMIX, remix, seed=900 + i, parent=parent)
            after = _rendered(pocket, pipe, request, path)
            n = len(scene.actors)
            was, now = eye.sees(before, n), eye.sees(after, n)
            changed.add([kind] if _differences(wanted, now) else [])
            kept.add(_lost(kind, was, now))
    return changed, kept


def _lost(kind: str, was: Scene, now: Scene) -> list[str]:
    """What differs between parent and child, beside what was asked for."""
    first_was, first_now = was.actors[0], now.actors[0]
    if kind == "subject":
        first_was, first_now = (replace(a, subject="cat") for a in (first_was, first_now))
    if kind in ("subject", "colour"):
        first_was, first_now = (replace(a, colour=None) for a in (first_was, first_now))
    before = replace(was, actors=(first_was, *was.actors[1:]))
    after = replace(now, actors=(first_now, *now.actors[1:]))
    if kind == "motion":
        before, after = (
            replace(s, actors=tuple(replace(a, motion=None) for a in s.actors))
            for s in (before, after)
        )
    match kind:
        case "place":
            before = replace(before, place=None)
        case "time":
            before = replace(before, time=None)
        case "weather":
            before = replace(before, weather=None)
        case "camera":
            before = replace(before, camera=None)
    return [f"{kind} changed {lost}" for lost in _differences(before, after)]


def _other(values: Sequence[T], but: T | None, rng: np.random.Generator) -> T:
    left = [value for value in values if value is not but]
    return left[int(rng.integers(len(left)))]


def _new_subject(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    taken = {actor.subject for actor in scene.actors}
    names = [s.name for s in SUBJECTS if s.name not in taken]
    name = names[int(rng.integers(len(names)))]
    return f"a {name} instead", Scene((Actor(name), *map(_nobody, scene.actors[1:])))


def _new_colour(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    first = scene.actors[0]
    colours = [c for c in Colour if c is not Colour.NATURAL]
    colour = _other(colours, first.colour, rng)
    words = f"make the {first.subject} {COLOURS[colour][0]}"
    return words, Scene((Actor(first.subject, colour), *map(_nobody, scene.actors[1:])))


def _new_motion(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    motion = _other(tuple(Motion), scene.actors[0].motion, rng)
    moved = tuple(replace(_nobody(actor), motion=motion) for actor in scene.actors)
    return f"now {MOTIONS[motion][1]}", Scene(moved)


def _new_place(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    place = _other(tuple(Place), scene.place, rng)
    return PLACES[place][0], Scene(tuple(map(_nobody, scene.actors)), place=place)


def _new_time(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    time_ = _other(tuple(Time), scene.time, rng)
    return f"make it {TIMES[time_][0]}", Scene(tuple(map(_nobody, scene.actors)), time=time_)


def _new_weather(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    weather = _other(tuple(Weather), scene.weather, rng)
    return WEATHERS[weather][0], Scene(tuple(map(_nobody, scene.actors)), weather=weather)


def _new_camera(scene: Scene, rng: np.random.Generator) -> tuple[str, Scene]:
    camera = _other(tuple(Camera), scene.camera, rng)
    return CAMERAS[camera][0], Scene(tuple(map(_nobody, scene.actors)), camera=camera)


def _nobody(actor: Actor) -> Actor:
    return Actor(actor.subject)


_EDITS: dict[str, Callable[[Scene, np.random.Generator], tuple[str, Scene]]] = {
    "subject": _new_subject,
    "colour": _new_colour,
    "motion": _new_motion,
    "place": _new_place,
    "time": _new_time,
    "weather": _new_weather,
    "camera": _new_camera,
}


def _request(
    kind: ClipKind, plan: Plan, *, seed: int, frames: int = 96, parent: Parent | None = None
) -> Request:
    width, height = _PRESET["sizes"]["16:9"]
    steps, guidance = _PRESET["steps"], _PRESET["guidance"]
    return Request(kind, plan, seed, steps, guidance, width, height, 24, frames, parent)


def _rendered(pocket: Pocket, pipe: WanPipeline, request: Request, path: Path) -> Layers:
    """The layers of a render through the engine's own interface, kept at `path`."""
    made = pocket.render(request, pocket.encode(request), lambda *_: None)
    assert made.latents
    path.write_bytes(made.latents)
    found = saved.read(path)
    assert found
    layers: Layers = pipe.vae.layers(found.shots[0].latents)
    return layers


# -- variety and cost


def _distinct(pipe: WanPipeline) -> dict[str, float]:
    """How far apart 64 seeds of one prompt are, left open and said in full."""
    asked = {
        "open": [decided(parse("a blue cat").scene, seed) for seed in range(64)],
        "full": [decided(parse("a blue cat hops in the city").scene, 0)] * 64,
    }
    figures = {}
    for name, scenes in asked.items():
        frames = np.stack(
            [
                draw(layers, GRID, share=0.5, at=2.0, length=SECONDS)
                for layers in _made(pipe, scenes, seed=9000)
            ]
        )
        apart = [
            float((frames[i] != frames[j]).any(-1).mean()) for i in range(64) for j in range(i)
        ]
        print(
            f"64 seeds, {name}: pixels that differ between two, median "
            f"{statistics.median(apart):.3f}, least {min(apart):.3f}"
        )
        figures[f"distinct_{name}"] = round(statistics.median(apart), 4)
        figures[f"distinct_{name}_least"] = round(min(apart), 4)
    return figures


def _alone(weights: Path) -> dict[str, float]:
    """Seconds a clip and peak memory, in a process that does nothing else."""
    command = [sys.executable, "-m", "bench.pocket", "--clips", "--weights", str(weights)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(said.splitlines()[-1])
    return figures


def _clips(weights: Path) -> dict[str, float]:
    """From a prompt to an MP4 of 5 seconds, the model loaded; median of seven after one."""
    torch.set_num_threads(2)
    pocket = load(weights, "cpu")
    look = Look.model_validate(_PRESET["look"])
    took = []
    with tempfile.TemporaryDirectory() as name:
        for i in range(8):
            began = time.monotonic()
            plan = Plan(f"a {SUBJECTS[i].name} hopping in the city at night in the rain", 5.0)
            request = _request(ClipKind.CREATE, plan, seed=i, frames=120)
            made = pocket.render(request, pocket.encode(request), lambda *_: None)
            finish(made, MediaFolder(Path(name)), look=look, title="bench", check=lambda: None)
            took.append(time.monotonic() - began)
    size = sum(file.stat().st_size for file in weights.rglob("*") if file.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "seconds": round(statistics.median(took[1:]), 2),
        "memory_megabytes": round(peak / 1e6, 1),
        "megabytes": round(size / 1e6, 2),
    }


if __name__ == "__main__":
    main()
