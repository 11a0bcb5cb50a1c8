"""The clip that another is made from, with its files, as a family needs it."""

from engine.errors import CannotRender
from engine.pipelines.family import Parent
from storage import clips, uses
from storage.clips import Clip, ClipKind
from storage.errors import ErrorCode
from storage.room import Room


async def find(room: Room, clip: Clip) -> Parent | None:
    """The clip's parent; None for a first clip.

    Raises CannotRender where it is gone, and for an extension that would show again somebody of
    its parent's who is not in its own cast: the whole film comes with it.
    """
    if clip.parent_id is None:
        return None
    parent = await clips.get(room.database.read, clip.parent_id)
    if parent.deleted_at is not None or parent.master is None:
        raise CannotRender(ErrorCode.PARENT_GONE, {"parent": parent.code})
    cast = {cameo.id for cameo in await uses.cast_of(room.database.read, clip.id)}
    others = [c for c in await uses.cast_of(room.database.read, parent.id) if c.id not in cast]
    if others and clip.kind is ClipKind.EXTENSION:
        figures = {"handle": others[0].handle} if others[0].handle else {}
        raise CannotRender(ErrorCode.NO_CONSENT, figures)
    return Parent(
        plan=parent.plan,
        seed=parent.seed,
        master=room.media.path(parent.master),
        latents=room.media.path(parent.latents) if parent.latents else None,
        has_others=bool(others),
    )
