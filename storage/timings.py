"""How long renders take here, learned from the renders themselves."""

from statistics import median

from aiosqlite import Connection

from storage.rows import many

#: Renders that an estimate looks back on.
WINDOW = 25


def work(*, width: int, height: int, frames: int, steps: int) -> float:
    """The size of a render, megapixels × frames × steps: its seconds are in proportion."""
    return width * height * frames * steps / 1e6


async def record(tx: Connection, preset: str, *, work: float, seconds: float) -> None:
    """Keep what a render took."""
    await tx.execute(
        "INSERT INTO timings (preset, work, seconds) VALUES (?, ?, ?)", (preset, work, seconds)
    )


async def estimate(db: Connection, preset: str, *, work: float, otherwise: float) -> float:
    """GPU seconds for a render of this size; `otherwise` before the first was timed."""
    rates = [
        row["seconds"] / row["work"]
        for row in await many(
            db,
            "SELECT seconds, work FROM timings WHERE preset = ? ORDER BY id DESC LIMIT ?",
            (preset, WINDOW),
        )
        if row["work"] > 0
    ]
    return median(rates) * work if rates else otherwise
