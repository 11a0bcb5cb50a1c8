"""The record of consent: who allowed what to whom and when, only ever added to.

Its entries are chained, see storage/chain.py. They hold ids and codes alone, never words, names,
faces or voices: they may outlive the person's erasing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import chain
from storage.chain import Record, Verdict
from storage.rows import many

_RECORD = Record("consents", ("at", "cameo_id", "member_id", "act", "detail"))


class Act(StrEnum):
    """What was done."""

    #: The owner enrolled, and said that they are an adult where the cameo is of a person.
    ENROLLED = "enrolled"
    #: The owner chose who may ask. Detail: policy, ask_first, space.
    POLICY = "policy"
    #: The owner wrote restrictions or looks anew.
    WORDED = "worded"
    #: The owner let a member in, kept one out, or neither any more. Detail: member.
    GRANTED = "granted"
    BLOCKED = "blocked"
    FORGOTTEN = "forgotten"
    #: A member asked for one clip; the owner answered; the time ran out. Detail: clip, stage.
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    #: A clip that holds the cameo was accepted under the policy. Detail: clip, member.
    USED = "used"
    #: The owner took a clip back. Detail: clip.
    TAKEN_BACK = "taken_back"
    #: The owner got all that is kept about the cameo.
    EXPORTED = "exported"
    #: The owner erased the cameo and its key.
    ERASED = "erased"


Detail = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    id: int
    #: UTC seconds.
    at: float
    cameo_id: int
    #: Who did it; None for the clock.
    member_id: int | None
    act: Act
    detail: Detail


async def append(
    tx: Connection,
    cameo_id: int,
    act: Act,
    *,
    by: int | None,
    detail: Detail | None = None,
    now: float,
) -> None:
    """Add an entry; `by` is the id of the member who did it."""
    text = json.dumps(dict(detail or {}), sort_keys=True)
    await chain.append(tx, _RECORD, (now, cameo_id, by, str(act), text))


async def of_cameo(db: Connection, cameo_id: int) -> list[Entry]:
    """The cameo's entries, oldest first."""
    rows = await many(db, "SELECT * FROM consents WHERE cameo_id = ? ORDER BY id", (cameo_id,))
    return [_entry(row) for row in rows]


async def verify(db: Connection) -> Verdict:
    """Look through the whole record."""
    return await chain.verify(db, _RECORD)


def _entry(row: Row) -> Entry:
    return Entry(
        row["id"],
        row["at"],
        row["cameo_id"],
        row["member_id"],
        Act(row["act"]),
        json.loads(row["detail"]),
    )
