"""What may not be asked for: the check of a request's words, in English and French.

It knows words alone: tables of them (`words/`), read as `reading` reads, and rules over what was
found. It never looks at pictures or frames, and it keeps nothing: the studio does.
"""

from collections.abc import Collection, Iterable

from bots.studio.checks import lexicon, people
from bots.studio.checks.lexicon import knows
from bots.studio.checks.reading import read
from bots.studio.checks.restrictions import Restriction, restriction
from bots.studio.checks.rules import judge, of_texts
from storage.rules import Decision
from storage.spaces import Strictness

__all__ = [
    "Restriction",
    "check",
    "names_a_real_person",
    "protected_name",
    "protected_names",
    "restriction",
]


def check(
    texts: Iterable[str],
    strictness: Strictness = Strictness.STANDARD,
    *,
    likeness: bool = False,
    allowed: Collection[str] = (),
) -> Decision:
    """Whether the texts, taken together, may be asked for in a space that strict.

    `likeness` says that a real person is in it: by a cameo, or in a picture that it starts from.
    `allowed` are the names, as the table has them, that the rights' owners have allowed.
    """
    return judge(of_texts(texts), strictness, likeness=likeness, allowed=allowed)


def names_a_real_person(words: str) -> str | None:
    """The first real person that the words name, as they write it; None for none."""
    return people.names(read(words, knows))


def protected_names() -> list[str]:
    """The characters and brands that are refused until their owners allow them."""
    return lexicon.names("protected")


def protected_name(words: str) -> str | None:
    """The character or brand that the words name, as the table has it; None for none."""
    exactly = [name for name in protected_names() if name.casefold() == words.strip().casefold()]
    found = lexicon.find("protected", read(words, knows))
    return next(iter(exactly or [each.name for each in found]), None)
