"""Verifying: whether a file is this room's, and the chain that it came by.

It relies on the file's credentials for what is proven and on the rows for what the viewer may see
of it. Whoever holds a file may read all that it carries; its words and its maker are not in it.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from bots.studio.asker import Asker
from bots.studio.errors import FileNotRead
from storage import clips, credentials, showing
from storage.clips import Clip
from storage.credentials import CannotRead, Link, Standing
from storage.room import Room

#: Files read at a time.
_READING = asyncio.Semaphore(2)


@dataclass(frozen=True)
class Step:
    """One link of a file's chain."""

    link: Link
    #: Its row, where the room has one.
    clip: Clip | None = None
    #: Whether the viewer may open it.
    seen: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a file is."""

    standing: Standing
    #: The first one first, the file itself last.
    steps: tuple[Step, ...] = ()
    #: The clip that the file is, as this room remembers it.
    clip: Clip | None = None


async def verify(room: Room, path: Path, *, viewer: Asker | None) -> Verdict:
    """What the file at `path` is; `viewer` None is the room's owner. Raises FileNotRead."""
    async with _READING:
        try:
            found = await credentials.read_apart(path, room.key.anchor)
        except CannotRead:
            raise FileNotRead() from None
        if found.standing is Standing.NONE:
            # Clips of a room that is older than its key have none.
            sha256 = await asyncio.to_thread(_sha256, path)
            return Verdict(found.standing, clip=await clips.by_file(room.database.read, sha256))
    steps = tuple([await _step(room, viewer, link) for link in found.links])
    ours = found.standing is Standing.OURS
    return Verdict(found.standing, steps, steps[-1].clip if ours else None)


async def _step(room: Room, viewer: Asker | None, link: Link) -> Step:
    clip = await clips.by_code(room.database.read, link.story.code) if link.story else None
    if clip is None or clip.deleted_at is not None:
        return Step(link, clip)
    seen = viewer is None or await showing.may_see(
        room.database.read, clip, member_id=viewer.member.id, space_id=viewer.space.id
    )
    return Step(link, clip, seen)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
