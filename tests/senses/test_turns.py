"""The rules that read turns off poses: what counts as a turn, and in which order."""

import random

import pytest

from senses.challenge import challenge
from senses.liveness import check_turns, front_of, turns_of
from senses.pose import Pose
from senses.spoiled import Spoiled
from senses.values import Reason, Turn

LEFT, RIGHT, UP, DOWN = Turn.LEFT, Turn.RIGHT, Turn.UP, Turn.DOWN


def _poses(*angles: tuple[float, float], each: int = 5) -> list[Pose]:
    return [
        Pose(yaw=yaw, pitch=pitch, mouth=0.0, width=100.0, centre=(200.0, 200.0))
        for yaw, pitch in angles
        for _ in range(each)
    ]


def test_turns_are_told_in_their_order() -> None:
    poses = _poses((0, 0), (25, 0), (0, 0), (0, -20), (0, 0), (-25, 3), (0, 0))

    assert turns_of(poses, (0, 0)) == (LEFT, DOWN, RIGHT)


def test_who_sits_askew_turns_from_where_they_look() -> None:
    poses = _poses((8, -6), (33, -6), (8, -6), (8, 12), (8, -6))

    front = front_of(poses)

    assert front == pytest.approx((8, -6), abs=1)
    assert turns_of(poses, front) == (LEFT, UP)


def test_a_glance_is_no_turn() -> None:
    assert turns_of(_poses((0, 0), (25, 0), (0, 0), each=1), (0, 0)) == ()
    assert turns_of(_poses((0, 0), (9, 5), (0, 0)), (0, 0)) == ()


def test_a_turn_that_passes_no_front_is_one_turn() -> None:
    assert turns_of(_poses((0, 0), (20, 0), (30, 8), (20, 0), (0, 0)), (0, 0)) == (LEFT,)


def test_a_mirroring_camera_mirrors_all_turns_or_none() -> None:
    assert not check_turns((LEFT, UP, RIGHT), (LEFT, UP, RIGHT))
    assert check_turns((RIGHT, UP, LEFT), (LEFT, UP, RIGHT))
    with pytest.raises(Spoiled):
        check_turns((RIGHT, UP, RIGHT), (LEFT, UP, RIGHT))


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        ((), Reason.NOT_TURNED),
        ((LEFT, UP), Reason.NOT_TURNED),
        ((UP, LEFT, DOWN), Reason.WRONG_ORDER),
        ((LEFT, UP, DOWN, LEFT), Reason.WRONG_ORDER),
        ((LEFT, RIGHT, UP, DOWN), Reason.WRONG_ORDER),
    ],
)
def test_other_turns_are_told_for_what_they_are(seen: tuple[Turn, ...], reason: Reason) -> None:
    with pytest.raises(Spoiled) as refused:
        check_turns(seen, (LEFT, UP, DOWN))

    assert refused.value.unfit.reason is reason


def test_the_same_turn_made_twice_in_a_row_is_forgiven() -> None:
    assert not check_turns((LEFT, LEFT, UP, DOWN), (LEFT, UP, DOWN))


def test_challenges_differ_and_ask_for_three_different_turns() -> None:
    many = [challenge() for _ in range(200)]

    assert len({each.digits for each in many}) > 190
    assert len({each.turns for each in many}) > 20
    assert all(len(set(each.turns)) == 3 and len(each.digits) == 5 for each in many)
    assert challenge(random.Random(1)) == challenge(random.Random(1))
