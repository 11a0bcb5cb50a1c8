"""What a soundtrack keeps to: its plan's moments, its loudness, its length, its seed."""

from dataclasses import replace

import numpy as np
import pytest

from engine.sound import mixing, track
from engine.sound.score import RATE, Bed, Event, Kind, Mood, Stretch
from engine.sound.span import Span
from engine.sound.tune import begun, dropping, play
from storage.plan import Mark, Music, Plan
from tests.engine.sound.making import NEAR, begins, heard, loud, score

QUIET = Plan("a fox", 3.0, music=Music.NO)


@pytest.mark.parametrize("kind", [Kind.LAND, Kind.STEP, Kind.SPLASH, Kind.DOOR, Kind.BARK])
def test_a_sound_begins_on_its_moment(kind: Kind) -> None:
    sound = heard(score(events=(Event(1.37, kind),)))

    assert abs(begins(sound.samples) - 1.37) < NEAR


@pytest.mark.parametrize("kind", [Kind.WHOOSH, Kind.SWISH])
def test_a_whoosh_is_loudest_as_it_goes_by(kind: Kind) -> None:
    sound = heard(score(events=(Event(1.5, kind),)))

    assert abs(float(loud(sound.samples, 0.04).argmax()) * 0.04 - 1.5) < 0.06


@pytest.mark.parametrize(
    ("at", "mood"),
    [(1.0, Mood.SUNNY), (2.35, Mood.NEON), (4.0, Mood.TENDER), (3.3, Mood.PARTY)],
)
def test_the_beat_drops_on_its_mark(at: float, mood: Mood) -> None:
    plan = Plan("a robot", 6.0, marks=(Mark("beat drop", at),), music=Music.YES)

    level = loud(heard(score(plan, mood=mood)).samples, 0.02)

    drop = round(at / 0.02)
    # A breath of nothing, then the loudest that there was.
    assert level[drop - 5 : drop - 1].max() < 0.35 * level[drop : drop + 4].max()
    assert level[drop : drop + 4].max() > 1.15 * level[: drop - 1].max()


def test_what_happens_on_a_mark_is_heard_on_it() -> None:
    plan = replace(QUIET, marks=(Mark("the door opens", 1.9),))

    assert abs(begins(heard(score(plan)).samples) - 1.9) < NEAR


def test_a_drop_in_a_clip_without_music_is_a_boom() -> None:
    plan = replace(QUIET, marks=(Mark("beat drop", 1.2),))

    assert abs(begins(heard(score(plan)).samples) - 1.2) < NEAR


@pytest.mark.parametrize("bed", list(Bed))
def test_every_bed_is_at_one_loudness_or_as_loud_as_its_peaks_allow(bed: Bed) -> None:
    sound = heard(score(beds={bed: 1.0}))

    assert sound.samples.shape == (2, 3 * RATE)
    peak = np.abs(sound.samples).max()
    assert peak <= mixing.CEILING + 1e-3
    # Ticks with silence between them reach the ceiling first.
    assert abs(mixing.loudness(sound.samples) - mixing.LOUDNESS) < 1.5 or peak > 0.77


@pytest.mark.parametrize("kind", list(Kind))
def test_every_sound_is_heard_without_clipping(kind: Kind) -> None:
    sound = heard(score(events=(Event(0.8, kind),)))

    assert 0.05 < np.abs(sound.samples).max() <= mixing.CEILING + 1e-3


def test_a_whole_track_is_within_half_a_unit_of_its_loudness() -> None:
    plan = Plan("a fox", 4.0)
    events = tuple(Event(n / 2, Kind.LAND) for n in range(1, 8))

    sound = heard(score(plan, events=events, beds={Bed.RAIN: 1.0, Bed.WIND: 0.5}))

    assert abs(mixing.loudness(sound.samples) - mixing.LOUDNESS) < 0.5


def test_the_same_seed_gives_the_same_samples_and_another_gives_others() -> None:
    plan = Plan("a fox", 2.0)

    first = heard(score(plan, beds={Bed.BIRDS: 1.0})).samples

    assert np.array_equal(first, heard(score(plan, beds={Bed.BIRDS: 1.0})).samples)
    assert not np.array_equal(first, heard(score(plan, beds={Bed.BIRDS: 1.0}, seed=6)).samples)


def test_a_silent_plan_has_no_track() -> None:
    assert track(score(replace(QUIET, silent=True)), ()) is None


def test_no_music_leaves_the_place_alone() -> None:
    wanted = heard(score(Plan("a fox", 2.0, music=Music.NO)))

    assert np.abs(wanted.samples).max() == 0


def test_a_track_begins_and_ends_softly() -> None:
    samples = heard(score(beds={Bed.RAIN: 1.0})).samples

    assert np.abs(samples[:, :24]).max() < 0.02
    assert np.abs(samples[:, -24:]).max() < 0.02


def test_a_cut_changes_the_place_without_a_click() -> None:
    made = replace(
        score(), stretches=(Stretch(0.0, {Bed.SAUCER: 1.0}), Stretch(1.5, {Bed.RAIN: 1.0}))
    )

    samples = heard(made).samples

    before, after = samples[:, : int(1.4 * RATE)], samples[:, int(1.6 * RATE) :]
    highs = [np.abs(np.diff(part[0])).mean() / np.abs(part[0]).mean() for part in (before, after)]
    assert highs[1] > 3 * highs[0]
    around = np.abs(np.diff(samples[0, int(1.45 * RATE) : int(1.5 * RATE)])).max()
    assert around <= np.abs(np.diff(after[0])).max()


def test_an_extension_plays_on_where_its_parent_stopped() -> None:
    plan = Plan("a fox", 3.0)
    parent = score(plan, beds={Bed.SEA: 1.0})
    onward = replace(parent, start=3.0, lead=0.5)

    before, after = heard(replace(parent, seconds=4.0)).samples, heard(onward)

    assert after.lead == round(0.5 * RATE)
    # The same second of the film's clock sounds the same in both, but for its gain.
    one, other = before[0, round(2.6 * RATE) : round(3.5 * RATE)], after.samples[0]
    other = other[round(0.1 * RATE) : round(1.0 * RATE)]
    assert np.corrcoef(one, other)[0, 1] > 0.95


def test_another_drop_in_an_extension_falls_on_its_mark_and_the_tune_goes_on() -> None:
    tune = begun(4, Mood.NEON)
    grown = dropping(tune, [7.3])

    span = Span(5.0, 4 * RATE, 4)
    level = loud(play(grown, span), 0.02)
    drop = round(2.3 / 0.02)

    assert level[drop - 5 : drop - 1].max() < 0.35 * level[drop : drop + 4].max()
    before = Span(0.0, RATE, 4)
    assert np.array_equal(play(tune, before), play(replace(grown, drops=()), before))
