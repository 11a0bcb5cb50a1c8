"""The clip that another is made from, with its files, as a family needs it."""

from engine.errors import CannotRender
from engine.pipelines.family import Parent
from storage import clips
from storage.clips import Clip
from storage.errors import ErrorCode
from storage.room import Room


async def find(room: Room, clip: Clip) -> Parent | None:
    """The clip's parent; None for a first clip. Raises CannotRender where it is gone."""
    if clip.parent_id is None:
        return None
    parent = await clips.get(room.database.read, clip.parent_id)
    if parent.deleted_at is not None or parent.master is None:
        raise CannotRender(ErrorCode.PARENT_GONE, {"parent": parent.code})
    return Parent(
        plan=parent.plan,
        seed=parent.seed,
        master=room.media.path(parent.master),
        latents=room.media.path(parent.latents) if parent.latents else None,
    )
