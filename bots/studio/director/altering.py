# ruff: noqa: E501
"""Wishes that a thing be otherwise: "make the fox blue", "the sky should be red", "rends-le géant"."""

import re

from bots.studio.director import nouns, phrases
from bots.studio.director.draft import PRONOUN, Draft, covered, parts_of
from bots.studio.director.placing import shown_of
from bots.studio.director.text import fold, tidy

_ALTER = re.compile(
    rf"(?:make|paint|colou?r|have|let|keep|dye|give|get)(?: (?P<p>{PRONOUN})(?= )|(?= (?:the|my|his|her|both|all) )) (?P<q>.+)"
    r"|(?:rend[sz]?|mets|met|fais|fait|peins|colorie|faites)(?:-(?P<fp>le|la|les|ca|moi ca|en|lui)| (?P<fp2>ca|tout|tout ca))? (?P<fq>.+)"
)
_IS = re.compile(
    r"(?:que )?(?P<t>(?:the|my|le|la|les|l'|mon|ma) ?[\w' -]{1,40}?) (?:should be|must be|could be|is now|is|are|becomes?|est|sont|soit|soient|deviennent|devient|doi(?:t|vent) etre|en) (?P<q>.+)"
)
_SHOULD = re.compile(
    r"(?P<t>(?:the|my|le|la|les|l'|mon|ma) ?[\w'-]{1,30}) (?:should|must|could|can|has to|needs to|doit|devrait|peut|pourrait) (?!be(?!\w)|etre)(?P<verb>\w+)(?P<rest>.*)"
)
_DET_START = re.compile(r"(?:a|an|un|une|into a|into an|two|three|deux|trois|des|some) ")
_DEGREE = re.compile(
    r"^(?:(?:more|very|really|super|much|a lot|way|tout|toute|tres|plus|bien plus|encore plus|a bit|un peu plus) )+"
)
_SHADE = re.compile(
    r"^(?:(?:bright|dark|light|pale|deep|hot|neon) )|(?: (?:vif|vive|fonce|foncee|clair|claire|pale|fluo|nuit|ciel))$"
)
#: The member themselves.
ME = re.compile(
    r"(?:me|moi|myself|moi-meme)(?: (?:too|aussi|in it|in there|to it|in|dedans|dans la scene|into it|into the scene))?"
)


class Altering(Draft):
    """The rules for qualities, and for what things become."""

    def _alter(self, words: str, plain: str) -> str | None:
        if found := _ALTER.fullmatch(plain):
            pronoun = found["p"] or found["fp"] or found["fp2"]
            group = "q" if found["q"] else "fq"
            rest = words[found.start(group) :]
            if pronoun:
                return self._altered(None, rest)
            target, quality = self._target(rest)
            if not quality or not nouns.find(shown_of(self.prompt), target, french=self.french):
                return (
                    self._altered(None, re.sub(r"^(?:le|la|les) ", "", rest))
                    if not found["q"]
                    else self._also(rest)
                )
            return self._altered(target, quality)
        if found := _SHOULD.fullmatch(plain):
            verb = phrases.VERBS.get(found["verb"])
            who = words[slice(*found.span("t"))]
            return self._also(f"{who} {verb}{words[found.end('verb') :]}") if verb else None
        if (found := _IS.fullmatch(plain)) and nouns.find(
            shown_of(self.prompt), found["t"], french=self.french
        ):
            return self._altered(words[slice(*found.span("t"))], words[found.start("q") :])
        return None

    def _target(self, rest: str) -> tuple[str, str]:
        """ "The old fox blue" cut where the thing's name ends."""
        tokens = rest.split()
        known = set(re.findall(r"[^\W_]+", fold(self.prompt)))
        for n, token in enumerate(tokens[:5]):
            stem = fold(token).removeprefix("l'").removeprefix("d'")
            if (
                n + 1 < len(tokens)
                and (n or "'" in token)
                and (stem in known or stem.rstrip("s") in known)
            ):
                following = fold(tokens[n + 1])
                if following in known and following not in phrases.COLOURS and n + 2 < len(tokens):
                    continue
                return " ".join(tokens[: n + 1]), " ".join(tokens[n + 1 :])
        size = 1 if tokens and "'" in tokens[0] else 2
        return " ".join(tokens[:size]), " ".join(tokens[size:])

    def _altered(self, target: str | None, quality: str) -> str:
        """The prompt with the target (None for all of it) as the quality says."""
        for each in re.split(r" ?, ?| (?:and|et) (?!white|blanc)", quality, maxsplit=5):
            each = re.sub(
                r"^(?:(?:be|look|en|into|to be|become|all) )+",
                "",
                each.strip(),
                flags=re.IGNORECASE,
            )
            if re.match(r"(?:the|my|his|le|la|les|mon|ma) |l'", fold(each)) and (" " in each):
                other, its = self._target(each)
                known = its and nouns.find(shown_of(self.prompt), other, french=self.french)
                self.prompt = tidy(
                    self._one_quality(other, its, its) if known else self._also(each)
                )
            elif each:
                self.prompt = tidy(self._one_quality(target, each, quality))
        return self.prompt

    def _one_quality(self, target: str | None, quality: str, whole: str) -> str:
        plain = fold(quality)
        if phrases.is_weather(plain) or covered(quality):
            return self._set(quality)
        if target is None and covered(whole) and parts_of(quality):
            return self._set(quality)
        shown = shown_of(self.prompt)
        noun = nouns.find(shown, target, french=self.french) if target else nouns.first(shown)
        if noun and (
            _DET_START.match(plain)
            or ME.fullmatch(plain)
            or (target and _both_plural(target, plain))
        ):
            other = re.sub(r"^into ", "", quality)
            return nouns.replaced(self.prompt, noun, other, french=self.french)
        if noun and (described := self._described(noun, quality, target)):
            return described
        verb, _, rest = quality.partition(" ")
        if fold(verb) in phrases.VERBS:
            who = target or (self._first_name(noun) if noun else "")
            return self._also(f"{who} {phrases.VERBS[fold(verb)]} {rest}".strip())
        if target is None:
            return self._set(quality)
        if noun and " " not in quality:
            return nouns.described(self.prompt, noun, quality, french=self.french, colour=False)
        return self._also(f"{target} {quality}")

    def _described(self, noun: nouns.Noun, quality: str, target: str | None) -> str | None:
        """The prompt with a colour, or a quality of a thing that was named, on its noun."""
        plain = fold(quality)
        simple = _DEGREE.sub("", plain)
        base = phrases.BASES.get(simple, simple)
        colour = _SHADE.sub("", base) in phrases.COLOURS
        if not colour and not (target and base in phrases.ADJECTIVES):
            return None
        worded = quality[len(quality) - len(simple) :] if base == simple else base
        return nouns.described(self.prompt, noun, worded, french=self.french, colour=colour)


def _both_plural(target: str, plain: str) -> bool:
    """Whether things are to be other things: "the pigeons", "flamingos"."""
    return fold(target).endswith(("s", "x")) and bool(re.fullmatch(r"\w{3,}s", plain))
