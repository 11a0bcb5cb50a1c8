# ruff: noqa: E501
"""Timing marks: what happens at which second ("beat drop at 6s", "at 0:03 the door opens").

A time of day ("at 9:16 in the morning") and a length ("a 3 second clip") are no marks.
"""

import re
from dataclasses import dataclass

from bots.studio.director.text import CLAUSE, HIDDEN

#: Seconds: what is told later than this is a time of day, not of a clip.
LATEST = 180.0
_MOST_WORDS = 120

SECONDS = r"\d{1,3}(?:[.,]\d{1,2})? ?(?:s|secs?|seconds?|secondes?)"
CLOCK = r"\d{1,2}:[0-5]\d(?:[.,]\d{1,2})?"
_WHEN = (
    rf"(?:(?:the |la |les )?(?P<n>{CLOCK}|{SECONDS})(?: in)?|(?:the )?(?P<n2>\d{{1,3}}(?:st|nd|rd|th)?)[- ]second mark"
    r"|(?:the )?(?P<n3>\d{1,3})(?:st|nd|rd|th) second|(?:second|la seconde) (?P<n4>\d{1,3})"
    r"|la (?P<n5>\d{1,3}) ?(?:e|eme|ere) seconde)(?: mark)?"
)
_AT = re.compile(
    r"(?<![\w" + HIDDEN + r"])(?:right |exactly |just |pile |exactement )?"
    r"(?:(?P<at>at|@|vers|around|from|des|a partir de|apres|after|au bout de)|(?P<a>a)) ?"
    rf"(?:about |exactly )?{_WHEN}(?![\w:])(?! (?:of|de|in the|du|every|clip|video|shot|film)(?!\w))"
    r"(?! ?(?:am|pm|a\.m|p\.m|o'clock|sharp|long)(?!\w))"
)
_LABEL = re.compile(
    rf"(?<![-–—:.,→]){CLAUSE}\[?(?P<n>{CLOCK}|{SECONDS})(?:\] ?[:\-–—]?| ?[:\-–—]) ?(?=[^\W\d])"
)
_END = re.compile(
    r"[.;,\n!?"
    + HIDDEN
    + r"]|(?<!\w)(?:and then|then|puis|ensuite|and at|et a|while|pendant que)(?!\w)|\[| \(|$"
)
_BOUND = re.compile(
    r"[.;,:\n!?(\]"
    + HIDDEN
    + r"]|(?<!\w)(?:then|puis|ensuite|with|avec|add|ajoute|make|have|fais|mets|plus|cut to)(?!\w)"
)
_JOIN = re.compile(
    r"(?<!\w)(?:and|et) (?=(?:the|a|an|le|la|les|un|une|everything|tout|il|elle|it|he|she)(?!\w)|l')"
)
_LEAD = re.compile(
    r"(?:(?:and|then|with|avec|et|puis|add|ajoute|have|there is|there's|il y a|on|suddenly|mais|but|que|rajoute|mets)(?!\w)[ ,]*)+"
)
_ARTICLE = re.compile(r"(?:(?:a|an|un|une) )")


@dataclass(frozen=True)
class Moment:
    """A time told in the prompt, and what is said of it."""

    at: float
    #: What happens, as written; empty where nothing is said.
    what: str
    #: Characters of the whole: the time and its event.
    start: int
    end: int
    #: Characters of the time alone.
    time_start: int
    time_end: int


def seconds(text: str) -> float | None:
    """Seconds of "0:03" or "3 s"; None for a time that no clip has."""
    if ":" in text:
        minutes, rest = text.split(":")
        value = int(minutes) * 60 + float(rest.replace(",", "."))
    else:
        digits = re.match(r"[\d.,]+", text)
        value = float((digits[0] if digits else "0").rstrip(".,").replace(",", "."))
    return value if value < LATEST else None


def find(text: str, shown: str, *, french: bool) -> list[Moment]:
    """The moments of the text (as written; folded with speech hidden), in their order."""
    found: list[Moment] = []
    for match in _AT.finditer(shown):
        if match["a"] and text[match.start("a")] not in "àÀ" and not french:
            continue
        moment = _moment(text, shown, match, since=found[-1].end if found else 0)
        if moment:
            found.append(moment)
    taken = [(each.time_start, each.time_end) for each in found]
    for match in _LABEL.finditer(shown):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        at = seconds(match["n"])
        if at is None:
            continue
        stop = _end(shown, match.end())
        what = _worded(text, shown, match.end(), stop)
        found.append(Moment(at, what, match.start(), stop, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _moment(text: str, shown: str, match: re.Match[str], *, since: int) -> Moment | None:
    number = next((match[name] for name in ("n", "n2", "n3", "n4", "n5") if match[name]), "")
    at = seconds(number)
    if at is None:
        return None
    begin = _begin(shown, match.start(), since)
    before = _worded(text, shown, begin, match.start())
    if before:
        return Moment(at, before, begin, match.end(), match.start(), match.end())
    skipped = re.compile(r"[ ,:\-–—]*").match(shown, match.end())
    first = skipped.end() if skipped else match.end()
    stop = _end(shown, first)
    return Moment(
        at, _worded(text, shown, first, stop), match.start(), stop, match.start(), match.end()
    )


def _begin(shown: str, end: int, since: int) -> int:
    """Where the clause begins that ends with "at 6s"."""
    begin = max(since, end - 200)
    for bound in _BOUND.finditer(shown, begin, end):
        begin = bound.end() if shown[bound.end() : end].strip() else end
    for join in _JOIN.finditer(shown, begin, end):
        if len(shown[begin : join.start()].split()) >= 4:
            begin = join.end()
    return begin


def _end(shown: str, begin: int) -> int:
    last = min(begin + _MOST_WORDS, len(shown))
    found = _END.search(shown, begin, last)
    return found.start() if found else last


def _worded(text: str, shown: str, begin: int, end: int) -> str:
    """What happens, without "with a" and the like."""
    plain, said = shown[begin:end], text[begin:end]
    lead = len(plain) - len(plain.lstrip(" ,:-–—"))
    found = _LEAD.match(plain, lead)
    lead = found.end() if found else lead
    article = _ARTICLE.match(plain, lead)
    if article and len(plain[lead:].split()) <= 3:
        lead = article.end()
    words = said[lead:].strip(" ,.;:-–—")[:_MOST_WORDS]
    return words if any(c.isalpha() for c in words) else ""
