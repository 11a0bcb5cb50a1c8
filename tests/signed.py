"""Files signed by a room, without an engine: for tests of what is read of them."""

from pathlib import Path

from storage import signing
from storage.clips import Clip
from storage.credentials import Story
from storage.room import Room
from storage.signing import PNG, Made
from tests.pictures import a_picture
from tests.rooms import a_film


def a_signed_film(
    room: Room,
    clip: Clip,
    path: Path,
    *,
    parent: tuple[Clip, Path] | None = None,
    picture: Path | None = None,
    likeness: bool = False,
) -> Path:
    """Write a small film to `path`, signed by the room as the clip, made of the files given."""
    path.write_bytes(a_film()[0])
    story = Story(clip.code, room.key.room, clip.kind, "pocket", "Pocket", likeness)
    signing.sign_clip(
        path,
        room.key,
        story,
        parent=Made(parent[0].code, parent[1]) if parent else None,
        picture=Made("picture", picture, PNG) if picture else None,
    )
    return path


def a_signed_picture(room: Room, path: Path, *, title: str = "holiday", kind: str = "PNG") -> Path:
    """Write a picture to `path`, signed by the room as one that it was given."""
    original = path.with_suffix(".original")
    for each in (path, original):
        each.write_bytes(a_picture(kind))
    made = Made(title, original, f"image/{kind.lower()}")
    signing.sign_picture(path, room.key, original=made, type=made.type)
    return path
