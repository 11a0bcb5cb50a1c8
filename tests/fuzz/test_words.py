"""Whatever is typed becomes options, a plan and a decision, or a refusal; never an error."""

import math

from hypothesis import given
from hypothesis import strategies as st

from bots import buttons
from bots.studio import checks, director
from bots.studio.errors import Refusal
from bots.studio.judging import texts_of
from bots.studio.options import SEEDS, parse
from bots.words import tell
from storage import plan as plans
from storage.clips import ClipKind
from storage.offers import Offer
from storage.plan import Aspect, Plan
from tests.fuzz.amount import ONE_ROOM
from tests.fuzz.inputs import typed

_OFFER = Offer(
    "pocket", "Pocket", frozenset(ClipKind), {Aspect.WIDE: (768, 432)}, 24, 8, 2, 10, 4, 2.0
)


@ONE_ROOM
@given(typed(), st.sets(st.sampled_from(["pixel", "anime", "a+b", "(", "é"])))
def test_options_are_taken_out_of_any_words(words: str, styles: set[str]) -> None:
    prompt, options = parse(words, styles)

    assert len(prompt) <= len(words) + 1
    assert options.seconds is None or options.seconds >= 0
    assert options.seed is None or 0 <= options.seed < SEEDS
    assert options.strength is None or 0 <= options.strength <= 1


@ONE_ROOM
@given(typed(), typed(), st.sampled_from([None, _OFFER]))
def test_any_words_are_directed_and_any_remix_of_them(
    words: str, instruction: str, offer: Offer | None
) -> None:
    prompt, options = parse(words)
    change, changed = parse(instruction)
    try:
        made = director.plan(prompt or "a fox", options, offer)
        grown = [
            direct(made, change or "make it night", changed, offer)
            for direct in (director.remix_plan, director.rewritten_plan, director.extension_plan)
        ]
    except Refusal as refused:
        _is_told(refused)
        return

    for plan in (made, *grown):
        _is_sound(plan)
        checks.check(texts_of(words, plan, made))


@ONE_ROOM
@given(typed(), typed())
def test_any_restriction_is_understood_somehow(restriction: str, words: str) -> None:
    checks.restriction(restriction)(words)
    checks.names_a_real_person(words)
    checks.protected_name(words)


@ONE_ROOM
@given(st.text(max_size=64) | st.builds("{}:{}".format, st.sampled_from(buttons.Button), typed()))
def test_data_of_buttons_is_ours_or_nothing(data: str) -> None:
    press = buttons.from_data(data)

    assert press is None or buttons.from_data(buttons.to_data(press)) == press


def _is_sound(plan: Plan) -> None:
    assert math.isfinite(plan.seconds)
    assert plan.prompt
    assert all(math.isfinite(shot.start) for shot in plan.shots)
    assert all(math.isfinite(mark.at) for mark in plan.marks)
    assert plans.from_json(plans.to_json(plan)) == plan


def _is_told(refused: Refusal) -> None:
    for language in ("en", "fr"):
        assert 0 < len(tell.refusal(language, refused)) < 2000
