"""Drawing somebody as Pocket draws people: a large head with simple eyes on a small body.

A sprite is 32 × 32 RGBA, facing right, its feet on the row above the last, with the dark line
around it that all of Pocket's sprites have. Colours are made a little brighter than they were seen.
"""

import colorsys
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from engine.pocket.people import wardrobe
from engine.pocket.people.colours import Rgb
from engine.pocket.people.grid import Mask
from engine.pocket.people.looks import Wear, Worn
from engine.pocket.people.paper import Sprite, darker, outlined, put
from engine.pocket.people.reading import Face
from engine.pocket.world.sprites import INK, SIZE

#: First and last column of the face in each of its rows, from the skull to the chin.
_HEAD = {
    3: (12, 19), 4: (11, 20), 5: (11, 20), 6: (10, 21), 7: (10, 21), 8: (10, 21), 9: (10, 21),
    10: (10, 21), 11: (10, 21), 12: (10, 21), 13: (10, 21), 14: (10, 21), 15: (10, 21),
    16: (11, 20), 17: (12, 19),
}  # fmt: skip
#: First columns of the eyes.
_EYES = (13, 18)
_WHITE, _MOUTH, _SHOES = (255, 255, 255), (150, 56, 62), (58, 48, 66)
_DARK_LEGS, _LIGHT_LEGS = (56, 66, 112), (112, 116, 140)


def draw(face: Face, worn: Collection[Worn] = (), *, waves: bool = False) -> Sprite:
    """Somebody with that face, wearing that; an arm up where they wave."""
    sprite = np.zeros((SIZE, SIZE, 4), np.uint8)
    wears = {each.what: each.colour for each in worn}
    skin, shades = _brighter(face.skin), _shades(face, wears)
    if Wear.CAPE in wears:
        wardrobe.cape(sprite, wears[Wear.CAPE])
    _hang(sprite, face.hair, shades)
    _body(sprite, face, skin, wears, waves=waves)
    _head(sprite, skin)
    _hair(sprite, face.hair, shades)
    _beard(sprite, face, wears)
    _features(sprite, face, skin)
    if face.glasses and Wear.GLASSES not in wears and Wear.SUNGLASSES not in wears:
        wardrobe.glasses(sprite, face.glasses)
    wardrobe.dress(sprite, worn)
    return outlined(sprite)


def _shades(face: Face, wears: dict[Wear, Rgb | None]) -> NDArray[np.uint8]:
    """The hair's colours as they are drawn: the owner's words win over the picture."""
    drawn = face.shades.copy()
    dyed = wears.get(Wear.HAIR)
    for row, column in np.argwhere(face.hair):
        seen = _rgb(face.shades[row, column])
        if dyed is None:
            drawn[row, column] = _brighter(seen)
        else:
            dark = sum(seen) < sum(face.hair_colour or seen)
            drawn[row, column] = darker(dyed) if dark else dyed
    return drawn


def _hang(sprite: Sprite, hair: Mask, shades: NDArray[np.uint8]) -> None:
    """Long hair, behind the shoulders."""
    for row, column in np.argwhere(hair):
        if 17 <= row < 25:
            put(sprite, row, column, _rgb(shades[row, column]))


def _body(
    sprite: Sprite, face: Face, skin: Rgb, wears: dict[Wear, Rgb | None], *, waves: bool
) -> None:
    told = wears.get(Wear.TOP)
    top = told or _brighter(face.clothes)
    side, collar = darker(top), top if told else _brighter(face.collar)
    legs = wears.get(Wear.TROUSERS) or (_LIGHT_LEGS if sum(top) < 260 else _DARK_LEGS)
    put(sprite, slice(18, 20), slice(14, 18), darker(skin))
    put(sprite, slice(19, 26), slice(11, 21), top)
    for sleeve in (slice(9, 11), slice(21, 23)):
        put(sprite, slice(20, 24), sleeve, side)
        if sleeve.start < 16 or not waves:
            put(sprite, slice(24, 26), sleeve, skin)
    if waves:
        put(sprite, slice(22, 24), slice(21, 23), top)
        put(sprite, slice(20, 24), slice(21, 24), side)
        put(sprite, slice(16, 21), slice(24, 26), side)
        put(sprite, slice(13, 16), slice(24, 27), skin)
    put(sprite, slice(20, 26), 20, side)
    put(sprite, 19, slice(14, 18), collar)
    put(sprite, slice(20, 23), slice(15, 17), collar)
    put(sprite, 26, slice(11, 21), darker(legs))
    for leg in (slice(11, 15), slice(17, 21)):
        put(sprite, slice(26, 29), leg, legs)
    put(sprite, slice(29, 31), slice(11, 15), _SHOES)
    put(sprite, slice(29, 31), slice(17, 22), _SHOES)


def _head(sprite: Sprite, skin: Rgb) -> None:
    shade = darker(skin)
    for row, (first, last) in _HEAD.items():
        put(sprite, row, slice(first, last + 1), skin)
        if row > 7:
            put(sprite, row, last, shade)
    put(sprite, 17, slice(13, 19), shade)
    for ear in (9, 22):
        put(sprite, slice(11, 14), ear, shade)


def _hair(sprite: Sprite, hair: Mask, shades: NDArray[np.uint8]) -> None:
    for column in range(11, 21):
        rows = np.flatnonzero(hair[:8, column])
        # Nobody's scalp is seen above their hair or hat.
        if len(rows) and rows[0] > 3:
            top = 3 if 12 <= column <= 19 else 4
            put(sprite, slice(top, int(rows[0])), column, _rgb(shades[rows[0], column]))
    for row, column in np.argwhere(hair):
        over_the_face = row > 9 and 11 <= column <= 20
        if 1 <= row < 18 and not over_the_face:
            put(sprite, row, column, _rgb(shades[row, column]))


def _beard(sprite: Sprite, face: Face, wears: dict[Wear, Rgb | None]) -> None:
    own = face.hair_colour or _SHOES
    if face.beard or Wear.BEARD in wears:
        colour = wears.get(Wear.BEARD) or _brighter(face.beard or own)
        for row, first, last in (
            (13, 10, 10),
            (14, 10, 11),
            (15, 10, 21),
            (16, 11, 20),
            (17, 12, 19),
        ):
            put(sprite, row, slice(first, last + 1), colour)
            put(sprite, row, slice(31 - last, 32 - first), colour)
        put(sprite, 14, slice(14, 19), colour)
    elif Wear.MOUSTACHE in wears:
        put(sprite, 14, slice(13, 20), wears[Wear.MOUSTACHE] or darker(_brighter(own)))


def _features(sprite: Sprite, face: Face, skin: Rgb) -> None:
    bearded = sprite[15, 12, :3].tolist() != list(skin)
    hairy = sprite[14, 16, :3].tolist() != list(skin)
    for left in _EYES:
        put(sprite, slice(11, 14), slice(left, left + 2), INK)
        put(sprite, 11, left, _WHITE)
        if not face.hair[9, left]:
            put(sprite, 9, slice(left, left + 2), _brow(face, skin))
    put(sprite, 13, 16, darker(skin))
    put(sprite, 15, slice(15, 18), _MOUTH)
    if not hairy:
        put(sprite, 14, 14, _MOUTH)
        put(sprite, 14, 18, _MOUTH)
    if not bearded:
        put(sprite, 14, 12, _blush(skin))
        put(sprite, 14, 20, _blush(skin))


def _brow(face: Face, skin: Rgb) -> Rgb:
    """Between the hair's colour and the skin's, so that nobody frowns."""
    hair = _brighter(face.hair_colour) if face.hair_colour else darker(darker(skin))
    red, green, blue = (round(0.55 * a + 0.45 * b) for a, b in zip(hair, darker(skin), strict=True))
    return red, green, blue


def _rgb(pixel: NDArray[np.uint8]) -> Rgb:
    red, green, blue = pixel.astype(int).tolist()
    return red, green, blue


def _brighter(colour: Rgb) -> Rgb:
    """As Pocket's colours are: a little lighter and fuller than a camera's."""
    hue, light, full = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    light = min(0.94, light * 0.88 + 0.11)
    red, green, blue = colorsys.hls_to_rgb(hue, light, min(1.0, full * 1.2))
    return round(red * 255), round(green * 255), round(blue * 255)


def _blush(skin: Rgb) -> Rgb:
    red, green, blue = skin
    return min(255, round(red * 0.97 + 8)), round(green * 0.82), round(blue * 0.84)
