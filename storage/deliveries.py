"""Deliveries: one post owed to one space. Those not yet made are the outbox.

    from      to        by
    waiting   ready     the clip's encoding was made, or its job ended without a clip
    ready     sending   the outbox takes it, with its nonce, before it calls the platform
    sending   sent      the platform answered with the message's id
    sending   ready     the platform said later, or the process died: taken up again with doubt
    sending   waiting   the platform said too large: a smaller encoding is owed first
    sending   ready     it was called off: words are owed, and the post that may be is recalled
    any open  failed    the space can't be written to and nobody can be told

A delivery with an error owes words instead of a clip. Its nonce stays as it is, so that a platform
that knows nonces makes one message of two calls, until it is called off while it is sent: the words
are another message. A clip about which somebody's answer is awaited is not
delivered, except to them.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import recalls
from storage.rows import many, one


class About(StrEnum):
    """What a delivery brings."""

    #: The clip, to where it was asked for, or words on why not.
    CLIP = "clip"
    #: To a cameo's owner: the prompt of a clip that would hold it, and the question.
    PROMPT = "prompt"
    #: To a cameo's owner: the clip before it is posted, and the question.
    DRAFT = "draft"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One post owed to one space."""

    id: int
    clip_id: int
    #: Who asked, and is told.
    member_id: int
    space_id: int
    state: DeliveryState
    #: The platform's id of the message that asked.
    reply_to: str | None
    #: A way to answer that expires, as the platform's adapter wrote it.
    handle: Mapping[str, str] | None
    #: The encoding must fit in this many bytes.
    max_bytes: int
    #: Hash of the encoding to post; None for words alone.
    media: str | None
    #: A code of the words owed instead of a clip.
    error: str | None
    nonce: str
    #: The message that shows progress.
    progress: str | None
    #: The post, once sent.
    message: str | None
    attempts: int
    next_at: float
    created_at: float
    about: About = About.CLIP
    #: Whose owner is asked; None for the clip itself.
    cameo_id: int | None = None


async def owe(
    tx: Connection,
    clip_id: int,
    member_id: int,
    space_id: int,
    *,
    max_bytes: int,
    reply_to: str | None = None,
    handle: Mapping[str, str] | None = None,
    about: About = About.CLIP,
    cameo_id: int | None = None,
    now: float,
) -> Delivery:
    """Owe the space the clip, or words on why not; or the owner of a cameo a question about it."""
    row = await one(
        tx,
        "INSERT INTO deliveries (clip_id, member_id, space_id, about, cameo_id, state, reply_to,"
        " handle, max_bytes, nonce, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " RETURNING *",
        (
            clip_id,
            member_id,
            space_id,
            about,
            cameo_id,
            # A question about a prompt brings no film: there is nothing to wait for.
            DeliveryState.READY if about is About.PROMPT else DeliveryState.WAITING,
            reply_to,
            json.dumps(dict(handle)) if handle else None,
            max_bytes,
            # Discord takes at most 25 characters.
            uuid.uuid4().hex[:24],
            now,
        ),
    )
    assert row is not None
    return _delivery(row)


async def get(db: Connection, delivery_id: int) -> Delivery:
    """The delivery with this id; LookupError if there is none."""
    row = await one(db, "SELECT * FROM deliveries WHERE id = ?", (delivery_id,))
    if row is None:
        raise LookupError(f"no delivery {delivery_id}")
    return _delivery(row)


async def by_nonce(db: Connection, nonce: str) -> Delivery:
    """The delivery with this nonce; LookupError if there is none."""
    found = await _many(db, "SELECT * FROM deliveries WHERE nonce = ?", nonce)
    if not found:
        raise LookupError("no delivery has that nonce")
    return found[0]


async def of_clip(db: Connection, clip_id: int) -> list[Delivery]:
    """The deliveries of the clip itself, oldest first; questions about it are left out."""
    return await _many(
        db, "SELECT * FROM deliveries WHERE clip_id = ? AND about = 'clip' ORDER BY id", clip_id
    )


#: Nothing is there to be posted yet, or somebody has to look at the finished clip first.
_WATCHED = (
    "about = 'clip' AND (state = 'waiting' OR (state = 'ready' AND error IS NULL AND EXISTS"
    " (SELECT 1 FROM awaited WHERE awaited.clip_id = deliveries.clip_id)))"
)


async def owed_progress(db: Connection) -> list[Delivery]:
    """Deliveries whose clip can't be shown yet, oldest first: their members watch a bar."""
    return await _many(db, f"SELECT * FROM deliveries WHERE {_WATCHED} ORDER BY id")


async def is_watched(db: Connection, delivery_id: int) -> bool:
    """Whether the delivery's progress is still to be shown."""
    return bool(
        await _many(db, f"SELECT * FROM deliveries WHERE id = ? AND {_WATCHED}", delivery_id)
    )


async def outbox(db: Connection, *, now: float) -> list[Delivery]:
    """Deliveries to be made now, oldest first. One found SENDING at start was in a dead process.

    A clip that is held, or about which an owner is still asked, is left out; words and questions
    are not.
    """
    return await _many(
        db,
        "SELECT * FROM deliveries WHERE state IN ('ready', 'sending') AND next_at <= ?"
        " AND (about <> 'clip' OR error IS NOT NULL OR NOT EXISTS"
        "  (SELECT 1 FROM awaited WHERE awaited.clip_id = deliveries.clip_id))"
        # What may stand already is looked for once before words are said about it.
        " AND NOT EXISTS (SELECT 1 FROM recalls"
        "  WHERE delivery_id = deliveries.id AND recalls.attempts = 0)"
        " ORDER BY id",
        now,
    )


async def unreached(db: Connection) -> dict[int, tuple[str, ...]]:
    """Clip id → handles of the cameos whose owners are asked about it and can't be written to."""
    rows = await many(
        db,
        "SELECT deliveries.clip_id, cameos.handle FROM deliveries"
        " JOIN cameos ON cameos.id = deliveries.cameo_id"
        " JOIN approvals ON approvals.clip_id = deliveries.clip_id"
        "  AND approvals.cameo_id = deliveries.cameo_id AND stage = about"
        " WHERE deliveries.state = 'failed' AND error IS NOT NULL AND approvals.state = 'asked'"
        " ORDER BY deliveries.id",
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row["clip_id"]] = (*found.get(row["clip_id"], ()), str(row["handle"]))
    return found


async def to_fit(db: Connection) -> list[tuple[Delivery, str]]:
    """Deliveries that wait for an encoding of a finished clip, each with the master's hash."""
    return [
        (_delivery(row), str(row["master"]))
        for row in await many(
            db,
            "SELECT deliveries.*, clips.master FROM deliveries JOIN clips ON clips.id = clip_id"
            " WHERE state = 'waiting' AND master IS NOT NULL ORDER BY deliveries.id",
        )
    ]


async def fitted_before(db: Connection, clip_id: int, *, max_bytes: int) -> str | None:
    """Hash of an encoding made of the clip for another delivery of the same budget."""
    row = await one(
        db,
        "SELECT media FROM deliveries WHERE clip_id = ? AND max_bytes = ? AND media IS NOT NULL"
        " LIMIT 1",
        (clip_id, max_bytes),
    )
    return str(row["media"]) if row else None


async def master_made(tx: Connection, clip_id: int, *, sha256: str, bytes: int) -> None:
    """The clip is finished: where the film that is posted fits it is ready, elsewhere it waits."""
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', media = ?"
        " WHERE clip_id = ? AND state = 'waiting' AND max_bytes >= ?",
        (sha256, clip_id, bytes),
    )


async def fitted(tx: Connection, delivery_id: int, *, sha256: str) -> None:
    """The encoding that the delivery waited for is made."""
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', media = ? WHERE id = ? AND state = 'waiting'",
        (sha256, delivery_id),
    )


async def owe_words(tx: Connection, clip_id: int, error: str) -> None:
    """The clip will not come: what was owed of it is now words."""
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', media = NULL, error = ?"
        " WHERE clip_id = ? AND state = 'waiting' AND about = 'clip'",
        (error, clip_id),
    )
    await _forget_questions(tx, clip_id)


async def call_off(tx: Connection, clip_id: int, error: str) -> None:
    """The clip is taken away, made or not: what is not sent yet is now words.

    A post that is being made, or may have been, is to be found and removed: see storage/recalls.py.
    """
    await recalls.recall(tx, "clip_id = ? AND error IS NULL", clip_id)
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', media = NULL, error = ?, next_at = 0"
        " WHERE clip_id = ? AND state IN ('waiting', 'ready', 'sending') AND about = 'clip'"
        " AND error IS NULL",
        (error, clip_id),
    )
    await _forget_questions(tx, clip_id)


async def call_off_one(tx: Connection, delivery: Delivery, error: str) -> None:
    """As `call_off`, for one delivery; a question is not put any more."""
    await recalls.recall(tx, "id = ? AND error IS NULL", delivery.id)
    if delivery.about is About.CLIP:
        await words_instead(tx, delivery.id, error)
    else:
        await _forget_questions(tx, delivery.clip_id, delivery.cameo_id)


async def _forget_questions(tx: Connection, clip_id: int, cameo_id: int | None = None) -> None:
    """No owner, or not this one, needs to be asked about the clip any more."""
    await tx.execute(
        "UPDATE deliveries SET state = 'failed', media = NULL, handle = NULL"
        " WHERE clip_id = :clip AND state IN ('waiting', 'ready', 'sending') AND about <> 'clip'"
        " AND (:cameo IS NULL OR cameo_id = :cameo)",
        {"clip": clip_id, "cameo": cameo_id},
    )


async def words_instead(tx: Connection, delivery_id: int, error: str) -> None:
    """This one delivery is now words."""
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', media = NULL, error = ?, next_at = 0"
        " WHERE id = ? AND state IN ('waiting', 'ready', 'sending')",
        (error, delivery_id),
    )


async def sending(tx: Connection, delivery_id: int) -> bool:
    """The platform is about to be called. False if the delivery is no longer ready."""
    async with tx.execute(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1"
        " WHERE id = ? AND state IN ('ready', 'sending')",
        (delivery_id,),
    ) as moved:
        return moved.rowcount == 1


async def later(tx: Connection, delivery_id: int, *, next_at: float, doubt: bool) -> None:
    """Try again at `next_at`; with `doubt` it stays SENDING: the call may have gone through."""
    await tx.execute(
        "UPDATE deliveries SET state = ?, next_at = ? WHERE id = ? AND state = 'sending'",
        ("sending" if doubt else "ready", next_at, delivery_id),
    )


async def refit(tx: Connection, delivery_id: int, *, max_bytes: int) -> None:
    """The platform found the file too large: a smaller encoding is owed first."""
    await tx.execute(
        "UPDATE deliveries SET state = 'waiting', media = NULL, max_bytes = ?"
        " WHERE id = ? AND state = 'sending'",
        (max_bytes, delivery_id),
    )


async def sent(tx: Connection, delivery: Delivery, *, message: str, now: float) -> bool:
    """The platform made the message. False if it was called off while it did.

    `delivery` is as it was when the platform was called.
    """
    async with tx.execute(
        "UPDATE deliveries SET state = 'sent', message = ?, sent_at = ?, handle = NULL"
        " WHERE id = ? AND state = 'sending' AND nonce = ? AND error IS ?",
        (message, now, delivery.id, delivery.nonce, delivery.error),
    ) as moved:
        return moved.rowcount == 1


async def move(tx: Connection, delivery_id: int, *, space_id: int, error: str) -> None:
    """The space can't be written to: owe words on it to another one, as a first try."""
    await tx.execute(
        "UPDATE deliveries SET state = 'ready', space_id = ?, error = ?, media = NULL,"
        " reply_to = NULL, handle = NULL, progress = NULL, attempts = 0, next_at = 0 WHERE id = ?",
        (space_id, error, delivery_id),
    )


async def resettle(tx: Connection, old_space: int, new_space: int) -> None:
    """What is open in one space is owed to another, whose messages have other numbers."""
    await tx.execute(
        "UPDATE deliveries SET space_id = ?, reply_to = NULL, progress = NULL"
        " WHERE space_id = ? AND state IN ('waiting', 'ready', 'sending')",
        (new_space, old_space),
    )


async def give_up(tx: Connection, delivery_id: int, error: str) -> None:
    """Nobody can be told."""
    await tx.execute(
        "UPDATE deliveries SET state = 'failed', error = ?, handle = NULL WHERE id = ?",
        (error, delivery_id),
    )


async def progress_shown(tx: Connection, delivery_id: int, *, message: str | None) -> None:
    """The message that shows progress; None once it is gone."""
    await tx.execute("UPDATE deliveries SET progress = ? WHERE id = ?", (message, delivery_id))


async def _many(db: Connection, query: str, *values: object) -> list[Delivery]:
    return [_delivery(row) for row in await many(db, query, values)]


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        clip_id=row["clip_id"],
        member_id=row["member_id"],
        space_id=row["space_id"],
        state=DeliveryState(row["state"]),
        reply_to=row["reply_to"],
        handle=json.loads(row["handle"]) if row["handle"] else None,
        max_bytes=row["max_bytes"],
        media=row["media"],
        error=row["error"],
        nonce=row["nonce"],
        progress=row["progress"],
        message=row["message"],
        attempts=row["attempts"],
        next_at=row["next_at"],
        created_at=row["created_at"],
        about=About(row["about"]),
        cameo_id=row["cameo_id"],
    )
