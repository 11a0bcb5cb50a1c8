"""Reading rows, in one trip to the connection's thread a query.

A cursor that is opened, read and closed takes three trips of a tenth of a millisecond each: with
hundreds of requests at once that is most of what a member waits for.
"""

from collections.abc import Mapping, Sequence

from aiosqlite import Connection, Row

Values = Sequence[object] | Mapping[str, object]


async def many(db: Connection, query: str, values: Values = ()) -> list[Row]:
    """All rows of the query; for one that writes and returns, too."""
    return list(await db.execute_fetchall(query, values))


async def one(db: Connection, query: str, values: Values = ()) -> Row | None:
    """The first row of the query, or None."""
    rows = await many(db, query, values)
    return rows[0] if rows else None
