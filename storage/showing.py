"""Showing: who may see a clip, and whether its film may leave the room now.

Every way out asks here: the page, the API, remixes, chains, exports. A film that is held, or in
which somebody does not agree to be shown at this moment, is shown to nobody but the owners of the
cameos in it: not to its maker either, who sees its words and what it waits for.
"""

import json
from collections.abc import Collection

from aiosqlite import Connection

from storage import consent
from storage.clips import Clip, from_row
from storage.consent import Moment
from storage.rows import many, one


async def may_see(db: Connection, clip: Clip, *, member_id: int, space_id: int) -> bool:
    """Whether the member may see the clip here: its words, and its film once that is shown.

    Its maker and the owners of cameos in it may anywhere, others in the spaces where it was posted.
    """
    if clip.member_id == member_id or await owns_likeness(db, clip.id, member_id):
        return True
    posted = await one(
        db,
        "SELECT 1 FROM posts WHERE clip_id = ? AND space_id = ? AND removed_at IS NULL LIMIT 1",
        (clip.id, space_id),
    )
    return posted is not None and not await hidden(db, [clip.id])


async def may_watch(db: Connection, clip: Clip, *, member_id: int) -> bool:
    """Whether the member, who may see the clip, may see its film now."""
    return not await hidden(db, [clip.id]) or await owns_likeness(db, clip.id, member_id)


async def hidden(db: Connection, clip_ids: Collection[int]) -> set[int]:
    """Those of the clips whose film is not to be shown now."""
    rows = await many(
        db,
        "SELECT value AS id, EXISTS (SELECT 1 FROM holds WHERE clip_id = value"
        "  AND released_at IS NULL) AS held FROM json_each(?)"
        # The only clips that consent can be lacking for: see consent.lacking.
        " WHERE held OR EXISTS (SELECT 1 FROM uses WHERE clip_id = value)"
        " OR EXISTS (SELECT 1 FROM clips WHERE clips.id = value"
        "  AND json_extract(plan, '$.cast[0]') IS NOT NULL)",
        (json.dumps(list(clip_ids)),),
    )
    return {
        row["id"]
        for row in rows
        if row["held"] or await consent.lacking(db, row["id"], Moment.POST)
    }


async def owns_likeness(db: Connection, clip_id: int, member_id: int) -> bool:
    """Whether a cameo of the member's is in the clip."""
    row = await one(
        db,
        "SELECT 1 FROM uses JOIN cameos ON cameos.id = cameo_id"
        " WHERE clip_id = ? AND member_id = ? AND erased_at IS NULL LIMIT 1",
        (clip_id, member_id),
    )
    return row is not None


async def newest(db: Connection, space_id: int, *, viewer: int, most: int) -> list[Clip]:
    """The newest clips asked for in the space that the member `viewer` may see, oldest first."""
    found = [
        from_row(row)
        for row in await many(
            db,
            "SELECT * FROM clips WHERE space_id = :space AND deleted_at IS NULL"
            " AND (member_id = :viewer OR EXISTS (SELECT 1 FROM posts WHERE clip_id = clips.id"
            "  AND posts.space_id = :space AND removed_at IS NULL))"
            " ORDER BY id DESC LIMIT :most",
            {"space": space_id, "viewer": viewer, "most": most},
        )
    ]
    away = await hidden(db, [clip.id for clip in found if clip.member_id != viewer])
    return [clip for clip in reversed(found) if clip.id not in away]
