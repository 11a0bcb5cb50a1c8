"""Chains and trees: who came from whom.

The chain is the path from the first clip to one clip; the tree is all that grew from a first clip,
across spaces and platforms. Both are read a page at a time along an index, so that what a screen
shows costs the same in a tree of a million. The words of a clip that the viewer may not
see are left out here.
"""

from dataclasses import dataclass

from aiosqlite import Connection, Row

from storage import showing
from storage.clips import Clip, ClipKind, from_row
from storage.people import Platform
from storage.rows import many, one

_BRANCH = (
    "SELECT clips.id, code, clips.parent_id, kind, depth, words, members.name AS maker,"
    " spaces.platform, master IS NOT NULL AS finished, deleted_at IS NOT NULL AS deleted, poster,"
    " clips.member_id = :viewer AS mine, EXISTS (SELECT 1 FROM posts WHERE clip_id = clips.id"
    "   AND posts.space_id = :space AND removed_at IS NULL) AS posted"
)
_MAKER = " JOIN members ON members.id = clips.member_id JOIN spaces ON spaces.id = clips.space_id"


@dataclass(frozen=True)
class Branch:
    """One clip of a chain or a tree, as its picture needs it."""

    id: int
    code: str
    parent_id: int | None
    kind: ClipKind
    #: Steps from the first clip of the chain.
    depth: int
    #: As the maker typed them; empty for a clip deleted or not seen here.
    words: str
    #: The maker's name, and the platform where the clip was asked for.
    maker: str
    platform: Platform
    #: Hash of its poster; None for a clip without one, deleted, or not seen here.
    poster: str | None
    finished: bool
    deleted: bool
    #: Whether the viewer may see and remix it in the space they ask from.
    seen: bool


async def chain(
    db: Connection, clip_id: int, *, viewer: int, space_id: int, most: int = 10_000
) -> list[Branch]:
    """The clip and its ancestors, the first clip first; of a longer chain the nearest `most`.

    `viewer` is the id of the member who asks, in the space `space_id`.
    """
    rows = await many(
        db,
        "WITH RECURSIVE up (id, parent_id, step) AS ("
        "  SELECT id, parent_id, 0 FROM clips WHERE id = :clip"
        "  UNION ALL"
        "  SELECT clips.id, clips.parent_id, step + 1 FROM up"
        "  JOIN clips ON clips.id = up.parent_id WHERE step + 1 < :most"
        f") {_BRANCH} FROM up JOIN clips ON clips.id = up.id{_MAKER} ORDER BY step DESC",
        {"clip": clip_id, "most": most, "viewer": viewer, "space": space_id},
    )
    return await _branches(db, rows)


async def tree(
    db: Connection, root_id: int, *, viewer: int, space_id: int, most: int = 10_000
) -> list[Branch]:
    """All that grew from a first clip: nearest first and at most `most`, oldest first in a level.

    Every clip holds its first clip and its depth, so that one index gives the page in this order,
    however wide the tree is: a recursive query would list a level whole before it could stop.
    `viewer` is the id of the member who asks, in the space `space_id`.
    """
    rows = await many(
        db,
        f"{_BRANCH} FROM clips INDEXED BY clips_by_root{_MAKER}"
        " WHERE clips.root_id = :root ORDER BY clips.root_id, depth, clips.id LIMIT :most",
        {"root": root_id, "most": most, "viewer": viewer, "space": space_id},
    )
    return await _branches(db, rows)


async def grown_from(db: Connection, clip_id: int) -> list[Clip]:
    """The clip and all that grew from it, deleted ones included, oldest first."""
    return [
        from_row(row)
        for row in await many(
            db,
            "WITH RECURSIVE down (id) AS (SELECT :clip UNION"
            "  SELECT clips.id FROM down JOIN clips ON clips.parent_id = down.id)"
            " SELECT clips.* FROM down JOIN clips USING (id) ORDER BY clips.id",
            {"clip": clip_id},
        )
    ]


async def tree_size(db: Connection, root_id: int) -> int:
    """How many clips grew from a first clip, itself included."""
    row = await one(db, "SELECT count(*) FROM clips WHERE root_id = ?", (root_id,))
    return int(row[0]) if row else 0


async def _branches(db: Connection, rows: list[Row]) -> list[Branch]:
    """The rows as their viewer may see them; a film that is not shown has words for its maker."""
    hidden = await showing.hidden(db, [row["id"] for row in rows])
    return [_branch(row, shown=row["id"] not in hidden) for row in rows]


def _branch(row: Row, *, shown: bool) -> Branch:
    seen = bool(row["mine"]) or (bool(row["posted"]) and shown)
    return Branch(
        id=row["id"],
        code=row["code"],
        parent_id=row["parent_id"],
        kind=ClipKind(row["kind"]),
        depth=row["depth"],
        words=row["words"] if seen else "",
        maker=row["maker"],
        platform=Platform(row["platform"]),
        poster=row["poster"] if seen and shown else None,
        finished=bool(row["finished"]),
        deleted=bool(row["deleted"]),
        seen=seen,
    )
