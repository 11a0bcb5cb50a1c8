"""Options inside a prompt, in plain words or flags, in any order, in English and French.

`a fox in the snow, 8s 9:16 seed 4 pixel` is a prompt and four options. What is not understood
stays prompt; a time in the story ("beat drop at 6s", "at 9:16 the door opens") is left alone.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from storage.plan import Aspect

#: Seeds are 32 bits: they survive every platform's numbers.
SEEDS = 2**32


@dataclass(frozen=True)
class Options:
    """What a member asked for beside the words. None where they said nothing."""

    seconds: float | None = None
    aspect: Aspect | None = None
    #: 0 to SEEDS - 1.
    seed: int | None = None
    style: str | None = None
    preset: str | None = None
    #: "draft", "standard" or "pro": chooses a preset where none is named.
    quality: str | None = None
    #: How far a remix may leave its parent, 0 to 1.
    strength: float | None = None

    def over(self, other: "Options") -> "Options":
        """These options, and the other's where these say nothing."""
        return replace(other, **{k: v for k, v in vars(self).items() if v is not None})


_NUMBER = r"(\d+(?:[.,]\d+)?)"
# "at 6s", "after 3 seconds", "à 6s": a moment in the story, not the clip's length.
_MOMENT = (
    r"(?<!\bat )(?<!\bà )(?<!\bby )(?<!\bafter )(?<!\baprès )(?<!\buntil )(?<!\bfrom )(?<!\bin )"
    r"(?<!\bat the )(?<!\bà la )(?<!\bau bout de )(?<!\bvers )(?<!\bdès )(?<!\baround )"
    r"(?<!\bà partir de )"
)
_EDGE = r"(?<![\w:.'’-])"
_END = r"(?![\w:-])(?!\.\d)"


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


# "a 1920s jazz band", "an 80s disco": a decade.
_NO_DECADE = r"(?!\d{2}[0-9]0s)(?:(?<!\bthe )(?<!\ban )(?<!\ba )|(?![2-9]0s))"
_SECONDS = rf"{_NO_DECADE}{_NUMBER}[ -]?(?:s|secs?|seconds?|secondes?)"
# Only as an item of its own, or of a film: "he waits 2 hours" is the story.
_MINUTES = r"(?P<minutes>min|mins|minutes?)"
_HOURS = r"(?P<hours>h|hrs?|hours?|heures?)"
_LONG = (
    rf"(?:(?:(?<=^)|(?<=[,;] )|(?<=[,;])){_NUMBER}[ -]?(?:{_MINUTES}|{_HOURS})(?:[ -]long)?"
    r"(?=\s*(?:[,;.]|$)))"
)
_QUALITIES = "draft|standard|pro|brouillon"


def _quality(word: str) -> str:
    return "draft" if word.lower() == "brouillon" else word.lower()


def _in_seconds(found: re.Match[str]) -> float:
    return _decimal(found[1]) * (60 if found["minutes"] else 3600)


_Read = Callable[[re.Match[str]], object]
_WORDS: list[tuple[str, str, _Read]] = [
    ("seconds", rf"--(?:seconds|duration|durée)[ =]{_NUMBER}s?", lambda m: _decimal(m[1])),
    (
        "seconds",
        rf"{_MOMENT}(?:(?:for|lasting|pendant|durant) )?{_SECONDS}(?: long)?",
        lambda m: _decimal(m[1]),
    ),
    ("seconds", _LONG, _in_seconds),
    ("aspect", rf"{_MOMENT}(?:--(?:ar|aspect)[ =])?(16:9|9:16|1:1)", lambda m: Aspect(m[1])),
    (
        "aspect",
        r"--vertical|vertical (?:video|clip|format)|(?:vidéo|format) verticale?",
        lambda m: Aspect.TALL,
    ),
    (
        "aspect",
        r"--square|square (?:video|clip|format)|(?:vidéo|format) carrée?",
        lambda m: Aspect.SQUARE,
    ),
    ("seed", r"(?:--)?(?:seed|graine)[ =:]+(\d{1,20})", lambda m: int(m[1]) % SEEDS),
    (
        "strength",
        r"(?:--)?(?:strength|force)[ =:]+(0?[.,]\d+|[01](?:[.,]0+)?)",
        lambda m: _decimal(m[1]),
    ),
    ("style", r"--style[ =](\w+)", lambda m: m[1].lower()),
    (
        "quality",
        rf"(?:--)?(?:quality|qualité)[ =:]+({_QUALITIES})",
        lambda m: _quality(m[1]),
    ),
    ("preset", r"(?:--)?(?:preset|préréglage)[ =:]+([\w.-]+)", lambda m: m[1].lower()),
]
_PATTERNS = [
    (name, re.compile(f"{_EDGE}(?:{body}){_END}", re.IGNORECASE), read)
    for name, body, read in _WORDS
]


def parse(words: str, styles: Collection[str] = ()) -> tuple[str, Options]:
    """The prompt that is left of `words`, and the options found; `styles` are looks by name."""
    found: dict[str, object] = {}
    for name, pattern, read in _PATTERNS:
        match = pattern.search(words)
        if match and name not in found:
            found[name] = read(match)
            words = _cut(words, match)
    if styles and "style" not in found and (match := _style(words, styles)):
        found["style"] = next(s for s in match.groups() if s).lower()
        words = _cut(words, match)
    return _tidy(words), Options(**found)  # type: ignore[arg-type]


def _style(words: str, styles: Collection[str]) -> re.Match[str] | None:
    """A look named as such, or as a word of its own at an edge of the prompt: "a fox, pixel"."""
    names = "|".join(re.escape(style) for style in sorted(styles, key=len, reverse=True))
    return re.search(
        rf"\b(?:in )?(?:an? )?({names}) style\b|\b(?:en )?style ({names})\b"
        rf"|(?:(?<=^)|(?<=,)|(?<=, ))({names})\s*(?=,|$)|(?<= )({names})$",
        words.strip(),
        re.IGNORECASE,
    )


def _cut(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()]} {words[match.end() :]}"


def _tidy(words: str) -> str:
    """The prompt without the commas and spaces that options leave behind."""
    words = re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", words))
    words = re.sub(r"(?: ?,)+(?= ?,)", "", words)
    words = re.sub(r" ([,.])", r"\1", words).strip(" ,\n")
    # Marks alone say nothing, nor do characters that can't be seen.
    seen = "".join(c for c in words if c.isprintable())
    return words if seen.strip(" .!?;:-–…'\"") else ""
