# ruff: noqa: E501
"""Words said aloud: what stands in quotes, and who says it as far as the prompt tells.

Quotes of a sign, a title or a name are no speech. Apostrophes are told from quotes by what stands
on either side.
"""

import re
from dataclasses import dataclass

from bots.studio.director.speakers import name, speaker, subject
from bots.studio.director.text import HIDDEN

#: Characters of the longest line; what is longer is a quote left open.
LONGEST = 400

_QUOTES = re.compile(
    rf"“([^“”]{{1,{LONGEST}}})”|„([^„“”]{{1,{LONGEST}}})[“”]|«([^«»]{{1,{LONGEST}}})»"
    rf"|‹([^‹›]{{1,{LONGEST}}})›|「([^「」]{{1,{LONGEST}}})」|\"([^\"]{{1,{LONGEST}}})\""
    rf"|(?<![\w'‘’])['‘](?=\S)((?:[^'‘’\n]|['’](?=\w)){{1,{LONGEST}}}(?<=\S))['’](?!\w)"
)

_NOT_SAID = re.compile(
    r"(?:\b(?:reads?|reading|titled?|called|named|labell?ed|written|words?|texts?|signs?|t-?shirts?|subtitles?|captions?|posters?"
    r"|logos?|labels?|songs?|movies?|films?|banners?|spelling|spells|billboards?|tattoos?|screens?|display(?:s|ing)|showing|letters|style of"
    r"|like|from|marked|printed|so-called|panneaux?|enseignes?|inscriptions?|mots?|textes?|titres?|intitulee?|nommee?|appelee?|ecrit"
    r"|affiches?|ecrans?|marquee?|pancartes?|banderoles?|lit|affiche|style|comme|de|chanson)"
    r"(?: (?:that|which|who|where|with|the|of|words?|text|qui|ou|avec|le|la|les|il|est|mots?|texte|saying|says|dit|indique|on|a|reads?|lit))*)"
    r" ?[:,]? ?$"
)


@dataclass(frozen=True)
class Quote:
    """A line as it stands in the prompt."""

    words: str
    speaker: str | None
    #: Characters of the text, the quotes included.
    start: int
    end: int
    #: False for a sign, a title, a name: kept from the other readings, but not said.
    said: bool


def find(text: str, folded: str) -> list[Quote]:
    """The quotes of the text (as written, and folded), in their order."""
    found: list[Quote] = []
    spans = [
        (match.start(), match.end(), next(g for g in match.groups() if g).strip())
        for match in _QUOTES.finditer(text)
    ]
    shown = _hidden(folded, spans)
    for n, (start, end, words) in enumerate(spans):
        if not any(c.isalnum() for c in words):
            continue
        since = spans[n - 1][1] if n else 0
        before = shown[max(since, start - 160) : start]
        after = shown[end : end + 90]
        last = found[-1].speaker if found else None
        said, span = speaker(before, after)
        said = said and not _NOT_SAID.search(before)
        said = said or (span is None and not _NOT_SAID.search(before) and _sounds_said(words))
        named = name(text, folded, span, max(since, start - 160), end) if said else None
        if said and named == "" and _goes_on(before, after):
            named = last
        resolved = named or None
        introduced = span is None and before.rstrip().endswith(":")
        if said and (named == "" or introduced):
            resolved = subject(text[:start], shown[:start])
        found.append(Quote(words, resolved if said else None, start, end, said))
    return found


def _hidden(folded: str, spans: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, _ in spans:
        parts += [folded[at:start], HIDDEN * (end - start)]
        at = end
    return "".join((*parts, folded[at:]))


def _goes_on(before: str, after: str) -> bool:
    """Whether "he says" and the like follow an earlier line."""
    return HIDDEN in before[:3]


def _sounds_said(words: str) -> bool:
    """Whether a quote that nobody is said to say reads like speech."""
    return words[-1] in "!?.…" or len(words.split()) >= 3
