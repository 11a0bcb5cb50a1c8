"""Members read what the director understood, short and in their language."""

import pytest

from bots.studio import making
from bots.studio.asker import Arrival, sign_in
from bots.studio.director import light, style
from bots.studio.making import Ask
from bots.words import LANGUAGES, say, tell
from storage.people import Platform
from storage.plan import Camera
from storage.room import Room
from tests.cameos import a_cameo
from tests.rooms import a_member


async def _understood(room: Room, words: str, language: str = "en") -> str:
    arrival = Arrival(Platform.ROOM, "ana", "ana", language, "here", False, 10 << 20)
    asker = await sign_in(room, arrival)
    made = await making.create(room, asker, words, Ask(f"told:{words}"))
    return tell.understood(language, made.clip)


async def test_a_plain_prompt_is_told_by_its_options_alone(room: Room) -> None:
    assert await _understood(room, "a fox, seed 7") == "4 s · 16:9 · seed 7"


async def test_what_was_understood_is_told_in_english(room: Room) -> None:
    await a_cameo(room, await a_member(room, "ana"))
    words = "push in on a fox at sunset, it says “Hello”, cut to me dancing, beat drop at 6s seed 7"

    assert await _understood(room, words) == (
        "7 s · 16:9 · seed 7 · push in · sunset · 2 shots · beat drop at 6 s"
        " · “Hello” says the fox · @ana · music"
    )


async def test_what_was_understood_is_told_in_french(room: Room) -> None:
    words = "travelling avant sur un renard au coucher du soleil, il dit « Salut », sans musique"

    told = await _understood(room, f"{words}, aquarelle, graine 7", "fr")

    assert told == (
        "4 s · 16:9 · aquarelle · graine 7 · travelling avant · coucher de soleil"
        " · « Salut », dit le renard · sans musique"
    )


async def test_long_words_are_told_short(room: Room) -> None:
    told = await _understood(room, f'the fox says "{"la " * 100}", sound of {"rain " * 11}seed 7')

    assert len(told) < 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_camera_light_and_look_has_a_name(language: str) -> None:
    named: dict[str, list[str]] = {
        "camera": [each.value for each in Camera],
        "light": list(light.TABLE),
        "style": list(style.TABLE),
    }

    for kind, names in named.items():
        for name in names:
            assert say(language, f"{kind}-{name.replace(' ', '-')}")
