"""Every sentence exists in both languages, fits where it is shown, and says what to do."""

import re

import pytest

from bots.buttons import OF_AN_OWNER, Button, Press, from_data, to_data
from bots.studio import errors
from bots.studio.errors import Refusal
from bots.words import LANGUAGES, language_of, say, sources, tell
from storage.errors import ErrorCode

#: The longest message that both platforms take.
MOST = 2000
_FIGURES: dict[str, str | int | float] = {
    "code": "7K3F", "most": 8, "minutes": 5, "length": 4000, "title": "Pocket", "asked": "60",
    "shortest": 2, "longest": 10, "offered": "16:9", "kind": "remix", "seconds": 4, "place": 2,
    "wait": "40 s", "bar": "▓", "percent": 50, "aspect": "16:9", "seed": "4", "style": "pixel",
    "standing": "…", "maker": "Ana", "parent": "2ABC", "count": 3, "words": "a fox",
    "platform": "Discord", "platforms": "Discord", "preset": "pocket", "hours": 2,
    "attempts": 3, "width": 1, "height": 1, "name": "Ana", "link": "x", "bot": "x", "prompt": "x",
    "signer": "X", "step": "x",
    "handle": "ana", "what": "beat drop", "reports": 2, "at": 1.5, "reason": "Hate", "clips": 3,
    "gone": 1, "sanctions": 0, "id": "12", "appeal": "a joke", "speaker": "the fox",
    "restriction": "no politics", "restrictions": "no politics", "least": 2, "restricted": 1,
    "digits": "4 7 1", "turns": "left", "policy": "only me", "when": "2026-11-25",
    "where": "Discord", "because": "x", "rule": "hate",
    "model": "Pocket", "en": "a dog", "fr": "chien", "group": "Where", "names": "beach, moon",
    "found": "the words that decided", "gb": 80,
}  # fmt: skip


def _keys(language: str) -> set[str]:
    text = "\n".join(sources(language))
    return set(re.findall(r"^([a-z][a-z0-9-]*) =", text, re.MULTILINE))


def _refusals() -> list[type[Refusal]]:
    named = [each for each in vars(errors).values() if isinstance(each, type)]
    return [each for each in named if issubclass(each, Refusal) and each is not Refusal]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_there_twice(language: str) -> None:
    found = re.findall(r"^([a-z][a-z0-9-]*) =", "\n".join(sources(language)), re.MULTILINE)
    assert len(found) == len(set(found))


def test_both_languages_have_the_same_keys() -> None:
    assert _keys("en") == _keys("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_and_fits_in_a_message(language: str) -> None:
    for key in _keys(language):
        assert 0 < len(say(language, key, **_FIGURES)) <= MOST, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    for refusal in _refusals():
        sentence = tell.refusal(language, refusal(**_FIGURES))
        assert 20 < len(sentence) < 300, refusal


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_of_an_engine_has_words(language: str) -> None:
    for code in ErrorCode:
        assert say(language, f"failed-{code.replace('_', '-')}", **_FIGURES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_buttons_label_is_short(language: str) -> None:
    for button in Button:
        assert len(tell.label(language, button)) <= 20


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("fr_FR", "fr"), ("en-GB", "en"), ("pt", "en"), (None, "en")],
)
def test_people_are_spoken_to_in_their_language(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_a_buttons_data_survives_the_platform_and_strangers_data_is_not_ours() -> None:
    for button in Button:
        press = Press(button, "7K3F", 10**14 if button in OF_AN_OWNER else None)
        data = to_data(press)
        assert len(data.encode()) <= 64
        assert from_data(data) == press
    strangers = ("", "remix", "remix:", "explode:7K3F", "remix:" + "x" * 99, "remix:7K3F:1")
    of_cameos = ("approve:7K3F", "approve:7K3F:", "approve:7K3F:x", "refuse:7K3F:" + "9" * 40)
    for strange in strangers + of_cameos:
        assert from_data(strange) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "any moment now"), (1, "about a second"), (7.4, "about 7 s"), (43, "about 45 s"),
     (100, "about 2 min"), (7300, "about 2 hours")],
)  # fmt: skip
def test_waits_are_rounded_as_people_say_them(seconds: float, said: str) -> None:
    assert tell.wait("en", seconds) == said
