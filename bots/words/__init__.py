"""Every sentence a member reads, in English and French, in Fluent files a language.

`say` makes one sentence; `tell` makes whole messages from the studio's values. Text is plain, with
no markup of any platform: adapters escape it for theirs.
"""

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "fr")


def language_of(locale: str | None) -> str:
    """The language to speak to someone whose platform says `locale` ("fr-CA", "pt", None)."""
    return "fr" if (locale or "").lower().split("-")[0].split("_")[0] == "fr" else "en"


def say(language: str, key: str, **figures: str | int | float) -> str:
    """The sentence `key` in `language`; LookupError for a key that has no words."""
    bundle = _bundle(language)
    if not bundle.has_message(key):
        raise LookupError(f"no words for {key!r} in {language}")
    text, problems = bundle.format_pattern(bundle.get_message(key).value, figures)
    if problems:
        raise LookupError(f"words for {key!r} in {language} need more: {problems}")
    return str(text)


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for source in sources(language):
        bundle.add_resource(FluentResource(source))
    return bundle


def sources(language: str) -> list[str]:
    """The text of the language's Fluent files: one for most, one a subject for the rest."""
    files = resources.files("bots.words").iterdir()
    named = sorted(
        (file for file in files if f".{file.name}".endswith(f".{language}.ftl")),
        key=lambda file: file.name,
    )
    return [file.read_text(encoding="utf-8") for file in named]
