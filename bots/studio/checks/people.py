"""Real people that words name: by a table of names, or as "president X", "a deepfake of X".

Someone who died beyond memory (Napoleon, Cleopatra) is history, and anyone may film them.
"""

from collections.abc import Sequence

from bots.studio.checks import lexicon
from bots.studio.checks.reading import Word

#: Offices whose holder is named after them.
_OFFICES = frozenset(
    {
        "president", "presidente", "senator", "senateur", "senatrice", "congressman",
        "congresswoman", "governor", "chancellor", "chancelier", "chanceliere", "depute", "deputee",
    }
)  # fmt: skip
_OFFICE_PAIRS = frozenset(
    {("prime", "minister"), ("premier", "ministre"), ("premiere", "ministre")}
)
_FAKES = frozenset({"deepfake", "deepfakes", "hypertrucage"})
_OF = frozenset({"of", "de", "d"})


def names(words: Sequence[Word]) -> str | None:
    """The first real person that the words name, as they do; None for none.

    What follows an "@" is a cameo's handle, and names whoever enrolled it.
    """
    if found := [each for each in lexicon.find("people", words) if each.typed[:1] != "@"]:
        return max(found, key=lambda each: each.end - each.start).typed
    for at in range(len(words)):
        if (name := _office(words, at) or _fake(words, at)) is not None:
            return name
    return None


def _office(words: Sequence[Word], at: int) -> str | None:
    """ "President Miller", where the word after the office is written as a name."""
    pair = (words[at - 1].plain, words[at].plain) if at else ("", "")
    if words[at].plain not in _OFFICES and pair not in _OFFICE_PAIRS:
        return None
    after = at + 1
    if after >= len(words) or words[at].ends or not _capital(words[after]):
        return None
    end = after + 1
    while end < len(words) and end < after + 3 and not words[end - 1].ends and _capital(words[end]):
        end += 1
    if not {word.plain for word in words[after:end]}.isdisjoint(lexicon.singles("nobody")):
        return None
    return lexicon.typed(words[after:end])


def _fake(words: Sequence[Word], at: int) -> str | None:
    """ "a deepfake of Jo Smith"."""
    if words[at].plain not in _FAKES or at + 2 >= len(words) or words[at + 1].plain not in _OF:
        return None
    end = at + 2
    while end < len(words) and end < at + 5 and _capital(words[end]):
        end += 1
    return lexicon.typed(words[at + 2 : end]) if end > at + 2 else None


def _capital(word: Word) -> bool:
    """Whether it is written as a name: one capital and small letters after it."""
    letters = word.typed.strip(".,;:!?\"'()«»“”")
    letters = letters.split("'")[-1]
    return len(letters) > 1 and letters[0].isupper() and not letters.isupper()
