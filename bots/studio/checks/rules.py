"""The rules over what the words say: each looks at the families found, and names what decides.

They are asked in the order of `Rule`, the severest first, and the first that applies is told. What
no grown-up would mind seeing together is only refused together with a minor.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bots.studio.checks import ages, lexicon, people
from bots.studio.checks.lexicon import Found
from bots.studio.checks.reading import Word, read
from storage.rules import Decision, Rule
from storage.spaces import Strictness

#: Words within which hurting counts as done to a girl or a boy, who may be grown up.
NEAR = 6
#: Words within which what is asked to be taught is the dangerous thing.
TAUGHT = 9
#: Words within which an animal is part of what is done.
TOGETHER = 3

_FAMILIES = (
    "minors", "youths", "coded", "sexual", "nudity", "suggestive", "forced", "harming", "gore",
    "firearms", "selfharm", "hate", "howto", "dangers", "fraud", "deceit", "institutions",
    "acquaintances", "protected", "schools", "unfit", "unwilling", "animals",
)  # fmt: skip
#: Families that count together only within so many words of each other.
_PAIRS = (
    ("youths", "harming", NEAR),
    ("schools", "harming", NEAR),
    ("schools", "firearms", NEAR),
    ("howto", "dangers", TAUGHT),
    ("sexual", "animals", TOGETHER),
)
_SEXUAL = ("sexual", "nudity", "forced")
_NEVER_WITH_MINORS = (*_SEXUAL, "suggestive", "harming", "gore", "firearms", "unfit")
#: What is kept with a clip that was let through.
_NOTICED = ("minors", "sexual", "nudity", "suggestive", "harming", "gore", "firearms")


@dataclass(frozen=True)
class Said:
    """What all texts of a request say together."""

    families: Mapping[str, tuple[Found, ...]]
    #: A real person that is named.
    person: str | None
    #: Two families within a few words of each other, in one text.
    near: frozenset[tuple[str, str]]

    def first(self, *families: str) -> str:
        """What was typed of the first of these families that is there; "" for none."""
        return next((self.families[each][0].typed for each in families if self.families[each]), "")


@dataclass(frozen=True)
class _Case:
    """A request before the rules."""

    said: Said
    strictness: Strictness
    likeness: bool
    allowed: Collection[str]


def of_texts(texts: Iterable[str]) -> Said:
    """What the texts say, each read by itself: no term reaches from one into the next."""
    families: dict[str, list[Found]] = {name: [] for name in _FAMILIES}
    person = None
    near: set[tuple[str, str]] = set()
    for text in dict.fromkeys(texts):
        words = read(text, lexicon.knows)
        found = _found(words)
        # What follows an "@" is a cameo's handle: its owner's consent decides, not its letters.
        found["protected"] = [each for each in found["protected"] if each.typed[:1] != "@"]
        for name, each in found.items():
            families[name] += each
        person = person or people.names(words)
        near.update(_near(found))
    return Said({name: tuple(each) for name, each in families.items()}, person, frozenset(near))


def _found(words: Sequence[Word]) -> dict[str, list[Found]]:
    found = {name: lexicon.find(name, words) for name in _FAMILIES}
    found["minors"] += ages.find(words)
    return found


def _near(found: Mapping[str, Sequence[Found]]) -> Iterable[tuple[str, str]]:
    for one, other, most in _PAIRS:
        around = {at for each in found[other] for at in range(each.start - most, each.end + most)}
        if any(each.start in around or each.end - 1 in around for each in found[one]):
            yield (one, other)


def judge(
    said: Said, strictness: Strictness, *, likeness: bool, allowed: Collection[str]
) -> Decision:
    """The first rule that what was said breaks, with what decided; or what was let through."""
    case = _Case(said, strictness, likeness, allowed)
    names = {found.name for found in said.families["protected"]}
    granted = tuple(sorted(names & set(allowed)))
    noticed = tuple(name for name in _NOTICED if said.families[name])
    for rule, broken in _RULES.items():
        if because := broken(case):
            return Decision(rule, because, strictness.value, noticed, granted)
    return Decision(None, "", strictness.value, noticed, granted)


def _minors(case: _Case) -> str:
    said = case.said
    if said.families["coded"]:
        return said.first("coded")
    if said.families["minors"]:
        what = said.first(*_NEVER_WITH_MINORS)
        return what and f"{said.first('minors')}, {what}"
    if (who := said.first("youths", "schools")) and (what := said.first(*_SEXUAL)):
        return f"{who}, {what}"
    for pair in (("youths", "harming"), ("schools", "harming"), ("schools", "firearms")):
        if pair in said.near:
            return ", ".join(map(said.first, pair))
    return ""


def _forced(case: _Case) -> str:
    said = case.said
    if what := said.first("forced"):
        return what
    if ("sexual", "animals") in said.near:
        return f"{said.first('animals')}, {said.first('sexual')}"
    if said.families["sexual"] and (sign := said.first("unwilling")):
        return f"{sign}, {said.first('sexual')}"
    return ""


def _real_sex(case: _Case) -> str:
    what = case.said.first("sexual", "nudity", "suggestive")
    person = case.said.person or case.said.first("acquaintances")
    if not what or not (person or case.likeness):
        return ""
    return f"{person}, {what}" if person else what


def _hate(case: _Case) -> str:
    return case.said.first("hate")


def _self_harm(case: _Case) -> str:
    return case.said.first("selfharm")


def _harm(case: _Case) -> str:
    return case.said.first("dangers") if ("howto", "dangers") in case.said.near else ""


def _fraud(case: _Case) -> str:
    if what := case.said.first("fraud"):
        return what
    real = case.said.person or case.said.first("institutions", "acquaintances")
    return case.said.first("deceit") if real else ""


def _sexual(case: _Case) -> str:
    if case.strictness is Strictness.ADULT:
        return ""
    strict = ("suggestive",) if case.strictness is Strictness.STRICT else ()
    return case.said.first("sexual", "nudity", *strict)


def _gore(case: _Case) -> str:
    return case.said.first("gore") if case.strictness is Strictness.STRICT else ""


def _real_person(case: _Case) -> str:
    return case.said.person or ""


def _protected(case: _Case) -> str:
    found = case.said.families["protected"]
    return next((each.typed for each in found if each.name not in case.allowed), "")


_RULES: Mapping[Rule, Callable[[_Case], str]] = {
    Rule.MINORS: _minors,
    Rule.FORCED: _forced,
    Rule.REAL_SEX: _real_sex,
    Rule.HATE: _hate,
    Rule.SELF_HARM: _self_harm,
    Rule.HARM: _harm,
    Rule.FRAUD: _fraud,
    Rule.SEXUAL: _sexual,
    Rule.GORE: _gore,
    Rule.REAL_PERSON: _real_person,
    Rule.PROTECTED: _protected,
}
