"""Uses: which clips hold which cameos, in the order of the plan's cast."""

from collections.abc import Sequence

from aiosqlite import Connection

from storage.cameos import Cameo, get
from storage.clips import Clip, from_row
from storage.rows import many


async def add(tx: Connection, clip_id: int, cameo_ids: Sequence[int]) -> None:
    """The clip holds these cameos, in this order."""
    await tx.executemany(
        "INSERT INTO uses (clip_id, cameo_id, place) VALUES (?, ?, ?)",
        [(clip_id, cameo_id, place) for place, cameo_id in enumerate(cameo_ids)],
    )


async def cast_of(db: Connection, clip_id: int) -> list[Cameo]:
    """Who plays in the clip, in the order of its plan's cast; erased cameos included."""
    rows = await many(db, "SELECT cameo_id FROM uses WHERE clip_id = ? ORDER BY place", (clip_id,))
    return [await get(db, row["cameo_id"]) for row in rows]


async def clips_with(
    db: Connection, cameo_id: int, *, by: int | None = None, most: int = 10_000
) -> list[Clip]:
    """Standing clips that hold the cameo, drafts included, the newest first; `by` one maker."""
    return [
        from_row(row)
        for row in await many(
            db,
            "SELECT clips.* FROM uses JOIN clips ON clips.id = clip_id"
            " WHERE cameo_id = :cameo AND deleted_at IS NULL AND (:by IS NULL OR member_id = :by)"
            " ORDER BY clip_id DESC LIMIT :most",
            {"cameo": cameo_id, "by": by, "most": most},
        )
    ]


async def grown_from(db: Connection, clip_id: int, cameo_id: int) -> list[Clip]:
    """The clip and all standing clips that grew from it, of those that hold the cameo."""
    return [
        from_row(row)
        for row in await many(
            db,
            "WITH RECURSIVE down (id) AS (SELECT :clip UNION"
            "  SELECT clips.id FROM down JOIN clips ON clips.parent_id = down.id)"
            " SELECT clips.* FROM down JOIN clips USING (id) JOIN uses ON uses.clip_id = clips.id"
            " WHERE cameo_id = :cameo AND deleted_at IS NULL ORDER BY clips.id",
            {"clip": clip_id, "cameo": cameo_id},
        )
    ]
