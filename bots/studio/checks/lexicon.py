"""Families of terms, found in words: what people, deeds and things a text speaks of.

Each family is a table in `words/`, written as `tables` says. Finding is linear in the number of
words: a word leads to the few terms that begin with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from bots.studio.checks.reading import Word
from bots.studio.checks.tables import SHORTEST_PREFIX, Part, Term, terms

_MARKS = " \t\n.,;:!?\"'()[]«»“”‘’…*"
#: Families whose words nobody hides.
_NOT_HIDDEN = frozenset({"animals", "foes", "topics", "things", "nobody", "small"})
_DENIALS = frozenset({"no", "without", "sans", "aucun", "aucune", "zero", "non", "ni", "nor"})
_BETWEEN = frozenset(
    {
        "any", "a", "an", "the", "of", "de", "d", "du", "des", "le", "la", "les", "un", "une",
        "explicit", "visible", "graphic", "real", "more", "much", "too",
    }
)  # fmt: skip
_OR = frozenset({"or", "ou", "and", "et", "ni", "nor"})


@dataclass(frozen=True)
class Found:
    """A term of a family, where it stands."""

    family: str
    #: As it was typed.
    typed: str
    #: Words from the beginning of the text; `end` is the first after it.
    start: int
    end: int
    #: What the table calls it; empty where it has no name there.
    name: str = ""


@dataclass
class Family:
    """The terms of one file, found by their first word."""

    name: str
    by_word: dict[str, list[Term]] = field(default_factory=dict)
    by_prefix: dict[str, list[Term]] = field(default_factory=dict)

    def add(self, term: Term) -> None:
        """File the term under all that it may begin with."""
        for word in _first_words(term):
            self.by_word.setdefault(word, []).append(term)
        for prefix in term.parts[0].prefixes:
            self.by_prefix.setdefault(prefix, []).append(term)

    def beginning(self, readings: frozenset[str]) -> Iterator[Term]:
        """The terms that begin with a word of these readings."""
        for reading in readings:
            yield from self.by_word.get(reading, ())
            if self.by_prefix:
                for end in range(SHORTEST_PREFIX, len(reading) + 1):
                    yield from self.by_prefix.get(reading[:end], ())

    def find(self, words: Sequence[Word]) -> list[Found]:
        """The family's terms in the words, without those that are harmless there."""
        spans = [
            (at, end, term)
            for at, word in enumerate(words)
            for term in self.beginning(word.readings)
            if (end := _end(term.parts, words, at))
        ]
        covered = [(start, end) for start, end, term in spans if term.harmless]
        return [
            Found(self.name, typed(words[start:end]), start, end, term.name)
            for start, end, term in spans
            if not term.harmless
            and not any(s <= start and end <= e for s, e in covered)
            and (term.undeniable or not _denied(words, start))
        ]


def find(name: str, words: Sequence[Word]) -> list[Found]:
    """The family's terms in the words."""
    return family(name).find(words)


@cache
def family(name: str) -> Family:
    """The family of the file of that name."""
    made = Family(name)
    for term in _terms(name):
        made.add(term)
    return made


@cache
def singles(name: str) -> frozenset[str]:
    """The family's terms of one word, in all their forms."""
    words: set[str] = set()
    for term in _terms(name):
        if len(term.parts) == 1 and not term.harmless:
            words |= term.parts[0].words | set(term.parts[0].prefixes)
    return frozenset(words)


def names(family: str) -> list[str]:
    """The names that the family's lines have, in their order."""
    return list(dict.fromkeys(term.name for term in _terms(family) if term.name))


def knows(word: str) -> bool:
    """Whether it is a single word of a family that somebody may want to hide."""
    return word in _vocabulary()


def typed(words: Sequence[Word]) -> str:
    """The words as they were typed, without the marks around them."""
    return " ".join(dict.fromkeys(word.typed for word in words)).strip(_MARKS)


@cache
def _vocabulary() -> frozenset[str]:
    files = (resources.files("bots.studio.checks") / "words").iterdir()
    families = {file.name.removesuffix(".txt") for file in files if file.name.endswith(".txt")}
    return frozenset(
        word for name in families - _NOT_HIDDEN for word in singles(name) if len(word) > 2
    )


@cache
def _terms(name: str) -> tuple[Term, ...]:
    source = resources.files("bots.studio.checks") / "words" / f"{name}.txt"
    return tuple(terms(source.read_text(encoding="utf-8")))


@cache
def _phrases(name: str) -> Family:
    """The family's terms of several words."""
    made = Family(name)
    for term in _terms(name):
        if len(term.parts) > 1 and not term.harmless:
            made.add(term)
    return made


def _first_words(term: Term) -> frozenset[str]:
    first = term.parts[0]
    if first.family is None:
        return first.words
    return singles(first.family) | _phrases(first.family).by_word.keys()


def _end(parts: Sequence[Part], words: Sequence[Word], at: int) -> int:
    """Where the parts end that begin there, or 0. They stay within a sentence."""
    if not parts:
        return at
    for end in _ends(parts[0], words, at):
        if len(parts) > 1 and end > at and words[end - 1].ends:
            continue
        if found := _end(parts[1:], words, end):
            return found
    return 0


def _ends(part: Part, words: Sequence[Word], at: int) -> Iterator[int]:
    """Where the part may end that begins there."""
    if part.gap:
        for end in range(at, min(at + part.gap, len(words)) + 1):
            yield end
            if end < len(words) and words[end].ends:
                return
    elif at >= len(words):
        return
    elif part.family is None:
        if part.fits(words[at].readings):
            yield at + 1
    else:
        if not singles(part.family).isdisjoint(words[at].readings):
            yield at + 1
        for term in _phrases(part.family).beginning(words[at].readings):
            if end := _end(term.parts, words, at):
                yield end


def _denied(words: Sequence[Word], start: int) -> bool:
    """Whether what starts there is denied: "no blood", "pas de sang", "no blood or gore"."""
    at = start - 1
    for _ in range(4):
        if at < 0 or words[at].ends:
            return False
        plain = words[at].plain
        if plain in _DENIALS:
            return True
        if plain in ("pas", "jamais") and start - at > 1 and words[at + 1].plain in ("de", "d"):
            return True
        if plain in _OR and at > 0:
            at -= 2
        elif plain in _BETWEEN:
            at -= 1
        else:
            return False
    return False
