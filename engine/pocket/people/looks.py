"""What somebody always wears, from their own words in English or French: "always with my red hat".

Only what Pocket can draw on a person is read; the rest of the words changes nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from engine.pocket.people.colours import Rgb
from engine.pocket.world import synonyms, words
from engine.pocket.world.scene import Colour
from engine.pocket.world.sprites import tone


class Wear(StrEnum):
    """Something that is drawn on a person."""

    CAP = "cap"
    BEANIE = "beanie"
    TOP_HAT = "top hat"
    CROWN = "crown"
    HEADSCARF = "headscarf"
    HAT = "hat"
    SUNGLASSES = "sunglasses"
    GLASSES = "glasses"
    SCARF = "scarf"
    TIE = "tie"
    BOW = "bow"
    CAPE = "cape"
    MOUSTACHE = "moustache"
    BEARD = "beard"
    HAIR = "hair"
    TOP = "top"
    TROUSERS = "trousers"


@dataclass(frozen=True)
class Worn:
    """A thing worn, and its colour where the words say one."""

    what: Wear
    colour: Rgb | None


#: Longer names first: "sunglasses" are no glasses.
_NAMES: Mapping[Wear, str] = {
    Wear.TOP_HAT: r"top hat|haut de forme",
    Wear.HEADSCARF: r"head ?scarf|hijab|veil|voile|foulard sur la tete|turban",
    Wear.BEANIE: r"beanie|wool(?:ly|en)? hat|bobble hat|tuque|bonnet",
    Wear.CAP: r"cap|baseball cap|casquette|beret",
    Wear.CROWN: r"crown|tiara|couronne|diademe",
    Wear.HAT: r"hat|fedora|straw hat|cowboy hat|chapeau",
    Wear.SUNGLASSES: r"sun ?glasses|shades|lunettes (?:de soleil|noires)",
    Wear.GLASSES: r"glasses|spectacles|lunettes",
    Wear.SCARF: r"scarf|echarpe|foulard|bandana",
    Wear.TIE: r"tie|necktie|cravate",
    Wear.BOW: r"bow|ribbon|flower in my hair|noeud|ruban|fleur dans les cheveux",
    Wear.CAPE: r"cape|cloak",
    Wear.MOUSTACHE: r"mou?stache",
    Wear.BEARD: r"beard|barbe",
    Wear.HAIR: r"hair|cheveux",
    Wear.TOP: r"(?:t ?)?shirt|jacket|coat|dress|hoodie|sweater|jumper|pullover|suit|cardigan|top"
    r"|blouse|pull|chemise|veste|manteau|robe|costume|sweat|gilet|blouson",
    Wear.TROUSERS: r"trousers|pants|jeans|shorts|leggings|skirt|pantalon|jean|jupe",
}  # fmt: skip
#: Letters between a thing and what is said of it at most: "a red woolly hat".
_REACH = 24
_NOT = re.compile(r"\b(?:no|not|never|without|sans|pas d[e ]|jamais|ni)\b[^,.;]{0,12}$")


def read(said: str) -> tuple[Worn, ...]:
    """What the words say is worn, each thing once, in the order of `Wear`."""
    text = _folded(said)
    found: dict[Wear, Worn] = {}
    for what, names in _NAMES.items():
        for match in re.finditer(rf"\b(?:{names})\b", text):
            if not _NOT.search(text[: match.start()]):
                found.setdefault(what, Worn(what, _colour_near(text, *match.span())))
        # What was read is not read again: a woolly hat is no other hat besides.
        text = re.sub(rf"\b(?:{names})\b", lambda each: "_" * len(each[0]), text)
    return tuple(found[what] for what in Wear if what in found)


def _colour_near(text: str, start: int, end: int) -> Rgb | None:
    """The colour said just before the thing, or just after it as French does."""
    before = re.split(r"[,.;_]|\band\b|\bet\b", text[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[,.;_]|\band\b|\bet\b|\bwith\b|\bavec\b", text[end : end + _REACH])[0]
    told = [*_colours().findall(before)[-1:], *_colours().findall(after)[:1]]
    return tone(_named()[told[0]]) if told else None


@cache
def _named() -> dict[str, Colour]:
    """Every word for a colour."""
    named: dict[str, Colour] = {}
    for colour, said in words.COLOURS.items():
        for word in (*said, *synonyms.COLOURS.get(colour, "").split(",")):
            if colour is not Colour.NATURAL and (folded := _folded(word).strip()):
                named.setdefault(folded, colour)
    return named


@cache
def _colours() -> re.Pattern[str]:
    longest = sorted(_named(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})s?\b")


def _folded(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return re.sub(r"[-'’]", " ", bare)
