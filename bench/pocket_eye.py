"""Looks at Pocket's clips and says what is in them: small classifiers trained on the drawn world.

They learn from frames that the world's own painters and renderer draw, never from a sample of the
model: one network for an actor's cut-out (subject, colour), one for the whole frame (place, time,
weather), one for paths (motion, camera). Where an actor is, is read from the clip's layers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.pocket.render import Grid, Layers, draw, spot
from engine.pocket.world.motion import A, C, actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.sampling import completed, said_scene
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
#: Pixels a side of a cut-out; it shows a little more than the sprite's square.
_CUT, _MARGIN = 36, 1.12
_NAMES = tuple(s.name for s in SUBJECTS)
_COLOURS, _MOTIONS, _CAMERAS = tuple(Colour), tuple(Motion), tuple(Camera)
_PLACES, _TIMES, _WEATHERS = tuple(Place), tuple(Time), tuple(Weather)


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
        self.cut = _pictures((32, 64, 128), (1, 2, 2), 128 * 25, len(_NAMES) + len(_COLOURS))
        heads = len(_PLACES) + len(_TIMES) + len(_WEATHERS)
        self.frame = _pictures((24, 48, 64), (2, 2, 2), 64 * 7 * 4, heads)
        self.actor = _codes(int(A.SIZE), len(_MOTIONS))
        self.camera = _codes(int(C.SIZE), len(_CAMERAS))

    @torch.no_grad()
    def sees(self, layers: Layers, count: int) -> Scene:
        """What a clip of `count` actors shows, everything decided."""
        frames, cuts = [], []
        for share in SHARES:
            frame = draw(layers, GRID, share=share, at=SECONDS * share, length=SECONDS)
            frames.append(frame)
            cuts += [cut_out(frame, layers, slot, share) for slot in range(count)]
        around = self.frame(_tensor(np.stack(frames))).softmax(-1).mean(0)
        place, time, weather = _split(around, (len(_PLACES), len(_TIMES), len(_WEATHERS)))
        actors: list[Actor] = []
        if count:
            looks = self.cut(_tensor(np.stack(cuts))).reshape(len(SHARES), count, -1)
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


def trained(folder: Path, *, scenes: int = 9000, rounds: int = 9) -> Eye:
    """The classifiers kept in `folder`, or trained now (minutes) and kept there."""
    eye = Eye()
    kept = folder / f"eye-{scenes}-{rounds}.safetensors"
    if kept.exists():
        eye.load_state_dict(load_file(kept))
        return eye.eval()
    torch.manual_seed(0)
    drawn = _drawn(scenes, np.random.default_rng(11))
    _fit(eye.cut, drawn.cuts, drawn.cut_labels, (len(_NAMES), len(_COLOURS)), rounds)
    sizes = (len(_PLACES), len(_TIMES), len(_WEATHERS))
    _fit(eye.frame, drawn.frames, drawn.frame_labels, sizes, rounds)
    _fit(eye.actor, drawn.actors, drawn.actor_labels, (len(_MOTIONS),), 3 * rounds)
    _fit(eye.camera, drawn.cameras, drawn.camera_labels, (len(_CAMERAS),), 3 * rounds)
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
        scene = completed(said_scene(rng, _NAMES), rng)
        layers = drawing(scene, rng)
        share = float(rng.uniform(0, 1))
        frame = draw(layers, GRID, share=share, at=SECONDS * share, length=SECONDS)
        assert scene.place
        assert scene.time
        assert scene.weather
        assert scene.camera
        pictures[1].append(frame)
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
            pictures[0].append(cut_out(frame, layers, slot, share))
            labels[0].append([_NAMES.index(actor.subject), _COLOURS.index(actor.colour)])
            codes[0].append(layers.actors[slot])
            labels[2].append([_MOTIONS.index(actor.motion)])
        codes[1].append(layers.camera)
        labels[3].append([_CAMERAS.index(scene.camera)])
    cuts, frames = (torch.from_numpy(np.stack(each)) for each in pictures)
    actors, cameras = (torch.from_numpy(np.stack(each)) for each in codes)
    of_cuts, of_frames, of_actors, of_cameras = (torch.tensor(each) for each in labels)
    return _Drawn(cuts, of_cuts, frames, of_frames, actors, of_actors, cameras, of_cameras)


def _fit(
    net: nn.Sequential, inputs: Tensor, labels: Tensor, sizes: Sequence[int], rounds: int
) -> None:
    generator = torch.Generator().manual_seed(1)
    batch = 64
    steps = rounds * (len(inputs) // batch)
    if inputs.dtype is torch.float32:
        first = net[0]
        assert isinstance(first, _Standard)
        first.mean.copy_(inputs.mean(0))
        first.spread.copy_(inputs.std(0).clamp_min(1e-3))
    adam = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, 4e-3, total_steps=steps)
    net.train()
    for step in range(steps):
        at = (step * batch) % (len(inputs) - batch)
        if at < batch:
            order = torch.randperm(len(inputs), generator=generator)
        chosen = order[at : at + batch]
        given = inputs[chosen]
        if given.dtype is torch.uint8:
            given = _tensor(given.numpy())
            # Of cut-outs only: in a whole frame, lone pixels are snow.
            given = _noisy(given, generator) if given.shape[-1] == _CUT else given
        with torch.autocast("cpu", torch.bfloat16, enabled=given.ndim == 4):
            made = net(given)
        parts = _split(made.float(), sizes)
        loss = torch.stack(
            [
                nn.functional.cross_entropy(part, labels[chosen, i], label_smoothing=0.02)
                for i, part in enumerate(parts)
            ]
        ).sum()
        adam.zero_grad()
        torch.autograd.backward(loss)
        adam.step()
        rate.step()
    net.eval()


def _noisy(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """With some pixels of other pictures, and a little light more or less."""
    n = len(pictures)
    other = pictures[torch.randperm(n, generator=generator)]
    swapped = torch.rand((n, 1, *pictures.shape[2:]), generator=generator) < 0.04
    light = 1 + 0.06 * torch.randn((n, 1, 1, 1), generator=generator)
    return torch.where(swapped, other, pictures) * light


def _tensor(pictures: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def _split(values: Tensor, sizes: Sequence[int]) -> tuple[Tensor, ...]:
    return torch.split(values, list(sizes), -1)


def _pictures(
    channels: Sequence[int], strides: Sequence[int], flat: int, classes: int
) -> nn.Sequential:
    parts: list[nn.Module] = []
    before = 3
    for width, stride in zip(channels, strides, strict=True):
        parts += [
            nn.Conv2d(before, width, 5 if before == 3 else 3, stride, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        ]
        before = width
    side = (5, 5) if flat % 25 == 0 else (4, 7)
    parts += [
        nn.AdaptiveAvgPool2d(side),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(flat, 160),
        nn.ReLU(),
        nn.Linear(160, classes),
    ]
    return nn.Sequential(*parts)


def _codes(size: int, classes: int) -> nn.Sequential:
    return nn.Sequential(
        _Standard(size), nn.Linear(size, 96), nn.ReLU(), nn.Linear(96, 96), nn.ReLU(),
        nn.Linear(96, classes),
    )  # fmt: skip


class _Standard(nn.Module):
    """Numbers brought to one scale."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("spread", torch.ones(size))

    def forward(self, codes: Tensor) -> Tensor:
        return (codes - self.mean) / self.spread
