"""What a clip's credentials say, found in its rows: its story, and the files it was made of."""

from engine.finish.seal import Seal
from storage import clips, offers, uses
from storage.cameos import CameoKind
from storage.clips import Clip
from storage.credentials import Story
from storage.room import Room
from storage.signing import PNG, Made


async def of(room: Room, clip: Clip) -> Seal:
    """The clip's seal. A parent deleted since it was asked for is left out of it."""
    offer = await offers.find(room.database.read, clip.preset)
    cast = await uses.cast_of(room.database.read, clip.id)
    story = Story(
        code=clip.code,
        room=room.key.room,
        kind=clip.kind,
        preset=clip.preset,
        model=offer.title if offer else clip.preset,
        likeness=any(each.kind is CameoKind.PERSON for each in cast),
    )
    picture = Made("picture", room.media.path(clip.picture), PNG) if clip.picture else None
    return Seal(room.key, story, parent=await _parent(room, clip), picture=picture)


async def _parent(room: Room, clip: Clip) -> Made | None:
    if clip.parent_id is None:
        return None
    parent = await clips.get(room.database.read, clip.parent_id)
    return Made(parent.code, room.media.path(parent.master)) if parent.master else None
