# ruff: noqa: E501
"""Where a prompt cuts: numbered lists, timestamps, "cut to", "then", in English and French."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bots.studio.director.marks import CLOCK, seconds
from bots.studio.director.text import CLAUSE, HIDDEN, tidy

#: Shots of one clip at most: the rest of a longer list stays in the last.
MOST = 12


@dataclass(frozen=True)
class Segment:
    """A shot as it stands in the prompt."""

    prompt: str
    #: Characters of the text.
    begin: int
    end: int
    #: Seconds from the clip's beginning, where the prompt says.
    start: float | None = None
    #: Seconds, where the prompt says when it ends.
    stop: float | None = None


_NUMBER = re.compile(
    r"(?<![\w.:,/#-])(?:(?P<word>shot|scene|plan|prise|sequence|panel) ?(?:n° ?|#)?)?(?P<n>\d{1,2}) ?"
    r"(?:[.):](?!\d)|[-–—](?= )) ?(?=\D)"
)
# "Man 1: hello" names somebody; "1: hello" counts.
_NAMED_BEFORE = re.compile(r"\w $")
_ORDINAL = re.compile(
    r"(?<!\w)(?:(?:first|second|third|fourth|fifth|next|last|final|opening|closing) (?:shot|scene) ?[:,]"
    r"|(?:premiere?|deuxieme|seconde?|troisieme|quatrieme|derniere?) (?:plan|scene) ?:|plan suivant ?[:,])"
)
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t]*[-*•–—] +")
_SIDE = rf"{CLOCK}|\d{{1,3}}(?:[.,]\d{{1,2}})?"
_RANGE = re.compile(
    rf"[\[(]?(?<![\w:.,])(?:from |de )?(?P<from>{_SIDE}) ?(?P<s1>s|sec|seconds|secondes)? ?(?:-|–|—|to|→|->|a) ?(?P<to>{_SIDE}) ?"
    r"(?P<s2>s|secs?|seconds?|secondes?)?(?!\w|:\d)[\])]? ?[:,\-–—]? ?"
)
_STAMP = re.compile(
    rf"(?:{CLAUSE}|(?<![\w:])(?<!at )(?<! a )(?<!@ )(?<!vers )(?=\d?\d:))[\[(]?(?P<at>{CLOCK}|\d{{1,3}} ?s)(?![\w:])[\])]? ?[:\-–—]? ?(?=[^\W\d])"
)
_NOT_THEN = r"(?<!now and )(?<!back )(?<!since )(?<!until )(?<!by )(?<!even )(?<!just )(?<!only )(?<!if not )(?<!now )"
_CUT = re.compile(
    r"(?:[,.;\n] ?|(?<![\w"
    + HIDDEN
    + r"]))(?:(?:and|then|we|et|on|puis)(?!\w),? ?)?(?:then |puis )?"
    r"(?:(?:smash|hard|jump|match|quick) ?)?(?:cut(?:s|ting)?(?: back)? to|fad(?:e|es|ing)(?: in)?to|fades? to"
    r"|dissolv(?:e|es|ing) (?:in)?to|transition(?:s|ing)? (?:in)?to|wipes? to)"
    r"(?! (?:black|white|the (?:bone|waist|knee|chase|quick)|pieces|size|shape|ribbons|nothing|gr[ea]y))(?!\w) ?[:,]? ?"
    r"|(?:[,.;\n] ?|(?<!\w))(?:(?:et|puis|ensuite|on) )?(?:(?:cut|coupe[rz]?|enchaine[rz]?|fondu(?: enchaine)?|transition)(?: net| sec| brusque)?"
    r" (?:sur|vers)|cut a)(?! (?:le |du )?noir)(?!\w) ?:? ?"
    rf"|(?:[,;.\n] ?| |^){_NOT_THEN}(?:and )?{_NOT_THEN}then(?!\w)(?! (?:some|on|again|at \d)),? ?"
    r"|(?:[,;.\n] ?| )(?:et )?(?:puis|ensuite)(?!\w)(?! (?:qu|a \d)),? ?"
    r"|(?:[,;.\n] ?| )(?:next|after that|plan suivant|apres quoi|apres ca|finally|enfin)(?:,| :|:) ?"
)
_LEAD = re.compile(
    r"(?:first|firstly|start with|starts with|d'abord|au debut|on commence (?:par|sur)|we start (?:on|with)|open on)(?: a)?(?=[ ,:]),?:? ?"
)
_TIMED_END = re.compile(
    rf"[ ,]*(?:at|a|@) (?P<at>{CLOCK}|\d{{1,3}}(?:[.,]\d)? ?(?:s|seconds?|secondes?))[ ,]*$"
)
_TIMED_HEAD = re.compile(
    rf"[^,.;\n{HIDDEN}]{{1,80}} (?:at|a|@) (?P<at>{CLOCK}|\d{{1,3}}(?:[.,]\d)? ?(?:s|seconds?|secondes?))(?=[,.;\n]|$)"
)


def find(text: str, shown: str) -> list[Segment]:
    """The shots of the text (as written; folded with speech hidden); empty where it never cuts."""
    for way in (_ranges, _stamps, _numbered, _bullets, _cuts):
        found = [each for each in way(text, shown) if each.prompt]
        if len(found) > 1 or (found and found[0].stop is not None):
            return found if len(found) > 1 else []
    return []


def starts(segments: list[Segment], length: float) -> list[float]:
    """When each shot begins, in seconds: as told, and spread evenly between."""
    known: list[float | None] = [each.start for each in segments]
    known[0] = 0.0
    for n in range(1, len(known)):
        if known[n] is None and segments[n - 1].stop is not None:
            known[n] = segments[n - 1].stop
    made: list[float] = []
    for n, at in enumerate(known):
        if at is None or (made and at <= made[-1]):
            later = next(
                (k for k in range(n + 1, len(known)) if (known[k] or 0) > made[-1]), len(known)
            )
            end = (
                max(known[later] or length, made[-1])
                if later < len(known)
                else max(length, made[-1])
            )
            at = made[-1] + (end - made[-1]) / (later - n + 1)
        made.append(round(at, 2))
    return made


def _ranges(text: str, shown: str) -> list[Segment]:
    marks: list[tuple[int, int, float, float]] = []
    for match in _RANGE.finditer(shown):
        plain = ":" not in match["from"] and ":" not in match["to"]
        if plain and not (match["s1"] or match["s2"]):
            continue
        begin, end = seconds(match["from"]), seconds(match["to"])
        if begin is None or end is None or end <= begin or (marks and begin < marks[-1][3]):
            continue
        marks.append((match.start(), match.end(), begin, end))
    if len(marks) < 2:
        return []
    cut = [(first, last) for first, last, _, _ in marks]
    made = _between(text, cut)
    return [
        Segment(each.prompt, each.begin, each.end, begin, end)
        for each, (_, _, begin, end) in zip(made, marks, strict=True)
    ]


def _stamps(text: str, shown: str) -> list[Segment]:
    marks = [(m.start(), m.end(), seconds(m["at"])) for m in _STAMP.finditer(shown)]
    times = [at for _, _, at in marks]
    if len(marks) < 2 or times[0] != 0 or None in times:
        return []
    if any((b or 0) <= (a or 0) for a, b in pairwise(times)):
        return []
    made = _between(text, [(first, last) for first, last, _ in marks])
    return [Segment(e.prompt, e.begin, e.end, at) for e, at in zip(made, times, strict=True)]


def _numbered(text: str, shown: str) -> list[Segment]:
    marks: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(shown):
        named = bool(_NAMED_BEFORE.search(shown, max(0, match.start() - 20), match.start()))
        told = match["word"] or not (named and ":" in match[0])
        if told and int(match["n"]) == len(marks) + 1:
            marks.append(match.span())
    if len(marks) < 2:
        marks = [m.span() for m in _ORDINAL.finditer(shown)]
    return _between(text, marks) if len(marks) > 1 else []


def _bullets(text: str, shown: str) -> list[Segment]:
    marks = [m.span() for m in _BULLET.finditer(shown)]
    return _between(text, marks) if len(marks) > 1 else []


def _between(text: str, marks: list[tuple[int, int]]) -> list[Segment]:
    """What stands after each mark; what stands before the first belongs to the first shot."""
    marks = marks[:MOST]
    ends = [start for start, _ in marks[1:]] + [len(text)]
    made = []
    for n, ((start, begin), end) in enumerate(zip(marks, ends, strict=True)):
        prompt = tidy(text[begin:end])
        if n == 0 and any(c.isalpha() for c in text[:start]):
            prompt = f"{text[:start].strip(' :,;.-–—')}, {prompt}"
        made.append(Segment(prompt.strip(" .;,–—-"), begin if n else 0, end))
    return made


def _cuts(text: str, shown: str) -> list[Segment]:
    marks = [m.span() for m in _CUT.finditer(shown) if _is_cut(shown, m)][: MOST - 1]
    if not marks:
        return []
    begins, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    made: list[Segment] = []
    start: float | None = None
    for n, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        lead = _LEAD.match(shown, begin)
        begin = lead.end() if lead else begin
        cuts = n < len(marks) and _cut_word(shown, marks[n])
        timed = _TIMED_END.search(shown, max(begin, end - 30), end) if cuts else None
        following = seconds(timed["at"]) if timed else None
        stop = timed.start() if timed else end
        head = _TIMED_HEAD.match(shown, begin) if n and _cut_word(shown, marks[n - 1]) else None
        if head and start is None:
            start = seconds(head["at"])
        if any(c.isalpha() for c in text[begin:stop]):
            prompt = tidy(text[begin:stop]).strip(" .;,")
            made.append(Segment(prompt, begin, end, start))
        start = following
    return made


def _is_cut(shown: str, match: re.Match[str]) -> bool:
    """A dress "cut to the knee" and a cup ("une coupe sur la table") are no cuts."""
    before = shown[max(0, match.start() - 8) : match.start()].rstrip()
    if re.search(r"(?<!\w)(?:a|an|the|une|la|sa|ma|is|are|hair|dress|been|was)$", before):
        return False
    return bool(re.search(r"\w", shown[: match.start()])) or "then" not in match[0]


def _cut_word(shown: str, mark: tuple[int, int]) -> bool:
    return "cut" in shown[mark[0] : mark[1]] or "coupe" in shown[mark[0] : mark[1]]
