"""Finding the clip that a member means: by its code, by the post they reply to, or their latest."""

from bots.studio.asker import Asker
from bots.studio.errors import (
    ClipIsDeleted,
    ClipIsNotReady,
    NoClipHere,
    NoSuchClip,
    NotAClip,
    Refusal,
    WaitsForYes,
)
from storage import approvals, clips, posts, showing
from storage.clips import Clip
from storage.codes import looks_like_code, tidy
from storage.room import Room


async def by_code(room: Room, asker: Asker, code: str) -> Clip:
    """The clip of this code, if the member may see it here. Raises NoSuchClip or ClipIsDeleted.

    A clip that may not be seen is refused in the words for one that does not exist.
    """
    clip = await clips.by_code(room.database.read, code)
    if clip is None or not await showing.may_see(
        room.database.read, clip, member_id=asker.member.id, space_id=asker.space.id
    ):
        raise NoSuchClip(code=tidy(code)[:12])
    return _standing(clip)


async def by_message(room: Room, asker: Asker, message: str) -> Clip:
    """The clip that a message of ours in this space holds or announces.

    Raises NotAClip or ClipIsDeleted.
    """
    clip = await posts.clip_at(room.database.read, asker.space.id, message)
    if clip is None:
        raise NotAClip()
    return _standing(clip)


async def split_code(room: Room, asker: Asker, words: str) -> tuple[Clip | None, str]:
    """The clip that the first word names, if it is the code of one, and the words after it."""
    first, _, rest = words.strip().partition(" ")
    if not looks_like_code(first):
        return None, words
    if first.startswith("#"):
        return await by_code(room, asker, first), rest.strip()
    # "MAKE it night": without #, a word that only looks like a code stays a word.
    if await clips.by_code(room.database.read, first) is None and not any(map(str.isdigit, first)):
        return None, words
    return await by_code(room, asker, first), rest.strip()


async def latest(room: Room, asker: Asker) -> Clip:
    """The member's newest finished clip asked for in this space. Raises NoClipHere."""
    clip = await clips.latest_finished(room.database.read, asker.member.id, asker.space.id)
    if clip is None:
        raise NoClipHere()
    return clip


def finished(clip: Clip) -> Clip:
    """The clip, if it has a master. Raises ClipIsNotReady."""
    if clip.master is None:
        raise ClipIsNotReady(code=clip.code)
    return clip


async def film(room: Room, asker: Asker, clip: Clip) -> Clip:
    """The clip, if the member may see its film now. Raises ClipIsNotReady or WaitsForYes."""
    finished(clip)
    if not await showing.may_watch(room.database.read, clip, member_id=asker.member.id):
        raise await _not_shown(room, asker, clip)
    return clip


async def parent(room: Room, asker: Asker, clip: Clip) -> Clip:
    """The clip, if something may be made from it now. Raises ClipIsNotReady or WaitsForYes.

    What is not shown yet is nobody's to go on from, whoever may look at it.
    """
    finished(clip)
    if await showing.hidden(room.database.read, [clip.id]):
        raise await _not_shown(room, asker, clip)
    return clip


async def _not_shown(room: Room, asker: Asker, clip: Clip) -> Refusal:
    """Its maker reads whom it waits for, others that it is not finished."""
    awaited = (await approvals.awaited(room.database.read)).get(clip.id)
    if awaited and clip.member_id == asker.member.id:
        return WaitsForYes(code=clip.code, handle=awaited[0])
    return ClipIsNotReady(code=clip.code)


def _standing(clip: Clip) -> Clip:
    if clip.deleted_at is not None:
        raise ClipIsDeleted(code=clip.code)
    return clip
