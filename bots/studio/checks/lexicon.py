"""The tables of words: families of terms by what they are about, in English and French, as text.

A file of `words/` is a family, its lines terms between commas; `#` begins a comment. In a term,
    word        is itself and its plural
    word*       whatever begins so
    kill~       an English verb in all its forms
    tuer^       a French verb in -er in all its forms
    nu+         a French adjective in all its forms
    (a|b)       either
    ..          up to three words that are anything
    {animals}   any single word of another family
A line that begins with `-` holds terms that are harmless: the family is not found in what they
cover ("kill the lights"). One that begins with `=` has no way of being denied: "no clothes".
One that begins with a name and `: ` gives its terms that name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from bots.studio.checks.reading import Word, fold

#: Words that `..` may stand for.
LONGEST_GAP = 3
_SHORTEST_PREFIX = 3
_MARKS = " \t\n.,;:!?\"'()[]«»“”‘’…*"
_DOUBLED = re.compile(r"(?:[^aeiou][aeiou]|qui)([bdgmnprt])$")
_FAMILY = re.compile(r"\{(\w+)\}")
_GROUP = re.compile(r"\(([^()]*)\)")
_FRENCH_ENDINGS = (
    "er", "e", "es", "ent", "ons", "ez", "ait", "aient", "ais", "ant", "a", "era", "erait",
    "ee", "ees", "eur", "euse", "erent", "ont", "eront", "ai",
)  # fmt: skip


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


@dataclass(frozen=True)
class _Part:
    """What one word of a term may be; a gap where `gap`."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    gap: bool = False

    def fits(self, readings: frozenset[str]) -> bool:
        return not self.words.isdisjoint(readings) or any(
            reading.startswith(self.prefixes) for reading in readings
        )


@dataclass
class Family:
    """The terms of one file, found by their first word."""

    name: str
    by_word: dict[str, list["Term"]] = field(default_factory=dict)
    by_prefix: dict[str, list["Term"]] = field(default_factory=dict)

    def add(self, term: "Term") -> None:
        """File the term under all that it may begin with."""
        for word in term.parts[0].words:
            self.by_word.setdefault(word, []).append(term)
        for prefix in term.parts[0].prefixes:
            self.by_prefix.setdefault(prefix, []).append(term)

    def beginning(self, readings: frozenset[str]) -> Iterator["Term"]:
        """The terms that begin with a word of these readings."""
        for reading in readings:
            yield from self.by_word.get(reading, ())
            if self.by_prefix:
                for end in range(_SHORTEST_PREFIX, len(reading) + 1):
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


@dataclass(frozen=True)
class Term:
    """Words in a row."""

    parts: tuple[_Part, ...]
    name: str = ""
    harmless: bool = False
    undeniable: bool = False


def typed(words: Sequence[Word]) -> str:
    """The words as they were typed, without the marks around them."""
    return " ".join(dict.fromkeys(word.typed for word in words)).strip(_MARKS)


_DENIALS = frozenset({"no", "without", "sans", "aucun", "aucune", "zero", "non", "ni", "nor"})
_BETWEEN = frozenset(
    {
        "any", "a", "an", "the", "of", "de", "d", "du", "des", "le", "la", "les", "un", "une",
        "explicit", "visible", "graphic", "real", "more", "much", "too",
    }
)  # fmt: skip
_OR = frozenset({"or", "ou", "and", "et", "ni", "nor"})


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


def _end(parts: Sequence[_Part], words: Sequence[Word], at: int) -> int:
    """Where the parts end that begin there, or 0. Gaps stay within a sentence."""
    for number, part in enumerate(parts):
        if part.gap:
            for skipped in range(LONGEST_GAP + 1):
                if end := _end(parts[number + 1 :], words, at + skipped):
                    return end
                if at + skipped >= len(words) or words[at + skipped].ends:
                    return 0
            return 0
        if at >= len(words) or not part.fits(words[at].readings):
            return 0
        at += 1
        if number < len(parts) - 1 and words[at - 1].ends and not words[at - 1].plain.isdecimal():
            return 0
    return at


@cache
def family(name: str) -> Family:
    """The family of the file of that name."""
    made = Family(name)
    for term in _terms(name):
        made.add(term)
    return made


def find(name: str, words: Sequence[Word]) -> list[Found]:
    """The family's terms in the words."""
    return family(name).find(words)


def names(family: str) -> list[str]:
    """The names that the family's lines have, in their order."""
    return list(dict.fromkeys(term.name for term in _terms(family) if term.name))


@cache
def vocabulary() -> frozenset[str]:
    """Single words of all families but the harmless, for parting what is written as one."""
    folder = resources.files("bots.studio.checks") / "words"
    names = [each.name.removesuffix(".txt") for each in folder.iterdir()
             if each.name.endswith(".txt")]  # fmt: skip
    return frozenset(
        word for name in names if name not in _NOT_HIDDEN for word in singles(name)
        if len(word) > 2
    )  # fmt: skip


def knows(word: str) -> bool:
    """Whether it is a single word of a family."""
    return word in vocabulary()


@cache
def singles(name: str) -> frozenset[str]:
    """The family's terms of one word, in all their forms."""
    words: set[str] = set()
    for term in _terms(name):
        if len(term.parts) == 1 and not term.harmless:
            words |= term.parts[0].words | set(term.parts[0].prefixes)
    return frozenset(words)


#: Families whose words nobody hides.
_NOT_HIDDEN = frozenset({"animals", "foes", "topics", "things", "nobody", "small"})


@cache
def _terms(name: str) -> tuple[Term, ...]:
    source = resources.files("bots.studio.checks") / "words" / f"{name}.txt"
    return tuple(terms(source.read_text(encoding="utf-8")))


def terms(source: str) -> Iterator[Term]:
    """The terms of a table's text. Raises ValueError for one that is none."""
    for line in source.splitlines():
        name, colon, rest = line.partition(": ")
        line = fold(rest if colon else line).split("#")[0].strip()
        mark = line[:1] if line[:1] in ("-", "=") else ""
        for text in re.sub("['-]", " ", line[len(mark) :]).split(","):
            for each in _written_out(text.strip()):
                parts = tuple(map(_part, each.split()))
                if parts[0].gap or parts[-1].gap:
                    raise ValueError(f"a term begins and ends with words: {text!r}")
                yield Term(parts, name if colon else "", mark == "-", mark == "=")


def _written_out(text: str) -> Iterator[str]:
    """The term, with each choice of several words and each family's phrase as a term of its own."""
    if not text:
        return
    for group in _GROUP.finditer(text):
        if " " in group[1]:
            choices = group[1].split("|")
            words = [choice for choice in choices if " " not in choice]
            phrases = [choice for choice in choices if " " in choice]
            for each in ([f"({'|'.join(words)})"] if words else []) + phrases:
                yield from _written_out(text[: group.start()] + each + text[group.end() :])
            return
    yield text
    if named := _FAMILY.search(text):
        for words_of_it in _phrases(named[1]):
            yield text.replace(named[0], words_of_it)


@cache
def _phrases(name: str) -> tuple[str, ...]:
    """The family's terms of several words, one way of writing each."""
    return tuple(
        " ".join(f"({'|'.join(sorted(part.words))})" for part in term.parts)
        for term in _terms(name)
        if len(term.parts) > 1 and not term.harmless and all(part.words for part in term.parts)
    )


def _part(text: str) -> _Part:
    if text == "..":
        return _Part(gap=True)
    if text.count("(") != text.count(")") or ("|" in text and "(" not in text):
        raise ValueError(f"a choice stands in brackets: {text!r}")
    words: set[str] = set()
    prefixes: list[str] = []
    for choice in text.strip("()").split("|"):
        if choice.startswith("{"):
            words |= singles(choice.strip("{}"))
        elif choice.endswith("*"):
            if len(choice) <= _SHORTEST_PREFIX:
                raise ValueError(f"a beginning of fewer letters than {_SHORTEST_PREFIX}: {text!r}")
            prefixes.append(choice[:-1])
        else:
            words |= set(forms(choice))
    return _Part(frozenset(words), tuple(prefixes))


def forms(word: str) -> Iterator[str]:
    """The forms of a word of a table, by the mark it ends with."""
    base = word.rstrip("~^+!")
    yield base
    match word[len(base) :]:
        case "~":
            yield from _verb(base)
        case "^":
            stem = base.removesuffix("er")
            soft = stem + "e" if stem.endswith("g") else stem
            yield from ((soft if end[0] in "ao" else stem) + end for end in _FRENCH_ENDINGS)
        case "+":
            yield from (f"{base}e", f"{base}s", f"{base}es")
        case "!":
            pass
        case _:
            if len(base) > 2:
                yield base + ("es" if base.endswith(("s", "x", "ch", "sh")) else "s")
            if base.endswith("y"):
                yield f"{base[:-1]}ies"


def _verb(base: str) -> Iterator[str]:
    stem = base[:-1] if base.endswith("e") else base
    if _DOUBLED.search(base):
        stem += base[-1]
    yield base + ("es" if base.endswith(("s", "x", "ch", "sh")) else "s")
    if base.endswith("y"):
        yield from (f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
    else:
        yield from (f"{stem}ed", f"{stem}ing", f"{stem}er", f"{stem}ers")
