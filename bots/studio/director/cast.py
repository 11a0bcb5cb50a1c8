# ruff: noqa: E501
"""Who is named to play: handles ("@ana"), and the member themselves ("add me", "avec moi").

The member is the cue "me": whoever asks is known to the studio, not to the words.
"""

import re

from bots.studio.director.text import CLAUSE, unique

#: The member who asks.
ME = "me"

#: What platforms take for everyone there; nobody can be called so.
_NOBODY = ("everyone", "here", "all", "channel")
_HANDLE = re.compile(r"(?<![\w.@/<])@([a-z0-9_](?:[\w.-]{0,30}\w)?)", re.IGNORECASE)
_DOES = r"(?:\w+ing|as|on|in|at|with|and|riding|qui|en|sur|dans|et|a|au)"
_ME = re.compile(
    r"(?<!\w)(?:add|put|insert|place|cast|featuring|feat|starring|star|with|film|replace (?:\w+ ){1,3}(?:with|by)|of|and|plus|include|cut to|follows) me"
    r"(?!\w)(?! (?:a|an|the|some|how|what|your|more|another)(?!\w))"
    rf"|{CLAUSE}me(?= {_DOES}(?!\w)|[,.!?]|$)|(?<!\w)(?:myself|my own face|my face)(?!\w)"
    r"|(?<!\w)(?:ajoute|mets|met|place|filme|rajoute|inclus|imagine)[- ]moi(?!\w)(?! (?:un|une|le|la|les|des|du|de|plus|ca|tout)(?!\w))"
    rf"|(?<!\w)(?:avec|et|comme|de|par|plus) moi(?!\w)|{CLAUSE}moi(?= {_DOES}(?!\w)|[,.!?]|$)|(?<!\w)moi[- ]meme(?!\w)"
)
_NOT = re.compile(
    r"(?:\btell|\bshow|\bgive|\bbetween you|\bwithout|\bremove|\bsans|\benleve|\bfollow|\bdis|\bdonne|\bmontre|\bfor|\bpour) ?(?:you )?$"
)


def find(text: str, shown: str) -> tuple[str, ...]:
    """The handles of the text, without "@", and "me"; in the order of the text."""
    handles = ((match.start(), match[1].rstrip(".")) for match in _HANDLE.finditer(text))
    found = [(at, handle) for at, handle in handles if handle.lower() not in _NOBODY]
    for match in _ME.finditer(shown):
        if not _NOT.search(shown, max(0, match.start() - 14), match.start()):
            found.append((match.start(), ME))
            break
    return unique(handle for _, handle in sorted(found))
