"""The audit log: what moderators and the room's own checks did, only ever added to.

Its entries are chained, see storage/chain.py, and hold ids and codes, never words of members.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection

from storage import chain
from storage.chain import Record, Verdict
from storage.rows import many

_RECORD = Record("audit", ("at", "member_id", "space_id", "act", "detail"))


class Act(StrEnum):
    """What was done."""

    REPORTED = "reported"
    HELD = "held"
    RELEASED = "released"
    #: A clip's posts in one space were taken down, and posted again.
    HIDDEN = "hidden"
    SHOWN = "shown"
    #: A clip was taken down everywhere.
    TAKEN_DOWN = "taken_down"
    WARNED = "warned"
    MUTED = "muted"
    BANNED = "banned"
    LIFTED = "lifted"
    APPEALED = "appealed"
    #: Reports of a clip were found to be about nothing.
    DISMISSED = "dismissed"
    #: An appeal against a refusal was granted.
    GRANTED = "granted"
    #: What may be asked for in a space was set.
    STRICTNESS = "strictness"


Detail = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    id: int
    #: UTC seconds.
    at: float
    #: Who did it; None for the room's own checks.
    member_id: int | None
    space_id: int | None
    act: Act
    detail: Detail


async def append(
    tx: Connection,
    act: Act,
    *,
    by: int | None,
    space_id: int | None,
    detail: Detail | None = None,
    now: float,
) -> None:
    """Add an entry; `by` is the id of the member who did it."""
    text = json.dumps(dict(detail or {}), sort_keys=True)
    await chain.append(tx, _RECORD, (now, by, space_id, str(act), text))


async def newest(db: Connection, *, most: int) -> list[Entry]:
    """The newest entries, the newest first."""
    return [
        Entry(
            row["id"],
            row["at"],
            row["member_id"],
            row["space_id"],
            Act(row["act"]),
            json.loads(row["detail"]),
        )
        for row in await many(db, "SELECT * FROM audit ORDER BY id DESC LIMIT ?", (most,))
    ]


async def verify(db: Connection) -> Verdict:
    """Look through the whole log."""
    return await chain.verify(db, _RECORD)
