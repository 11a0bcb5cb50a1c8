"""Looks at Pocket's clips and says what is in them: small classifiers trained on the drawn world.

They learn from frames that the world's own painters and renderer draw, never from a sample of the
model: one network for an actor's cut-out (subject, colour), one for the whole frame and what moves
in it until the next (place, time, weather), one for paths (motion, camera). Where an actor is, is
read from the clip's layers. What they learn from shows everything as often as everything else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from bench.pocket_nets import fit, moving, of_codes, of_pictures, parts, scaled
from engine.pocket.render import Grid, Layers, draw, spot
from engine.pocket.world.motion import A, C, actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.scene import (
    MAX_ACTORS,
    Actor,
    Camera,
    Colour,
    Motion,
    Place,
    Scene,
    Time,
    Weather,
)
from engine.pocket.world.sprites import SIZE, sprite
from engine.pocket.world.subjects import SUBJECTS

GRID = Grid(128, 72, 1)
#: Seconds of the clips that are looked at, and where in them.
SECONDS = 4.0
SHARES = (0.04, 0.27, 0.5, 0.73, 0.96)
#: Seconds to the frame that a frame is compared with: rain has gone by, snow has fallen a little.
_LATER = 1 / 24
#: Pixels a side of a cut-out; it shows a little more than the sprite's square.
_CUT, _MARGIN = 36, 1.12
_NAMES = tuple(s.name for s in SUBJECTS)
_COLOURS, _MOTIONS, _CAMERAS = tuple(Colour), tuple(Motion), tuple(Camera)
_PLACES, _TIMES, _WEATHERS = tuple(Place), tuple(Time), tuple(Weather)
T = TypeVar("T")


@dataclass(frozen=True)
class _Drawn:
    """What the classifiers learn from: pictures and codes, each with its class numbers."""

    cuts: Tensor
    cut_labels: Tensor
    frames: Tensor
    frame_labels: Tensor
    actors: Tensor
    actor_labels: Tensor
    cameras: Tensor
    camera_labels: Tensor


class Eye(nn.Module):
    """The classifiers."""

    def __init__(self) -> None:
        super().__init__()
        self.cut = of_pictures(
            3, (64, 128, 160), (1, 2, 2), side=(5, 5), classes=len(_NAMES) + len(_COLOURS)
        )
        heads = len(_PLACES) + len(_TIMES) + len(_WEATHERS)
        self.frame = of_pictures(6, (48, 96, 96), (2, 2, 1), side=(5, 8), classes=heads)
        self.actor = of_codes(int(A.SIZE), len(_MOTIONS))
        self.camera = of_codes(int(C.SIZE), len(_CAMERAS))

    @torch.no_grad()
    def sees(self, layers: Layers, count: int) -> Scene:
        """What a clip of `count` actors shows, everything decided."""
        frames, cuts = [], []
        for share in SHARES:
            pair = _pair(layers, share)
            frames.append(pair)
            cuts += [cut_out(pair[..., :3], layers, slot, share) for slot in range(count)]
        seen = self.frame(moving(np.stack(frames)))
        place, time, weather = (
            part.log_softmax(-1).mean(0)
            for part in parts(seen, (len(_PLACES), len(_TIMES), len(_WEATHERS)))
        )
        actors: list[Actor] = []
        if count:
            looks = self.cut(scaled(np.stack(cuts))).reshape(len(SHARES), count, -1)
            motions = self.actor(torch.from_numpy(layers.actors[:count])).argmax(-1)
            for slot in range(count):
                subject, colour = looks[:, slot].split([len(_NAMES), len(_COLOURS)], -1)
                actors.append(
                    Actor(
                        _NAMES[int(subject.log_softmax(-1).mean(0).argmax())],
                        _COLOURS[int(colour.log_softmax(-1).mean(0).argmax())],
                        _MOTIONS[int(motions[slot])],
                    )
                )
        camera = self.camera(torch.from_numpy(layers.camera)[None]).argmax()
        return Scene(
            tuple(actors),
            _PLACES[int(place.argmax())],
            _TIMES[int(time.argmax())],
            _WEATHERS[int(weather.argmax())],
            _CAMERAS[int(camera)],
        )


def trained(folder: Path, *, scenes: int = 12000, rounds: int = 10) -> Eye:
    """The classifiers kept in `folder`, or trained now (minutes) and kept there."""
    eye = Eye()
    kept = folder / f"eye-{scenes}-{rounds}.safetensors"
    if kept.exists():
        eye.load_state_dict(load_file(kept))
        return eye.eval()
    torch.manual_seed(0)
    drawn = _drawn(scenes, np.random.default_rng(11))
    fit(eye.cut, drawn.cuts, drawn.cut_labels, sizes=(len(_NAMES), len(_COLOURS)), rounds=rounds)
    sizes = (len(_PLACES), len(_TIMES), len(_WEATHERS))
    fit(eye.frame, drawn.frames, drawn.frame_labels, sizes=sizes, rounds=rounds)
    fit(eye.actor, drawn.actors, drawn.actor_labels, sizes=(len(_MOTIONS),), rounds=3 * rounds)
    fit(eye.camera, drawn.cameras, drawn.camera_labels, sizes=(len(_CAMERAS),), rounds=3 * rounds)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(eye.state_dict(), kept)
    return eye.eval()


def drawing(scene: Scene, rng: np.random.Generator) -> Layers:
    """The scene as the world draws it; it must say everything."""
    assert scene.place
    assert scene.time
    assert scene.weather
    assert scene.camera
    sprites = np.zeros((MAX_ACTORS, SIZE, SIZE, 4), np.uint8)
    for i, actor in enumerate(scene.actors):
        assert actor.colour
        sprites[i] = sprite(actor.subject, actor.colour)
    return Layers(
        paint(scene.place, rng),
        sprites,
        np.stack(actor_codes(scene, rng)),
        camera_code(scene.camera, rng),
        light_code(scene.time, scene.weather, rng),
    )


def cut_out(frame: NDArray[np.uint8], layers: Layers, slot: int, share: float) -> NDArray[np.uint8]:
    """The square around an actor, (36, 36, 3); what lies outside the frame is grey."""
    seen = spot(layers, GRID, slot, share=share, at=SECONDS * share)
    along = (np.arange(_CUT) + 0.5) / _CUT - 0.5
    x = np.floor(seen.x + along * seen.side * _MARGIN).astype(int)
    y = np.floor(seen.y + along * seen.side * _MARGIN).astype(int)
    inside = ((y >= 0) & (y < GRID.height))[:, None] & ((x >= 0) & (x < GRID.width))[None]
    cut = frame[np.ix_(y.clip(0, GRID.height - 1), x.clip(0, GRID.width - 1))]
    return np.where(inside[..., None], cut, 128).astype(np.uint8)


def same_colour(subject: str, one: Colour, other: Colour) -> bool:
    """Whether the subject looks the same in both: a red apple is an apple in its own colour."""
    if one is other:
        return True
    first, second = (sprite(subject, colour).astype(float) for colour in (one, other))
    solid = first[..., 3] > 0
    return bool(np.abs(first - second)[solid][:, :3].mean() < _ALIKE)


#: Mean distance of two colourings, in steps of 255, under which nobody tells them apart.
_ALIKE = 18.0


def _drawn(scenes: int, rng: np.random.Generator) -> _Drawn:
    pictures: list[list[NDArray[np.uint8]]] = [[], []]
    codes: list[list[NDArray[np.float32]]] = [[], []]
    labels: list[list[list[int]]] = [[], [], [], []]
    for _ in range(scenes):
        scene = _any_scene(rng)
        layers = drawing(scene, rng)
        share = float(rng.uniform(0, 1))
        pair = _pair(layers, share)
        assert scene.place
        assert scene.time
        assert scene.weather
        assert scene.camera
        pictures[1].append(pair)
        labels[1].append(
            [
                _PLACES.index(scene.place),
                _TIMES.index(scene.time),
                _WEATHERS.index(scene.weather),
            ]
        )
        for slot, actor in enumerate(scene.actors):
            assert actor.colour
            assert actor.motion
            pictures[0].append(cut_out(pair[..., :3], layers, slot, share))
            labels[0].append([_NAMES.index(actor.subject), _COLOURS.index(actor.colour)])
            codes[0].append(layers.actors[slot])
            labels[2].append([_MOTIONS.index(actor.motion)])
        codes[1].append(layers.camera)
        labels[3].append([_CAMERAS.index(scene.camera)])
    cuts, frames = (torch.from_numpy(np.stack(each)) for each in pictures)
    actors, cameras = (torch.from_numpy(np.stack(each)) for each in codes)
    of_cuts, of_frames, of_actors, of_cameras = (torch.tensor(each) for each in labels)
    return _Drawn(cuts, of_cuts, frames, of_frames, actors, of_actors, cameras, of_cameras)


def _any_scene(rng: np.random.Generator) -> Scene:
    """A scene that says everything, every value as likely as the others of its kind."""

    def one(choices: Sequence[T]) -> T:
        return choices[int(rng.integers(len(choices)))]

    actors = tuple(
        Actor(one(_NAMES), one(_COLOURS), one(_MOTIONS))
        for _ in range(int(rng.integers(1, MAX_ACTORS + 1)))
    )
    return Scene(actors, one(_PLACES), one(_TIMES), one(_WEATHERS), one(_CAMERAS))


def _pair(layers: Layers, share: float) -> NDArray[np.uint8]:
    """The frame at that share of the clip and the one just after, (72, 128, 6)."""
    shown = [
        draw(
            layers, GRID, share=share + later / SECONDS, at=SECONDS * share + later, length=SECONDS
        )
        for later in (0.0, _LATER)
    ]
    return np.concatenate(shown, -1)
