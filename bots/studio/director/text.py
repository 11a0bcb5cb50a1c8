"""Text as the director reads it: folded letter for letter, so that places in both agree.

Every table of cues is compiled here to one pattern with bounded repeats: reading is linear in the
length of the words, whatever they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Stands for a letter of spoken words while the rest is read; `clean` keeps it out of prompts.
HIDDEN = "\x01"
#: Before the first word of a clause: nothing, punctuation, or a line's beginning.
CLAUSE = r"(?<![\w\"')\]\x01] )(?<![\w\x01])"

_LIKE = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "´": "'", "`": "'", "\u00a0": " ", "\u202f": " "}
)
_NEGATED = re.compile(
    r"(?:\bno|\bnot|\bnon|\bwithout|\bsans|\bpas d[e'u]s?|\bdon't|\bnever|\baucun|\bzero) ?$"
)
_FRENCH = re.compile(
    r"(?<!\w)(?:le|la|les|un|une|des|du|au|aux|et|est|dans|sur|avec|sans|qui|que|mais|mets|met|fais|rends"
    r"|ajoute|enleve|retire|pareil|meme|plus|pas|moi|puis|pour|par|en|de|à|il|elle|sous|ou|ce|cette)"
    r"(?!\w)|(?<!\w)[ldsnjmcq]u?'(?=\w)|[éèêàùçœî]",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?<!\w)(?:the|a|an|and|is|in|on|with|without|who|that|but|make|add|remove|same|more|no|me|then"
    r"|for|by|at|of|it|to|under|as|from|put|into)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """Something understood, and where it stands."""

    value: str
    #: Characters from the beginning of the text; `end` is the first after it.
    start: int
    end: int


class Finder:
    """A table of cues, value → pattern of folded text, found in one pass; the first listed wins."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._values = list(table)
        groups = (f"(?P<c{n}>{table[value]})" for n, value in enumerate(self._values))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")

    def find(self, folded: str) -> list[Cue]:
        """What is said in the folded text, in its order; what is denied ("no zoom") is not."""
        return [cue for cue, denied in self.find_all(folded) if not denied]

    def find_all(self, folded: str) -> list[tuple[Cue, bool]]:
        """As `find`, with what is denied, told by True."""
        found = []
        for match in self._pattern.finditer(folded):
            value = self._values[int(str(match.lastgroup)[1:])]
            denied = bool(_NEGATED.search(folded, max(0, match.start() - 12), match.start()))
            found.append((Cue(value, match.start(), match.end()), denied))
        return found


def clean(words: str) -> str:
    """The words in composed form, without control characters; lines stay lines."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(c if c == "\n" or c >= " " else " " for c in composed).strip()


def fold(text: str) -> str:
    """The text in lower case without accents, each letter where it was."""
    return "".join(_folded(c) for c in text.translate(_LIKE))


def word_set(words: str) -> frozenset[str]:
    """The words between spaces."""
    return frozenset(words.split())


def hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what stands in the spans hidden, letter for letter."""
    for start, end in spans:
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    return text


def is_french(text: str) -> bool:
    """Whether the words look French rather than English."""
    return len(_FRENCH.findall(text)) > len(_ENGLISH.findall(text))


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values without repeats, in their order."""
    return tuple(dict.fromkeys(values))


def tidy(text: str) -> str:
    """The text without the commas, spaces and small words that a cut leaves behind."""
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    text = re.sub(r"(?: ?[,;]){2,}", ",", text)
    text = re.sub(r" ([,.])", r"\1", text)
    text = re.sub(r",? (?:and|et|with|avec|but|mais)(?=[,.;]|$)", "", text)
    text = re.sub(r"([.!?;:]),", r"\1", text)
    return text.strip(" ,;\n")


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0] if letter > "~" else letter
    lower = base.lower()
    return lower if len(lower) == 1 else lower[0]
