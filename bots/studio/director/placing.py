# ruff: noqa: E501
"""Where new words go in a prompt, and which old ones give way to them.

A phrase about the same thing is replaced where it stands; else the words come last.
"""

import re

from bots.studio.director import dialogue, phrases, slots
from bots.studio.director.slots import Part, Slot
from bots.studio.director.text import fold, hide, tidy

_HOURS_NOT_SUNNY = re.compile(
    r"night|nuit|midnight|minuit|evening|dusk|dawn|moon|lune|star|etoil|rain|snow|storm|fog|pluie|pleu|neige|orage|sombre|dark"
)
# What reads on after a noun without a comma: "a fox | at night".
_FITS = re.compile(
    r"(?:at|in|on|by|under|while|through|over|inside|near|down|across|underwater|outside|sous|dans|a|au|aux|sur|par|en|de|la nuit|le matin|le soir|l'apres)(?!\w)"
)


def shown_of(text: str) -> str:
    """The text folded, with what is said aloud hidden."""
    folded = fold(text)
    return hide(folded, [(quote.start, quote.end) for quote in dialogue.find(text, folded)])


def placed(prompt: str, about: frozenset[Slot], words: str) -> str:
    """The words where the first part about the same stood, the others gone; else at the end."""
    shown = shown_of(prompt)
    old = _giving_way(prompt, shown, about, words)
    place = next(
        (
            part
            for part in old
            if _FITS.match(fold(words))
            and _is_phrase(shown, part)
            and not _at_the_head(shown, part)
        ),
        None,
    )
    for part in reversed(old):
        if part is place:
            left = _left_of(prompt, shown, part, about)
            prompt = f"{prompt[: part.start]}{' '.join(w for w in (words, left) if w)}{prompt[part.end :]}"
        else:
            prompt = without_part(prompt, shown, part, about)
    prompt = tidy(prompt)
    if place is not None:
        return prompt
    return f"{prompt}, {words}" if prompt else words


def dropped(prompt: str, about: frozenset[Slot]) -> str:
    """The prompt without its parts about those slots."""
    shown = shown_of(prompt)
    for part in reversed(_giving_way(prompt, shown, about, "")):
        prompt = without_part(prompt, shown, part, about)
    return tidy(prompt)


def without_part(prompt: str, shown: str, part: Part, about: frozenset[Slot]) -> str:
    """The prompt without the part; what it says beside those slots stays ("a rainy | night")."""
    left = _left_of(prompt, shown, part, about)
    return f"{prompt[: part.start]} {left} {prompt[part.end :]}"


def _giving_way(prompt: str, shown: str, about: frozenset[Slot], words: str) -> list[Part]:
    """The parts about those slots, and sunshine where the words bring night or rain."""
    dark = bool(_HOURS_NOT_SUNNY.search(fold(words)))
    found = []
    for part in slots.find(prompt, shown):
        said = shown[part.start : part.end]
        bright = bool(
            re.search(r"sunny|sunlit|ensoleille|soleil(?! couchant)|blue sky|sunshine", said)
        )
        if part.slots & about and not _looked_at(shown, part):
            only_light = (
                bright
                and Slot.HOUR in part.slots
                and Slot.WEATHER in about
                and not dark
                and not about & {Slot.HOUR}
            )
            if not only_light:
                found.append(part)
    return found


def _looked_at(shown: str, part: Part) -> bool:
    """ "Looking at the sky" is no place to be."""
    before = shown[: part.start][-14:]
    return bool(
        re.search(r"(?:look|star|gaz|howl|bark|point|shout|regarde|hurle|fixe)\w{0,4} $", before)
    )


def _is_phrase(shown: str, part: Part) -> bool:
    """Whether the part stands by itself, and is not a word before its noun ("a rainy street")."""
    said = shown[part.start : part.end]
    following = re.match(r" (\w+)", shown[part.end :])
    small = {
        "in",
        "on",
        "at",
        "with",
        "and",
        "of",
        "over",
        "by",
        "while",
        "dans",
        "sur",
        "et",
        "avec",
        "a",
        "au",
        "under",
        "near",
        "as",
        "en",
        "sous",
        "where",
        "the",
        "pres",
        "through",
        "to",
        "for",
    }
    return " " in said or following is None or following[1] in small


def _at_the_head(shown: str, part: Part) -> bool:
    """Whether the part is what an article begins: "a | rainy night"."""
    return bool(re.search(r"(?<!\w)(?:a|an|the|un|une|le|la) $", shown[: part.start]))


def _left_of(prompt: str, shown: str, part: Part, about: frozenset[Slot]) -> str:
    """What stays of a part of two slots when one of them is said anew."""
    said = shown[part.start : part.end]
    if Slot.HOUR in about and Slot.WEATHER in part.slots and Slot.WEATHER not in about:
        return phrases.weather_left(said)
    if Slot.WEATHER in about and Slot.HOUR in part.slots and Slot.HOUR not in about:
        return phrases.hour_left(said)
    return ""
