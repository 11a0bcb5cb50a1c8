"""Pocket's sounds fall on what its frames show, and its bubbles stand beside who speaks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.pipelines.pocket import Pocket
from engine.pocket import bubble, render, saved
from engine.pocket.render import Layers
from engine.pocket.sound import Shown, score
from engine.pocket.world.motion import actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.scene import Actor, Camera, Colour, Motion, Place, Scene, Time, Weather
from engine.pocket.world.sprites import sprite
from engine.sound.score import RATE, Bed, Event, Kind, Mood, Score, Tune
from engine.sound.speech import Said
from storage.clips import ClipKind
from storage.plan import Line, Mark, Plan
from tests.engine.pocket.rendering import kept, request
from tests.engine.pocket.rendering import render as rendered

FPS, SECONDS = 24, 3.0
SIZES = [(768, 432), (432, 768), (576, 576)]


def scene(
    subject: str,
    motion: Motion,
    place: Place = Place.MEADOW,
    *,
    time: Time = Time.DAY,
    weather: Weather = Weather.CLEAR,
) -> Scene:
    return Scene((Actor(subject, Colour.NATURAL, motion),), place, time, weather, Camera.STATIC)


def drawn(of: Scene) -> Shown:
    dice = np.random.default_rng(2)
    assert of.place
    assert of.time
    assert of.weather
    assert of.camera
    sprites = np.zeros((3, 32, 32, 4), np.uint8)
    for slot, actor in enumerate(of.actors):
        sprites[slot] = sprite(actor.subject, actor.colour or Colour.NATURAL)
    codes = np.stack(actor_codes(of, dice))
    light = light_code(of.time, of.weather, dice)
    layers = Layers(paint(of.place, dice), sprites, codes, camera_code(of.camera, dice), light)
    return Shown(layers, of, 0.0, SECONDS)


def scored(of: Scene, plan: Plan | None = None, *, tune: Tune | None = None) -> Score:
    grid = render.grid_for(768, 432)
    shown = [drawn(of)]
    return score(plan or Plan("x", SECONDS), shown, grid=grid, seed=1, clock=0.0, tune=tune)


def heights(of: Scene) -> NDArray[np.float64]:
    """The row of the first actor's middle in each frame: larger is lower."""
    shown, grid = drawn(of), render.grid_for(768, 432)
    count = round(SECONDS * FPS)
    return np.array(
        [
            render.spot(shown.layers, grid, 0, share=n / (count - 1), at=n / FPS).y
            for n in range(count)
        ]
    )


def of_kind(events: tuple[Event, ...], kind: Kind) -> list[float]:
    return [event.at for event in events if event.kind is kind]


def test_each_landing_is_heard_on_the_frame_where_the_feet_are_lowest() -> None:
    hops = scene("rabbit", Motion.HOP)

    landings = of_kind(scored(hops).events, Kind.LAND)

    rows = heights(hops)
    lowest = [n / FPS for n in range(1, len(rows) - 1) if rows[n - 1] < rows[n] >= rows[n + 1]]
    assert len(lowest) >= 3
    for frame in lowest:
        assert min(abs(frame - landing) for landing in landings) < 1 / FPS


@pytest.mark.parametrize(
    ("subject", "motion", "place", "kind"),
    [
        ("dog", Motion.RIGHT, Place.CITY, Kind.STEP),
        ("owl", Motion.LEFT, Place.FOREST, Kind.FLAP),
        ("star", Motion.SPIN, Place.MOON, Kind.WHOOSH),
        ("bird", Motion.CIRCLE, Place.SEA, Kind.WHOOSH),
        ("robot", Motion.DANCE, Place.CITY, Kind.SWISH),
        ("ghost", Motion.SHAKE, Place.FOREST, Kind.RATTLE),
        ("crab", Motion.HOP, Place.UNDERWATER, Kind.BUBBLE),
    ],
)
def test_what_moves_is_heard(subject: str, motion: Motion, place: Place, kind: Kind) -> None:
    assert of_kind(scored(scene(subject, motion, place)).events, kind)


def test_who_stands_still_makes_no_step() -> None:
    events = scored(scene("robot", Motion.STILL)).events

    assert not of_kind(events, Kind.STEP)


def test_who_walks_right_is_heard_to() -> None:
    steps = [e for e in scored(scene("robot", Motion.RIGHT)).events if e.kind is Kind.STEP]

    assert steps[0].pan < steps[-1].pan


@pytest.mark.parametrize(
    ("of", "bed"),
    [
        (scene("dog", Motion.STILL, Place.MEADOW), Bed.BIRDS),
        (scene("dog", Motion.STILL, Place.MEADOW, time=Time.NIGHT), Bed.CRICKETS),
        (scene("dog", Motion.STILL, Place.CITY, weather=Weather.RAIN), Bed.RAIN),
        (scene("train", Motion.RIGHT, Place.DESERT), Bed.TRAIN),
        (scene("fish", Motion.STILL, Place.UNDERWATER), Bed.UNDERWATER),
    ],
)
def test_a_place_sounds_like_itself(of: Scene, bed: Bed) -> None:
    assert scored(of).stretches[0].beds[bed] > 0


def test_birds_do_not_sing_at_night_or_in_the_rain() -> None:
    night = scene("dog", Motion.STILL, time=Time.NIGHT)
    rain = scene("dog", Motion.STILL, weather=Weather.RAIN)

    assert Bed.BIRDS not in scored(night).stretches[0].beds
    assert Bed.BIRDS not in scored(rain).stretches[0].beds


def test_a_tune_keeps_the_dancers_time() -> None:
    dances = scene("robot", Motion.DANCE)

    made = scored(dances)

    swings = of_kind(made.events, Kind.SWISH)
    beats = 60 / made.tune.tempo
    turns = [(swing / beats) % 0.5 for swing in swings]
    assert np.ptp(turns) < 0.01
    assert made.tune.mood is Mood.PARTY


def test_words_choose_the_tune_before_the_picture_does() -> None:
    made = scored(scene("cat", Motion.STILL), Plan("a cat, epic battle music", SECONDS))

    assert made.tune.mood is Mood.BRAVE


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_bubble_stands_in_the_frame_while_its_line_is_said(width: int, height: int) -> None:
    shown = drawn(scene("cat", Motion.STILL))
    words = "Où est le château ? I have been looking for it all day."
    said = Said(Line(words, "the cat"), 1.0, np.zeros(round(0.8 * RATE), np.float32))

    def plain() -> Iterator[NDArray[np.uint8]]:
        return render.frames(shown.layers, count=72, fps=FPS, width=width, height=height)

    grid = render.grid_for(width, height)
    with_it = bubble.over(plain(), [said], [shown], grid=grid, fps=FPS, clock=0.0)

    changed = [(a != b).any(-1) for a, b in zip(plain(), with_it, strict=True)]
    spoken = [n for n, each in enumerate(changed) if each.any()]
    assert (spoken[0], spoken[-1]) == (24, 50)
    # It writes itself: later frames hold more ink; it stays off the frame's edges.
    assert changed[30].mean() > 0.02
    assert not changed[30][0].any()
    assert not changed[30][-1].any()


def test_without_lines_the_frames_are_what_they_were() -> None:
    shown = drawn(scene("cat", Motion.STILL))
    frames = render.frames(shown.layers, count=3, fps=FPS, width=128, height=72)
    kept_frames = list(render.frames(shown.layers, count=3, fps=FPS, width=128, height=72))

    grid = render.grid_for(128, 72)
    given = bubble.over(frames, [], [shown], grid=grid, fps=FPS, clock=0.0)

    assert all((a == b).all() for a, b in zip(given, kept_frames, strict=True))


def test_a_long_word_is_cut_rather_than_lost() -> None:
    lines = bubble.wrapped("Donaudampfschifffahrt ahoy", 10)

    assert "".join(lines).replace(" ", "") == "Donaudampfschifffahrtahoy"
    assert max(len(line) for line in lines) <= 10


def test_a_remix_keeps_the_tune_and_an_extension_plays_on(pocket: Pocket, tmp_path: Path) -> None:
    first = request(ClipKind.CREATE, "a dog walks in the city by day")
    parent = kept(rendered(pocket, first), first, tmp_path)
    assert parent.latents
    before = saved.read(parent.latents)
    assert before

    remix = request(ClipKind.REMIX, "x", instruction="a red dog", parent=parent, seed=9)
    onward = request(ClipKind.EXTENSION, first.plan.prompt, parent=parent, seed=10)
    remixed = kept(rendered(pocket, remix), remix, tmp_path)
    extended = rendered(pocket, onward)

    assert remixed.latents
    again = saved.read(remixed.latents)
    assert again
    assert again.tune == before.tune
    assert extended.sound
    sound = extended.sound()
    assert sound.lead > 0
    assert sound.samples.shape == (2, sound.lead + 2 * RATE)


def test_an_extension_does_not_say_its_parents_lines_again(pocket: Pocket, tmp_path: Path) -> None:
    line, mark = Line("Hello!", "the dog"), Mark("beat drop", 1.0)
    first = request(ClipKind.CREATE, "a dog in a meadow", seed=4)
    spoken_plan = Plan("a dog in a meadow", 2.0, lines=(line,), marks=(mark,))
    said = replace(first, plan=spoken_plan)
    parent = kept(rendered(pocket, said), said, tmp_path)

    onward = request(ClipKind.EXTENSION, "x", parent=parent, seed=5)
    repeated = replace(onward, plan=spoken_plan)
    plain = list(rendered(pocket, onward).frames)
    shown = list(rendered(pocket, repeated).frames)

    assert all((a == b).all() for a, b in zip(plain, shown, strict=True))
