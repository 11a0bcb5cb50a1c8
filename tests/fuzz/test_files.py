"""Whatever a file holds, it is looked at and told, or refused; it never breaks what reads it."""

import random
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.studio import pictures
from bots.studio.errors import Refusal
from storage import signing
from storage.clips import ClipKind
from storage.credentials import Standing, Story, read
from storage.room import Room
from storage.room_key import RoomKey, room_key
from storage.signing import Made
from tests.fuzz.amount import ONE_ROOM
from tests.pictures import a_picture
from tests.rooms import a_film

#: What a file is changed by: where (0 to 1), how, and with what.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["set", "insert", "remove", "cut", "double", "length"]),
        st.binary(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=6,
)
#: Where most of a file's meaning is.
HEAD = 6_000


@cache
def _signed() -> tuple[RoomKey, dict[str, bytes]]:
    """A room's key, and a signed file of each kind that is sent."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = room_key(folder)
        film = folder / "film"
        film.write_bytes(a_film()[0])
        story = Story("7K3F", key.room, ClipKind.CREATE, "pocket", "Pocket")
        signing.sign_clip(film, key, story, parent=None, picture=None)
        files = {"MP4": film.read_bytes()}
        for kind in ("PNG", "JPEG", "WEBP"):
            picture, original = folder / kind, folder / f"{kind} original"
            for path in (picture, original):
                path.write_bytes(a_picture(kind, width=32, height=32))
            made = Made("holiday", original, f"image/{kind.lower()}")
            signing.sign_picture(picture, key, original=made, type=made.type)
            files[kind] = picture.read_bytes()
        return key, files


def _changed(content: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    out = bytearray(content)
    for where, how, what in changes:
        at = int(where * min(HEAD, len(out)))
        match how:
            case "set":
                out[at : at + len(what)] = what
            case "insert":
                out[at:at] = what
            case "remove":
                del out[at : at + 8 * len(what)]
            case "cut":
                del out[at:]
            case "double":
                out += out[at : at + 400]
            case "length":
                # Sizes are what parsers trust most.
                out[at : at + 4] = random.Random(what).randbytes(2) + b"\xff\xff"
    return bytes(out)


@ONE_ROOM
@given(kind=st.sampled_from(["MP4", "PNG", "JPEG", "WEBP"]), changes=CHANGES)
def test_any_file_is_told(
    tmp_path: Path, kind: str, changes: list[tuple[float, str, bytes]]
) -> None:
    key, files = _signed()
    file = tmp_path / "file"
    file.write_bytes(_changed(files[kind], changes))

    found = read(file, key.anchor)

    if found.standing is Standing.OURS:
        # What is still ours says what it said.
        assert [link.story and link.story.code for link in found.links][-1] in ("7K3F", None)


@ONE_ROOM
@given(content=st.binary(max_size=400))
def test_any_bytes_are_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    assert read(file, _signed()[0].anchor).standing in (Standing.NONE, Standing.BROKEN)


@ONE_ROOM
@given(kind=st.sampled_from(["PNG", "JPEG", "WEBP"]), changes=CHANGES)
async def test_any_picture_is_kept_or_refused(
    room: Room,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    changes: list[tuple[float, str, bytes]],
) -> None:
    # Their credentials are read by other processes, which would take all of the time.
    monkeypatch.setattr("storage.credentials.carried_by", lambda content: False)
    try:
        kept = await pictures.keep(room, _changed(_signed()[1][kind], changes))
    except Refusal:
        return

    assert room.media.path(kept.sha256).read_bytes().startswith(b"\x89PNG")
