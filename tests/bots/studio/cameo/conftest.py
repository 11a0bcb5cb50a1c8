"""Ana, who enrols; Ben and Cy, who would like her in their clips; and a room for them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bots.studio.asker import Asker
from bots.studio.cameo import enrolling
from storage.cameos import Cameo
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space
from tests.cameos import AWatcher
from tests.rooms import a_member, a_room, a_space


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


@pytest.fixture
async def group(room: Room) -> Space:
    return await a_space(room, "group", platform=Platform.TELEGRAM)


@pytest.fixture
async def ana(room: Room, group: Space) -> Asker:
    return Asker(await a_member(room, "ana"), group)


@pytest.fixture
async def ben(room: Room, group: Space) -> Asker:
    return Asker(await a_member(room, "ben"), group)


@pytest.fixture
async def cy(room: Room, group: Space) -> Asker:
    return Asker(await a_member(room, "cy"), group)


@dataclass
class Enrols:
    """Enrols somebody by a film that a watcher is pleased with."""

    room: Room

    async def __call__(self, asker: Asker, handle: str | None = None) -> Cameo:
        watcher = AWatcher()
        await enrolling.begin(self.room, asker, watcher=watcher)
        home = await enrolling.page_home(self.room, asker)
        handle = handle or asker.member.name
        return await enrolling.person(
            self.room, asker, a_film, handle=handle, adult=True, home=home, watcher=watcher
        )


async def a_film() -> bytes:
    """What a member sends."""
    return b"a film"


@pytest.fixture
def enrol(room: Room) -> Enrols:
    return Enrols(room)
