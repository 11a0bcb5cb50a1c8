# ruff: noqa: E501
"""Who is named to play: handles ("@ana"), and the member themselves ("add me", "avec moi").

The member is the cue "me": whoever asks is known to the studio, not to the words. Who is named to
be left out ("without @ana", "enlève-moi") is taken out of the words, and plays no more.
"""

import re
from collections.abc import Collection, Iterator

from bots.studio.director.placing import shown_of
from bots.studio.director.text import CLAUSE, tidy, unique

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
_H = r"@[a-z0-9_](?:[\w.-]{0,30}\w)?"
_LIST = rf"{_H}(?:(?: ?, ?(?:and |et )?| (?:and|et|or|ou|nor|ni|&) ){_H}){{0,8}}"
#: Before whom it stands, they are to be left out.
_OUT = (
    r"(?:without|with no|no more|no|minus|remove|drop|lose|delete|leave out|take out|kick out|cut out|edit out|get rid of|except(?: for)?"
    r"|sans|pas de|plus de|enleve[rz]?|retire[rz]?|supprime[rz]?|vire[rz]?|ote[rz]?|sauf|moins)"
)
_LEAVING = re.compile(
    rf"(?:,? ?(?:and|but|et|mais) )?(?<!\w){_OUT} (?P<a>{_LIST})(?: out| from (?:it|the (?:clip|scene|video|film))| (?:du|de la) (?:clip|scene|video|film))?"
    rf"|(?:,? ?(?:and|but) )?(?<!\w)(?:take|leave|cut|edit|kick|get) (?P<b>{_LIST}) (?:out|away)(?: of (?:it|the (?:clip|scene|video|film)))?(?!\w)"
)
#: The member, to be left out or to take somebody's place.
_ME_TOO = re.compile(
    rf"(?<!\w){_OUT}[- ](?:me|moi)(?!\w)|(?<!\w)(?:take|leave|cut|edit) me(?= out)"
    r"|(?<!\w)(?:swap|trade|exchange|echange|remplace) (?:[\w@']{1,30} ){1,4}(?:for|with|by|pour|contre|par) (?:me|moi)(?!\w)"
    rf"|{CLAUSE}(?:me|moi)(?= ?:)|(?<!\w)(?:then|puis) (?:me|moi)(?= {_DOES}(?!\w)|[,.!?]|$)"
)
_PRONOUN = re.compile(r"(?:me|moi(?:[- ]meme)?|myself|my own face|my face)$")


def find(text: str, shown: str) -> tuple[str, ...]:
    """The handles of the text, without "@", and "me"; in the order of the text."""
    handles = ((match.start(), match[1].rstrip(".")) for match in _HANDLE.finditer(text))
    found = [(at, handle) for at, handle in handles if handle.lower() not in _NOBODY]
    found += [(match.start(), ME) for match in list(_of_me(shown))[:1]]
    return unique(handle for _, handle in sorted(found))


def by_name(text: str, handle: str) -> str:
    """The text with the member called by their handle, so that it means them for others too."""
    shown = shown_of(text)
    matches = {match.end(): match for match in (*_of_me(shown), *_ME_TOO.finditer(shown))}
    for end in sorted(matches, reverse=True):
        if said := _PRONOUN.search(matches[end][0]):
            # "Ajoute-moi": a hyphen would make it one word.
            start = matches[end].start() + said.start()
            before = text[:start]
            before = f"{before[:-1]} " if before.endswith("-") else before
            text = f"{before}@{handle}{text[end:]}"
    return text


def leaving(text: str) -> tuple[str, frozenset[str]]:
    """The text without those who are to be left out, and their handles in lower case."""
    shown, gone = shown_of(text), set[str]()
    for match in reversed(list(_LEAVING.finditer(shown))):
        named = match["a"] or match["b"]
        gone |= {each.lower().rstrip(".") for each in re.findall(rf"@({_H[1:]})", named)}
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return (tidy(text) if gone else text), frozenset(gone)


def without(text: str, gone: Collection[str]) -> str:
    """The text without these handles, and without the small words that joined them to others."""
    for handle in gone:
        name = rf"@{re.escape(handle)}(?![\w])"
        joined = r"(?:,? (?:and|et|&) |, ?)"
        for pattern, put in (
            (rf"{name}['’]s (?=\w)", "the "),
            (rf"{name}{joined}(?=@|\w)", ""),
            (rf"(?:{joined}|(?<!\w)(?:with|avec|plus) ){name}", ""),
            (name, ""),
        ):
            text = re.sub(pattern, put, text, flags=re.IGNORECASE)
    return tidy(text) if gone else text


def named_in(text: str) -> frozenset[str]:
    """The handles of the text, in lower case."""
    return frozenset(match[1].rstrip(".").lower() for match in _HANDLE.finditer(text))


def _of_me(shown: str) -> Iterator[re.Match[str]]:
    """Where the member is asked for."""
    for match in _ME.finditer(shown):
        if not _NOT.search(shown, max(0, match.start() - 14), match.start()):
            yield match
