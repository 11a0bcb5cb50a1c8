"""Ages in the words: "12 years old", "fifteen-year-old", "âgée de neuf ans", "15yo".

Only an age of someone counts: a whisky, a birthday of a cat or "ten years ago" is nobody's.
"""

import re
from collections.abc import Sequence

from bots.studio.checks import lexicon
from bots.studio.checks.lexicon import Found
from bots.studio.checks.reading import Word

#: Years of age at which a person is grown up.
GROWN_UP = 18

_NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen",
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    )
    for number, word in enumerate(words.split(), 1)
} | {"une": 1, "dixsept": 17}
_TOGETHER = re.compile(r"(\d{1,2})(?:yo|y|yrs?|ans)(?:old)?")
_YEARS = frozenset({"year", "years", "yr", "yrs", "y"})
#: Before "N ans": a length of time, not an age.
_SPANS = frozenset(
    {
        "y", "pendant", "depuis", "dans", "apres", "en", "durant", "tous", "toutes", "pour", "ya",
        "dernier", "derniers", "ca", "cela", "plus", "annees", "sur",
    }
)  # fmt: skip
_AGED = frozenset({"aged", "age", "turning", "turns", "agee", "ages", "agees"})
#: What may follow an age without a unit.
_AFTER = frozenset({"on", "in", "at", "who", "and", "with", "is", "or"})
_ABOUT = frozenset({"about", "only", "just", "like", "maybe", "around", "barely", "environ", "now"})
_IS = frozenset({"is", "was", "are", "were", "looks", "look", "looked", "s", "turned", "re"})
_YOUNG = frozenset({"girl", "girls", "boy", "boys", "child", "children", "kid", "kids"})
_SOMEONE = frozenset({"she", "he", "they", "who", "girl", "boy", "woman", "man", "both", "dancer"})


def find(words: Sequence[Word]) -> list[Found]:
    """Ages under GROWN_UP, as if they were terms of the family "minors"."""
    found = []
    for at in range(len(words)):
        end = _age(words, at)
        if end and not _of_a_thing(words, at, end):
            found.append(Found("minors", lexicon.typed(words[at:end]), at, end))
    return found


def _age(words: Sequence[Word], at: int) -> int:
    """Where an age that begins there ends; 0 for none."""
    for reading in (words[at].plain, *words[at].readings):
        match = _TOGETHER.fullmatch(reading)
        if (
            match
            and int(match[1]) < GROWN_UP
            and not (reading.endswith("ans") and _span(words, at))
        ):
            return at + 1
    years = _number(words[at])
    end = at + 1
    if words[at].plain == "dix" and _plain(words, end) in ("sept", "huit", "neuf"):
        years = 10 + _NUMBERS.get(_plain(words, end), 9)
        end += 1
    if years is None or not 0 < years < GROWN_UP:
        return 0
    unit = _plain(words, end)
    if unit in _YEARS and _plain(words, end + 1) in ("old", "o", "olds"):
        return end + 2
    if unit in ("yo", "yold"):
        return end + 1
    if unit in ("ans", "an") and not _span(words, at):
        return end + 1
    if at and words[at - 1].plain in _AGED:
        return end
    alone = end >= len(words) or words[end - 1].typed[-1:] in ".,;!?)" or unit in _AFTER
    if alone and _of_someone(words, at):
        return end
    return 0


def _of_someone(words: Sequence[Word], at: int) -> bool:
    """Whether "she is", "who looks about" and the like stand before the number."""
    before = [word.plain for word in words[max(0, at - 4) : at]]
    while before and before[-1] in _ABOUT:
        before.pop()
    if before[-2:] in (["pass", "for"], ["down", "to"]) or before[-1:] == ["both"]:
        return True
    return len(before) > 1 and (
        (before[-1] in _IS and before[-2] in _SOMEONE)
        or (before[-1] == "of" and before[-2] in _YOUNG)
    )


def _number(word: Word) -> int | None:
    if word.plain.isdecimal():
        return int(word.plain[:4])
    return _NUMBERS.get(word.plain)


def _span(words: Sequence[Word], at: int) -> bool:
    """Whether "N ans" there is a length of time."""
    before = {_plain(words, at - 1), _plain(words, at - 2) if at > 1 else ""}
    return not _SPANS.isdisjoint(before - {""})


def _of_a_thing(words: Sequence[Word], at: int, end: int) -> bool:
    near = {word.plain for word in words[max(0, at - 3) : at] if not word.ends}
    after = {word.plain for word in words[end : end + 2]}
    things = lexicon.singles("things") | lexicon.singles("animals")
    return not things.isdisjoint(after) or (not things.isdisjoint(near) and not after)


def _plain(words: Sequence[Word], at: int) -> str:
    return words[at].plain if 0 <= at < len(words) else ""
