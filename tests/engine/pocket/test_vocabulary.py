"""What Pocket understands of a prompt."""

import pytest

from engine.pocket.vocabulary import canonical, decided, exact, parse
from engine.pocket.world.scene import Camera, Colour, Motion, Place, Time, Weather


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A crimson spaceship takes off from the moon", "a red rocket rises, on the moon"),
        ("a bird flies in circles over the sea", "a bird circles, on the sea"),
        ("the ninja jumps to the left", "a ninja hops"),
        ("kitten walking left in the woods at dawn", "a cat moves left, in a forest, at dawn"),
        ("an elefant on the beach, pan left", "a elephant, on the beach, pan left"),
        (
            "un chat rouge qui saute et un chien bleu dans la forêt, il neige",
            "a red cat hops and a blue dog, in a forest, while it snows",
        ),
        (
            "Une voiture jaune roule vers la gauche en ville de nuit",
            "a yellow car moves left, in the city, at night",
        ),
        ("Le dragon vert vole en rond au coucher du soleil", "a green dragon circles, at sunset"),
        ("a beautiful sunset over the ocean", "on the sea, at sunset"),
        ("", ""),
        (
            'a red dragon hops on the beach, the dragon says "hello, robot at night"',
            "a red dragon hops, on the beach",
        ),
        (
            "a blue dog and a cat, the blue dog spins and the red dog hops",
            "a cat and a blue dog spins and a red dog hops",
        ),
        ("un chat et un chien, le chat danse", "a dog and a cat dances"),
        ("two robots dance on the moon", "a robot dances and a robot dances, on the moon"),
        ("deux renards bleus", "a blue fox and a blue fox"),
        ("two friends: a dog and a cat", "a dog and a cat"),
        ("a cat and a dog dance", "a cat dances and a dog dances"),
        ("a cat hops and a dog", "a cat hops and a dog"),
        ("a 2 second clip of a cat", "a cat"),
    ],
)
def test_prompts_in_both_languages_are_read_into_one_scene(prompt: str, said: str) -> None:
    assert canonical(parse(prompt).scene) == said


def test_what_pocket_cannot_draw_is_told_with_what_it_draws_instead() -> None:
    reading = parse("a lion plays the xylophone in the rain")
    assert reading.stand_ins == {"lion": "cat"}
    assert reading.unknown == ("plays", "xylophone")
    assert reading.scene.weather is Weather.RAIN


def test_an_instruction_about_nothing_in_particular_keeps_its_colour_and_motion_loose() -> None:
    reading = parse("rouge, et qui danse")
    assert (reading.colour, reading.motion) == (Colour.RED, Motion.DANCE)
    assert not reading.scene.actors


def test_later_words_win_over_earlier_ones() -> None:
    scene = parse("in the city by day, at night, on the beach").scene
    assert (scene.place, scene.time) == (Place.BEACH, Time.NIGHT)


def test_what_is_left_open_is_decided_the_same_way_for_the_same_seed() -> None:
    scene = decided(parse("a blue cat").scene, 7)
    assert scene == decided(parse("a blue cat").scene, 7)
    assert (scene.time, scene.weather, scene.camera) == (Time.DAY, Weather.CLEAR, Camera.STATIC)
    assert len({decided(parse("a blue cat").scene, seed).place for seed in range(20)}) > 3


def test_the_exact_wording_gives_every_part_one_word_at_its_place() -> None:
    scene = decided(parse("a red cat hops, on the beach, at night, push in").scene, 0)
    assert exact(scene) == ("red cat hop, none none none, none none none, beach night clear pushin")


def test_a_scene_that_leaves_something_open_has_no_exact_wording() -> None:
    with pytest.raises(ValueError):
        exact(parse("a red cat").scene)


def test_a_colour_after_its_noun_is_that_nouns_and_not_the_next_ones() -> None:
    said = canonical(parse("une pieuvre rouge, une pieuvre bleue").scene)
    assert said == "a red octopus and a blue octopus"


def test_of_more_than_fit_as_many_come_as_can_and_the_others_are_told() -> None:
    reading = parse("a dog and four cats")
    assert [actor.subject for actor in reading.scene.actors] == ["dog", "cat", "cat"]
    assert reading.left_out == ("cats × 2",)
