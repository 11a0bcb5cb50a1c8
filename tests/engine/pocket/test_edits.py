"""What a remix changes, and what it leaves alone."""

from engine.pocket.codec import Layer
from engine.pocket.edits import Edit, new_layers, worked_in
from engine.pocket.vocabulary import canonical, parse

PARENT = parse("a red cat hops and a dog spins, in the city, by day").scene


def _edit(words: str) -> Edit:
    return worked_in(PARENT, parse(words))


def test_make_it_night_changes_the_light_alone() -> None:
    assert new_layers(PARENT, _edit("night")) == {Layer.LIGHT}


def test_another_place_changes_the_background_alone() -> None:
    assert new_layers(PARENT, _edit("on the beach")) == {Layer.BACKGROUND}


def test_another_subject_takes_the_firsts_place_colour_and_motion() -> None:
    edit = _edit("a penguin")
    assert canonical(edit.scene).startswith("a red penguin hops and a dog spins")
    assert new_layers(PARENT, edit) == {Layer.SPRITE_1}


def test_a_colour_for_the_second_actor_changes_its_sprite_alone() -> None:
    assert new_layers(PARENT, _edit("a blue dog")) == {Layer.SPRITE_2}


def test_one_more_actor_gets_a_slot_and_all_make_room() -> None:
    edit = _edit("add a robot")
    assert len(edit.scene.actors) == 3
    assert new_layers(PARENT, edit) == {
        Layer.SPRITE_3,
        Layer.MOTION_1,
        Layer.MOTION_2,
        Layer.MOTION_3,
    }


def test_another_of_its_kind_comes_beside_the_one_that_is_there() -> None:
    edit = _edit("add another cat")
    assert [actor.subject for actor in edit.scene.actors] == ["cat", "dog", "cat"]
    assert edit.origins == (0, 1, None)


def test_what_is_said_of_twins_is_said_of_both() -> None:
    edit = worked_in(parse("two robots and a cat").scene, parse("make the robots red"))
    assert [str(actor.colour) for actor in edit.scene.actors] == ["red", "red", "None"]


def test_two_of_a_kind_told_apart_stay_two() -> None:
    words = "a red robot and a blue robot"
    edit = worked_in(parse("two robots").scene, parse(words))
    assert [str(actor.colour) for actor in edit.scene.actors] == ["red", "blue"]


def test_removing_an_actor_moves_the_next_one_up_unchanged() -> None:
    edit = _edit("without the cat")
    assert edit.origins == (1,)
    assert new_layers(PARENT, edit) == {Layer.MOTION_1}


def test_words_that_mean_nothing_to_pocket_change_nothing() -> None:
    assert new_layers(PARENT, _edit("more gravitas")) == frozenset()
