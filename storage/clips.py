"""Clips: what was asked, by whom, from which parent, and the files that came of it.

A clip exists from the moment its request is accepted; it has a master once its job is done. A
deleted clip keeps its place in the chain, without words, plan or files.
"""

import random
import secrets
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import codes, notes, plan, rules
from storage.notes import Note
from storage.plan import Plan
from storage.rows import many, one
from storage.rules import Decision

#: Characters of a clip's code: 30⁴ clips before codes grow.
CODE_LENGTH = 4


class ClipKind(StrEnum):
    """How a clip came to be."""

    #: From words alone.
    CREATE = "create"
    #: From a parent, with other words.
    REMIX = "remix"
    #: From a parent, same words, another seed.
    VARIATION = "variation"
    #: From a parent, going on where it ended.
    EXTENSION = "extension"


@dataclass(frozen=True)
class Clip:
    """A film, finished or planned."""

    id: int
    #: What people type to name it.
    code: str
    #: Its maker.
    member_id: int
    #: Where it was asked for.
    space_id: int
    kind: ClipKind
    #: The clip it was made from; None exactly for CREATE.
    parent_id: int | None
    #: The first clip of its chain; its own id for CREATE.
    root_id: int
    #: Steps from the first clip to this one.
    depth: int
    #: As its maker typed them.
    words: str
    plan: Plan
    preset: str
    #: 0 to 2³² - 1.
    seed: int
    #: Pixels of the master, and its length; None until it is made.
    width: int | None
    height: int | None
    seconds: float | None
    #: Hashes of files in the media folder; None until made or after deletion.
    master: str | None
    poster: str | None
    latents: str | None
    created_at: float
    deleted_at: float | None
    #: Hash of the picture that it starts from; None for none.
    picture: str | None = None
    #: What its render tells the member.
    notes: tuple[Note, ...] = ()
    #: Hash of the master under its maker's mark, which is what is posted; None for the master.
    posted: str | None = None


@dataclass(frozen=True)
class NewClip:
    """A clip about to be accepted."""

    member_id: int
    space_id: int
    kind: ClipKind
    words: str
    plan: Plan
    preset: str
    seed: int
    #: The platform's id of the request; the same key again is the same clip.
    request_key: str
    parent: Clip | None = None
    #: Hash of a recorded picture to start from.
    picture: str | None = None
    #: What the check of its words decided; None where none was made.
    decision: Decision | None = None


@dataclass(frozen=True)
class Master:
    """The files of a finished clip."""

    master: str
    poster: str
    latents: str | None
    width: int
    height: int
    seconds: float
    notes: tuple[Note, ...] = ()
    posted: str | None = None


async def insert(tx: Connection, new: NewClip, *, now: float) -> Clip:
    """Keep a new clip under a fresh code."""
    parent = new.parent
    code = await _free_code(tx)
    row = await one(
        tx,
        "INSERT INTO clips (code, member_id, space_id, kind, parent_id, root_id, depth,"
        " request_key, words, plan, preset, seed, picture, decision, created_at)"
        " VALUES (?, ?, ?, ?, ?, coalesce(?, (SELECT coalesce(max(id), 0) + 1 FROM clips)),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (
            code,
            new.member_id,
            new.space_id,
            new.kind,
            parent.id if parent else None,
            parent.root_id if parent else None,
            parent.depth + 1 if parent else 0,
            new.request_key,
            new.words,
            plan.to_json(new.plan),
            new.preset,
            new.seed,
            new.picture,
            rules.to_json(new.decision) if new.decision else None,
            now,
        ),
    )
    assert row is not None
    return from_row(row)


async def get(db: Connection, clip_id: int) -> Clip:
    """The clip with this id; LookupError if there is none."""
    clip = await _one(db, "SELECT * FROM clips WHERE id = ?", clip_id)
    if clip is None:
        raise LookupError(f"no clip {clip_id}")
    return clip


async def decision(db: Connection, clip_id: int) -> Decision | None:
    """What the check of the clip's words decided; None for one that had no check."""
    row = await one(db, "SELECT decision FROM clips WHERE id = ?", (clip_id,))
    return rules.from_json(row["decision"]) if row else None


async def by_code(db: Connection, code: str) -> Clip | None:
    """The clip that people call `code`, as they may type it."""
    return await _one(db, "SELECT * FROM clips WHERE code = ?", codes.tidy(code))


async def by_request(db: Connection, request_key: str) -> Clip | None:
    """The clip that this request became, if it was accepted before."""
    return await _one(db, "SELECT * FROM clips WHERE request_key = ?", request_key)


async def latest_finished(db: Connection, member_id: int, space_id: int) -> Clip | None:
    """The member's newest finished clip asked for in this space."""
    return await _one(
        db,
        "SELECT * FROM clips WHERE member_id = ? AND space_id = ? AND master IS NOT NULL"
        " AND deleted_at IS NULL ORDER BY id DESC LIMIT 1",
        member_id,
        space_id,
    )


async def of_member(
    db: Connection, member_id: int, *, after: int | None, ascending: bool, most: int
) -> list[Clip]:
    """The member's clips in order of asking, those after the clip with id `after` if given."""
    way, order = (">", "ASC") if ascending else ("<", "DESC")
    return [
        from_row(row)
        for row in await many(
            db,
            "SELECT * FROM clips WHERE member_id = :member AND deleted_at IS NULL"
            f" AND (:after IS NULL OR id {way} :after) ORDER BY id {order} LIMIT :most",
            {"member": member_id, "after": after, "most": most},
        )
    ]


async def counts_of_member(db: Connection, member_id: int) -> tuple[int, int]:
    """How many clips the member asked for, and how many of them are gone."""
    row = await one(
        db,
        "SELECT count(*) AS made, count(deleted_at) AS gone FROM clips WHERE member_id = ?",
        (member_id,),
    )
    return (int(row["made"]), int(row["gone"])) if row else (0, 0)


async def by_file(db: Connection, sha256: str) -> Clip | None:
    """The clip whose master or posted encoding is this very file."""
    return await _one(
        db,
        "SELECT * FROM clips WHERE id IN (SELECT id FROM clips WHERE master = ?1"
        " UNION SELECT clip_id FROM deliveries WHERE media = ?1) ORDER BY id LIMIT 1",
        sha256,
    )


async def finish(tx: Connection, clip_id: int, master: Master) -> None:
    """Keep the files that the clip's render gave."""
    await tx.execute(
        "UPDATE clips SET master = ?, poster = ?, latents = ?, width = ?, height = ?, seconds = ?,"
        " notes = ?, posted = ? WHERE id = ? AND deleted_at IS NULL",
        (
            master.master,
            master.poster,
            master.latents,
            master.width,
            master.height,
            master.seconds,
            notes.to_json(master.notes),
            master.posted,
            clip_id,
        ),
    )


async def delete(tx: Connection, clip: Clip, *, now: float) -> set[str]:
    """Take the clip's words and files away; returns the hashes that may now be unused.

    Its row stays, so that the chain through it holds.
    """
    hashes = await unmake(tx, clip)
    await tx.execute(
        "UPDATE clips SET deleted_at = ?, words = '', plan = ?, picture = NULL WHERE id = ?",
        (now, plan.to_json(Plan(prompt="", seconds=clip.plan.seconds)), clip.id),
    )
    return hashes | {sha256 for sha256 in (clip.picture,) if sha256}


async def unmake(tx: Connection, clip: Clip) -> set[str]:
    """Take away what was made of the clip; returns the hashes that may now be unused."""
    hashes = {
        str(row["media"])
        for row in await many(
            tx,
            "SELECT media FROM deliveries WHERE clip_id = :clip AND media IS NOT NULL"
            " UNION SELECT preview FROM jobs WHERE clip_id = :clip AND preview IS NOT NULL",
            {"clip": clip.id},
        )
    }
    await tx.execute(
        "UPDATE clips SET master = NULL, poster = NULL, latents = NULL, posted = NULL,"
        " notes = NULL WHERE id = ?",
        (clip.id,),
    )
    await tx.execute("UPDATE deliveries SET media = NULL WHERE clip_id = ?", (clip.id,))
    await tx.execute("UPDATE jobs SET preview = NULL WHERE clip_id = ?", (clip.id,))
    made = (clip.master, clip.poster, clip.latents, clip.posted)
    return hashes | {sha256 for sha256 in made if sha256}


def from_row(row: Row) -> Clip:
    """A clip from a row of its table."""
    return Clip(
        id=row["id"],
        code=row["code"],
        member_id=row["member_id"],
        space_id=row["space_id"],
        kind=ClipKind(row["kind"]),
        parent_id=row["parent_id"],
        root_id=row["root_id"],
        depth=row["depth"],
        words=row["words"],
        plan=plan.from_json(row["plan"]),
        preset=row["preset"],
        seed=row["seed"],
        width=row["width"],
        height=row["height"],
        seconds=row["seconds"],
        master=row["master"],
        poster=row["poster"],
        latents=row["latents"],
        created_at=row["created_at"],
        deleted_at=row["deleted_at"],
        picture=row["picture"],
        notes=notes.from_json(row["notes"]),
        posted=row["posted"],
    )


async def _one(db: Connection, query: str, *values: object) -> Clip | None:
    row = await one(db, query, values)
    return from_row(row) if row else None


async def _free_code(tx: Connection) -> str:
    source: random.Random = secrets.SystemRandom()
    length = CODE_LENGTH
    while True:
        for _ in range(8):
            code = codes.new_code(length, source)
            async with tx.execute("SELECT 1 FROM clips WHERE code = ?", (code,)) as rows:
                if await rows.fetchone() is None:
                    return code
        # Eight hits in a row: codes of this length are nearly used up.
        length += 1
