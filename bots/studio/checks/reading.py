"""Reading words as someone would who is not fooled: look-alike letters, l e t t e r s set apart,
numbers for letters, and marks inside words are all undone.

A word may be read in more than one way ("n4ked": as it stands, and "naked"), so each is a set of
readings and the tables decide. Reading is linear in the length of the words and never raises.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from confusable_homoglyphs.confusables import confusables_data

#: Letters in a row, each apart from the next, that are read as one word.
FEWEST_APART = 3
#: Characters of one word that are looked at: no word of the tables is longer.
LONGEST_WORD = 40
#: Stars in a word ("p*rn") that are taken for vowels.
MOST_STARS = 2

# What Unicode's own table does not call confusable, and people use all the same.
_ALSO = {
    "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "п": "n", "и": "n", "я": "r",
    "з": "3", "ч": "4", "б": "6", "э": "e", "κ": "k", "τ": "t", "μ": "u", "η": "n", "ω": "w",
    "β": "b", "ε": "e", "θ": "o", "λ": "l", "χ": "x", "ς": "s", "δ": "d", "ᴀ": "a", "ʙ": "b",
    "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k",
    "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u",
    "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ɐ": "a", "ǝ": "e", "ᴉ": "i", "ɯ": "m", "ɹ": "r",
    "ʇ": "t", "ʌ": "v", "ʍ": "w", "ʎ": "y", "ɥ": "h", "ʞ": "k",
}  # fmt: skip
#: Letters in squares and circles, flags' letters, and tags, by the place of their A.
_ALPHABETS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6, 0xE0061)
#: Letters by themselves that hide nothing, but have no width or no ink.
_INKLESS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800"), " ")
_FOR_LETTERS = str.maketrans("013457869@$€£!|+µ¥¢", "oieastbgga" + "selilt" + "uyc")
_ELSE = str.maketrans("01345789@$€£!|+µ¥¢", "oleastbgasellltuyc")
_APOSTROPHES = str.maketrans("’‘‛´`ʼ＇", "'''''''")
_RUN = re.compile(r"(.)\1{2,}")
_CHUNK = re.compile(r"\S+")
_PARTS = re.compile(r"[a-z0-9@$€£!|+µ¥¢*]+")
_STOP = re.compile(r"[.!?;:\n]$")
_EDGE = "!|+*@"


@dataclass(frozen=True)
class Word:
    """One word of the text."""

    #: As it stands, without accents, in lower case.
    plain: str
    #: Every way to read it; `plain` is one.
    readings: frozenset[str]
    #: As it was typed, composed.
    typed: str
    #: A sentence ends with it.
    ends: bool


def read(text: str, knows: Callable[[str], bool] = lambda word: False) -> list[Word]:
    """The words of the text. `knows` says whether a word is of the tables.

    It is asked where letters stand apart or words together, which only the tables can part.
    """
    composed = _composed(text)
    return [
        Word(plain, _readings(plain, hidden, knows), typed, ends)
        for plain, hidden, typed, ends in _joined(_words(composed), knows)
    ]


def fold(text: str) -> str:
    """The text in plain lower-case Latin letters, without accents, look-alikes undone."""
    return "".join(map(_folded, _composed(text)))


def _composed(text: str) -> str:
    """NFKC without what has no width: a letter hidden in marks is that letter."""
    text = unicodedata.normalize("NFKC", text.translate(_INKLESS)).translate(_APOSTROPHES)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Me", "Cc", "Co")
                   or c in "\n\t\r" or ord(c) in _TAGS)  # fmt: skip


_TAGS = range(0xE0061, 0xE007B)


@cache
def _folded(letter: str) -> str:
    """The letter without accent, as the Latin one that it looks like."""
    if letter.isascii():
        return letter.lower()
    for first in _ALPHABETS:
        if first <= ord(letter) < first + 26:
            return chr(ord("a") + ord(letter) - first)
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return "".join(_latin(c) for c in base) or " "


def _latin(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    for form in (letter.lower(), letter):
        if form in _ALSO:
            return _ALSO[form]
        for like in confusables_data.get(form, ()):
            if like["c"].isascii() and like["c"].isalnum():
                return str(like["c"]).lower()
    return letter.lower()


#: plain, every other way to read it that is not made from `plain`, typed, ends
_Raw = tuple[str, tuple[str, ...], str, bool]


def _words(text: str) -> Iterator[tuple[_Raw, int]]:
    """The words between spaces, parted at apostrophes and marks, each with the gap before it."""
    end = 0
    for chunk in _CHUNK.finditer(text):
        gap = text.count("\n", end, chunk.start()) * 9 + chunk.start() - end
        end = chunk.end()
        typed = chunk.group()[: 4 * LONGEST_WORD]
        folded = "".join(map(_folded, typed))
        ends = bool(_STOP.search(folded.rstrip("\"')]»”"))) or "\n" in text[end : end + 2]
        parts = [
            part
            for each in _PARTS.finditer(folded)
            if (part := each.group().rstrip("!|+*").lstrip("!|+*"))
        ]
        whole = "".join(parts)
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            # "p.o-r" is "por" too; told once, with its last part.
            hidden = (whole,) if last and len(parts) > 1 and "'" not in folded else ()
            yield ((part[:LONGEST_WORD], hidden, typed, ends and last), gap if not number else 0)


def _joined(words: Iterator[tuple[_Raw, int]], knows: Callable[[str], bool]) -> Iterator[_Raw]:
    """The words, with letters that stand apart put together behind them as one more word."""
    run: list[_Raw] = []
    gap_within = 0
    for word, gap in words:
        single = len(word[0]) == 1
        if len(run) == 2 and single and gap > gap_within:
            # "a n  a  k  e  d": the first was a word of its own.
            yield run.pop(0)
        if run and (not single or (len(run) > 1 and gap > gap_within)):
            yield from _together(run, knows)
            run = []
        if single:
            # The first gap says how far apart the letters of one word stand.
            gap_within = max(gap, 1) if len(run) == 1 else gap_within
            run.append(word)
        else:
            yield word
    yield from _together(run, knows)


def _together(run: list[_Raw], knows: Callable[[str], bool]) -> Iterator[_Raw]:
    yield from run
    if len(run) < FEWEST_APART:
        return
    letters = "".join(word[0] for word in run)[: 8 * LONGEST_WORD]
    found = set()
    for form in {letters, letters.translate(_FOR_LETTERS)}:
        for start in range(len(form)):
            for end in range(start + FEWEST_APART, min(len(form), start + 16) + 1):
                if knows(form[start:end]):
                    found.add((start, end, form[start:end]))
    for _, _, word in sorted(_longest(found)):
        yield (word, (), " ".join(each[2] for each in run), False)
    yield (letters[:LONGEST_WORD], (), letters, run[-1][3])


def _longest(found: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """Those that lie in no longer one."""
    return {
        (start, end, word)
        for start, end, word in found
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in found)
    }


def _readings(plain: str, hidden: tuple[str, ...], knows: Callable[[str], bool]) -> frozenset[str]:
    forms = {plain, *hidden}
    for form in (plain, *hidden):
        if not form.isalpha() and not form.isdecimal():
            forms |= {form.translate(_FOR_LETTERS), form.translate(_ELSE), form.strip(_EDGE)}
    forms |= {_RUN.sub(by, form) for form in tuple(forms) for by in (r"\1", r"\1\1")}
    for form in tuple(forms):
        if 0 < form.count("*") <= MOST_STARS:
            forms |= set(_filled(form))
    for form in tuple(forms):
        forms |= set(_parted(form, knows))
    return frozenset(forms)


def _filled(form: str) -> Iterator[str]:
    """The word with vowels in place of its stars."""
    for vowels in itertools.product("aeiou", repeat=form.count("*")):
        filling = iter(vowels)
        yield "".join(next(filling) if c == "*" else c for c in form)


def _parted(form: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Two words of the tables written as one."""
    if len(form) < 2 * FEWEST_APART or knows(form):
        return ()
    for cut in range(FEWEST_APART, len(form) - FEWEST_APART + 1):
        if knows(form[:cut]) and knows(form[cut:]):
            return (form[:cut], form[cut:])
    return ()
