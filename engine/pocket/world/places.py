"""Paints backgrounds: ten places as material numbers on a canvas wider than any view of it.

Each painter gets a random generator, so that no two meadows are alike. Light, weather, sun and
stars are not painted here: the renderer adds them.
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


def _spaced(rng: np.random.Generator, every: float, jitter: float) -> list[int]:
    """Positions along the canvas about `every` px apart."""
    at = np.arange(rng.uniform(0, every), WIDTH, every)
    return [int(x) for x in at + rng.uniform(-jitter, jitter, len(at))]


def _sky(canvas: Canvas, rng: np.random.Generator, horizon: int, clouds: float = 1.0) -> None:
    first = int(horizon * rng.uniform(0.28, 0.4))
    second = int(horizon * rng.uniform(0.62, 0.75))
    canvas[:] = NUMBER["sky low"]
    canvas[:second] = NUMBER["sky"]
    canvas[:first] = NUMBER["sky high"]
    for edge, above in ((first, "sky high"), (second, "sky")):
        canvas[edge, ::2] = NUMBER[above]
    for x in _spaced(rng, 64 / max(clouds, 0.1), 20) if clouds else []:
        y = int(rng.uniform(8, horizon * 0.55))
        for _ in range(3):
            w = int(rng.integers(10, 22))
            dx = int(rng.integers(-8, 9))
            _box(canvas, x + dx - w // 2, y - int(rng.integers(0, 4)), w, 3, "cloud")
        _box(canvas, x - 14, y + 2, 28, 2, "cloud")


def _pine(canvas: Canvas, x: int, foot: int, size: int, name: str) -> None:
    for row in range(size):
        half = 1 + (row * 5 // size) * size // 26 + (row % max(size // 5, 2)) // 2
        _box(canvas, x - half, foot - size + row, 2 * half + 1, 1, name)


def _speckle(canvas: Canvas, rng: np.random.Generator, count: int, top: int, name: str) -> None:
    for _ in range(count):
        y = int(rng.integers(top, HEIGHT - 2))
        _box(canvas, int(rng.integers(0, WIDTH - 3)), y, 3 if y > 84 else 2, 1, name)


def _meadow(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56)
    _fill(canvas, _ridge(rng, 52, 7, 110), "hill")
    _fill(canvas, _ridge(rng, 60, 4, 90), "grass dark")
    _fill(canvas, _ridge(rng, 68, 2, 120), "grass")
    _speckle(canvas, rng, 22, 72, "grass dark")
    for x in _spaced(rng, 13, 5):
        y = int(rng.integers(72, 93))
        _box(canvas, x, y, 2, 2, str(rng.choice(["petal red", "petal yellow"])))


def _forest(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 60, 0.6)
    for x in _spaced(rng, 9, 3):
        _pine(canvas, x, 66, int(rng.integers(24, 40)), "leaf dark")
    for x in _spaced(rng, 21, 6):
        _box(canvas, x - 1, 62, 3, 8, "bark")
        _pine(canvas, x, 65, int(rng.integers(34, 52)), "leaf")
    _fill(canvas, 64, "leaf dark")
    for x in _spaced(rng, 21, 6):
        _box(canvas, x - 1, 62, 3, 8, "bark")
    _fill(canvas, _ridge(rng, 69, 1.5, 70), "grass dark")
    _fill(canvas, _ridge(rng, 77, 2, 90), "grass")
    _speckle(canvas, rng, 16, 80, "grass dark")


def _desert(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 58, 0.4)
    for x in _spaced(rng, 84, 24):
        w, h = int(rng.integers(22, 42)), int(rng.integers(12, 26))
        for row in range(h):
            half = w // 2 + row // 5
            _box(canvas, x - half, 60 - h + row, 2 * half, 1, "mesa")
    _fill(canvas, _ridge(rng, 60, 4, 100), "dune")
    _fill(canvas, _ridge(rng, 67, 3, 130), "sand")
    for x in _spaced(rng, 46, 14):
        h = int(rng.integers(12, 20))
        _box(canvas, x, 72 - h, 4, h, "cactus")
        _box(canvas, x - 5, 72 - h + 5, 5, 2, "cactus")
        _box(canvas, x - 5, 72 - h + 2, 2, 4, "cactus")
        _box(canvas, x + 4, 72 - h + 7, 5, 2, "cactus")
        _box(canvas, x + 7, 72 - h + 3, 2, 5, "cactus")
    _speckle(canvas, rng, 24, 74, "sand dark")


def _mountains(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56, 0.7)
    for x in _spaced(rng, 46, 12):
        peak, slope = int(rng.uniform(14, 32)), rng.uniform(0.75, 1.1)
        rise = (peak + np.abs(_X - x) * slope).astype(int)
        inside = rise <= _Y
        canvas[inside] = NUMBER["rock"]
        canvas[inside & (x + 1 < _X)] = NUMBER["rock dark"]
        snow = inside & (peak + 9 + (_X * 3 % 5) > _Y)
        canvas[snow] = NUMBER["snow"]
    _fill(canvas, _ridge(rng, 60, 3, 80), "hill")
    for x in _spaced(rng, 15, 6):
        _pine(canvas, x, 68, int(rng.integers(9, 15)), "leaf dark")
    _fill(canvas, _ridge(rng, 67, 2, 100), "grass")
    _speckle(canvas, rng, 14, 72, "hill")


def _waves(canvas: Canvas, rng: np.random.Generator, top: int, bottom: int) -> None:
    for y in range(top + 2, bottom, 4):
        for x in _spaced(rng, 24, 8):
            _box(
                canvas,
                x,
                y,
                int(rng.integers(5, 12)),
                1,
                "foam" if (x + y) % 3 == 0 else "water dark",
            )


def _sea(canvas: Canvas, rng: np.random.Generator) -> None:
    horizon = int(rng.integers(48, 58))
    _sky(canvas, rng, horizon)
    if rng.random() < 0.6:
        x, w = int(rng.integers(20, 172)), int(rng.integers(12, 28))
        for row in range(8):
            _box(canvas, x - w * row // 16, horizon - 8 + row, w * row // 8, 1, "rock dark")
    _fill(canvas, horizon, "water")
    _fill(canvas, 80, "water dark")
    _waves(canvas, rng, horizon, 79)
    for x in _spaced(rng, 20, 8):
        _box(canvas, x, int(rng.integers(82, 94)), 8, 1, "water")


def _city(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 60, 0.5)
    x = 0
    while x < WIDTH:
        w = int(rng.integers(5, 9)) * 4
        h = int(rng.integers(5, 13)) * 4
        _box(canvas, x, 68 - h, w - 1, h, str(rng.choice(["wall a", "wall b", "wall c"])))
        _box(canvas, x, 66 - h, w - 1, 2, "roof")
        for wy in range(68 - h + 3, 64, 6):
            for wx in range(x + 3, x + w - 4, 5):
                if rng.random() < 0.85:
                    _box(canvas, wx, wy, 2, 3, "window")
        x += w
    _fill(canvas, 68, "dust dark")
    _fill(canvas, 74, "road")
    offset = int(rng.integers(0, 24))
    for x in range(-offset, WIDTH, 24):
        _box(canvas, x, 84, 12, 2, "line")


def _beach(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 50)
    _fill(canvas, 50, "water")
    for x in _spaced(rng, 22, 8):
        _box(canvas, x, int(rng.integers(52, 60)), 9, 1, "foam")
    shore = _ridge(rng, 66, 2.5, 80)
    _fill(canvas, shore - 2, "foam")
    _fill(canvas, shore, "sand")
    for x in _spaced(rng, 90, 24):
        lean = float(rng.uniform(-0.25, 0.25))
        for row in range(32):
            _box(canvas, int(x + lean * row), 74 - row, 3, 1, "bark")
        top = int(x + lean * 32)
        for dx in (-1, 1):
            for step in range(13):
                drop = step * step // 18
                _box(canvas, top + 1 + dx * step, 41 + drop, 2, 3, "leaf")
                _box(canvas, top + 1 + dx * step * 2 // 3, 37 + drop - step // 4, 2, 3, "leaf")
    _speckle(canvas, rng, 20, 76, "sand dark")


def _arctic(canvas: Canvas, rng: np.random.Generator) -> None:
    _sky(canvas, rng, 56, 0.7)
    _fill(canvas, _ridge(rng, 54, 7, 80), "ice")
    _fill(canvas, _ridge(rng, 60, 4, 110), "snow blue")
    for x in _spaced(rng, 34, 12):
        size = int(rng.integers(12, 20))
        _pine(canvas, x, 68, size, "leaf dark")
        _pine(canvas, x, 68 - size // 2, size // 2, "snow")
    _fill(canvas, _ridge(rng, 67, 2, 90), "snow")
    _speckle(canvas, rng, 18, 74, "snow blue")


def _underwater(canvas: Canvas, rng: np.random.Generator) -> None:
    canvas[:] = NUMBER["deep"]
    canvas[:52] = NUMBER["deep mid"]
    canvas[:24] = NUMBER["deep high"]
    for edge, above in ((24, "deep high"), (52, "deep mid")):
        canvas[edge, ::2] = NUMBER[above]
        canvas[edge + 1, 1::4] = NUMBER[above]
    for x in _spaced(rng, 70, 20):
        w, h = int(rng.integers(16, 30)), int(rng.integers(8, 18))
        for row in range(h):
            half = int(w / 2 * np.sqrt((row + 1) / h))
            _box(canvas, x - half, 82 - h + row, 2 * half, 1, "rock dark")
    _fill(canvas, _ridge(rng, 80, 2, 90), "seabed")
    for x in _spaced(rng, 24, 8):
        if rng.random() < 0.5:
            for row in range(int(rng.integers(16, 34))):
                _box(canvas, x + (row // 4 % 2), 82 - row, 3, 1, "kelp")
        else:
            h = int(rng.integers(7, 13))
            for dx in (-4, 0, 4):
                _box(canvas, x + dx, 83 - h + abs(dx), 2, h - abs(dx), "coral")
            _box(canvas, x - 4, 79, 10, 2, "coral")


def _moon(canvas: Canvas, rng: np.random.Generator) -> None:
    canvas[:] = NUMBER["space"]
    _fill(canvas, _ridge(rng, 58, 5, 90), "dust dark")
    _fill(canvas, _ridge(rng, 66, 2.5, 120), "dust")
    for x in _spaced(rng, 32, 12):
        y, w = int(rng.integers(72, 92)), int(rng.integers(8, 18))
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
