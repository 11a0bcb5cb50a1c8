"""Pictures of renders on their way: they take a hundredth of the render and no more."""

import time

import pytest

from engine import progress
from storage.room import Room
from tests.engine.running import an_engine, ended, script
from tests.rooms import a_member, a_request, a_space


async def test_a_picture_that_costs_too_much_of_its_render_is_made_once_to_be_timed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(room, steps=40)
    made: list[float] = []
    make = progress._make_picture

    def costly(*given: object) -> object:
        made.append(time.monotonic())
        picture, _ = make(*given)  # type: ignore[arg-type]
        return picture, 60.0

    monkeypatch.setattr(progress, "_make_picture", costly)
    monkeypatch.setattr(progress, "SHOW_SECONDS", 0.01)
    ana, space = await a_member(room), await a_space(room)
    words = "it takes its time"
    asked = [await a_request(room, ana, space, words, seed=seed) for seed in range(2)]

    async with an_engine(room):
        await ended(room, asked)

    assert len(made) == 1


async def test_pictures_that_cost_little_are_made_along_the_way(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(room, steps=40)
    made: list[float] = []
    make = progress._make_picture

    def cheap(*given: object) -> object:
        made.append(time.monotonic())
        picture, _ = make(*given)  # type: ignore[arg-type]
        return picture, 1e-9

    monkeypatch.setattr(progress, "_make_picture", cheap)
    monkeypatch.setattr(progress, "SHOW_SECONDS", 0.01)
    asked = await a_request(room, await a_member(room), await a_space(room), "it takes its time")

    async with an_engine(room):
        await ended(room, [asked])

    assert 2 <= len(made) <= progress.PICTURES
