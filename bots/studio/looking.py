"""Looking: what a clip is, the chain it came by, and the tree that grew from its first clip."""

from dataclasses import dataclass
from pathlib import Path

from bots.studio.asker import Asker
from storage import approvals, clips, jobs, lineage, offers, people
from storage.clips import Clip
from storage.jobs import JobState
from storage.lineage import Branch
from storage.offers import Offer
from storage.people import Member
from storage.room import Room

#: Clips of a chain or a tree that one message or picture shows.
MOST_SHOWN = 60


@dataclass(frozen=True)
class Info:
    """A clip, for people to read."""

    clip: Clip
    maker: Member
    state: JobState
    #: The code of its parent; None for a first clip.
    parent: str | None
    #: Clips that grew from the chain's first clip, itself included.
    tree_size: int
    #: Handles of the cameos whose owners are still asked about it.
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chain:
    """The path from the first clip to one clip."""

    clip: Clip
    #: The first clip first, the asked one last; the nearest MOST_SHOWN of a longer chain.
    links: list[Branch]
    #: Clips before the first of `links`.
    left_out: int
    tree_size: int


@dataclass(frozen=True)
class Tree:
    """All that grew from a first clip, across spaces and platforms."""

    #: The clip it was asked from.
    clip: Clip
    #: Nearest to the first clip first; at most MOST_SHOWN.
    branches: list[Branch]
    size: int


async def help(room: Room, language: str) -> tuple[Offer | None, Path | None]:
    """What the room's preset offers, and the picture of what it can draw."""
    offer = await offers.find(room.database.read, room.settings.preset)
    sha256 = offer.pictures.get(language) if offer else None
    path = room.media.path(sha256) if sha256 else None
    return offer, path if path and path.exists() else None


async def info(room: Room, clip: Clip) -> Info:
    """What the clip is."""
    read = room.database.read
    parent = await clips.get(read, clip.parent_id) if clip.parent_id is not None else None
    return Info(
        clip,
        await people.get(read, clip.member_id),
        (await jobs.of_clip(read, clip.id)).state,
        parent.code if parent else None,
        await lineage.tree_size(read, clip.root_id),
        (await approvals.awaited(read)).get(clip.id, ()),
    )


async def chain(room: Room, asker: Asker, clip: Clip) -> Chain:
    """How the clip came to be, from the first one on."""
    read = room.database.read
    links = await lineage.chain(
        read, clip.id, viewer=asker.member.id, space_id=asker.space.id, most=MOST_SHOWN
    )
    return Chain(clip, links, links[0].depth, await lineage.tree_size(read, clip.root_id))


async def tree(room: Room, asker: Asker, clip: Clip) -> Tree:
    """All that grew from the clip's first clip."""
    read = room.database.read
    branches = await lineage.tree(
        read, clip.root_id, viewer=asker.member.id, space_id=asker.space.id, most=MOST_SHOWN
    )
    return Tree(clip, branches, await lineage.tree_size(read, clip.root_id))
