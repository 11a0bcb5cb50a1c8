# ruff: noqa: E501
"""Who says a line: a name beside a verb of speech, before a colon, or whom the prompt is about."""

import re

from bots.studio.director.phrases import ADJECTIVES, COLOURS
from bots.studio.director.text import CLAUSE, HIDDEN, word_set

_SAYS_EN = (
    r"(?:says?|said|saying|ask(?:s|ed|ing)?|whisper(?:s|ed|ing)?|shout(?:s|ed|ing)?|yell(?:s|ed|ing)?"
    r"|scream(?:s|ed|ing)?|repl(?:y|ies|ied)|answer(?:s|ed|ing)?|sing(?:s|ing)?|sang|mutter(?:s|ing)?"
    r"|mumble[sd]?|announce[sd]?|declare[sd]?|exclaim(?:s|ed)?|cr(?:y|ies|ied)|call(?:s|ed|ing)? out|calls"
    r"|growl(?:s|ed|ing)?|grumble[sd]?|laugh(?:s|ed)?|sigh(?:s|ed)?|roar(?:s|ed)?|beg(?:s|ged)|go(?:es|ing)"
    r"|narrat(?:es|ing)|repeat(?:s|ing)?|chant(?:s|ing)?|speak(?:s|ing)?|bark(?:s)?|squeak(?:s)?|thinks?)"
)
_SAYS_FR = (
    r"(?:dit|disent|disant|demande(?:nt)?|chuchote(?:nt)?|murmure(?:nt)?|crie(?:nt)?|hurle(?:nt)?"
    r"|repond(?:ent)?|chante(?:nt)?|annonce(?:nt)?|declare(?:nt)?|s'ecrie|s'exclame|marmonne|grogne|soupire"
    r"|rugit|lance|lache|repete|souffle|supplie|scande(?:nt)?|grommelle|fait|ajoute|appelle|explique|ricane)"
)
_ADVERB = (
    r"(?: (?:softly|loudly|quietly|sadly|happily|angrily|slowly|suddenly|out loud|to (?:the|his|her|a|itself) ?\w*"
    r"|at (?:the|him|her|me|us|them) ?\w*|in a \w+ voice|in \w+|doucement|tout bas|tristement|joyeusement|fort"
    r"|d'une voix \w+|en \w+|a (?:la |l'|sa |son |voix )?\w+|au \w+|avec \w+|soudain)){0,2}"
)
_BEFORE = re.compile(rf"(?<!\w)(?:{_SAYS_EN}|{_SAYS_FR}){_ADVERB} ?[,:]? ?$")
_COLON = re.compile(
    rf"(?:^|[.,;!?\n{HIDDEN}]|(?<!\w)then |(?<!\w)puis |(?<!\w)and |(?<!\w)et )([^.,;:!?\n{HIDDEN}]{{1,40}}?) ?: ?$"
)
_AFTER_EN = re.compile(
    rf" ?,? ?(?:{_SAYS_EN} ((?:the|a|an|my|his|her|one) [^.,;:!?\n{HIDDEN}]{{1,60}}|@?\w+)|((?:the|a|an|my|his|her|one) [^.,;:!?\n{HIDDEN}]{{1,40}}?|he|she|it|they|@\w+) {_SAYS_EN}(?!\w))"
)
_AFTER_FR = re.compile(
    rf" ?,? ?{_SAYS_FR}(?:-t)?(?:-(?:il|elle|on))?(?: ((?:le |la |les |l'|un |une |mon |ma |son |sa )[^.,;:!?\n{HIDDEN}]{{1,60}}|@?\w+))?"
)
_ENGLISH_NAMED = re.compile(r"(?:the|a|an|my|one|his|her|its) ")
_DET = re.compile(r"(?:(the|a|an|my|his|her|one|le|la|les|un|une|mon|ma|son|sa|ses) |(l'))")
_OPENING = re.compile(rf"{CLAUSE}(?:(?:the|a|an|my|le|la|un|une|mon|ma) |l')")
# "Push in on a fox", "gros plan sur un renard": whom the camera is about.
_FILMED = re.compile(
    r"(?<!\w)(?:on|of|to|follows|around|sur|suit|autour de?|de|vers)(?: |(?<=autour d'))(?=(?:the|a|an|un|une|le|la) )"
)
_FRAMING = re.compile(
    r"(?:\w+ ){0,2}(?:shot|close|view|camera|scene|clip|video|film|plan|vue|gros plan|zoom|angle)(?!\w)"
)
#: Words that a name does not go past.
_ENDS = word_set(
    """
    in on at with who that which as and is are was looks looking from under over by near to
    while then stands standing sits sitting walks walking turns turning leans leaning stops
    stares of into up down out opens picks holds holding wearing before after through wakes
    smiles smiling waves waving raises jumps runs running comes points nods dans sur sous a au
    aux avec qui que et en vers par pour pres devant derriere se s'arrete leve regarde tourne
    marche est puis assis assise debout sourit entre sort ouvre prend saute court avant apres
    montre
    """
)
#: What may stand between "a" and a name.
_BEFORE_A_NAME = COLOURS | ADJECTIVES | frozenset(["first", "second", "other", "baby"])
_PRONOUNS = word_set(
    """
    he she it they we you i il elle ils elles on
    """
)
#: Nouns that look like verbs.
_NOUNS = word_set(
    """
    king string thing being duckling princess boss actress waitress goddess
    """
)

#: What two of them do, without an "s": "a fox and a robot dance".
_DOING = word_set(
    """
    dance play race fight fly swim drive hop spin sing eat cook hug kiss chase meet talk float
    roll climb surf ski skate sleep march argue laugh rest ride
    """
)

Span = tuple[bool, int, int]
"""Where a name stands: after the quote?, from, to. One of no length asks for the subject."""


def speaker(before: str, after: str) -> tuple[bool, Span | None]:
    """Whether somebody says it, and where their name stands: (after the quote?, from, to).

    A span of no length asks for the subject of what goes before.
    """
    verb = _BEFORE.search(before)
    if verb:
        clause = _clause_start(before, verb.start())
        return True, (False, clause, verb.start())
    told = _AFTER_FR.match(after) or _AFTER_EN.match(after)
    told_en = _AFTER_EN.match(after)
    if told_en and (not told or told_en.end() >= told.end()):
        told = told_en
    if told:
        group = next((n for n in range(1, (told.re.groups or 0) + 1) if told[n]), 0)
        return True, (True, *(told.span(group) if group else (0, 0)))
    colon = _COLON.search(before)
    if colon and len(colon[1].split()) <= 4:
        return True, (False, *colon.span(1))
    return False, None


def name(text: str, folded: str, span: Span | None, offset: int, end: int) -> str | None:
    """The name in the span: "" where it must be looked for, None where nobody is named."""
    if span is None:
        return None
    after, begin, stop = span
    base = end if after else offset
    said, plain = text[base + begin : base + stop], folded[base + begin : base + stop]
    if after or _is_name(plain):
        return _cut(said, plain)
    # The last clause with a name of its own, else the first: "a barista looks up and says".
    for piece in _pieces(plain):
        name = _cut(said[piece[0] : piece[1]], plain[piece[0] : piece[1]])
        if name:
            return name
    return ""


def subject(text: str, shown: str) -> str | None:
    """Whom the prompt is about: for "it says" and for words said without a name."""
    for match in _OPENING.finditer(shown):
        if not _FRAMING.match(shown, match.end()):
            begin = match.start()
            return _cut(text[begin : begin + 80], shown[begin : begin + 80]) or None
    filmed = _FILMED.search(shown)
    if not filmed:
        return None
    begin = filmed.end()
    return _cut(text[begin : begin + 80], shown[begin : begin + 80]) or None


def _clause_start(before: str, end: int) -> int:
    return max((before.rfind(mark, 0, end) + 1 for mark in ".;:!?\n" + HIDDEN), default=0)


def _is_name(plain: str) -> bool:
    return ":" not in plain and len(plain.split()) <= 3 and not re.search(r"[,]", plain)


def _pieces(plain: str) -> list[tuple[int, int]]:
    """The clauses of the words before a verb of speech, the last first."""
    bounds = [
        0,
        *(
            m.end()
            for m in re.finditer(
                r", |(?<!\w)(?:and|then|et|puis|while|as|when|quand|ou|where) ", plain
            )
        ),
    ]
    return list(zip(bounds, [*bounds[1:], len(plain)], strict=True))[::-1]


def _cut(said: str, plain: str) -> str:
    """A name as a reader would point at it: "a tired old fox sighs" → "the tired old fox"."""
    lead = len(plain) - len(plain.lstrip(" ,-"))
    plain, said = plain[lead:], said[lead:]
    lead_word = re.match(
        r"(?:(?:at|a|after|apres|@) [\d:.,]+ ?(?:s|secs?|seconds?|secondes?)?,? )?(?:(?:and|then|suddenly|when|et|puis|soudain|while|as|un jour|finally|enfin|alors) )?",
        plain,
    )
    if lead_word:
        plain, said = plain[lead_word.end() :], said[lead_word.end() :]
    if plain.startswith("@"):
        return re.split(r"[\s,]", said, maxsplit=1)[0].lstrip("@").rstrip(".:")
    det = _DET.match(plain)
    rest, shown = (plain[det.end() :], said[det.end() :]) if det else (plain, said)
    words = rest.split()
    if not words or words[0] in _PRONOUNS or words[0] in _ENDS:
        return ""
    if not det:
        named = shown.split()
        if not named[0][:1].isupper() or len(words) > 2:
            return ""
        return " ".join(named) if words[-1].isdigit() else named[0]
    english = bool(_ENGLISH_NAMED.match(plain))
    kept = _english_name(words) if english else _french_name(words)
    article = _definite((det[1] or det[2] or "").strip(), words[0])
    return article + " ".join(shown.split()[:kept])


def _english_name(words: list[str]) -> int:
    """How many of the words after "a" are the name: adjectives, then a noun or a compound."""
    count = 0
    while count < len(words) - 1 and words[count] in _BEFORE_A_NAME:
        count += 1
    count += 1
    if (
        count < len(words)
        and words[count].rstrip(",") not in _ENDS | _DOING
        and (words[count] in _NOUNS or not words[count].endswith(("s", "ing", "ly")))
    ):
        count += 1
    return count


def _french_name(words: list[str]) -> int:
    """How many of the words after "un" are the name: a noun and its adjectives."""
    count = (
        2
        if words[0]
        in (
            "petit",
            "petite",
            "vieux",
            "vieil",
            "vieille",
            "grand",
            "grande",
            "gros",
            "grosse",
            "jeune",
        )
        else 1
    )
    colours = {
        "rouge",
        "bleu",
        "bleue",
        "vert",
        "verte",
        "roux",
        "rousse",
        "noir",
        "noire",
        "blanc",
        "blanche",
        "gris",
        "grise",
    }
    while count < len(words) and words[count] in colours:
        count += 1
    return min(count, len(words))


def _definite(article: str, word: str) -> str:
    if article in ("a", "an", "the", "one"):
        return "the "
    if article in ("un", "une", "le", "la", "l'"):
        vowel = word[:1] in "aeiouh" and word[:1] != ""
        return (
            "l'"
            if article == "l'" or (vowel and article in ("un", "une"))
            else ("le " if article in ("un", "le") else "la ")
        )
    return f"{article} " if article else ""
