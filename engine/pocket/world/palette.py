"""The materials a background is painted with, and what each looks like at each time of day.

A background is an array of material numbers. The codec keeps its pixels in day colours; the
renderer swaps the palette, as old games did, so that night falls on the very same hills.
"""

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.scene import Place, Time

_SKY = {
    "sky high": ("4f9fe8", "5b3a86", "0b0e2c", "6f7fc4"),
    "sky": ("7cc0f6", "d0607c", "151b48", "c0a0cc"),
    "sky low": ("b4e0fc", "fba860", "262f6c", "ffd0b4"),
    "cloud": ("f6fbff", "f7b9a0", "39406f", "ffe9e0"),
}
#: Name → its colour by day; the other times are graded from it.
_MATTER = {
    "space": "07060f",
    "grass": "7ccf52",
    "grass dark": "54a53e",
    "hill": "3f9350",
    "leaf": "2c7a45",
    "leaf dark": "1a5438",
    "bark": "6b4830",
    "petal red": "e85470",
    "petal yellow": "fbe164",
    "sand": "f0cf86",
    "sand dark": "d8a95a",
    "dune": "e09a52",
    "mesa": "b8603c",
    "cactus": "3c8c4c",
    "rock": "8a8698",
    "rock dark": "625d74",
    "peak": "aab0c4",
    "snow": "f2f7fb",
    "snow blue": "c6dcf0",
    "ice": "96c4e6",
    "water": "2f7fd2",
    "water dark": "2362b0",
    "foam": "d4f0fa",
    "wall a": "7d88a8",
    "wall b": "a4788c",
    "wall c": "c99a7a",
    "roof": "524d70",
    "road": "3e3c4e",
    "line": "f4ecc0",
    "window": "cfe8f4",
    "deep": "1a4a90",
    "deep mid": "1f66ac",
    "deep high": "3590c8",
    "coral": "f0788c",
    "kelp": "2e8a74",
    "seabed": "c9b48a",
    "dust": "b6b4c0",
    "dust dark": "86849a",
    "crater": "5e5b72",
}
#: Multiplied into a day colour, then mixed toward the second colour by the last number.
_GRADES = {
    Time.SUNSET: ((0.98, 0.74, 0.66), (120, 40, 70), 0.12),
    Time.NIGHT: ((0.42, 0.48, 0.68), (24, 30, 84), 0.25),
    Time.DAWN: ((0.92, 0.82, 0.92), (255, 200, 190), 0.12),
}
#: What shines by itself after dark.
_GLOWS = {"window": "ffd768", "line": "d8d08c"}
#: What no sun reaches.
_UNLIT = ("space",)

MATERIALS: tuple[str, ...] = (*_SKY, *_MATTER)
NUMBER = {name: i for i, name in enumerate(MATERIALS)}
TIMES = tuple(Time)

_OPEN_SKY = ("sky high", "sky", "sky low", "cloud")
#: The only materials each place is painted with: decoding looks no further.
PLACE_MATERIALS: dict[Place, tuple[str, ...]] = {
    Place.MEADOW: (*_OPEN_SKY, "grass", "grass dark", "hill", "petal red", "petal yellow"),
    Place.FOREST: (*_OPEN_SKY, "grass", "grass dark", "leaf", "leaf dark", "bark"),
    Place.DESERT: (*_OPEN_SKY, "sand", "sand dark", "dune", "mesa", "cactus"),
    Place.MOUNTAINS: (*_OPEN_SKY, "rock", "rock dark", "snow", "hill", "grass", "leaf dark"),
    Place.SEA: (*_OPEN_SKY, "water", "water dark", "foam", "rock dark"),
    Place.CITY: (
        *_OPEN_SKY,
        "wall a",
        "wall b",
        "wall c",
        "roof",
        "road",
        "line",
        "window",
        "dust dark",
    ),
    Place.BEACH: (*_OPEN_SKY, "water", "foam", "sand", "sand dark", "leaf", "bark"),
    Place.ARCTIC: (*_OPEN_SKY, "snow", "snow blue", "ice", "leaf dark", "water dark"),
    Place.UNDERWATER: ("deep", "deep mid", "deep high", "coral", "kelp", "seabed", "rock dark"),
    Place.MOON: ("space", "dust", "dust dark", "crater"),
}


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _graded(day: tuple[int, int, int], time: Time) -> tuple[float, ...]:
    if time is Time.DAY:
        return day
    by, toward, share = _GRADES[time]
    return tuple((d * b) * (1 - share) + t * share for d, b, t in zip(day, by, toward, strict=True))


def _colours() -> NDArray[np.uint8]:
    table = np.zeros((len(TIMES), len(MATERIALS), 3))
    for name, i in NUMBER.items():
        for t, time in enumerate(TIMES):
            if name in _SKY:
                table[t, i] = _rgb(_SKY[name][t])
            elif name in _GLOWS and time in (Time.NIGHT, Time.SUNSET):
                table[t, i] = _rgb(_GLOWS[name])
            else:
                day = _rgb(_MATTER[name])
                table[t, i] = day if name in _UNLIT else _graded(day, time)
    return table.round().clip(0, 255).astype(np.uint8)


#: Colour of each material at each time, (times, materials, 3).
COLOURS = _colours()
DAY: NDArray[np.uint8] = COLOURS[0]


def light_sprite(rgb: NDArray[np.uint8], time: Time) -> NDArray[np.uint8]:
    """A sprite's colours in that light: half as strong as the land's, so that it stands out."""
    if time is Time.DAY:
        return rgb
    by, toward, share = _GRADES[time]
    lit = rgb * (np.array(by) * 0.45 + 0.55) * (1 - share / 2) + np.array(toward) * share / 2
    return lit.round().clip(0, 255).astype(np.uint8)
