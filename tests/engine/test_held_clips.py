"""Finished frames are looked at, and what not everyone may see waits for a moderator.

The network's thresholds are moved instead of its pictures: everything is looked at for real.
"""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engine.checks import frames
from storage import audit, deliveries, holds, spaces
from storage.audit import Act
from storage.holds import HoldReason
from storage.room import Room
from storage.spaces import Space, Strictness
from tests.engine.running import an_engine, ended, script
from tests.rooms import a_member, a_request, a_room, a_space


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


async def _rendered(room: Room, space: Space) -> int:
    """A clip made for that space by an engine that looks at its frames; its id."""
    script(room, looked_at=True)
    accepted = await a_request(room, await a_member(room), space)
    async with an_engine(room):
        await ended(room, [accepted])
    return accepted.clip.id


async def _in_outbox(room: Room) -> list[int]:
    return [each.clip_id for each in await deliveries.outbox(room.database.read, now=time.time())]


async def test_what_shows_nothing_is_posted(room: Room) -> None:
    clip = await _rendered(room, await a_space(room))
    assert await holds.of_clip(room.database.read, clip) is None
    assert await _in_outbox(room) == [clip]


async def test_what_is_explicit_is_held_with_its_reason_and_moment(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "EXPLICIT", 0.0)
    clip = await _rendered(room, await a_space(room))
    hold = await holds.of_clip(room.database.read, clip)
    assert hold is not None
    assert hold.reason is HoldReason.NUDITY
    assert set(hold.detail) == {"at", "score"}
    assert await _in_outbox(room) == []
    assert (await audit.newest(room.database.read, most=1))[0].act is Act.HELD


@pytest.mark.parametrize(
    ("strictness", "held"),
    [(Strictness.STRICT, True), (Strictness.STANDARD, False), (Strictness.ADULT, False)],
)
async def test_what_is_revealing_is_held_in_strict_spaces(
    room: Room, monkeypatch: pytest.MonkeyPatch, strictness: Strictness, held: bool
) -> None:
    monkeypatch.setattr(frames, "REVEALING", 0.0)
    space = await a_space(room)
    async with room.database.transaction() as tx:
        await spaces.set_strictness(tx, space.id, strictness)
    clip = await _rendered(room, space)
    assert (await holds.of_clip(room.database.read, clip) is not None) is held


async def test_a_film_that_can_not_be_looked_at_is_held(room: Room, tmp_path: Path) -> None:
    script(room)
    accepted = await a_request(room, await a_member(room), await a_space(room))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a film")
    finding = await frames.look(broken, accepted.clip, Strictness.STANDARD)
    assert finding is not None
    assert finding.reason is HoldReason.UNSEEN
