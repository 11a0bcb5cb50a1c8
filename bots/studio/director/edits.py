# ruff: noqa: E501
"""A parent's words with an instruction worked in: what was said anew is replaced, the rest kept.

"Make it night" takes the place of the hour, "swap the dog for a llama" of the dog, "without the
hat" takes it away; what no rule knows is added at the end. The result is a whole prompt again, for
models that render from words alone.
"""

import re

from bots.studio.director import style
from bots.studio.director.exchanging import ARROW
from bots.studio.director.placing import dropped, shown_of
from bots.studio.director.slots import Slot
from bots.studio.director.text import fold, is_french, tidy
from bots.studio.director.wishes import Change

#: Wishes of one instruction that are worked in each by itself; the last takes the rest.
MOST_WISHES = 12
_SPLIT = re.compile(
    r"[;\n]|\.(?= |$)|, ?|(?<!\w)(?:but|mais)(?!\w) | (?:and then|and|et puis|et)(?= (?:then )?(?:make|add|remove|put|change|turn|replace|swap|without|set|move|give|lose|delete|slow|speed|drop|have the|use|no|get rid|take|at (?:night|dawn|sunset|dusk|noon)|mets|met|fais|rends|ajoute|rajoute|enleve|retire|supprime|remplace|change|transforme|vire|passe|sans|pas de|donne)(?!\w))"
)


def rewritten(prompt: str, instruction: str) -> str:
    """The prompt with the instruction worked in; both cleaned. Never empty where they are not."""
    french = (
        is_french(f"{instruction} {prompt}")
        if instruction.isascii()
        else is_french(instruction) or is_french(prompt)
    )
    shown = shown_of(instruction)
    whole = ARROW.fullmatch(shown.strip()) if "\n" not in shown else None
    pieces = [(0, len(instruction))] if whole else _clauses(shown)
    for start, end in pieces:
        prompt = Change(prompt, french, alone=len(pieces) == 1).by(
            instruction[start:end].strip(" ,.;!?:")
        )
    return tidy(prompt) or tidy(instruction) or instruction


def without_style(prompt: str) -> str:
    """The prompt without the look that it names."""
    return dropped(prompt, frozenset({Slot.STYLE})) if style.find(prompt, fold(prompt)) else prompt


def _clauses(shown: str) -> list[tuple[int, int]]:
    """The wishes of an instruction, a span each; a bare list after a verb stays with it."""
    bounds = list(_SPLIT.finditer(shown))
    begins, ends = [0, *(m.end() for m in bounds)], [*(m.start() for m in bounds), len(shown)]
    found = [
        (a, b)
        for a, b in zip(begins, ends, strict=True)
        if re.search(r"\w", shown[a:b]) or "\x01" in shown[a:b]
    ]
    if len(found) > MOST_WISHES:
        found = [*found[: MOST_WISHES - 1], (found[MOST_WISHES - 1][0], len(shown))]
    return found or [(0, len(shown))]
