"""The language of the tables in `words/`: how a line of text becomes terms to look for.

A file is a family of terms, its lines terms between commas; `#` begins a comment. In a term,
    word        is itself and its plural
    word!       itself alone
    word*       whatever begins so
    kill~       an English verb in all its forms
    tuer^       a French verb in -er in all its forms
    nu+         a French adjective in all its forms
    (a|b c)     either
    .           up to one word that is anything
    ..          up to three words that are anything
    {animals}   any term of another family
A line that begins with `-` holds terms that are harmless: the family is not found in what they
cover ("kill the lights"). One that begins with `=` has no way of being denied: "no clothes".
One that begins with a name and `: ` gives its terms that name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bots.studio.checks.reading import fold

#: Letters that "word*" has at least.
SHORTEST_PREFIX = 3

_GAPS = {".": 1, "..": 3}
_DOUBLED = re.compile(r"(?:[^aeiou][aeiou]|qui)([bdgmnprt])$")
_GROUP = re.compile(r"\(([^()]*)\)")
_FAMILY = re.compile(r"\{(\w+)\}")
_HISSING = ("s", "x", "ch", "sh")
_FRENCH_ENDINGS = (
    "er", "e", "es", "ent", "ons", "ez", "ait", "aient", "ais", "ant", "a", "era", "erait",
    "ee", "ees", "eur", "euse", "erent", "ont", "eront", "ai",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What stands at one place of a term: one of these words, a term of a family, or a gap."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    family: str | None = None
    #: Words that it may stand for, whatever they are.
    gap: int = 0

    def fits(self, readings: frozenset[str]) -> bool:
        """Whether a word of these readings is one of its words."""
        if not self.words.isdisjoint(readings):
            return True
        # Few have any, and looking for none costs most of the time.
        return bool(self.prefixes) and any(r.startswith(self.prefixes) for r in readings)


@dataclass(frozen=True)
class Term:
    """Words in a row."""

    parts: tuple[Part, ...]
    name: str = ""
    harmless: bool = False
    undeniable: bool = False


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
    """The term, with each choice of several words as a term of its own."""
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


def _part(text: str) -> Part:
    if text in _GAPS:
        return Part(gap=_GAPS[text])
    if named := _FAMILY.fullmatch(text):
        return Part(family=named[1])
    if text.count("(") != text.count(")") or ("|" in text and "(" not in text) or "{" in text:
        raise ValueError(f"a choice stands in brackets, a family by itself: {text!r}")
    words: set[str] = set()
    prefixes: list[str] = []
    for choice in text.strip("()").split("|"):
        if not choice.endswith("*"):
            words |= set(forms(choice))
        elif len(choice) > SHORTEST_PREFIX:
            prefixes.append(choice[:-1])
        else:
            raise ValueError(f"a beginning of fewer letters than {SHORTEST_PREFIX}: {text!r}")
    return Part(frozenset(words), tuple(prefixes))


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
        case "":
            if len(base) > 2:
                yield base + ("es" if base.endswith(_HISSING) else "s")
            if base.endswith("y"):
                yield f"{base[:-1]}ies"


def _verb(base: str) -> Iterator[str]:
    stem = base[:-1] if base.endswith("e") else base
    if _DOUBLED.search(base):
        stem += base[-1]
    yield base + ("es" if base.endswith(_HISSING) else "s")
    if base.endswith("y"):
        yield from (f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
    else:
        yield from (f"{stem}ed", f"{stem}ing", f"{stem}er", f"{stem}ers")
