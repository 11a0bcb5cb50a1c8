"""Refusals: what was not accepted for its words, and the appeals against that.

The words are kept for KEPT_SECONDS, since a moderator can't hear an appeal without them, and then
forgotten: rule, member and time stay, so that it still shows who tries again and again.
"""

import secrets
from dataclasses import dataclass

from aiosqlite import Connection, Row

from storage.codes import new_code
from storage.rows import many, one
from storage.rules import Decision, Rule

#: Seconds that the words of a refusal are kept: 30 days.
KEPT_SECONDS = 30 * 86400.0
#: Characters of a refusal's code: longer than new clips' codes, so that nobody mixes them up.
CODE_LENGTH = 6


@dataclass(frozen=True)
class NewRefusal:
    """A refusal about to be kept."""

    member_id: int
    space_id: int
    #: With a rule.
    decision: Decision
    #: As the member typed them.
    words: str
    #: The platform's id of the request; the same key again is the same refusal.
    request_key: str


@dataclass(frozen=True)
class Refused:
    """A refusal on record."""

    id: int
    #: What people type to name it.
    code: str
    member_id: int
    space_id: int
    rule: Rule
    #: The words that decided, and all that were typed; None once they are forgotten.
    because: str | None
    words: str | None
    #: UTC seconds; `appealed_at` is None where nobody asked to look again.
    created_at: float
    appealed_at: float | None
    #: What the member says against it.
    appeal: str


async def keep(tx: Connection, new: NewRefusal, *, now: float) -> Refused:
    """Keep a refusal once, and forget the words of old ones."""
    assert new.decision.rule is not None
    await forget_words(tx, now=now)
    row = await one(
        tx,
        "INSERT INTO refusals (code, member_id, space_id, request_key, rule, because, words,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (request_key) DO UPDATE SET rule = excluded.rule,"
        " because = excluded.because, words = excluded.words RETURNING *",
        (
            await _free_code(tx),
            new.member_id,
            new.space_id,
            new.request_key,
            new.decision.rule,
            new.decision.because,
            new.words,
            now,
        ),
    )
    assert row is not None
    return _refused(row)


async def appeal(
    tx: Connection, code: str, member_id: int, *, words: str, now: float
) -> Refused | None:
    """Keep what the member says against their refusal; None where none has its words kept.

    Said twice, it is one appeal, with the last words.
    """
    row = await one(
        tx,
        "UPDATE refusals SET appealed_at = coalesce(appealed_at, :now), appeal = :words"
        " WHERE code = :code AND member_id = :member AND words IS NOT NULL"
        " AND created_at > :oldest RETURNING *",
        {
            "code": code,
            "member": member_id,
            "words": words,
            "now": now,
            "oldest": now - KEPT_SECONDS,
        },
    )
    return _refused(row) if row else None


async def appealed(db: Connection, *, space_id: int | None) -> list[Refused]:
    """Refusals that members find wrong in the space, or with None everywhere, the oldest first."""
    return [
        _refused(row)
        for row in await many(
            db,
            "SELECT * FROM refusals WHERE appealed_at IS NOT NULL AND words IS NOT NULL"
            " AND granted IS NULL"
            " AND (:space IS NULL OR space_id = :space) ORDER BY appealed_at, id",
            {"space": space_id},
        )
    ]


async def answer(
    tx: Connection, code: str, *, granted: bool, space_id: int | None
) -> Refused | None:
    """Answer an appeal of the space, or with None of any; None where none of this code waits."""
    row = await one(
        tx,
        "UPDATE refusals SET granted = :granted WHERE code = :code AND appealed_at IS NOT NULL"
        " AND granted IS NULL AND (:space IS NULL OR space_id = :space) RETURNING *",
        {"granted": granted, "code": code, "space": space_id},
    )
    return _refused(row) if row else None


async def was_granted(db: Connection, member_id: int, *, space_id: int, words: str) -> bool:
    """Whether a moderator of the space let the member ask with these very words."""
    row = await one(
        db,
        "SELECT 1 FROM refusals WHERE member_id = ? AND space_id = ? AND words = ? AND granted = 1",
        (member_id, space_id, words),
    )
    return row is not None


async def forget_words(tx: Connection, *, now: float) -> int:
    """Forget the words of refusals older than KEPT_SECONDS; returns of how many."""
    async with tx.execute(
        "UPDATE refusals SET words = NULL, because = NULL, appeal = NULL"
        " WHERE words IS NOT NULL AND created_at <= ?",
        (now - KEPT_SECONDS,),
    ) as forgotten:
        return forgotten.rowcount


async def _free_code(tx: Connection) -> str:
    """A code that no refusal has."""
    while True:
        code = new_code(CODE_LENGTH, secrets.SystemRandom())
        if await one(tx, "SELECT 1 FROM refusals WHERE code = ?", (code,)) is None:
            return code


def _refused(row: Row) -> Refused:
    return Refused(
        row["id"],
        row["code"],
        row["member_id"],
        row["space_id"],
        Rule(row["rule"]),
        row["because"],
        row["words"],
        row["created_at"],
        row["appealed_at"],
        row["appeal"] or "",
    )
