"""Handles: what people type after "@" to have a cameo in a clip."""

import re

from bots.studio.director.text import word_set
from bots.studio.errors import HandleUnfit

#: Characters of a handle.
SHORTEST, LONGEST = 2, 24

_FIT = re.compile(rf"[A-Za-z0-9_]{{{SHORTEST},{LONGEST}}}")
#: What stands for the member themselves, for everyone there, or for nobody in particular.
_TAKEN = word_set(
    """
    me you myself i us we they him her everyone everybody here all channel anyone someone nobody
    moi toi lui elle nous vous tous toutes tout_le_monde ici personne
    admin admins moderator moderators mod mods owner owners reelroom
    """
)


def fit(typed: str) -> str:
    """The handle as it is kept. Raises HandleUnfit."""
    handle = typed.strip().removeprefix("@")
    if not _FIT.fullmatch(handle) or handle.lower() in _TAKEN or handle.isdecimal():
        raise HandleUnfit(handle=handle[:LONGEST] or "?", least=SHORTEST, most=LONGEST)
    return handle
