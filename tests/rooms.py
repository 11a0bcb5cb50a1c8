"""The one helper that builds a room for a test: real settings, real SQLite, a real folder."""

import asyncio
import itertools
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from storage import clips, jobs, media, offers, people, requests, spaces
from storage.clips import Clip, ClipKind, Master, NewClip
from storage.notes import Note
from storage.offers import Known, Offer
from storage.people import Member, Platform
from storage.plan import Aspect, Plan
from storage.requests import Accepted
from storage.room import Room, open_room
from storage.settings import load
from storage.spaces import Space
from tests.pictures import a_picture

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
    cast: tuple[str, ...] = (),
    now: float = NOW,
) -> Accepted:
    """An accepted request: clip, job and delivery."""
    new = NewClip(
        member.id,
        space.id,
        kind,
        words,
        Plan(prompt=words, seconds=seconds, cast=cast),
        preset,
        seed,
        request_key=f"test:{next(_keys)}",
        parent=parent,
    )
    async with room.database.transaction() as tx:
        return await requests.accept(tx, new, cost=cost, max_bytes=space.max_bytes, now=now)


async def offers_knowledge(room: Room) -> None:
    """An engine offers `pocket`, which takes pictures and can list what it draws."""
    shown = room.media.put(a_picture("PNG"), "image/png")
    offer = Offer(
        "pocket",
        "Pocket",
        frozenset(ClipKind),
        {Aspect.WIDE: (160, 96)},
        fps=12,
        steps=4,
        shortest=1,
        longest=8,
        usual=2,
        expected=3,
        takes_picture=True,
        takes_cast=3,
        knows=(
            Known("subjects", {"en": ("cat", "dog"), "fr": ("chat", "chien")}),
            Known("places", {"en": ("beach",), "fr": ("plage",)}),
        ),
        pictures={"en": shown.sha256, "fr": shown.sha256},
    )
    async with room.database.transaction() as tx:
        await media.record(tx, shown, now=time.time())
        await offers.publish(tx, "test:0", [offer], now=time.time())


async def an_engine_renders(
    room: Room, *, size: int | None = None, notes: tuple[Note, ...] = ()
) -> Clip | None:
    """Do what an engine does with the next waiting job, with a small ready-made film.

    Returns the finished clip, or None when nothing waits. `size` pads the master to that many
    bytes. For tests of the chat side; those of the engine and of the whole loop render for real.
    """
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, "test:0", ["pocket"], alone=True, now=time.time())
    if job is None:
        return None
    film, picture = a_film()
    padding = b"\0" * max(0, (size or 0) - len(film))
    # Each clip's master differs, as real ones do: an MP4 may end in any bytes.
    master = room.media.put(film + padding + f"free{job.clip_id}".encode(), "video/mp4")
    poster = room.media.put(picture, "image/jpeg")
    files = Master(master.sha256, poster.sha256, None, 160, 96, 1.0, notes)
    async with room.database.transaction() as tx:
        await requests.finish(tx, job, files, [master, poster], seconds=1.0, now=time.time())
        return await clips.get(tx, job.clip_id)


@cache
def a_film() -> tuple[bytes, bytes]:
    """A second of H.264 with AAC in MP4, 160×96, and a JPEG poster of it, made by ffmpeg."""
    with tempfile.TemporaryDirectory() as folder:
        film, picture = Path(folder) / "film.mp4", Path(folder) / "poster.jpg"
        source = ["-f", "lavfi", "-i", "testsrc2=size=160x96:rate=24:duration=1"]
        sound = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-shortest"]
        coding = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-c:a", "aac"]
        ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error"]
        subprocess.run(
            [*ffmpeg, *source, *sound, *coding, "-movflags", "+faststart", str(film)], check=True
        )
        subprocess.run([*ffmpeg, "-i", str(film), "-frames:v", "1", str(picture)], check=True)
        return film.read_bytes(), picture.read_bytes()


async def until(
    found: Callable[[], Awaitable[object]] | Callable[[], object], *, within: float = 20.0
) -> None:
    """Wait until `found()` is true; fails the test after `within` seconds."""
    async with asyncio.timeout(within):
        while True:
            answer = found()
            if await answer if isinstance(answer, Awaitable) else answer:
                return
            await asyncio.sleep(0.02)
