"""Options are understood in plain words or flags, in any order; the rest stays prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.studio.options import SEEDS, Options, parse
from storage.plan import Aspect


@pytest.mark.parametrize(
    ("words", "prompt", "options"),
    [
        ("a red fox", "a red fox", Options()),
        ("a red fox, 8s", "a red fox", Options(seconds=8)),
        ("8s a red fox", "a red fox", Options(seconds=8)),
        ("a red fox, 2 minutes", "a red fox", Options(seconds=120)),
        ("a red fox, 4 hours", "a red fox", Options(seconds=14_400)),
        ("1 min, a red fox", "a red fox", Options(seconds=60)),
        ("un renard, 4 heures", "un renard", Options(seconds=14_400)),
        ("a fox for 5 seconds", "a fox", Options(seconds=5)),
        ("--seconds 3.5 a fox", "a fox", Options(seconds=3.5)),
        ("a fox 9:16", "a fox", Options(aspect=Aspect.TALL)),
        ("a fox --ar 1:1", "a fox", Options(aspect=Aspect.SQUARE)),
        ("a fox, vertical video", "a fox", Options(aspect=Aspect.TALL)),
        ("a fox seed 4", "a fox", Options(seed=4)),
        ("a fox seed=99999999999", "a fox", Options(seed=99999999999 % SEEDS)),
        ("a fox, pixel", "a fox", Options(style="pixel")),
        ("a fox in pixel style", "a fox", Options(style="pixel")),
        ("make it blue strength 0.4", "make it blue", Options(strength=0.4)),
        ("a fox preset wan", "a fox", Options(preset="wan")),
        ("a fox --quality pro", "a fox", Options(quality="pro")),
        ("un renard, qualité brouillon", "un renard", Options(quality="draft")),
        ("a film of quality", "a film of quality", Options()),
        (
            "pixel, seed 4 a red fox 9:16 8s",
            "a red fox",
            Options(8, Aspect.TALL, 4, "pixel"),
        ),
        ("un renard, 8 secondes, style pixel", "un renard", Options(8, style="pixel")),
        ("un renard, graine 4", "un renard", Options(seed=4)),
        ("format carré, un renard", "un renard", Options(aspect=Aspect.SQUARE)),
        ("seed 4", "", Options(seed=4)),
        ("8s.", "", Options(seconds=8)),
    ],
)  # fmt: skip
def test_what_is_understood(words: str, prompt: str, options: Options) -> None:
    assert parse(words, ["pixel", "anime"]) == (prompt, options)


@pytest.mark.parametrize(
    "words",
    [
        "beat drop at 6s",
        "at 9:16 the door opens",
        "after 3 seconds it explodes",
        "he waits for 2 hours, then leaves",
        "a 5 minute craft video",
        "pixel the dog runs",
        "a 1920s jazz band",
        "an 80s disco",
        "the '80s were wild",
        "seeds in the wind",
        "un tunnel, à 6s la porte s'ouvre",
        "flight 815 to seed-vault",
    ],
)
def test_what_belongs_to_the_story_stays_prompt(words: str) -> None:
    assert parse(words, ["pixel"]) == (words, Options())


def test_options_given_beside_the_words_win() -> None:
    _, said = parse("a fox 8s seed 4")

    assert Options(seconds=2).over(said) == Options(seconds=2, seed=4)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(words: str) -> None:
    prompt, options = parse(words, ["pixel"])

    assert len(prompt) <= len(words)
    assert options.seed is None or 0 <= options.seed < SEEDS
