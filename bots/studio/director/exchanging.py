# ruff: noqa: E501
"""Wishes that something else stand in a thing's place, or nothing: "swap the dog for a llama"."""

import re

from bots.studio.director import nouns, phrases, slots
from bots.studio.director.altering import Altering
from bots.studio.director.draft import PRONOUN, is_quality, parts_of
from bots.studio.director.placing import shown_of, without_part
from bots.studio.director.slots import Slot
from bots.studio.director.text import fold, tidy

ARROW = re.compile(r"(?P<old>.*?) ?(?:→|->|=>|⇒|➡️?) ?(?P<new>.+)")
_REPLACE = (
    ARROW,
    re.compile(
        r"(?:go |switch |move |change |passe[rz]? )(?:from|de) (?P<old>.+?) (?:to|a) (?P<new>.+)"
    ),
    re.compile(
        r"(?:replace|swap|switch|exchange|trade)(?: out)? (?P<old>.+?) (?:with|by|for|to|into) (?P<new>.+)"
    ),
    re.compile(
        r"(?:change|turn|transform|convert|make|morph) (?P<old>.+?) (?:to|into) (?P<new>.+)"
    ),
    re.compile(
        r"(?:remplace[rz]?|echange|troque|change|transforme|tourne) (?P<old>.+?) (?:par|contre|en|pour) (?P<new>.+)"
    ),
    re.compile(
        r"(?:use |with |put |have )?(?P<new>.+?) (?:instead of|rather than|in place of) (?P<old>.+)"
    ),
    re.compile(
        r"(?:mets |avec )?(?P<new>.+?) (?:au lieu d[eu]s?|a la place d[eu]s?|plutot que?)(?: |(?<='))(?P<old>.+)"
    ),
    re.compile(r"(?:mets |avec )?(?P<new>.+?) (?:au lieu d'|a la place d')(?P<old>.+)"),
)
_REMOVE = re.compile(
    r"(?:(?:and |et |but |mais )?(?:without|remove|delete|lose|drop|minus|get rid of|take (?:out|away|off)|no more|no|erase|ditch|hide|skip|sans|enleve[rz]?|retire[rz]?|supprime[rz]?|vire|efface|ote|pas d[e'u]s?|plus aucune?|fini))[- ]?(?:any |more |(?<=')| )?(?P<x>.+)"
)


class Exchanging(Altering):
    """The rules for what goes, and for what comes instead."""

    def _replace(self, words: str, plain: str) -> str | None:
        for pattern in _REPLACE:
            found = pattern.fullmatch(plain)
            if found:
                old, new = words[slice(*found.span("old"))], words[slice(*found.span("new"))]
                return self._instead(old.strip(), new.strip())
        return None

    def _instead(self, old: str, new: str) -> str:
        """What was called `old` is `new` now."""
        new = re.sub(r"^(?:only |just |plutot )", "", new)
        if re.fullmatch(PRONOUN, fold(old)) or not old:
            return self._set(new, bare=True)
        shown = shown_of(self.prompt)
        gone = nouns.bare(old)
        noun = nouns.find(shown, old, french=self.french)
        if parts_of(new) and (parts_of(old) or not noun or self._is_where(noun, shown)):
            return self._instead_of_parts(old, gone, new)
        if noun:
            if is_quality(fold(new)) and not is_quality(gone):
                return self._altered(old, new)
            if gone in phrases.COLOURS and fold(new) in phrases.COLOURS:
                return f"{self.prompt[: noun.noun]}{new}{self.prompt[noun.noun_end :]}"
            return nouns.replaced(self.prompt, noun, new, french=self.french)
        return self._set(new)

    def _is_where(self, noun: nouns.Noun, shown: str) -> bool:
        """Whether the thing stands in a phrase of place: "on mars"."""
        return any(
            Slot.PLACE in part.slots and part.start <= noun.start and noun.end <= part.end
            for part in slots.find(self.prompt, shown)
        )

    def _instead_of_parts(self, old: str, gone: str, new: str) -> str:
        """The parts that `old` names, word for word or by what they are about, are `new`."""
        if fold(self.prompt).strip() == gone:
            return new
        about = frozenset(slot for part in parts_of(old) for slot in part.slots)
        return self._set(new, also=about)

    def _remove(self, words: str, plain: str) -> str | None:
        found = _REMOVE.fullmatch(plain)
        if not found:
            return None
        what = words[found.start("x") :]
        kept = self.prompt
        for each in re.split(r",| (?:and|et|or|ou|nor|ni) ", what):
            kept = self._less(kept, each.strip())
        if kept == self.prompt:
            said = "sans" if self.french else "without"
            lead = words[: found.start("x")].strip(" -")
            lead = lead if fold(lead) in ("no", "without", "sans", "pas de", "pas d'") else said
            return self._also(f"{lead} {what}".replace("' ", "'"))
        return kept or self.prompt

    def _less(self, prompt: str, what: str) -> str:
        shown = shown_of(prompt)
        about = frozenset(slot for part in parts_of(what, bare=True) for slot in part.slots)
        if about and not nouns.find(shown, what, french=self.french):
            return prompt
        name = nouns.bare(what)
        for part in slots.find(prompt, shown):
            if name and name in shown[part.start : part.end] and part.slots & (about or part.slots):
                return tidy(without_part(prompt, shown, part, about or part.slots))
        noun = nouns.find(shown, what, french=self.french)
        return tidy(nouns.removed(prompt, shown, noun)) if noun else prompt
