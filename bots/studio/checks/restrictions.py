"""What the owner of a cameo does not want, in their own words ("no politics, no kissing").

A wish that names a known topic stands for all that belongs to it, in both languages; any other for
its own words in their simple forms. Where it is unclear, a prompt counts as touching it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bots.studio.checks import lexicon
from bots.studio.checks.lexicon import knows, singles
from bots.studio.checks.reading import Word, fold, read

#: Families of the rules that belong to a topic beside its own words.
_ALSO = {
    "romance": ("sexual",),
    "nudity": ("nudity", "sexual", "suggestive"),
    "violence": ("harming", "gore", "firearms"),
    "advertising": ("protected",),
    "horror": ("gore",),
    "death": ("selfharm",),
}
_CLAUSES = re.compile(r"[,;.\n/&+•]|\b(?:and|or|nor|et|ou|ni|but|mais)\b")
_ONLY = re.compile(r"\b(?:only|just|nothing but|seulement|uniquement|que des?|rien que)\b")
_ENDINGS = (
    "ements", "ement", "ations", "ation", "ings", "ing", "ees", "ies", "ers", "ent", "ant", "ait",
    "eur", "euse", "aux", "ed", "er", "es", "ee", "ez", "al", "y", "s", "x", "e",
)  # fmt: skip


@dataclass(frozen=True)
class _Wish:
    """One thing that is not wanted; or with `only`, the one thing that is."""

    topics: frozenset[str]
    #: For a topic that is not known: forms that must all be there.
    stems: frozenset[str]
    only: bool

    def meant(self, words: Sequence[Word]) -> bool:
        """Whether the words have to do with it."""
        if self.topics:
            return any(_of_topic(topic, words) for topic in self.topics)
        said = {_stem(reading) for word in words for reading in word.readings}
        return bool(self.stems) and self.stems <= said


@dataclass(frozen=True)
class Restriction:
    """Whether a prompt touches what its owner does not want."""

    #: As its owner wrote it.
    words: str
    _wishes: tuple[_Wish, ...]

    def __call__(self, prompt: str) -> bool:
        """Whether the prompt touches it."""
        words = read(prompt, knows)
        return any(wish.meant(words) is not wish.only for wish in self._wishes)

    @property
    def topics(self) -> tuple[str, ...]:
        """The known topics that it names ("politics"), for showing what was understood."""
        return tuple(sorted({topic for wish in self._wishes for topic in wish.topics}))


def restriction(words: str) -> Restriction:
    """The restriction that an owner wrote; one without words touches nothing."""
    wishes = (_wish(clause) for clause in _CLAUSES.split(fold(words)))
    return Restriction(words, tuple(wish for wish in wishes if wish))


def _wish(clause: str) -> _Wish | None:
    words = [word for word in read(clause, knows) if word.plain not in singles("small")]
    if not words:
        return None
    found = frozenset(each.name for each in lexicon.find("topics", words))
    stems = frozenset(_stem(word.plain) for word in words)
    return _Wish(found, stems, bool(_ONLY.search(clause)))


def _of_topic(topic: str, words: Sequence[Word]) -> bool:
    if any(found.name == topic for found in lexicon.find("topics", words)):
        return True
    return any(lexicon.find(family, words) for family in _ALSO.get(topic, ()))


def _stem(word: str) -> str:
    """What the word's simple forms share: "dance", "dancing" and "danced" are "danc"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
