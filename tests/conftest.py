"""A room for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest

from storage.room import Room
from tests.rooms import a_room

# Machines are noisy: an example that is slow once says nothing.
hypothesis.settings.register_profile("room", deadline=None)
hypothesis.settings.load_profile("room")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A fresh room, closed after the test."""
    async with a_room(tmp_path) as opened:
        yield opened
