"""Whose mark a clip is posted under, if any: the owner's setting and the clip decide."""

from engine.finish.mark import Mark
from storage import people
from storage.clips import Clip
from storage.room import Room


async def of(room: Room, clip: Clip) -> Mark | None:
    """The clip's mark. A likeness of a real person is always marked.

    Source of that: Regulation (EU) 2024/1689, article 50 (4), which asks for it wherever such
    pictures are shown.
    """
    if not room.settings.mark and not clip.plan.cast:
        return None
    maker = await people.get(room.database.read, clip.member_id)
    return Mark(maker.name, clip.code)
