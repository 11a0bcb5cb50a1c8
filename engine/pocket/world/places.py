"""Paints backgrounds: ten places as material numbers on a canvas wider than any view of it.

Each painter gets a random generator, so that no two meadows are alike; what it places stands on a
grid, as in old games, so that a picture is made of few kinds of squares and is quick to learn.
Light, weather, sun and stars are not painted here: the renderer adds them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.palette import NUMBER
from engine.pocket.world.scene import Place

#: Canvas pixels. A 16:9 view is 128 × 72 of them.
WIDTH, HEIGHT = 192, 96
#: The row that feet stand on, nearer or farther by a few pixels.
GROUND = 76

Canvas = NDArray[np.uint8]
_X = np.arange(WIDTH)
_Y = np.arange(HEIGHT)[:, None]


def paint(place: Place, rng: np.random.Generator) -> Canvas:
    """A new background of that place, (96, 192) material numbers."""
    canvas = np.zeros((HEIGHT, WIDTH), np.uint8)
    _PAINTERS[place](canvas, rng)
    return canvas


def _ridge(rng: np.random.Generator, base: float, height: float, length: float) -> NDArray[np.int_]:
    """The top row of a rolling silhouette: `base` ± `height` px, waves about `length` px long."""
    line = np.zeros(WIDTH)
    for octave in (1.0, 0.5, 0.27):
        wave = length * octave * rng.uniform(0.8, 1.25)
        line += octave * np.sin(_X * 2 * np.pi / wave + rng.uniform(0, 2 * np.pi))
    return np.asarray((base - line / 1.77 * height).round(), int)


def _fill(canvas: Canvas, top: NDArray[np.int_] | int, name: str) -> None:
    canvas[np.broadcast_to(top <= _Y, canvas.shape)] = NUMBER[name]


def _box(canvas: Canvas, x: int, y: int, w: int, h: int, name: str) -> None:
    canvas[max(y, 0) : max(y + h, 0), max(x, 0) : max(x + w, 0)] = NUMBER[name]


def _slots(rng: np.random.Generator, every: int, share: float = 1.0) -> list[int]:
    """Multiples of `every` px along the canvas, each kept with the chance `share`."""
    at = np.arange(0, WIDTH, every)
    return [int(x) for x in at[rng.random(len(at)) < share]]


def _one(rng: np.random.Generator, *choices: int) -> int:
    return choices[int(rng.integers(len(choices)))]


def _sky(canvas: Canvas, rng: np.random.Generator, horizon: int, clouds: float = 0.3) -> None:
    first, second = _one(rng, 16, 20), _one(rng, horizon - 20, horizon - 16)
    canvas[:] = NUMBER["sky low"]
    canvas[:second] = NUMBER["sky"]
    canvas[:first] = NUMBER["sky high"]
    for edge, above in ((first, "sky high"), (second, "sky")):
        canvas[edge, ::2] = NUMBER[above]
    for x in _slots(rng, 32, clouds):
        x, y = x + _one(rng, 0, 8), _one(rng, 8, 16, 24)
        _box(canvas, x, y + 3, 28, 3, "cloud")
        _box(canvas, x + 4, y, 12, 4, "cloud")
        _box(canvas, x + 13, y + 1, 9, 3, "cloud")


def _pine(canvas: Canvas, x: int, foot: int, size: int, name: str) -> None:
    for row in range(size):
        half = 1 + (row * 5 // size) * size // 26 + (row % max(size // 5, 2)) // 2
        _box(canvas, x - half, foot - size + row, 2 * half + 1, 1, name)


#: Tufts, stones or ripples of a 16 × 16 square of ground: x, y and width of each.
_TUFTS = (
    ((2, 3, 3), (10, 9, 2)),
    ((7, 2, 2), (12, 12, 3), (3, 10, 2)),
    ((5, 6, 3),),
)


def _speckle(canvas: Canvas, rng: np.random.Generator, top: int, name: str) -> None:
    """Tufts on the ground below row `top`, one of few patterns a square."""
    for y in range(top, HEIGHT, 16):
        for x in _slots(rng, 16, 0.6):
            for dx, dy, w in _TUFTS[_one(rng, 0, 1, 2)]:
                _box(canvas, x + dx, y + dy, w, 1, name)


def _meadow(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56)
    _fill(canvas, _ridge(rng, 52, 7, 110), "hill")
    _fill(canvas, _ridge(rng, 60, 4, 90), "grass dark")
    _fill(canvas, _ridge(rng, 68, 2, 120), "grass")
    _speckle(canvas, rng, 80, "grass dark")
    for x in _slots(rng, 16, 0.7):
        flower = str(rng.choice(["petal red", "petal yellow"]))
        _box(canvas, x + 8, _one(rng, 76, 84, 90), 2, 2, flower)


def _forest(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 60, 0.2)
    for x in _slots(rng, 8, 0.9):
        _pine(canvas, x, 66, _one(rng, 26, 36), "leaf dark")
    front = [x + 4 for x in _slots(rng, 16, 0.6)]
    for x in front:
        _pine(canvas, x, 65, _one(rng, 38, 50), "leaf")
    _fill(canvas, 64, "leaf dark")
    for x in front:
        _box(canvas, x - 1, 62, 3, 8, "bark")
    _fill(canvas, _ridge(rng, 69, 1.5, 70), "grass dark")
    _fill(canvas, _ridge(rng, 77, 2, 90), "grass")
    _speckle(canvas, rng, 80, "grass dark")


def _desert(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 58, 0.15)
    for x in _slots(rng, 64, 0.8):
        x, w, h = x + _one(rng, 0, 16, 32), _one(rng, 24, 40), _one(rng, 14, 24)
        for row in range(h):
            half = w // 2 + row // 5
            _box(canvas, x - half, 60 - h + row, 2 * half, 1, "mesa")
    _fill(canvas, _ridge(rng, 60, 4, 100), "dune")
    _fill(canvas, _ridge(rng, 67, 3, 130), "sand")
    for x in _slots(rng, 32, 0.6):
        x, h = x + _one(rng, 8, 16), _one(rng, 14, 18)
        _box(canvas, x, 72 - h, 4, h, "cactus")
        _box(canvas, x - 5, 72 - h + 5, 5, 2, "cactus")
        _box(canvas, x - 5, 72 - h + 2, 2, 4, "cactus")
        _box(canvas, x + 4, 72 - h + 7, 5, 2, "cactus")
        _box(canvas, x + 7, 72 - h + 3, 2, 5, "cactus")
    _speckle(canvas, rng, 80, "sand dark")


def _mountains(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56, 0.2)
    for x in _slots(rng, 32, 0.75):
        x, peak = x + _one(rng, 0, 16), _one(rng, 14, 22, 30)
        rise = peak + np.abs(_X - x)
        inside = rise <= _Y
        canvas[inside] = NUMBER["rock"]
        canvas[inside & (x + 1 < _X)] = NUMBER["rock dark"]
        snow = inside & (peak + 9 + (_X % 4 // 2) * 3 > _Y)
        canvas[snow] = NUMBER["snow"]
    _fill(canvas, _ridge(rng, 60, 3, 80), "hill")
    for x in _slots(rng, 16, 0.7):
        _pine(canvas, x + 8, 68, _one(rng, 10, 14), "leaf dark")
    _fill(canvas, _ridge(rng, 67, 2, 100), "grass")
    _speckle(canvas, rng, 80, "hill")


def _sea(canvas: Canvas, rng: np.random.Generator) -> None:
    horizon = _one(rng, 48, 52, 56)
    _sky(canvas, rng, horizon)
    if rng.random() < 0.6:
        x, w = 16 * int(rng.integers(1, 11)), _one(rng, 16, 28)
        for row in range(8):
            _box(canvas, x - w * row // 16, horizon - 8 + row, w * row // 8, 1, "rock dark")
    _fill(canvas, horizon, "water")
    _fill(canvas, 80, "water dark")
    for i, y in enumerate(range(58, 79, 5)):
        for x in _slots(rng, 16, 0.6):
            _box(canvas, x + 8 * (i % 2), y, 9, 1, "foam" if i % 2 else "water dark")
    for y in (84, 91):
        for x in _slots(rng, 16, 0.5):
            _box(canvas, x + y % 8, y, 8, 1, "water")


def _city(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 60, 0.2)
    x = 0
    while x < WIDTH:
        w, h = _one(rng, 16, 16, 32), _one(rng, 20, 28, 36, 44, 52)
        wall = str(rng.choice(["wall a", "wall b", "wall c"]))
        _box(canvas, x, 68 - h, w - 1, h, wall)
        _box(canvas, x, 66 - h, w - 1, 2, "roof")
        bands = rng.random() < 0.3
        for wy in range(68 - h + 3, 62, 8):
            if bands:
                _box(canvas, x + 3, wy, w - 7, 3, "window")
                continue
            for wx in range(x + 3, x + w - 3, 4):
                _box(canvas, wx, wy, 2, 4, "window")
        x += w
    _fill(canvas, 68, "dust dark")
    _fill(canvas, 74, "road")
    for x in range(-_one(rng, 0, 8, 16), WIDTH, 24):
        _box(canvas, x, 84, 12, 2, "line")


def _beach(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 50)
    _fill(canvas, 50, "water")
    for i, y in enumerate((53, 57)):
        for x in _slots(rng, 16, 0.4):
            _box(canvas, x + 8 * i, y, 9, 1, "foam")
    shore = _ridge(rng, 66, 2.5, 80)
    _fill(canvas, shore - 2, "foam")
    _fill(canvas, shore, "sand")
    for x in _slots(rng, 64, 0.7):
        x, lean = x + _one(rng, 8, 24, 40), _one(rng, -1, 0, 1) / 4
        for row in range(32):
            _box(canvas, int(x + lean * row), 74 - row, 3, 1, "bark")
        top = int(x + lean * 32)
        for dx in (-1, 1):
            for step in range(13):
                drop = step * step // 18
                _box(canvas, top + 1 + dx * step, 41 + drop, 2, 3, "leaf")
                _box(canvas, top + 1 + dx * step * 2 // 3, 37 + drop - step // 4, 2, 3, "leaf")
    _speckle(canvas, rng, 80, "sand dark")


def _arctic(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56, 0.25)
    _fill(canvas, _ridge(rng, 54, 7, 80), "ice")
    _fill(canvas, _ridge(rng, 60, 4, 110), "snow blue")
    for x in _slots(rng, 32, 0.75):
        x, size = x + _one(rng, 8, 16), _one(rng, 12, 18)
        _pine(canvas, x, 68, size, "leaf dark")
        _pine(canvas, x, 68 - size // 2, size // 2, "snow")
    _fill(canvas, _ridge(rng, 67, 2, 90), "snow")
    _speckle(canvas, rng, 80, "snow blue")


def _underwater(canvas: Canvas, rng: np.random.Generator) -> None:
    canvas[:] = NUMBER["deep"]
    canvas[:52] = NUMBER["deep mid"]
    canvas[:24] = NUMBER["deep high"]
    for edge, above in ((24, "deep high"), (52, "deep mid")):
        canvas[edge, ::2] = NUMBER[above]
        canvas[edge + 1, 1::4] = NUMBER[above]
    for x in _slots(rng, 48, 0.7):
        x, w, h = x + _one(rng, 0, 16), _one(rng, 18, 28), _one(rng, 10, 16)
        for row in range(h):
            half = int(w / 2 * np.sqrt((row + 1) / h))
            _box(canvas, x - half, 82 - h + row, 2 * half, 1, "rock dark")
    _fill(canvas, _ridge(rng, 80, 2, 90), "seabed")
    for x in _slots(rng, 16, 0.6):
        x += 8
        if rng.random() < 0.5:
            for row in range(_one(rng, 18, 30)):
                _box(canvas, x + (row // 4 % 2), 82 - row, 3, 1, "kelp")
        else:
            h = _one(rng, 8, 12)
            for dx in (-4, 0, 4):
                _box(canvas, x + dx, 83 - h + abs(dx), 2, h - abs(dx), "coral")
            _box(canvas, x - 4, 79, 10, 2, "coral")


def _moon(canvas: Canvas, rng: np.random.Generator) -> None:
    canvas[:] = NUMBER["space"]
    _fill(canvas, _ridge(rng, 58, 5, 90), "dust dark")
    _fill(canvas, _ridge(rng, 66, 2.5, 120), "dust")
    for x in _slots(rng, 32, 0.75):
        x, y, w = x + _one(rng, 0, 8, 16), _one(rng, 76, 84, 90), _one(rng, 9, 16)
        _box(canvas, x, y, w, 2, "crater")
        _box(canvas, x + 1, y - 1, w - 2, 1, "crater")
        _box(canvas, x + 1, y + 2, w - 2, 1, "dust dark")


_PAINTERS: dict[Place, Callable[[Canvas, np.random.Generator], None]] = {
    Place.MEADOW: _meadow,
    Place.FOREST: _forest,
    Place.DESERT: _desert,
    Place.MOUNTAINS: _mountains,
    Place.SEA: _sea,
    Place.CITY: _city,
    Place.BEACH: _beach,
    Place.ARCTIC: _arctic,
    Place.UNDERWATER: _underwater,
    Place.MOON: _moon,
}
