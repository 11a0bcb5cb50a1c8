"""What Pocket tells people that it knows."""

import io

import PIL.Image
import pytest

from engine.pocket.knows import Group, Language, known, picture, subject_name
from engine.pocket.vocabulary import parse
from engine.pocket.world.scene import Scene


@pytest.mark.parametrize("group", list(Group))
def test_every_name_it_gives_is_understood_in_both_languages(group: Group) -> None:
    for name in known()[group]:
        for said in (name.english, name.french):
            reading = parse(said)
            understood = reading.scene != Scene() or reading.colour or reading.motion
            assert understood, said
            assert not reading.unknown, said


def test_it_knows_at_least_what_was_promised() -> None:
    counts = {group: len(names) for group, names in known().items()}
    assert counts[Group.SUBJECTS] >= 48
    assert counts[Group.COLOURS] == counts[Group.PLACES] == counts[Group.MOTIONS] == 10
    assert counts[Group.CAMERAS] == 8


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_picture_is_a_png_that_a_chat_can_show(language: Language) -> None:
    data = picture(language)
    assert len(data) < 400_000
    with PIL.Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.width > 600


def test_a_subject_it_does_not_draw_has_no_name() -> None:
    with pytest.raises(KeyError):
        subject_name("xylophone")
