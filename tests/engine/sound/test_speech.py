"""Spoken lines: in the plan's order and time, each in its voice, with espeak-ng and without."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.sound import compose, espeak, speech
from engine.sound.score import RATE
from engine.sound.speech import is_french, spoken, voice_of
from storage.plan import Line, Music, Plan
from tests.engine.sound.making import score

HELLO = Line("Hello, my friend!", "the fox")
ANSWER = Line("Bonjour ! Comment ça va ?", "le robot")


@pytest.fixture(params=["babble", "espeak-ng"])
def voices(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A machine with the program, or without it."""
    if request.param == "babble":
        monkeypatch.setenv("PATH", "")
    elif espeak.available() is None:
        pytest.skip("espeak-ng is not installed")
    return str(request.param)


def plan(*lines: Line, seconds: float = 5.0) -> Plan:
    return Plan("a fox meets a robot", seconds, lines=lines, music=Music.NO)


def test_lines_follow_each_other_and_end_with_the_clip(voices: str) -> None:
    first, second = spoken(plan(HELLO, ANSWER), 5.0, 1)

    assert (first.line, second.line) == (HELLO, ANSWER)
    assert 0 < first.start < first.end < second.start < second.end <= 5.0
    assert 0.3 < first.end - first.start < 2.5


def test_a_line_with_a_time_begins_on_it(voices: str) -> None:
    said = spoken(plan(Line("Now!", "the fox", at=2.4)), 5.0, 1)

    assert said[0].start == 2.4
    sound = compose(score(plan(Line("Now!", "the fox", at=2.4))), said)
    assert np.abs(sound.samples[:, : round(2.39 * RATE)]).max() == 0
    after = np.abs(sound.samples[0, round(2.4 * RATE) : round(2.45 * RATE)])
    assert after.max() > 0.01


def test_too_many_words_are_said_faster_and_never_past_the_end(voices: str) -> None:
    long = Line("I have a very long story to tell about everything. " * 3, "the fox")

    said = spoken(plan(long, seconds=2.0), 2.0, 1)

    assert said[0].end <= 2.0


def test_a_line_past_the_end_is_not_said(voices: str) -> None:
    assert spoken(plan(Line("Late", at=9.0)), 5.0, 1) == ()


def test_the_same_line_is_said_the_same_way_again(voices: str) -> None:
    one, other = spoken(plan(HELLO), 5.0, 1), spoken(plan(HELLO), 5.0, 1)

    assert np.array_equal(one[0].samples, other[0].samples)


def test_a_line_of_signs_alone_is_nothing_to_say(voices: str) -> None:
    assert spoken(plan(Line("…!?")), 5.0, 1) == ()


def test_options_in_a_line_are_words(voices: str, tmp_path: Path) -> None:
    said = spoken(plan(Line(f"-w {tmp_path}/stolen.wav hello")), 5.0, 1)

    assert len(said) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_fails_gives_way_to_the_babble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    assert len(spoken(plan(HELLO), 5.0, 1)) == 1


def test_a_giant_speaks_lower_than_a_mouse() -> None:
    assert voice_of("the old dinosaur").hertz < voice_of("the fox").hertz
    assert voice_of("la souris").hertz > voice_of("the fox").hertz
    assert voice_of("the robot").metal


def test_a_name_keeps_its_voice() -> None:
    assert voice_of("Marguerite") == voice_of("marguerite")
    assert voice_of("the fox") != voice_of("the badger")


@pytest.mark.parametrize(
    ("line", "around", "french"),
    [
        ("Bonjour, ça va ?", "a fox", True),
        ("Hello, how are you?", "un renard dans la forêt", False),
        ("Wow", "un renard dans la forêt", True),
        ("Wow", "a fox in the forest", False),
    ],
)
def test_a_line_is_read_in_its_language(line: str, around: str, french: bool) -> None:
    assert is_french(line, around) is french


@pytest.mark.parametrize("speaker", ["granny", "@Granny"])
def test_whoever_of_the_cast_speaks_has_the_one_neutral_voice(speaker: str) -> None:
    line, other = Line("hello there", speaker), Line("hello there", "pirate")
    cast = Plan("@granny and @pirate", 4.0, cast=("granny", "pirate"), lines=(line,))
    stranger = replace(cast, cast=())

    assert speech.voice_for(cast, line) == speech.voice_for(cast, other) == speech.NEUTRAL
    assert speech.voice_for(stranger, line) != speech.NEUTRAL
    [said], [heard] = (
        speech.spoken(replace(cast, lines=(each,)), 4.0, 1) for each in (line, other)
    )
    assert (said.samples == heard.samples).all()
