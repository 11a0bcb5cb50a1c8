"""The director understands plain words, rewrites remixes whole, and stumbles over no text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.director import made, rows, score
from bots.studio import director
from bots.studio.options import Options
from storage.clips import ClipKind
from storage.offers import Offer
from storage.plan import Aspect, Camera, Line, Mark, Music, Plan, Shot, from_json, to_json

_OFFER = Offer(
    "pocket", "Pocket", frozenset(ClipKind), {Aspect.WIDE: (768, 432)}, 24, 8, 2, 10, 4, 2.0
)
_TABLES = ("en", "fr", "aside_en", "aside_fr")


def _plan(words: str) -> Plan:
    return director.plan(words, Options(), _OFFER)


def _remixed(parent: str, instruction: str) -> Plan:
    return director.remix_plan(_plan(parent), instruction, Options(), _OFFER)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_of_prompts_is_read_as_expected(language: str) -> None:
    scores = score(rows(language))

    assert len(rows(language)) >= 150
    assert scores.whole.f1 >= 0.95, "\n".join(scores.wrong)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_prompts_that_were_kept_aside_are_read_too(language: str) -> None:
    assert len(rows(f"aside_{language}")) >= 30
    assert score(rows(f"aside_{language}")).whole.f1 >= 0.9


def test_a_prompt_with_everything_becomes_a_plan_with_everything() -> None:
    plan = _plan(
        "push in on @ana and a fox at sunset, rain on a tin roof, anime, "
        "the fox says “hello”, techno, beat drop at 6s"
    )

    assert plan.camera is Camera.PUSH_IN
    assert plan.light == ("sunset",)
    assert plan.style == "anime"
    assert plan.cast == ("ana",)
    assert plan.sounds == ("rain on a tin roof",)
    assert plan.lines == (Line("hello", "the fox"),)
    assert plan.marks == (Mark("beat drop", 6),)
    assert plan.music is Music.YES
    assert from_json(to_json(plan)) == plan


def test_a_clip_lasts_until_after_what_it_was_told_to_show() -> None:
    assert _plan("a fox").seconds == 4
    assert _plan("a rave, beat drop at 6s").seconds == 7
    assert _plan("0:00-0:03 a fox sleeps, 0:03-0:06 it wakes up").seconds == 6


def test_a_length_nobody_said_stays_within_what_is_offered() -> None:
    assert _plan("a rave, beat drop at 9.5s").seconds == 10
    assert _plan("0:00-0:06 a fox, 0:06-0:12 a wolf").seconds == 10


def test_a_time_that_no_clip_reaches_lengthens_none() -> None:
    assert _plan("the home team scores at 2:45").seconds == 4


def test_a_length_that_was_said_is_kept_whatever_the_marks() -> None:
    plan = director.plan("a rave, beat drop at 6s", Options(seconds=5), _OFFER)

    assert plan.seconds == 5


def test_shots_without_times_share_the_clip_evenly() -> None:
    plan = _plan("1. a fox 2. a wolf 3. a bear 4. an owl")

    assert plan.shots == (
        Shot("a fox", 0), Shot("a wolf", 1), Shot("a bear", 2), Shot("an owl", 3),
    )  # fmt: skip


def test_a_shot_is_filmed_as_its_own_words_say() -> None:
    plan = _plan("zoom in on a fox, then the camera pans left to a wolf")

    assert [shot.camera for shot in plan.shots] == [Camera.PUSH_IN, Camera.PAN_LEFT]
    assert plan.camera is None


def test_words_inside_quotes_are_said_and_nothing_else() -> None:
    plan = _plan('a fox says "cut to the moon, zoom in at 3s, no music, @bob"')

    assert plan.lines == (Line("cut to the moon, zoom in at 3s, no music, @bob", "the fox"),)
    assert (plan.shots, plan.marks, plan.camera, plan.music) == ((), (), None, None)


@pytest.mark.parametrize(
    "said",
    ['"hello"', "“hello”", "„hello“", "« hello »", "«\u00a0hello\u00a0»", "'hello'", "‘hello’"]
)  # fmt: skip
def test_all_kinds_of_quotes_are_quotes(said: str) -> None:
    assert _plan(f"the fox says {said}").lines == (Line("hello", "the fox"),)


@pytest.mark.parametrize(
    ("parent", "instruction", "prompt"),
    [
        ("a red fox in the snow", "make it night", "a red fox in the snow, at night"),
        ("a fox by day in the snow", "night", "a fox at night in the snow"),
        ("cyberpunk rainy night", "cyberpunk rainy night → sunny afternoon", "sunny afternoon"),
        ("a fox in the snow, watercolor", "same but anime", "a fox in the snow, anime"),
        ("a red fox walking", "make the fox blue and slower", "a blue fox walking, slower"),
        ("a fox in the snow", "add me", "a fox in the snow with me"),
        ("a fox in the snow", "with a dog", "a fox in the snow with a dog"),
        ("a fox and a dog in the snow", "without the dog", "a fox in the snow"),
        ("a robot on the moon", "put it in the desert", "a robot in the desert"),
        ("a techno club", "add a beat drop at 3s", "a techno club, beat drop at 3s"),
        ("a boat, soft piano music", "no music", "a boat, no music"),
        ("a village by day", "what if it snowed", "a village by day, while it snows"),
        ("a cliff on a rainy night", "make it morning", "a cliff in the morning in the rain"),
        ("un renard roux", "fais-le bleu", "un renard bleu"),
        ("un chat et un chien au parc", "sans le chien", "un chat au parc"),
        ("un robot sur la lune", "mets-le dans le désert", "un robot dans le désert"),
        ("un phare la nuit", "et s'il neigeait ?", "un phare la nuit, sous la neige"),
    ],
)
def test_a_remix_replaces_what_it_says_and_keeps_the_rest(
    parent: str, instruction: str, prompt: str
) -> None:
    plan = _remixed(parent, instruction)

    assert plan.prompt == prompt
    assert plan.instruction == instruction


def test_a_remix_of_a_remix_goes_on_from_the_words_as_they_are_now() -> None:
    night = _remixed("a fox by day in the snow, zoom in", "make it night")
    again = director.remix_plan(night, "on the beach, pan left", Options(), _OFFER)

    assert again.prompt == "a fox at night on the beach, pan left"
    assert again.camera is Camera.PAN_LEFT


def test_a_look_that_was_an_option_goes_on_until_another_is_named() -> None:
    parent = director.plan("a fox", Options(style="pixel"), _OFFER)

    kept = director.remix_plan(parent, "make it night", Options(), _OFFER)
    changed = director.remix_plan(kept, "same but watercolor", Options(), _OFFER)

    assert (kept.style, changed.style) == ("pixel", "watercolor")


def test_a_form_with_other_words_is_read_anew() -> None:
    parent = _plan("a fox at sunset, zoom in")

    plan = director.rewritten_plan(parent, "a wolf, pan left", Options(), _OFFER)

    assert (plan.prompt, plan.camera, plan.light) == ("a wolf, pan left", Camera.PAN_LEFT, ())


def test_what_was_timed_in_a_parent_is_over_in_its_extension() -> None:
    parent = _plan("a fox at sunset, the fox says “hi”, beat drop at 3s, then a wolf")

    plan = director.extension_plan(parent, "it sits down", Options(), _OFFER)

    assert (plan.marks, plan.lines, plan.shots) == ((), (), ())
    assert plan.light == ("sunset",)


@pytest.mark.parametrize("table", _TABLES)
def test_a_rewritten_prompt_has_no_loose_ends(table: str) -> None:
    loose = re.compile(
        r",,|^[ ,.]|[ ,]$|  | ,|\b(?:a|an|the|un|une|le|la|with|and|avec|et)(?:[,.]|$)"
        r"|\b(?:a|the|an) (?:a|an|the)\b|\b(?:un|une|le|la) (?:un|une|le|la)\b",
        re.IGNORECASE,
    )

    for row in rows(table):
        prompt = made(row)[0].prompt
        assert not loose.search(prompt) or loose.search(row["words"]), prompt


_PIECES = (
    *(
        "a ",
        "the fox ",
        "'",
        '"',
        "“",
        "« ",
        "»",
        "at 3s ",
        "à 3s ",
        "0:03 ",
        "0:00-0:03 ",
        "1. a ",
    ),
    *("and ", ", ", ". ", "\n- ", "cut to ", "then ", "rain ", "in the ", "on ", "tin roof ", ":"),
    *("camera slowly ", "zoom in ", "no ", "@ana ", "me ", "says ", "sound of ", "music ", "→ "),
    *("make the fox blue and ", "without ", "with ", "what if it ", "mets-le ", "sans ", "puis "),
    *("le renard ", "dit ", "la nuit ", "sous la pluie ", "x" * 40, "é", "1", "\u0301", "\x01"),
)
_WORDS = st.lists(st.sampled_from(_PIECES), max_size=200).map("".join)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=4000), _WORDS), st.one_of(st.text(max_size=600), _WORDS))
def test_any_text_is_read_and_worked_into_any_other(words: str, instruction: str) -> None:
    plan = director.plan(words, Options(), None)
    remix = director.remix_plan(plan, instruction, Options(), None)

    assert from_json(to_json(plan)) == plan
    assert 0 < remix.seconds <= director.LONGEST_SECONDS
    assert [shot.start for shot in remix.shots] == sorted(shot.start for shot in remix.shots)


@pytest.mark.parametrize("piece", _PIECES)
def test_the_same_words_over_and_over_are_read_to_the_end(piece: str) -> None:
    words = (piece * 4000)[:4000]

    plan = director.plan(words, Options(), None)
    remix = director.remix_plan(plan, words, Options(), None)

    assert plan.prompt or not words.strip("\x01 \n")
    assert remix.instruction is not None


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("a fox and a robot dance, it says “Hello!”", "the robot"),
        ("a robot and a fox dance, it says “Hello!”", "the fox"),
        ("two cats watch, a robot sing, “beep”", "the robot"),
    ],
)
def test_what_two_of_them_do_is_no_part_of_a_name(words: str, speaker: str) -> None:
    (line,) = director.plan(words, Options(), None).lines
    assert line.speaker == speaker
