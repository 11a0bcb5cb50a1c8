# ruff: noqa: E501
"""Things in a prompt by their names: finding "the fox", changing it, taking it away.

There is no grammar here, only the small words around a noun; what is not found is not touched.
"""

import re
from dataclasses import dataclass

from bots.studio.director import slots
from bots.studio.director.phrases import ADJECTIVES, COLOURS
from bots.studio.director.text import fold, word_set

_DETS = word_set(
    """
    a an the two three four some his her my its their one many several another this that le la
    les un une des du deux trois quatre mon ma son sa ses mes cette ce ton ta quelques plusieurs
    """
)
_STOPS = word_set(
    """
    in on at with and of to by for from over under through near while as that who is are wearing
    holding riding into onto dans sur sous avec et de a au aux en par pour qui que sans vers
    """
)
#: Who may do something of their own: with them goes what they do.
_LIVING = word_set(
    """
    dog cat fox bird wolf bear horse duck fish frog rabbit owl parrot dragon robot ghost alien
    man woman girl boy child kid baby person knight wizard witch ninja pirate astronaut monkey
    lion tiger elephant dinosaur chien chat renard oiseau loup our cheval canard poisson
    grenouille lapin hibou perroquet fantome extraterrestre homme femme fille garcon enfant bebe
    chevalier sorcier singe
    """
)
_LEFT = re.compile(
    r"(?:,? ?(?<!\w)(?:and|with|on|in|inside|holding|wearing|riding|carrying|chasing|beside|next to|and with|et|avec|sur|en|dans|plus|portant|tenant|a cote d'|&|near|behind|facing|meets|pres d'))? ?$"
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")


@dataclass(frozen=True)
class Noun:
    """A noun and its small words, as characters of the text."""

    #: From its article, or its first adjective.
    start: int
    #: The noun alone.
    noun: int
    noun_end: int
    #: Past the adjectives that follow it.
    end: int
    #: "a", "the", or empty.
    article: str


def bare(words: str) -> str:
    """The folded words without their article."""
    plain = fold(words).strip(" .,!?")
    return re.sub(
        r"^(?:(?:a|an|the|my|his|her|its|their|some|any|all|all the|that|this|those|these|le|la|les|un|une|des|du|de la|de|mon|ma|son|sa|tous les|ce|cette) |l'|d'|de l')+",
        "",
        plain,
    )


def find(shown: str, words: str, *, french: bool) -> Noun | None:
    """The thing that the words name in the folded text, if it is there."""
    name = bare(words)
    if not name:
        return None
    tokens = name.split()
    head = tokens[0] if french else tokens[-1]
    for wanted in dict.fromkeys((name, head)):
        if len(wanted) < 2 or wanted in _STOPS:
            continue
        stem = re.escape(re.sub(r"(?:s|x)$", "", wanted) if len(wanted) > 3 else wanted)
        match = re.search(rf"(?<!\w){stem}(?:s|es|x)?(?!\w)", shown)
        if match:
            return _around(shown, *match.span())
    return None


def first(shown: str) -> Noun | None:
    """The thing that the prompt begins with."""
    words = list(_WORD.finditer(shown, 0, 200))
    at = 0
    while at < len(words) and (
        words[at][0] in _DETS or words[at][0] in ADJECTIVES | COLOURS or words[at][0] == "l'"
    ):
        at += 1
    if at >= len(words) or words[at][0] in _STOPS:
        return None
    return _around(shown, *words[at].span())


def removed(text: str, shown: str, noun: Noun) -> str:
    """The text without the thing, the words that tie it to others included."""
    left = _LEFT.search(shown, 0, noun.start)
    start = left.start() if left else noun.start
    tied = bool(shown[start : noun.start].strip(" ,"))
    if not tied and shown[:start].strip():
        start = noun.start
    alone = not shown[:start].strip()
    with_it = tied and not re.search(r"(?<!\w)(?:and|et)(?!\w)", shown[start : noun.start])
    acts = with_it and shown[noun.noun : noun.noun_end].rstrip("sx") in _LIVING
    end = _doing_end(text, shown, noun) if acts or alone else noun.end
    after = re.compile(r" ?(?:and|et|with|avec|,)(?!\w) ?").match(shown, noun.end)
    if not tied and after and not shown[:start].strip():
        return text[after.end() :]
    return (
        f"{text[:start]} {text[end:]}" if text[end:][:1] not in ",.;" else text[:start] + text[end:]
    )


def described(text: str, noun: Noun, quality: str, *, french: bool, colour: bool) -> str:
    """The text with the quality on its noun; a colour takes the place of another."""
    kept = text[noun.start : noun.noun]
    after = text[noun.noun_end : noun.end]
    if colour:
        kept = " ".join(w for w in kept.split(" ") if fold(w) not in COLOURS)
        after = " ".join(w for w in after.split(" ") if fold(w) not in COLOURS)
    name = text[noun.noun : noun.noun_end]
    if french:
        made = f"{kept}{name}{after.rstrip()} {quality}"
    else:
        made = f"{_article(kept, quality)}{quality} {name}{after.rstrip()}"
    return text[: noun.start] + made + text[noun.end :]


def replaced(text: str, noun: Noun, other: str, *, french: bool) -> str:
    """The text with another thing in place of this one, there and where it is named again."""
    shown = fold(text)
    name = shown[noun.noun : noun.noun_end]
    plain = fold(other)
    has_article = bool(
        re.match(r"(?:(?:" + "|".join(_DETS) + r") |l'|@|me(?!\w)|moi(?!\w)|myself)", plain)
    )
    named = _gendered(noun.article, plain) if french else noun.article
    put = (
        other
        if has_article
        else f"{named} {other}".strip()
        if noun.article != "l'"
        else f"le {other}"
    )
    if (
        has_article
        and noun.article in ("the", "le", "la", "l'")
        and re.match(r"(?:a|an|un|une) ", plain)
    ):
        definite = "the" if noun.article == "the" else "le" if plain.startswith("un ") else "la"
        put = f"{definite} {other.split(' ', 1)[1]}"
    put = re.sub(
        r"^(a|an) (?=(\w))",
        lambda m: "an " if m[2].lower() in "aeiou" else "a ",
        put,
        flags=re.IGNORECASE,
    )
    rest = text[noun.end :]
    head = bare(other)
    again = re.sub(
        rf"(?<!\w)(the|le|la) {re.escape(name)}(?!\w)",
        lambda m: f"{m[1]} {head}",
        rest,
        flags=re.IGNORECASE,
    )
    return text[: noun.start] + put + again


_FEMININE = re.compile(
    r"\w*(?:ure|ette|tion|sion|ee|ance|ence|ie|elle|esse|ine|euse|ere|theque|eine|ade|ude|ule|ise|oire|ille|otte|iere|ace|arde|ite)s?(?!\w)"
)
_GENDERS = {"un": "une", "le": "la", "mon": "ma", "son": "sa"}


def _gendered(article: str, plain: str) -> str:
    """The article in the gender that the French word's ending suggests."""
    feminine = bool(_FEMININE.match(plain))
    if feminine:
        return _GENDERS.get(article, article)
    masculine = {v: k for k, v in _GENDERS.items()}
    return article if plain.split()[0].endswith("e") else masculine.get(article, article)


def _around(shown: str, begin: int, end: int) -> Noun:
    """The noun at that place with its article and adjectives."""
    before = list(_WORD.finditer(shown, max(0, begin - 60), begin))
    start, article, seen = begin, "", 0
    last = begin
    for word in reversed(before):
        gap = shown[word.end() : last]
        if gap.strip() or "\n" in gap or seen > 3:
            break
        if word[0] in _DETS or word[0] == "l'":
            if word[0] not in ("a", "an") or not _is_plural(shown[begin:end]):
                start, article = word.start(), word[0]
            break
        if word[0] in _STOPS or word[0].endswith("'"):
            break
        if word[0] in ADJECTIVES | COLOURS and last == start:
            start = word.start()
        last, seen = word.start(), seen + 1
    after = end
    for word in _WORD.finditer(shown, end, end + 40):
        if shown[after : word.start()] != " " or word[0] not in ADJECTIVES | COLOURS:
            break
        after = word.end()
    return Noun(start, begin, end, after, article)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))


def _doing_end(text: str, shown: str, noun: Noun) -> int:
    """Where the words end that tell what the thing does: "a dog barking at a car, …"."""
    doing = re.compile(r" (?:\w+ing|qui|that|who)(?!\w)").match(shown, noun.end)
    if not doing:
        return noun.end
    stop = re.compile(r"[,.;\n]|$").search(shown, doing.end())
    end = stop.start() if stop else len(shown)
    begins = [part.start for part in slots.find(text, shown) if noun.end < part.start < end]
    return min([end, *begins])


def _article(kept: str, quality: str) -> str:
    """The words before a noun with "a" or "an" as the quality needs it."""
    kept = kept if kept.endswith(" ") or not kept else f"{kept} "
    if re.match(r"(?:a|an) $", kept, re.IGNORECASE):
        return f"{kept[0]}n " if quality[:1].lower() in "aeiou" else f"{kept[0]} "
    return kept
