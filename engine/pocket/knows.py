"""What Pocket knows, for people: names by group in English and French, and a picture of it.

Made from the world's own tables, so it never falls behind them. No model is needed.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from numpy.typing import NDArray

from engine.pocket.render import Grid, Layers, draw
from engine.pocket.world.motion import absent, camera_code, light_code
from engine.pocket.world.palette import DAY
from engine.pocket.world.places import HEIGHT, paint
from engine.pocket.world.scene import Camera, Colour, Motion, Place, Time, Weather
from engine.pocket.world.sprites import sprite
from engine.pocket.world.subjects import SUBJECTS

Language = Literal["en", "fr"]


class Group(StrEnum):
    """A kind of thing that a prompt can name."""

    SUBJECTS = "subjects"
    COLOURS = "colours"
    PLACES = "places"
    TIMES = "times"
    WEATHERS = "weathers"
    MOTIONS = "motions"
    CAMERAS = "cameras"


@dataclass(frozen=True)
class Name:
    """One thing that Pocket knows, as people call it."""

    #: The value of its enum, or the subject's name.
    key: str
    english: str
    french: str


_FRENCH: dict[StrEnum, str] = {
    Colour.RED: "rouge",
    Colour.ORANGE: "orange",
    Colour.YELLOW: "jaune",
    Colour.GREEN: "vert",
    Colour.BLUE: "bleu",
    Colour.PURPLE: "violet",
    Colour.PINK: "rose",
    Colour.WHITE: "blanc",
    Colour.BLACK: "noir",
    Colour.BROWN: "marron",
    Place.MEADOW: "prairie",
    Place.FOREST: "forêt",
    Place.DESERT: "désert",
    Place.MOUNTAINS: "montagnes",
    Place.SEA: "mer",
    Place.CITY: "ville",
    Place.BEACH: "plage",
    Place.ARCTIC: "banquise",
    Place.UNDERWATER: "sous l'eau",
    Place.MOON: "lune",
    Time.DAY: "jour",
    Time.SUNSET: "coucher du soleil",
    Time.NIGHT: "nuit",
    Time.DAWN: "aube",
    Weather.CLEAR: "beau temps",
    Weather.RAIN: "pluie",
    Weather.SNOW: "neige",
    Weather.FOG: "brouillard",
    Motion.STILL: "immobile",
    Motion.RIGHT: "va à droite",
    Motion.LEFT: "va à gauche",
    Motion.UP: "monte",
    Motion.DOWN: "descend",
    Motion.HOP: "saute",
    Motion.SPIN: "tourne",
    Motion.DANCE: "danse",
    Motion.SHAKE: "tremble",
    Motion.CIRCLE: "tourne en rond",
    Camera.STATIC: "caméra fixe",
    Camera.PUSH_IN: "zoom avant",
    Camera.PULL_BACK: "zoom arrière",
    Camera.PAN_LEFT: "panoramique à gauche",
    Camera.PAN_RIGHT: "panoramique à droite",
    Camera.TILT_UP: "panoramique vers le haut",
    Camera.TILT_DOWN: "panoramique vers le bas",
    Camera.HANDHELD: "caméra à l'épaule",
}
_ENGLISH: dict[StrEnum, str] = {
    Motion.STILL: "stands still",
    Motion.RIGHT: "moves right",
    Motion.LEFT: "moves left",
    Motion.UP: "rises",
    Motion.DOWN: "comes down",
    Motion.HOP: "hops",
    Motion.SPIN: "spins",
    Motion.DANCE: "dances",
    Motion.SHAKE: "shakes",
    Motion.CIRCLE: "circles",
    Camera.STATIC: "static camera",
    Camera.HANDHELD: "handheld camera",
}
_ENUMS: dict[Group, tuple[StrEnum, ...]] = {
    Group.COLOURS: tuple(c for c in Colour if c is not Colour.NATURAL),
    Group.PLACES: tuple(Place),
    Group.TIMES: tuple(Time),
    Group.WEATHERS: tuple(Weather),
    Group.MOTIONS: tuple(Motion),
    Group.CAMERAS: tuple(Camera),
}


def known() -> dict[Group, tuple[Name, ...]]:
    """Everything Pocket knows, in the order that people are shown it."""
    subjects = tuple(subject_name(s.name) for s in SUBJECTS)
    return {
        Group.SUBJECTS: subjects,
        **{
            group: tuple(Name(v.value, _ENGLISH.get(v, v.value), _FRENCH[v]) for v in values)
            for group, values in _ENUMS.items()
        },
    }


def subject_name(subject: str) -> Name:
    """What people call a subject; raises KeyError for one that Pocket does not draw."""
    found = next((s for s in SUBJECTS if s.name == subject), None)
    if found is None:
        raise KeyError(subject)
    return Name(subject, subject, found.french[0] if found.french else subject)


# -- the picture

_CELL_W, _CELL_H = 104, 92
_ACROSS = 8
_SCALE = 2
_PAPER, _INK = (34, 32, 46), (238, 236, 228)


def picture(language: Language) -> bytes:
    """A PNG of the subjects, places, times, weathers and colours, each with its name."""
    names = known()
    cells: list[tuple[NDArray[np.uint8], str]] = []
    for group, drawn in _DRAWN.items():
        for name in names[group]:
            label = name.english if language == "en" else name.french
            cells.append((drawn(name.key), label))
    rows = -(-len(cells) // _ACROSS)
    page = PIL.Image.new("RGB", (_ACROSS * _CELL_W, rows * _CELL_H), _PAPER)
    pen = PIL.ImageDraw.Draw(page)
    # Pillow's own bitmap font has the letters of Latin-1; its outlined one has no accents.
    font = PIL.ImageFont.load_default_imagefont()
    for i, (art, label) in enumerate(cells):
        left, top = i % _ACROSS * _CELL_W, i // _ACROSS * _CELL_H
        page.paste(PIL.Image.fromarray(art), (left + (_CELL_W - art.shape[1]) // 2, top + 5))
        drawable = label.replace("œ", "oe")
        room = _CELL_W - round(pen.textlength(drawable, font))
        pen.text((left + room // 2, top + _CELL_H - 18), drawable, fill=_INK, font=font)
    made = io.BytesIO()
    page.save(made, "PNG", optimize=True)
    return made.getvalue()


def _big(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return small.repeat(_SCALE, 0).repeat(_SCALE, 1)


def _subject(key: str, colour: Colour = Colour.NATURAL) -> NDArray[np.uint8]:
    art = sprite(key, colour)
    solid = art[..., 3:] > 0
    paper = np.array((_PAPER,), np.uint8)
    return _big(np.where(solid, art[..., :3], paper).astype(np.uint8))


def _colour(key: str) -> NDArray[np.uint8]:
    return _subject("balloon", Colour(key))


def _place(key: str) -> NDArray[np.uint8]:
    canvas = paint(Place(key), np.random.default_rng(5))
    return DAY[canvas][HEIGHT - 84 : HEIGHT - 16, 40:136]


def _lit(time: Time, weather: Weather) -> NDArray[np.uint8]:
    rng = np.random.default_rng(5)
    nobody = np.stack([absent()] * 3)
    layers = Layers(
        paint(Place.MEADOW, rng),
        np.zeros((3, 32, 32, 4), np.uint8),
        nobody,
        camera_code(Camera.STATIC, rng),
        light_code(time, weather, rng),
    )
    return draw(layers, Grid(96, 68, 1), share=0, at=1.0, length=4)


def _time(key: str) -> NDArray[np.uint8]:
    return _lit(Time(key), Weather.CLEAR)


def _weather(key: str) -> NDArray[np.uint8]:
    return _lit(Time.DAY, Weather(key))


_DRAWN: dict[Group, Callable[[str], NDArray[np.uint8]]] = {
    Group.SUBJECTS: _subject,
    Group.PLACES: _place,
    Group.TIMES: _time,
    Group.WEATHERS: _weather,
    Group.COLOURS: _colour,
}
