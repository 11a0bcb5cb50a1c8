"""A person for the tests, acted by a portrait: a head with depth that turns and talks.

Two public-domain portraits that packages ship stand in for people: the astronaut of scikit-image
and the Grace Hopper of matplotlib. The face's own landmarks give its depth, so that turning shows
parallax as a real head does. What it can't show: real skin, real light, and the far side of a head.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.interpolate import RBFInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates, uniform_filter
from skimage import data

from senses import faces
from senses.values import Turn

Frame = NDArray[np.uint8]
Array = NDArray[np.float64]

#: Pixels of a film.
WIDTH, HEIGHT = 288, 384
#: Frames a second.
FPS = 12
#: How far the head turns to each side, degrees: yaw and pitch.
YAW, PITCH = 32.0, 24.0
#: Points of the head that are drawn for each pixel's width, so that a turned head has no holes.
_FINE = 1.5
#: Pixels that a portrait is made wider by on each side before it is cropped.
_AROUND = 300


@dataclass(frozen=True)
class Pose:
    """One moment of acting."""

    #: Degrees; positive is the person's own left, and up.
    yaw: float = 0.0
    pitch: float = 0.0
    #: 0 shut to 1 wide open.
    mouth: float = 0.0
    #: Pixels that the whole person sways by.
    sway: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Actor:
    """A portrait made ready: its texture, where its face is, how deep each point lies."""

    #: RGB, HEIGHT × WIDTH.
    portrait: Frame
    #: The same without the head, to show behind it.
    behind: Frame
    #: (468, 3), pixels.
    mesh: Array
    #: Pixels away from the camera, for each pixel of the portrait.
    depth: Array = field(repr=False)
    #: 0 to 1: how much a pixel belongs to the head.
    head: Array = field(repr=False)


@cache
def astronaut() -> Actor:
    """Eileen Collins, photographed by NASA: public domain."""
    return _actor(np.asarray(data.astronaut()))


@cache
def admiral() -> Actor:
    """Grace Hopper, photographed by the US Navy: public domain."""
    path = Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    return _actor(np.asarray(Image.open(path).convert("RGB")))


def act(actor: Actor, poses: list[Pose]) -> list[Frame]:
    """The frames of that actor in these poses."""
    return [_swayed(_drawn(actor, *_rounded(pose)), pose.sway) for pose in poses]


def turning(
    turns: tuple[Turn, ...], *, seconds: float, talking: Callable[[float], float]
) -> list[Pose]:
    """The poses of someone who does as asked: each turn from the front and back.

    `talking` says how far the mouth is open (0 to 1) at a time in seconds.
    """
    count = round(seconds * FPS)
    times = np.arange(count) / FPS
    yaw, pitch = np.zeros(count), np.zeros(count)
    each = (seconds - 0.8) / len(turns)
    for index, turn in enumerate(turns):
        # Out, held for a moment, and back: a smooth bump.
        phase = np.clip((times - 0.5 - index * each) / (each * 0.92), 0, 1)
        bump = np.clip(1.35 * np.sin(np.pi * phase) ** 1.2, 0, 1)
        if turn in (Turn.LEFT, Turn.RIGHT):
            yaw += bump * (YAW if turn is Turn.LEFT else -YAW)
        else:
            pitch += bump * (PITCH if turn is Turn.UP else -PITCH)
    return [
        Pose(
            yaw=float(yaw[i] + 1.5 * np.sin(times[i] * 1.7)),
            pitch=float(pitch[i] + 1.0 * np.sin(times[i] * 2.3)),
            mouth=talking(float(times[i])),
            sway=(2.5 * float(np.sin(times[i] * 1.1)), 1.5 * float(np.sin(times[i] * 1.9))),
        )
        for i in range(count)
    ]


def _actor(picture: Frame) -> Actor:
    """Cropped so that the face is about a third as wide as the film."""
    face = faces.find(picture)[0]
    side = face.width * 2.9
    x, y = face.centre
    left, top = x - side / 2, y - side * HEIGHT / WIDTH * 0.42
    # Some of it lies outside of the picture: its edge goes on there.
    left, top = left + _AROUND, top + _AROUND
    box = (left, top, left + side, top + side * HEIGHT / WIDTH)
    around = np.pad(picture, ((_AROUND, _AROUND), (_AROUND, _AROUND), (0, 0)), mode="edge")
    portrait = np.asarray(
        Image.fromarray(around).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box)
    )
    mesh = _mesh(portrait)
    head = _head(mesh)
    weight = gaussian_filter(1 - head, 25)[..., None] + 1e-6
    blurred = gaussian_filter(portrait * (1.0 - head[..., None]), (25, 25, 0)) / weight
    behind = np.where(head[..., None] > 0.02, blurred, portrait)
    return Actor(
        portrait=portrait,
        behind=np.clip(behind, 0, 255).astype(np.uint8),
        mesh=mesh,
        depth=_depth(mesh),
        head=head,
    )


def _mesh(portrait: Frame) -> Array:
    points = faces.landmarks(portrait, faces.find(portrait)[0])
    assert points is not None
    return points.astype(np.float64)


def _grid() -> tuple[Array, Array]:
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    return across, down


def _head(mesh: Array) -> Array:
    across, down = _grid()
    (x, y), size = _middle(mesh)
    far = np.hypot((across - x) / (0.78 * size), (down - (y - 0.16 * size)) / (0.98 * size))
    return np.clip((1.0 - far) / 0.08, 0, 1)


def _middle(mesh: Array) -> tuple[tuple[float, float], float]:
    low, high = mesh[:, :2].min(0), mesh[:, :2].max(0)
    x, y = ((low + high) / 2).tolist()
    return (x, y), float(high[0] - low[0])


def _depth(mesh: Array) -> Array:
    """The face's own depth inside its oval, and a round skull around it."""
    across, down = _grid()
    (x, y), size = _middle(mesh)
    ring = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rim = np.stack([x + 0.85 * size * np.cos(ring), y - 0.16 * size + size * np.sin(ring)], 1)
    known = np.concatenate([mesh[::2, :2], rim])
    deep = np.concatenate([mesh[::2, 2], np.full(len(rim), mesh[:, 2].max() + 0.12 * size)])
    fit = RBFInterpolator(known, deep, neighbors=24, smoothing=2.0)
    coarse = np.stack([across[::4, ::4].ravel(), down[::4, ::4].ravel()], 1)
    values = fit(coarse).reshape(across[::4, ::4].shape)
    return np.asarray(map_coordinates(values, [down / 4, across / 4], order=1, mode="nearest"))


def _rounded(pose: Pose) -> tuple[float, float, float]:
    """What of a pose is drawn, in steps too small to see, so that films share their frames."""
    return round(pose.yaw), round(pose.pitch), round(pose.mouth * 8) / 8


def _swayed(frame: Frame, sway: tuple[float, float]) -> Frame:
    return np.roll(frame, (round(sway[1]), round(sway[0])), (0, 1))


@cache
def _drawn(actor: Actor, yaw: float, pitch: float, mouth: float) -> Frame:
    texture = _expression(actor, mouth)
    (x, y), size = _middle(actor.mesh)
    axle = actor.mesh[:, 2].max() + 0.05 * size
    rows = np.arange(0, HEIGHT - 1, 1 / _FINE)
    columns = np.arange(0, WIDTH - 1, 1 / _FINE)
    down, across = np.meshgrid(rows, columns, indexing="ij")
    part = _sample(actor.head, down, across)
    shown = part > 0.05
    down, across, part = down[shown], across[shown], part[shown]
    deep = _sample(actor.depth, down, across) - axle
    colours = np.stack([_sample(texture[..., c], down, across) for c in range(3)], 1)
    # The person's own left is the picture's right.
    yaw, pitch = np.radians(yaw), np.radians(pitch)
    pivot = y + 0.35 * size
    side, up = across - x, down - pivot
    side, deep = side * np.cos(yaw) - deep * np.sin(yaw), side * np.sin(yaw) + deep * np.cos(yaw)
    up, deep = up * np.cos(pitch) + deep * np.sin(pitch), -up * np.sin(pitch) + deep * np.cos(pitch)
    near = 1 / (1 + deep / (6 * size))
    to_x = np.rint(x + side * near).astype(int)
    to_y = np.rint(pivot + up * near).astype(int)
    inside = (to_x >= 0) & (to_x < WIDTH) & (to_y >= 0) & (to_y < HEIGHT)
    order = np.argsort(-deep[inside])
    place = (to_y[inside][order], to_x[inside][order])
    canvas = actor.behind.astype(np.float64)
    alpha = np.zeros((HEIGHT, WIDTH))
    head = canvas.copy()
    head[place] = colours[inside][order]
    alpha[place] = part[inside][order]
    # A side that turns towards us is stretched: its holes are what lies around them.
    hit = (alpha > 0).astype(np.float64)
    around = uniform_filter(hit, 3)
    filled = uniform_filter(head * hit[..., None], (3, 3, 0)) / np.maximum(around, 1e-6)[..., None]
    hole = (hit == 0) & (around > 0.3)
    head[hole], alpha[hole] = filled[hole], 1.0
    mixed = canvas + (head - canvas) * alpha[..., None]
    return np.clip(mixed, 0, 255).astype(np.uint8)


def _expression(actor: Actor, mouth: float) -> Array:
    """The portrait with its mouth opened."""
    across, down = _grid()
    source = down.copy()
    gap = _open_mouth(actor.mesh, source, mouth)
    moved = np.stack(
        [_sample(actor.portrait[..., c].astype(np.float64), source, across) for c in range(3)], 2
    )
    return moved * (1 - gap[..., None]) + np.array([60.0, 22.0, 22.0]) * gap[..., None]


def _open_mouth(mesh: Array, source: Array, wide: float) -> Array:
    """Moves what is under the lips down, and says where the open mouth shows (0 to 1)."""
    across, down = _grid()
    (_, _), size = _middle(mesh)
    left, right = sorted((float(mesh[61, 0]), float(mesh[291, 0])))
    middle, half = (left + right) / 2, (right - left) / 2
    lips = float((mesh[13, 1] + mesh[14, 1]) / 2)
    chin = float(mesh[152, 1])
    drop = wide * 0.13 * size * np.sqrt(np.clip(1 - ((across - middle) / half) ** 2, 0, 1))
    fade = np.clip(1 - (down - lips) / (1.25 * (chin - lips)), 0, 1)
    source[down > lips] -= (drop * fade)[down > lips]
    return ((down > lips) & (down < lips + drop)).astype(np.float64)


def _sample(values: Array, down: Array, across: Array) -> Array:
    return np.asarray(map_coordinates(values, [down, across], order=1, mode="nearest"))
