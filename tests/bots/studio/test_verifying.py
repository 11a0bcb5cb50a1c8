"""Whether a file is this room's, told by its credentials and by what the room remembers."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.studio.asker import Asker
from bots.studio.errors import FileNotRead
from bots.studio.verifying import Verdict, verify
from bots.words import provenance
from storage import clips
from storage.clips import Clip, ClipKind
from storage.credentials import Standing
from storage.room import Room
from tests.rooms import a_film, a_member, a_request, a_room, a_space, an_engine_renders
from tests.signed import a_signed_film, a_signed_picture


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Room]:
    """Another room."""
    async with a_room(tmp_path / "elsewhere") as opened:
        yield opened


async def _clip(room: Room, parent: Clip | None = None, *, address: str = "the room") -> Clip:
    """A clip posted in that space."""
    ana, space = await a_member(room), await a_space(room, address)
    kind = ClipKind.REMIX if parent else ClipKind.CREATE
    return (await a_request(room, ana, space, kind=kind, parent=parent)).clip


async def _bruno(room: Room) -> Asker:
    return Asker(await a_member(room, "bruno"), await a_space(room))


def _told(found: Verdict) -> list[str]:
    return provenance.whole("en", found).splitlines()


async def test_the_owner_reads_a_clips_whole_chain(room: Room, tmp_path: Path) -> None:
    first = await _clip(room)
    second = await _clip(room, first)
    before = a_signed_film(room, first, tmp_path / "first.mp4")
    file = a_signed_film(room, second, tmp_path / "second.mp4", parent=(first, before))

    found = await verify(room, file, viewer=None)

    assert found.clip == second
    assert _told(found) == [
        f"This is {second.code}, a clip of this room, exactly as it left here.",
        "",
        "How it came to be",
        f"1. {first.code}: made from words with Pocket",
        f"2. {second.code}: remixed with Pocket",
    ]
    assert all(step.seen for step in found.steps)


async def test_a_likeness_is_told_of_and_nobody_named(room: Room, tmp_path: Path) -> None:
    clip = await _clip(room)
    file = a_signed_film(room, clip, tmp_path / "a.mp4", likeness=True)

    [*_, line] = _told(await verify(room, file, viewer=None))

    assert line == (
        f"1. {clip.code}: made from words with Pocket, with a person's likeness, by their consent"
    )


async def test_a_member_may_open_what_they_may_see_and_no_more(room: Room, tmp_path: Path) -> None:
    hidden = await _clip(room, address="elsewhere")
    file = a_signed_film(room, hidden, tmp_path / "a.mp4")

    found = await verify(room, file, viewer=await _bruno(room))

    # Whoever holds the file may know that it is ours.
    assert found.clip == hidden
    assert not found.steps[0].seen


async def test_a_deleted_clip_is_told_to_be_deleted(room: Room, tmp_path: Path) -> None:
    clip = await _clip(room)
    file = a_signed_film(room, clip, tmp_path / "a.mp4")
    async with room.database.transaction() as tx:
        await clips.delete(tx, clip, now=time.time())

    found = await verify(room, file, viewer=None)

    assert not found.steps[0].seen
    assert "deleted here since" in _told(found)[0]
    assert _told(found)[-1].endswith("(deleted since)")


async def test_a_clip_of_our_key_that_we_do_not_know_is_not_taken_for_ours(
    room: Room, elsewhere: Room, tmp_path: Path
) -> None:
    unknown = await _clip(elsewhere)
    file = a_signed_film(room, unknown, tmp_path / "a.mp4")

    found = await verify(room, file, viewer=None)

    assert (found.standing, found.clip) == (Standing.OURS, None)
    assert "someone else may have the key" in _told(found)[0]


async def test_another_rooms_clip_is_not_from_this_room(
    room: Room, elsewhere: Room, tmp_path: Path
) -> None:
    # Even where its code is one that this room knows.
    clip = await _clip(room)
    file = a_signed_film(elsewhere, clip, tmp_path / "a.mp4")

    found = await verify(room, file, viewer=None)

    assert (found.standing, found.clip) == (Standing.OTHERS, None)
    assert _told(found)[0] == (
        "This file is not from this room."
        f" It is signed by someone called “Reelroom {elsewhere.key.room}”."
    )


async def test_a_tampered_file_is_not_to_be_trusted(room: Room, tmp_path: Path) -> None:
    file = a_signed_film(room, await _clip(room), tmp_path / "a.mp4")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    found = await verify(room, file, viewer=None)

    assert found == Verdict(Standing.BROKEN)
    assert _told(found)[0].startswith("Don't trust this file")


async def test_a_file_without_credentials_proves_nothing(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(a_film()[0])

    found = await verify(room, file, viewer=None)

    assert found == Verdict(Standing.NONE)
    assert _told(found)[0].startswith("Nothing shows that this file is from this room")


async def test_a_clip_older_than_the_rooms_key_is_known_by_its_bytes(
    room: Room, tmp_path: Path
) -> None:
    await _clip(room)
    clip = await an_engine_renders(room)
    assert clip
    assert clip.master
    file = tmp_path / "saved.mp4"
    file.write_bytes(room.media.path(clip.master).read_bytes())

    found = await verify(room, file, viewer=None)

    assert found.clip == clip
    assert "from before it signed" in _told(found)[0]


async def test_a_picture_that_was_started_from_is_told_with_who_signed_it(
    room: Room, elsewhere: Room, tmp_path: Path
) -> None:
    clip = await _clip(room)
    picture = a_signed_picture(elsewhere, tmp_path / "theirs.png")
    file = a_signed_film(room, clip, tmp_path / "a.mp4", picture=picture)

    lines = _told(await verify(room, file, viewer=None))

    assert lines[3:] == [
        "1. a picture without credentials",
        f"2. a picture signed by someone called “Reelroom {elsewhere.key.room}”",
        f"3. {clip.code}: made from words with Pocket",
    ]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 100])
async def test_what_is_no_film_is_no_clip_of_this_room(
    room: Room, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(content)

    assert (await verify(room, file, viewer=None)).standing is Standing.NONE


async def test_a_file_that_is_not_there_is_a_refusal(room: Room, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead):
        await verify(room, tmp_path / "nowhere", viewer=None)
