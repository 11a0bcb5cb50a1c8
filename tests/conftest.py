"""A room for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.room import Room
from tests.rooms import a_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A fresh room, closed after the test."""
    async with a_room(tmp_path) as opened:
        yield opened
