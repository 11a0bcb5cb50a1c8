"""What Pocket can put on a person: hats, glasses, scarves and the like, drawn over the sprite.

Each thing has a colour of its own for words that name none.
"""

from collections.abc import Callable, Collection, Mapping

from engine.pocket.people.colours import Rgb
from engine.pocket.people.looks import Wear, Worn
from engine.pocket.people.paper import Sprite, darker, lighter, put
from engine.pocket.world.sprites import INK

_RED, _BLUE, _GOLD, _GREY = (226, 66, 62), (72, 118, 206), (250, 202, 60), (86, 84, 104)
_BLACK, _STRAW, _WINE = (52, 46, 66), (178, 124, 72), (150, 52, 78)

Draw = Callable[[Sprite, Rgb], None]


def dress(sprite: Sprite, worn: Collection[Worn]) -> None:
    """Put everything on that goes over what is drawn."""
    for each in worn:
        if each.what in _THINGS:
            usual, draw = _THINGS[each.what]
            draw(sprite, each.colour or usual)


def glasses(sprite: Sprite, colour: Rgb) -> None:
    """Two frames around the eyes, dark enough to be seen on any face."""
    frame = colour if sum(colour) < 330 else darker(darker(colour))
    for left in (11, 17):
        for row in (10, 14):
            put(sprite, row, slice(left, left + 5), frame)
        for column in (left, left + 4):
            put(sprite, slice(10, 15), column, frame)
    put(sprite, 12, 16, frame)


def cape(sprite: Sprite, colour: Rgb | None) -> None:
    """Behind everything, wider than who wears it."""
    drawn = colour or _RED
    for row in range(19, 29):
        reach = 8 + (row - 19) // 4
        put(sprite, row, slice(16 - reach, 16 + reach), darker(drawn) if row > 26 else drawn)


def _dome(sprite: Sprite, colour: Rgb, *, bottom: int) -> None:
    """A round cover of the head down to the row `bottom`; what stuck out above it is gone."""
    sprite[:bottom] = 0
    for row in range(1, bottom + 1):
        first = {1: 13, 2: 11, 3: 10}.get(row, 9)
        put(sprite, row, slice(first, 32 - first), colour)
        put(sprite, row, slice(30 - first, 32 - first), darker(colour))
    put(sprite, slice(3, 5), slice(12, 14), lighter(colour))


def _cap(sprite: Sprite, colour: Rgb) -> None:
    _dome(sprite, colour, bottom=6)
    put(sprite, 7, slice(10, 26), darker(colour))
    put(sprite, 6, slice(20, 26), darker(colour))
    put(sprite, 1, 15, darker(colour))


def _beanie(sprite: Sprite, colour: Rgb) -> None:
    _dome(sprite, colour, bottom=6)
    put(sprite, slice(6, 8), slice(9, 23), lighter(colour))
    for column in range(9, 23, 2):
        put(sprite, slice(6, 8), column, colour)
    put(sprite, slice(0, 2), slice(14, 18), lighter(colour))


def _hat(sprite: Sprite, colour: Rgb) -> None:
    sprite[:6] = 0
    put(sprite, slice(1, 6), slice(11, 21), colour)
    put(sprite, slice(1, 6), slice(19, 21), darker(colour))
    put(sprite, 5, slice(11, 21), darker(darker(colour)))
    put(sprite, slice(6, 8), slice(6, 26), colour)
    put(sprite, 7, slice(6, 26), darker(colour))


def _top_hat(sprite: Sprite, colour: Rgb) -> None:
    sprite[:6] = 0
    put(sprite, slice(1, 6), slice(11, 21), colour)
    put(sprite, slice(1, 5), slice(12, 14), lighter(colour))
    put(sprite, 5, slice(11, 21), _WINE)
    put(sprite, 6, slice(8, 24), colour)


def _crown(sprite: Sprite, colour: Rgb) -> None:
    sprite[:4] = 0
    put(sprite, slice(4, 7), slice(10, 22), colour)
    for column in (10, 13, 15, 16, 18, 21):
        put(sprite, slice(2, 4), column, colour)
    put(sprite, 6, slice(10, 22), darker(colour))
    put(sprite, 5, slice(15, 17), _RED)


def _headscarf(sprite: Sprite, colour: Rgb) -> None:
    for row in range(2, 20):
        reach = {2: 5, 3: 7, 4: 8}.get(row, 9 if row < 17 else 8)
        first, last = 16 - reach, 15 + reach
        sprite[row, :first] = sprite[row, last + 1 :] = 0
        inner = 5 if 9 <= row < 16 else (4 if row in (8, 16) else 0)
        put(sprite, row, slice(first, 16 - inner), colour)
        put(sprite, row, slice(16 + inner, last + 1), colour)
        put(sprite, row, last, darker(colour))
    put(sprite, 18, slice(11, 20), darker(colour))


def _sunglasses(sprite: Sprite, colour: Rgb) -> None:
    put(sprite, 11, slice(10, 22), colour)
    for left in (11, 17):
        put(sprite, slice(11, 14), slice(left, left + 4), colour)
        put(sprite, 12, left + 1, lighter(colour))


def _scarf(sprite: Sprite, colour: Rgb) -> None:
    put(sprite, slice(18, 20), slice(11, 21), colour)
    put(sprite, 19, slice(11, 21), darker(colour))
    put(sprite, slice(20, 25), slice(12, 15), colour)
    put(sprite, 24, slice(12, 15), darker(colour))


def _tie(sprite: Sprite, colour: Rgb) -> None:
    put(sprite, 19, slice(15, 17), darker(colour))
    put(sprite, slice(20, 24), slice(15, 17), colour)


def _bow(sprite: Sprite, colour: Rgb) -> None:
    put(sprite, slice(2, 6), slice(9, 11), colour)
    put(sprite, slice(2, 6), slice(13, 15), colour)
    put(sprite, slice(3, 5), slice(11, 13), darker(colour))


_THINGS: Mapping[Wear, tuple[Rgb, Draw]] = {
    Wear.GLASSES: (_GREY, glasses),
    Wear.SUNGLASSES: (INK, _sunglasses),
    Wear.HEADSCARF: (_WINE, _headscarf),
    Wear.CAP: (_BLUE, _cap),
    Wear.BEANIE: (_RED, _beanie),
    Wear.HAT: (_STRAW, _hat),
    Wear.TOP_HAT: (_BLACK, _top_hat),
    Wear.CROWN: (_GOLD, _crown),
    Wear.SCARF: (_RED, _scarf),
    Wear.TIE: (_RED, _tie),
    Wear.BOW: (_RED, _bow),
}
