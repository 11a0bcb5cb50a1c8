"""Chain and tree queries against depth and width, 10² to 10⁶ clips.

A page (the 60 clips that a message or a picture shows) of the chain of the deepest clip, and of the
tree of the first clip, in a room where everything grew from one clip, as a chain or as a fan. The
growth is the time at 10⁶ over the time at 10², the worst of the four.

    python -m bench.tree
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from storage import lineage
from storage.room import Room
from tests.rooms import a_member, a_request, a_room, a_space

SIZES = (100, 10_000, 1_000_000)
PAGE = 60
TIMES = 50


async def main() -> None:
    """Measure and print; the last line is one JSON object."""
    taken: dict[str, list[float]] = {}
    for shape in ("deep", "wide"):
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                async with a_room(Path(folder)) as room:
                    await _measure(room, shape, size, taken)
    for name, each in taken.items():
        print(name.ljust(12), "  ".join(f"{ms:8.2f} ms" for ms in each))
    growth = max(each[-1] / each[0] for each in taken.values())
    slowest = max(each[-1] for each in taken.values())
    print(json.dumps({"growth": round(growth, 2), "slowest_ms": round(slowest, 2)}))


async def _measure(room: Room, shape: str, size: int, taken: dict[str, list[float]]) -> None:
    first, last = await _grow(room, shape, size)
    read = room.database.read

    async def chain() -> None:
        assert await lineage.chain(read, last, viewer=1, space_id=1, most=PAGE)

    async def tree() -> None:
        assert await lineage.tree(read, first, viewer=1, space_id=1, most=PAGE)

    for name, query in (("chain", chain), ("tree", tree)):
        taken.setdefault(f"{shape} {name}", []).append(await _median_ms(query))


async def _median_ms(query: Callable[[], Awaitable[None]]) -> float:
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await query()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


async def _grow(room: Room, shape: str, size: int) -> tuple[int, int]:
    """Let `size` clips grow from one: each from the one before, or all from the first."""
    clip = (await a_request(room, await a_member(room), await a_space(room))).clip
    parent = "n - 1" if shape == "deep" else str(clip.id)
    depth = "n - 1" if shape == "deep" else "1"
    async with room.database.transaction() as tx:
        await tx.execute(
            "WITH RECURSIVE counted (n) AS"
            " (SELECT 2 UNION ALL SELECT n + 1 FROM counted WHERE n < :size)"
            " INSERT INTO clips (id, code, member_id, space_id, kind, parent_id, root_id, depth,"
            " request_key, words, plan, preset, seed, created_at)"
            f" SELECT n, 'C' || n, member_id, space_id, 'remix', {parent}, :first, {depth},"
            " 'k' || n, words, plan, preset, seed, created_at"
            " FROM counted, clips WHERE clips.id = :first",
            {"size": size, "first": clip.id},
        )
    return clip.id, size


if __name__ == "__main__":
    asyncio.run(main())
