"""Words about the cast: handles in a prompt, and "me", as what a model can read in their place.

A model knows nobody's handle. Handles of who does not play in the clip are left out.
"""

import re
from collections.abc import Mapping

from storage.plan import Line, Plan

_HANDLE = re.compile(r"@([\w.-]*\w)")
#: The member who asks, where the words name no handle for them.
_ME = re.compile(r"(?<!\w)(?:me|myself|moi(?:[- ]m[êe]me)?)(?!\w)", re.IGNORECASE)


def with_names(plan: Plan, words: str, names: Mapping[str, str]) -> str:
    """The words with each handle as `names` (handle → what it is called) has it."""
    known = {handle.lower(): name for handle, name in names.items()}
    told = _HANDLE.sub(lambda found: known.get(found[1].lower(), ""), words)
    asker = _asker(plan)
    if asker is not None and asker in known:
        told = _ME.sub(known[asker], told)
    return told


def speaks_as(plan: Plan, line: Line) -> str | None:
    """The handle of who says the line; None for anybody who is not of the cast."""
    speaker = (line.speaker or "").strip().lstrip("@").lower()
    cast = [handle.lower() for handle in plan.cast]
    if speaker in cast:
        return plan.cast[cast.index(speaker)]
    asker = _asker(plan)
    if asker is not None and _ME.fullmatch(speaker):
        return plan.cast[cast.index(asker)]
    return None


def _asker(plan: Plan) -> str | None:
    """Who is "me": the one of the cast whom the words don't name by handle."""
    said = " ".join((plan.prompt, plan.instruction or "", *(shot.prompt for shot in plan.shots)))
    named = {handle.lower() for handle in _HANDLE.findall(said)}
    return next((h.lower() for h in plan.cast if h.lower() not in named), None)
