"""Seeing: everything that the owner of a cameo may know about it, drafts by others included."""

from dataclasses import dataclass

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.cameo import asking
from bots.studio.cameo.asking import Question
from storage import approvals, cameos, clips, jobs, people, posts, spaces, uses
from storage.cameos import Cameo, Part, StandingWith
from storage.clips import Clip
from storage.jobs import JobState
from storage.people import Member, Platform
from storage.posts import Post
from storage.room import Room


@dataclass(frozen=True)
class Posted:
    """A message that holds the clip."""

    platform: Platform
    #: It is to be taken down, and how often its platform has refused that.
    removal_owed: bool
    refused: int


@dataclass(frozen=True)
class Use:
    """A clip that holds the cameo."""

    clip: Clip
    maker: Member
    state: JobState
    #: The owner, or another in the cast, has still to answer.
    is_draft: bool
    posted: list[Posted]
    #: Clips made from it that hold the cameo too.
    remixes: int


@dataclass(frozen=True)
class Owned:
    """One cameo as its owner sees it."""

    cameo: Cameo
    parts: list[Part]
    #: Who was let in, and who is kept out.
    people: list[tuple[Member, StandingWith]]
    #: Numbers of the spaces that "people in this space" means.
    spaces: int
    #: The newest first; those that never came to be are left out.
    uses: list[Use]
    #: Posts of clips that are gone, which their platforms have not taken down yet.
    owed: list[Posted]


@dataclass(frozen=True)
class Overview:
    """All that is the member's to decide."""

    cameos: list[Owned]
    questions: list[Question]


async def overview(room: Room, asker: Asker) -> Overview:
    """The member's cameos, every use of them, and what they are asked."""
    read = room.database.read
    mine = await cameos.of_member(read, asker.member.id)
    return Overview([await owned(room, cameo) for cameo in mine], await asking.open(room, asker))


async def owned(room: Room, cameo: Cameo) -> Owned:
    """One cameo of the member's."""
    read = room.database.read
    standings = await cameos.standings(read, cameo.id)
    return Owned(
        cameo,
        list(await cameos.parts(read, cameo.id)),
        [(await people.get(read, who), standing) for who, standing in standings.items()],
        len(await cameos.spaces_of(read, cameo.id)),
        await _uses(read, cameo),
        [await _posted(read, post) for post in await posts.owed_of_cameo(read, cameo.id)],
    )


async def _uses(db: Connection, cameo: Cameo) -> list[Use]:
    found = []
    asked = await approvals.awaited(db)
    for clip in await uses.clips_with(db, cameo.id):
        state = (await jobs.of_clip(db, clip.id)).state
        if state in (JobState.FAILED, JobState.CANCELLED):
            continue
        stands = [post for post in await posts.of_clip(db, clip.id) if post.holds_clip]
        found.append(
            Use(
                clip,
                await people.get(db, clip.member_id),
                state,
                clip.id in asked,
                [await _posted(db, post) for post in stands],
                len(await uses.grown_from(db, clip.id, cameo.id)) - 1,
            )
        )
    return found


async def picture_of(room: Room, asker: Asker, cameo: Cameo) -> bytes | None:
    """The front of the member's own cameo, as it was enrolled."""
    from bots.studio.cameo import owning, sealing

    owning.check(asker, cameo)
    files = await cameos.parts(room.database.read, cameo.id)
    if cameo.key_id is None or Part.FRONT not in files:
        return None
    opened = await sealing.unseal(room, cameo.key_id, {Part.FRONT: files[Part.FRONT]})
    return opened[Part.FRONT]


async def clip_of(room: Room, asker: Asker, code: str) -> Clip | None:
    """The clip of this code, if a cameo of the member's is in it."""
    found = await clips.by_code(room.database.read, code)
    if found is None or found.deleted_at is not None:
        return None
    cast = await uses.cast_of(room.database.read, found.id)
    return found if any(each.member_id == asker.member.id for each in cast) else None


async def _posted(db: Connection, post: Post) -> Posted:
    space = await spaces.get(db, post.space_id)
    return Posted(space.platform, post.removal_owed, post.removal_refused)
