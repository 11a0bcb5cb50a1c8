# ruff: noqa: E501
"""A prompt that is being rewritten: what is said anew takes the place of what was about the same.

What has no place of its own is said after the rest.
"""

import re

from bots.studio.director import nouns, phrases, slots
from bots.studio.director.placing import placed, shown_of
from bots.studio.director.slots import Part, Slot
from bots.studio.director.text import fold, unique

#: What an instruction calls the whole clip.
PRONOUN = r"(?:it|this|that|him|her|them|everything|the (?:scene|clip|video|whole thing|shot|background|setting|time|weather|style|look|camera|light|lighting|season)|le|la|les|l'|ca|tout|le (?:clip|decor|fond|style|temps|plan)|la (?:scene|video|lumiere|camera|saison)|l'(?:action|ambiance|image)|on|nous|us)"
#: Words that say nothing by themselves.
FILLER = re.compile(
    r"(?:(?:in|at|on|make|add|with|a|an|the|of|to|and|it|is|be|all|as|style|version|look|more|very|set|but|same|en|de|du|la|le|un|une|et|avec|au|sous|plus|tres|a l'|mode|d'une|par|some|heavy|really|super|now|still|bit|vibes?|scene|setting|clip|shot|just|switch|go|use|then|camera|fais|mets|passe|do|it's|like|movie|film|facon|version|so|ca|want)(?!\w)|[^\w])+"
)
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|many|deux|trois|quatre|cinq|sept|huit|neuf|dix|plusieurs"


class Draft:
    """The prompt as it is now, and how words are put into it."""

    def __init__(self, prompt: str, french: bool, *, alone: bool) -> None:
        self.prompt, self.french, self.alone = prompt, french, alone

    def _set(self, words: str, *, bare: bool = False, also: frozenset[Slot] = frozenset()) -> str:
        """The words take the place of all in the prompt that is about the same."""
        plain = fold(words)
        parts = parts_of(words, bare=phrases.is_weather(plain))
        if not parts:
            return self._unplaced(words, plain, bare=bare)
        about = frozenset(slot for part in parts for slot in part.slots)
        about |= _implied(plain, about) | also
        pieces = unique(phrases.said(words[p.start : p.end], plain[p.start : p.end]) for p in parts)
        said = _joined(pieces) if covered(words) or phrases.is_weather(plain) else words
        return placed(self.prompt, about, said)

    def _unplaced(self, words: str, plain: str, *, bare: bool) -> str:
        shown = shown_of(self.prompt)
        noun = nouns.first(shown)
        base = phrases.BASES.get(plain, plain)
        if noun and base in phrases.COLOURS:
            return nouns.described(self.prompt, noun, words, french=self.french, colour=True)
        if (
            bare
            and self.alone
            and noun
            and re.fullmatch(r"(?:a|an|un|une) (?:[\w'-]+ ){0,2}[\w'-]+", plain)
        ):
            return nouns.replaced(self.prompt, noun, words, french=self.french)
        if noun and (number := re.fullmatch(rf"(?:{_NUMBERS}) ([\w-]+)", plain)):
            same = nouns.find(shown, number[1], french=self.french)
            if same:
                return nouns.replaced(self.prompt, same, words, french=self.french)
        return self._also(words)

    def _also(self, words: str, *, comma: bool = True) -> str:
        """The prompt with the words after it."""
        if not self.prompt:
            return words
        joint = (
            ", " if comma or re.search(r"[.,;!?:\"”»]$", self.prompt) or "," in self.prompt else " "
        )
        joint = " " if re.search(r"[.!?]$", self.prompt) else joint
        return f"{self.prompt}{joint}{words}"

    def _first_name(self, noun: nouns.Noun) -> str:
        name = self.prompt[noun.noun : noun.noun_end]
        if not self.french:
            return f"the {name}"
        return f"{'la' if noun.article in ('une', 'la') else 'le'} {name}"


def parts_of(words: str, *, bare: bool = False) -> list[Part]:
    plain = shown_of(words)
    if bare and phrases.is_weather(plain.strip()):
        return [Part(frozenset({Slot.WEATHER}), 0, len(words))]
    return slots.find(words, plain)


def covered(words: str) -> bool:
    """Whether the words are parts and nothing else: "a sunny afternoon", but not "a rainy dog"."""
    parts = parts_of(words)
    left, at = [], 0
    plain = shown_of(words)
    for part in parts:
        left.append(plain[at : part.start])
        at = part.end
    left.append(plain[at:])
    return bool(parts) and all(not piece.strip() or FILLER.fullmatch(piece) for piece in left)


def is_quality(plain: str) -> bool:
    return plain in phrases.COLOURS or plain in phrases.ADJECTIVES


def _implied(plain: str, about: frozenset[Slot]) -> frozenset[Slot]:
    """What else gives way: a sunny day ends the rain, the night ends the sunshine."""
    if Slot.WEATHER in about and re.search(
        r"sunny|ensoleille|soleil(?! couchant)|sunshine|clear sk|blue sk", plain
    ):
        return frozenset({Slot.HOUR})
    if Slot.HOUR in about and re.search(r"plein soleil|grand soleil", plain):
        return frozenset({Slot.WEATHER})
    return frozenset()


def _joined(pieces: tuple[str, ...]) -> str:
    return (
        " ".join(pieces)
        if all(
            re.match(r"(?:at|in|on|by|under|while|sous|dans|la|le|de|au|à|par|sur|en) ", p)
            for p in pieces
        )
        else ", ".join(pieces)
    )
