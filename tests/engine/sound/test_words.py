"""What is heard in words, English and French."""

import pytest

from engine.sound import words
from engine.sound.score import Bed, Kind, Mood


@pytest.mark.parametrize(
    ("said", "bed"),
    [
        ("rain on a tin roof", Bed.TIN_RAIN),
        ("la pluie sur un toit de tôle", Bed.TIN_RAIN),
        ("soft rain", Bed.RAIN),
        ("une averse", Bed.RAIN),
        ("howling wind", Bed.WIND),
        ("le vent qui souffle", Bed.WIND),
        ("waves crashing", Bed.SEA),
        ("des vagues qui s'écrasent", Bed.SEA),
        ("birdsong", Bed.BIRDS),
        ("des chants d'oiseaux", Bed.BIRDS),
        ("crickets chirping", Bed.CRICKETS),
        ("les grillons", Bed.CRICKETS),
        ("a crackling fire", Bed.FIRE),
        ("un feu qui crépite", Bed.FIRE),
        ("a ticking clock", Bed.CLOCK),
        ("battements de cœur", Bed.HEART),
    ],
)
def test_a_sound_that_goes_on_is_known_by_its_words(said: str, bed: Bed) -> None:
    assert bed in words.beds(said)


def test_rain_on_a_roof_is_not_rain_on_grass_too() -> None:
    assert Bed.RAIN not in words.beds("rain on a tin roof")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("the door opens", Kind.DOOR),
        ("la porte s'ouvre", Kind.DOOR),
        ("thunder", Kind.THUNDER),
        ("le tonnerre gronde", Kind.THUNDER),
        ("a big explosion", Kind.BOOM),
        ("a dog barking", Kind.BARK),
        ("un chien aboie", Kind.BARK),
        ("church bells", Kind.BELL),
        ("des cloches", Kind.BELL),
        ("the fox jumps", Kind.HOP),
        ("le lapin saute", Kind.HOP),
        ("glass shattering", Kind.GLASS),
    ],
)
def test_a_sound_that_happens_is_known_by_its_words(said: str, kind: Kind) -> None:
    assert words.kinds(said)[0] is kind


@pytest.mark.parametrize(
    "said", ["beat drop", "the beat drops", "bass drop", "le drop", "drop de basse", "le son tombe"]
)
def test_a_drop_is_known_by_its_words(said: str) -> None:
    assert words.is_drop(said)


@pytest.mark.parametrize("said", ["a drop of water", "the ball drops", "la goutte tombe", ""])
def test_not_all_that_drops_is_a_beat(said: str) -> None:
    assert not words.is_drop(said)


@pytest.mark.parametrize(
    ("said", "mood"),
    [("sad piano", Mood.TENDER), ("musique épique", Mood.BRAVE), ("une fête disco", Mood.PARTY)],
)
def test_words_about_music_choose_its_mood(said: str, mood: Mood) -> None:
    assert words.mood(said) is mood


def test_words_that_say_nothing_of_sound_say_nothing() -> None:
    assert (words.beds("a purple hat"), words.kinds("a purple hat")) == ({}, ())
    assert words.mood("a purple hat") is None
