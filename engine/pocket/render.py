"""Composes frames from layers: the background under its light, the actors on their paths.

Works on a small grid (72 rows for a wide picture) that is scaled by a whole number. It relies
on nothing but the layers and the time, so the same layers give the same frames, at any length
and rate. It never touches a model.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.pocket import poses, weather
from engine.pocket.world.motion import KNOTS, TIMES, WEATHERS, A, C, Code, L
from engine.pocket.world.palette import COLOURS, NUMBER, light_sprite
from engine.pocket.world.places import HEIGHT, WIDTH

Frame = NDArray[np.uint8]
_WATER = np.isin(np.arange(len(NUMBER)), [NUMBER[n] for n in ("water", "water dark", "foam")])


@dataclass(frozen=True)
class Layers:
    """A clip as the model makes it."""

    #: Material numbers, (96, 192).
    canvas: NDArray[np.uint8]
    #: A sprite a slot, (3, 32, 32, 4), facing right.
    sprites: NDArray[np.uint8]
    #: (3, A.SIZE), (C.SIZE,), (L.SIZE,): see `world.motion`.
    actors: NDArray[np.float32]
    camera: Code
    light: Code


@dataclass(frozen=True)
class Grid:
    """The small picture that is drawn, and how much larger each of its pixels is shown."""

    width: int
    height: int
    scale: int


def grid_for(width: int, height: int) -> Grid:
    """The grid for a picture of these pixels: about 72 rows when wide, 96 when square or tall."""
    rows = 72 if width > height * 1.2 else 96
    scale = max(1, round(height / rows))
    return Grid(width // scale, height // scale, scale)


def frames(
    layers: Layers, *, count: int, fps: int, width: int, height: int, start: float = 0.0
) -> Iterator[Frame]:
    """`count` frames of (height, width, 3); `start` is the seconds already shown by a parent."""
    grid = grid_for(width, height)
    seconds = count / fps
    for i in range(count):
        small = draw(layers, grid, share=i / max(count - 1, 1), at=start + i / fps, length=seconds)
        yield _enlarged(small, grid, width, height)


def draw(layers: Layers, grid: Grid, *, share: float, at: float, length: float) -> Frame:
    """One small frame: `share` of the way along the paths, `at` seconds on the clock."""
    time = TIMES[int(layers.light[L.TIME : L.WEATHER].argmax())]
    falling = WEATHERS[int(layers.light[L.WEATHER : L.BODY_X].argmax())]
    view = _view(layers.camera, grid, share=share, at=at)
    x, y = view.columns(grid), view.rows(grid)
    materials = _ground(layers.canvas, x, y, at)
    picture: Frame = COLOURS[TIMES.index(time)][materials]
    weather.draw_sky(picture, materials, layers.light, time=time, drift=view.x - WIDTH / 2, at=at)
    present = [i for i in range(len(layers.actors)) if layers.actors[i, A.PRESENT] > 0]
    for i in sorted(present, key=lambda i: float(layers.actors[i, A.Y])):
        sprite = poses.posed(layers.sprites[i], slot=i, at=at)
        lit = np.dstack([light_sprite(sprite[..., :3], time), sprite[..., 3:]])
        stance = _stance(layers.actors[i], grid, share=share, at=at)
        _draw_actor(picture, lit, layers.actors[i], stance, x, y, at=at)
    weather.draw_weather(picture, falling, time=time, wind=float(layers.light[L.WIND]), at=at)
    return picture


def along(knots: NDArray[np.float32], share: float) -> float:
    """The value of an 8-knot path `share` of the way along it."""
    return float(np.interp(share * (KNOTS - 1), np.arange(KNOTS), knots))


@dataclass(frozen=True)
class Spot:
    """Where an actor is seen, in small pixels of the frame; it may lie outside."""

    #: The sprite's middle.
    x: float
    y: float
    #: Side of the sprite's square.
    side: float


def spot(layers: Layers, grid: Grid, slot: int, *, share: float, at: float) -> Spot:
    """Where the actor of that slot is seen in the frame that `draw` makes."""
    view = _view(layers.camera, grid, share=share, at=at)
    stance = _stance(layers.actors[slot], grid, share=share, at=at)
    return Spot(
        (stance.x - view.x) * view.zoom + grid.width / 2,
        (stance.y - 15 * stance.size - view.y) * view.zoom + grid.height / 2,
        32 * stance.size * view.zoom,
    )


@dataclass(frozen=True)
class _View:
    """What the camera sees: small pixels a canvas pixel, and the canvas pixel in the middle."""

    zoom: float
    x: float
    y: float

    def columns(self, grid: Grid) -> NDArray[np.floating]:
        """The canvas column of each column of the picture."""
        return self.x + (np.arange(grid.width) - grid.width / 2 + 0.5) / self.zoom

    def rows(self, grid: Grid) -> NDArray[np.floating]:
        """The canvas row of each row of the picture."""
        return self.y + (np.arange(grid.height) - grid.height / 2 + 0.5) / self.zoom


@dataclass(frozen=True)
class _Stance:
    """Where an actor's feet are, canvas pixels, and how it is turned, stretched and sized."""

    x: float
    y: float
    angle: float
    squash: float
    size: float


def _narrow(grid: Grid) -> float:
    """How much nearer to the middle things stand in a narrow picture."""
    return float(np.clip(grid.width / 112, 0.5, 1))


def _stance(code: Code, grid: Grid, *, share: float, at: float) -> _Stance:
    x, y, angle, squash = pose(code, share=share, at=at)
    x = WIDTH / 2 + (x - WIDTH / 2) * _narrow(grid)
    return _Stance(x, y, angle, squash, float(np.clip(code[A.SCALE], 0.5, 2)))


def _view(code: Code, grid: Grid, *, share: float, at: float) -> _View:
    """The camera's view; its rows are kept on the canvas, its columns go on for ever."""
    fit = max(grid.width / WIDTH, grid.height / HEIGHT)
    zoom = max(float(np.exp(along(code[C.ZOOM : C.X], share))), fit)
    shake = max(float(code[C.SHAKE]), 0.0)
    shake = shake if shake > 0.5 else 0.0
    x = along(code[C.X : C.Y], share) + shake * (np.sin(at * 4.1) + 0.6 * np.sin(at * 9.7 + 1))
    y = along(code[C.Y : C.SHAKE], share) + shake * (np.sin(at * 5.3 + 2) + 0.5 * np.sin(at * 11))
    half = grid.height / 2 / zoom
    return _View(
        zoom,
        WIDTH / 2 + (x - WIDTH / 2) * _narrow(grid),
        min(max(y, half), HEIGHT - half),
    )


def _ground(
    canvas: NDArray[np.uint8], x: NDArray[np.floating], y: NDArray[np.floating], at: float
) -> NDArray[np.uint8]:
    """The materials seen; water moves sideways within itself.

    Beyond its sides the canvas goes on as its own mirror image, so that a walk has no end.
    """
    rows = np.clip(np.floor(y).astype(int), 0, HEIGHT - 1)
    columns = np.floor(x).astype(int) % (2 * WIDTH)
    columns = np.minimum(columns, 2 * WIDTH - 1 - columns)
    seen = canvas[np.ix_(rows, columns)]
    swell = np.round(2.2 * np.sin(at * 1.7 + rows * 0.9)).astype(int)
    moved = canvas[rows[:, None], np.clip(columns[None] + swell[:, None], 0, WIDTH - 1)]
    return np.where(_WATER[seen] & _WATER[moved], moved, seen)


def _draw_actor(
    picture: Frame,
    sprite: NDArray[np.uint8],
    code: Code,
    stance: _Stance,
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    *,
    at: float,
) -> None:
    """Look each pixel of the picture up in the sprite, turned, squashed, stepping or flapping."""
    dx = (x[None] - stance.x) / stance.size
    dy = (y[:, None] - stance.y) / stance.size + 15.0
    cos, sin = np.cos(stance.angle), np.sin(stance.angle)
    across, down = dx * cos + dy * sin, -dx * sin + dy * cos
    down = (down - 15.0) / (1 + stance.squash) + 15.0
    across = across / (1 - 0.6 * stance.squash)
    if code[A.FACING] < 0:
        across = -across
    row = np.floor(down + 16).astype(int)
    if code[A.GAIT] > 0.5:
        # One foot is up while the other stands, and both lean with the step.
        step = np.sign(np.sin(at * 16))
        across = across - np.where(row > 24, step * (row - 24) / 7 * 1.3, 0)
        row = row + 2 * ((row > 23) & (across * step > 0))
    elif code[A.GAIT] < -0.5:
        # The outer columns are wings: they beat against the body.
        reach = np.maximum(np.abs(across) - 5, 0) / 11
        row = np.floor(down + 16 + 5 * np.sin(at * 17) * reach).astype(int)
    column = np.floor(across + 16).astype(int)
    inside = (row >= 0) & (row < 32) & (column >= 0) & (column < 32)
    texel = sprite[np.clip(row, 0, 31), np.clip(column, 0, 31)]
    mask = inside & (texel[..., 3] > 127)
    picture[mask] = texel[mask][:, :3]


def pose(code: Code, *, share: float, at: float) -> tuple[float, float, float, float]:
    """Where the feet are (canvas x, y), the turn in radians and the stretch of the height."""
    x, y = along(code[A.X : A.Y], share), along(code[A.Y : A.SCALE], share)
    squash = 0.0
    if code[A.HOP_HEIGHT] > 3:
        phase = at * float(code[A.HOP_RATE]) % 1
        y -= float(code[A.HOP_HEIGHT]) * 4 * phase * (1 - phase)
        squash = float(code[A.SQUASH]) * (1 - 5 * max(0.0, 0.2 - min(phase, 1 - phase)) * 2)
    if code[A.SHAKE] > 0.8:
        x += float(code[A.SHAKE]) * np.sign(np.sin(at * 47))
    if code[A.ORBIT] > 4:
        turn = at * float(code[A.ORBIT_RATE]) * 2 * np.pi
        x, y = x + float(code[A.ORBIT]) * np.cos(turn), y + float(code[A.ORBIT]) * np.sin(turn)
    angle = float(code[A.SPIN]) * at * 2 * np.pi if abs(code[A.SPIN]) > 0.2 else 0.0
    if code[A.SWAY] > 0.12:
        beat = at * float(code[A.SWAY_RATE]) * 2 * np.pi
        angle += float(code[A.SWAY]) * np.sin(beat)
        squash += float(code[A.SQUASH]) * np.cos(2 * beat)
    if code[A.GAIT] < -0.5:
        squash += 0.13 * np.sin(at * 17)
        y += 1.5 * np.sin(at * 17 + 1)
    elif code[A.GAIT] > 0.5:
        y -= abs(np.sin(at * 8)) * 1.4
    else:
        squash += 0.025 * np.sin(at * 3.5)
    return float(x), float(y), float(angle), float(squash)


def _enlarged(small: Frame, grid: Grid, width: int, height: int) -> Frame:
    """By the whole number, centred, the last odd pixels filled with the edge."""
    big = small.repeat(grid.scale, 0).repeat(grid.scale, 1)
    left, top = width - big.shape[1], height - big.shape[0]
    if left or top:
        edges = ((top // 2, top - top // 2), (left // 2, left - left // 2), (0, 0))
        big = np.pad(big, edges, mode="edge")
    return big
