"""Chains and trees: who came from whom.

The chain is the path from the first clip to one clip; the tree is all that grew from a first clip,
across spaces and platforms. Both are walked along the parent index, a page at a time, so that what
a screen shows costs the same in a tree of a million.
"""

from dataclasses import dataclass

from aiosqlite import Connection

from storage.clips import Clip, ClipKind, from_row


@dataclass(frozen=True)
class Branch:
    """One clip of a tree, as the tree's picture needs it."""

    id: int
    code: str
    parent_id: int | None
    kind: ClipKind
    #: Steps from the clip that the tree was asked from.
    level: int
    #: As the maker typed them; empty for a deleted clip.
    words: str
    member_id: int
    #: The maker's name, and the platform where the clip was asked for.
    maker: str
    platform: str
    finished: bool
    deleted: bool


async def chain(db: Connection, clip_id: int, *, most: int = 10_000) -> list[Clip]:
    """The clip and its ancestors, the first clip first; of a longer chain the nearest `most`."""
    async with db.execute(
        "WITH RECURSIVE up (id, parent_id, step) AS ("
        "  SELECT id, parent_id, 0 FROM clips WHERE id = :clip"
        "  UNION ALL"
        "  SELECT clips.id, clips.parent_id, step + 1 FROM up"
        "  JOIN clips ON clips.id = up.parent_id WHERE step + 1 < :most"
        ") SELECT clips.* FROM up JOIN clips USING (id) ORDER BY step DESC",
        {"clip": clip_id, "most": most},
    ) as rows:
        return [from_row(row) async for row in rows]


async def tree(db: Connection, clip_id: int, *, most: int = 10_000) -> list[Branch]:
    """The clip and what grew from it, nearest first and at most `most`, oldest first in a level."""
    async with db.execute(
        # A queue ordered by level walks breadth first, so that LIMIT cuts the far leaves.
        "WITH RECURSIVE down (id, level) AS ("
        "  SELECT :clip, 0"
        "  UNION ALL"
        "  SELECT clips.id, level + 1 FROM down JOIN clips ON clips.parent_id = down.id"
        "  ORDER BY 2 LIMIT :most"
        ") SELECT clips.id, code, parent_id, kind, level, words, clips.member_id,"
        "  members.name AS maker, spaces.platform, master IS NOT NULL AS finished,"
        "  deleted_at IS NOT NULL AS deleted"
        " FROM down JOIN clips USING (id) JOIN members ON members.id = clips.member_id"
        " JOIN spaces ON spaces.id = clips.space_id ORDER BY level, clips.id",
        {"clip": clip_id, "most": most},
    ) as rows:
        return [
            Branch(
                row["id"],
                row["code"],
                row["parent_id"],
                ClipKind(row["kind"]),
                row["level"],
                row["words"],
                row["member_id"],
                row["maker"],
                row["platform"],
                bool(row["finished"]),
                bool(row["deleted"]),
            )
            async for row in rows
        ]


async def tree_size(db: Connection, root_id: int) -> int:
    """How many clips grew from a first clip, itself included."""
    async with db.execute("SELECT count(*) FROM clips WHERE root_id = ?", (root_id,)) as rows:
        row = await rows.fetchone()
    return int(row[0]) if row else 0
