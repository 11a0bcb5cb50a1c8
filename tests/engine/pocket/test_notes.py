"""What Pocket tells of a prompt that it can't draw as it was meant."""

from engine.pipelines import pocket_notes
from engine.pipelines.pocket import Pocket
from engine.pocket.vocabulary import parse
from engine.pocket.world.scene import Actor, Reading, Scene
from storage.clips import ClipKind
from storage.notes import Note, NoteCode
from storage.plan import Line, Mark, Plan
from tests.engine.pocket.rendering import render, request


def _notes(words: str, reading: Reading, plan: Plan | None = None) -> tuple[Note, ...]:
    return pocket_notes.notes(plan or Plan(words, 2.0), words, reading, reading.scene)


def test_what_stands_in_is_told_in_both_languages_and_as_it_was_typed() -> None:
    reading = Reading(Scene((Actor("whale"),)), stand_ins={"narval geant": "whale"})
    plain = Reading(Scene((Actor("elephant"),)), stand_ins={"mammouth": "elephant"})

    assert _notes("un Narval géant", reading)[0].figures["en"] == "a whale"
    told = _notes("un Mammouth", plain)[0]
    assert told.code is NoteCode.STAND_IN
    assert told.figures == {
        "model": "Pocket", "asked": "Mammouth", "en": "an elephant", "fr": "éléphant",
    }  # fmt: skip


def test_who_does_not_fit_into_the_scene_is_told() -> None:
    words = "a cat, a dog, a robot, a tiger and a whale"

    told = _notes(words, parse(words))

    assert [note.code for note in told] == [NoteCode.LEFT_OUT]
    assert told[0].figures == {"model": "Pocket", "asked": "tiger, whale", "most": 3}


def test_the_plural_of_what_it_knows_is_not_told() -> None:
    assert _notes("dogs", Reading(Scene((Actor("dog"),)), stand_ins={"dogs": "dog"})) == ()


def test_words_that_changed_nothing_are_told_but_not_those_of_marks_and_lines() -> None:
    words = "a cat wearing a hat says hello, beat drop at 1s"
    plan = Plan(words, 2.0, marks=(Mark("beat drop", 1.0),), lines=(Line("hello", "the cat"),))
    reading = Reading(
        Scene((Actor("cat"),)), unknown=("wearing", "hat", "hello", "beat", "drop", "1s")
    )

    assert [note.figures["asked"] for note in _notes(words, reading, plan)] == ["wearing, hat"]


def test_a_render_tells_what_it_chose_for_words_it_does_not_know(pocket: Pocket) -> None:
    made = render(pocket, request(ClipKind.CREATE, "quantum bureaucracy"))

    assert [note.code for note in made.notes] == [NoteCode.CHOSEN]
    assert made.notes[0].figures["asked"] == "quantum, bureaucracy"
    assert parse(str(made.notes[0].figures["en"])).scene.actors


def test_a_prompt_that_it_understands_needs_no_word(pocket: Pocket) -> None:
    made = render(pocket, request(ClipKind.CREATE, "a blue cat hops on the beach at night"))

    assert made.notes == ()
