"""The record of consent: who allowed what to whom and when, only ever added to.

Each entry's hash covers its content and the hash before it, so that an entry changed, removed or
slipped in shows. Entries hold ids and codes alone, never words, names, faces or voices: they may
outlive the person's erasing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage.rows import many, one

#: What the first entry's hash covers in place of one before it.
BEGINNING = "0" * 64


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
    last = await one(tx, "SELECT id, hash FROM consents ORDER BY id DESC LIMIT 1")
    previous = str(last["hash"]) if last else BEGINNING
    entry_id = int(last["id"]) + 1 if last else 1
    text = json.dumps(dict(detail or {}), sort_keys=True)
    await tx.execute(
        "INSERT INTO consents (id, at, cameo_id, member_id, act, detail, previous, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry_id,
            now,
            cameo_id,
            by,
            act,
            text,
            previous,
            _hash(entry_id, now, cameo_id, by, act, text, previous),
        ),
    )


async def of_cameo(db: Connection, cameo_id: int) -> list[Entry]:
    """The cameo's entries, oldest first."""
    rows = await many(db, "SELECT * FROM consents WHERE cameo_id = ? ORDER BY id", (cameo_id,))
    return [_entry(row) for row in rows]


@dataclass(frozen=True)
class Verdict:
    """What a look through the whole record found."""

    #: Entries read.
    entries: int
    #: Hash of the last: whoever wrote it down elsewhere sees if the end was cut off.
    head: str
    #: Id of the first entry that is not what was written; None for none.
    broken_at: int | None


async def verify(db: Connection) -> Verdict:
    """Read the record from its beginning and compute every hash anew."""
    previous, count = BEGINNING, 0
    async with db.execute("SELECT * FROM consents ORDER BY id") as rows:
        async for row in rows:
            count += 1
            expected = _hash(
                row["id"],
                row["at"],
                row["cameo_id"],
                row["member_id"],
                row["act"],
                row["detail"],
                previous,
            )
            if row["id"] != count or row["previous"] != previous or row["hash"] != expected:
                return Verdict(count, previous, row["id"])
            previous = expected
    return Verdict(count, previous, None)


def _hash(
    entry_id: int,
    at: float,
    cameo_id: int,
    by: int | None,
    act: str,
    detail: str,
    previous: str,
) -> str:
    content = json.dumps([entry_id, at, cameo_id, by, str(act), detail, previous])
    return hashlib.sha256(content.encode()).hexdigest()


def _entry(row: Row) -> Entry:
    return Entry(
        row["id"],
        row["at"],
        row["cameo_id"],
        row["member_id"],
        Act(row["act"]),
        json.loads(row["detail"]),
    )
