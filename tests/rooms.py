"""The one helper that builds a room for a test: real settings, real SQLite, a real folder."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from storage import people, requests, spaces
from storage.clips import Clip, ClipKind, NewClip
from storage.people import Member, Platform
from storage.plan import Plan
from storage.requests import Accepted
from storage.room import Room, open_room
from storage.settings import load
from storage.spaces import Space

#: A fixed moment, UTC seconds: tests that move time add to it.
NOW = 1_800_000_000.0

_keys = itertools.count()


@asynccontextmanager
async def a_room(folder: Path, **environment: str) -> AsyncIterator[Room]:
    """A fresh room in `folder`; further words are environment variables of its settings."""
    async with open_room(load(room_environment(folder, **environment))) as room:
        yield room


def room_environment(folder: Path, **environment: str) -> Mapping[str, str]:
    """The environment that makes a process open the room in `folder`."""
    return {"REELROOM_HOME": str(folder / "room"), "REELROOM_DEVICE": "cpu", **environment}


async def a_member(
    room: Room, name: str = "ana", *, platform: Platform = Platform.ROOM, language: str = "en"
) -> Member:
    """A member with an account of that name."""
    async with room.database.transaction() as tx:
        return await people.sign_in(tx, platform, name, name=name, language=language, now=NOW)


async def a_space(
    room: Room,
    address: str = "the room",
    *,
    platform: Platform = Platform.ROOM,
    max_bytes: int = 10 << 20,
) -> Space:
    """A shared space at that address."""
    async with room.database.transaction() as tx:
        return await spaces.enter(
            tx, platform, address, private=False, max_bytes=max_bytes, now=NOW
        )


async def a_request(
    room: Room,
    member: Member,
    space: Space,
    words: str = "a red fox in the snow",
    *,
    kind: ClipKind = ClipKind.CREATE,
    parent: Clip | None = None,
    preset: str = "pocket",
    seed: int = 4,
    seconds: float = 2.0,
    cost: float = 3.0,
    now: float = NOW,
) -> Accepted:
    """An accepted request: clip, job and delivery."""
    new = NewClip(
        member.id,
        space.id,
        kind,
        words,
        Plan(prompt=words, seconds=seconds),
        preset,
        seed,
        request_key=f"test:{next(_keys)}",
        parent=parent,
    )
    async with room.database.transaction() as tx:
        return await requests.accept(tx, new, cost=cost, max_bytes=space.max_bytes, now=now)
