"""Choosing who renders a clip: the preset or the quality asked for, among what engines offer.

What is not on offer is said with the reason, and with what is.
"""

from collections.abc import Iterable

from aiosqlite import Connection

from bots.studio.errors import (
    KindNotOffered,
    PresetNotHere,
    PresetUnknown,
    QualityUnknown,
    Refusal,
)
from bots.studio.options import Options
from storage import offers
from storage.clips import ClipKind
from storage.offers import Offer

#: Characters of a name that nobody knows, as it is repeated.
MOST_REPEATED = 40


async def choose(
    db: Connection, known: list[Offer], options: Options, usual: str, kind: ClipKind
) -> Offer | None:
    """The offer of the preset or the quality asked for, else of the `usual` preset.

    None before any engine has told what it offers. Raises a Refusal.
    """
    if not known:
        return None
    if options.quality and not options.preset:
        return _of_quality(known, options.quality, usual, kind)
    preset = options.preset or usual
    offer = next((offer for offer in known if offer.preset == preset), None)
    if offer is None:
        raise await _refusal(db, preset, names(known))
    if kind not in offer.kinds:
        able = names(each for each in known if kind in each.kinds)
        raise KindNotOffered(title=offer.title, kind=kind, offered=able or "none")
    return offer


def names(offered: Iterable[Offer]) -> str:
    """The presets' names, for a sentence; empty for none."""
    return ", ".join(sorted(offer.preset for offer in offered))


async def _refusal(db: Connection, preset: str, offered: str) -> Refusal:
    if withheld := await offers.why_not(db, preset):
        gb = round(withheld.gb)
        return PresetNotHere(asked=preset, reason=withheld.reason, gb=gb, offered=offered)
    return PresetUnknown(asked=preset[:MOST_REPEATED], offered=offered)


def _of_quality(known: list[Offer], quality: str, usual: str, kind: ClipKind) -> Offer:
    """The usual preset where it is of that quality, else the quickest that is."""
    able = [offer for offer in known if kind in offer.kinds]
    fits = [offer for offer in able if offer.quality == quality]
    if not fits:
        offered = ", ".join(sorted({offer.quality for offer in able}))
        raise QualityUnknown(asked=quality, offered=offered or "-")
    return min(fits, key=lambda offer: (offer.preset != usual, offer.expected))
