"""Cameos: enrolled likenesses, their owners, and who may ask for them.

A new cameo starts at "only me". Whether a clip may hold one is asked of storage/consent.py alone.
Every change is written into the record of consent in the same transaction. Faces and voices are
sealed before they come here: this module knows hashes of sealed files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage import consent_log
from storage.consent_log import Act, Detail
from storage.rows import many, one


class CameoKind(StrEnum):
    """What a cameo is of."""

    PERSON = "person"
    PET = "pet"
    THING = "thing"


class Policy(StrEnum):
    """Who may ask for a cameo without asking its owner."""

    #: Only its owner.
    ME = "me"
    #: Members whom the owner let in.
    APPROVED = "approved"
    #: Anyone who asks in one of the spaces that the owner named.
    SPACE = "space"
    EVERYONE = "everyone"


class Part(StrEnum):
    """A piece of a likeness; pictures are JPEG, the voice is WAV, the face is JSON."""

    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    VOICE = "voice"
    #: The numbers by which a face is told from others.
    FACE = "face"


#: The pictures among the parts, the best first.
STILLS = (Part.FRONT, Part.LEFT, Part.RIGHT, Part.UP, Part.DOWN)


class StandingWith(StrEnum):
    """Where a member stands with a cameo."""

    GRANTED = "granted"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Cameo:
    """A likeness as its owner set it up."""

    id: int
    #: Its owner.
    member_id: int
    kind: CameoKind
    #: What people type after "@"; None once erased.
    handle: str | None
    policy: Policy
    #: Each clip by others waits for the owner's yes.
    ask_first: bool
    #: What it may not be used for, in the owner's words; "" for nothing.
    restrictions: str
    #: What it always shows, in the owner's words.
    looks: str
    #: Where the owner is written to alone.
    space_id: int
    #: Of the vault; None once erased.
    key_id: str | None
    created_at: float
    erased_at: float | None


@dataclass(frozen=True)
class NewCameo:
    """A likeness about to be enrolled."""

    member_id: int
    kind: CameoKind
    handle: str
    space_id: int
    key_id: str
    #: Part → hash of its sealed, recorded file.
    parts: Mapping[Part, str]
    looks: str = ""


async def enroll(tx: Connection, new: NewCameo, *, now: float) -> Cameo:
    """Keep a new cameo, for its owner alone. The handle must be free."""
    row = await one(
        tx,
        "INSERT INTO cameos (member_id, kind, handle, space_id, key_id, looks, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (new.member_id, new.kind, new.handle, new.space_id, new.key_id, new.looks, now),
    )
    assert row is not None
    cameo = _cameo(row)
    await tx.executemany(
        "INSERT INTO cameo_parts (cameo_id, part, media) VALUES (?, ?, ?)",
        [(cameo.id, part, sha256) for part, sha256 in new.parts.items()],
    )
    detail: Detail = {"kind": str(new.kind), "adult": new.kind is CameoKind.PERSON}
    await consent_log.append(tx, cameo.id, Act.ENROLLED, by=new.member_id, detail=detail, now=now)
    return cameo


async def renew(
    tx: Connection,
    cameo: Cameo,
    *,
    space_id: int,
    key_id: str,
    parts: Mapping[Part, str],
    now: float,
) -> set[str]:
    """A new likeness in place of the old one; handle, policy and people stay.

    Returns the hashes that may now be unused. The caller destroys the old key after the commit.
    """
    old = await tx.execute_fetchall(
        "DELETE FROM cameo_parts WHERE cameo_id = ? RETURNING media", (cameo.id,)
    )
    await tx.executemany(
        "INSERT INTO cameo_parts (cameo_id, part, media) VALUES (?, ?, ?)",
        [(cameo.id, part, sha256) for part, sha256 in parts.items()],
    )
    await tx.execute(
        "UPDATE cameos SET space_id = ?, key_id = ? WHERE id = ?", (space_id, key_id, cameo.id)
    )
    detail: Detail = {"kind": str(cameo.kind), "adult": cameo.kind is CameoKind.PERSON}
    await consent_log.append(tx, cameo.id, Act.ENROLLED, by=cameo.member_id, detail=detail, now=now)
    return {str(row["media"]) for row in old}


async def get(db: Connection, cameo_id: int) -> Cameo:
    """The cameo with this id, erased ones included; LookupError if there is none."""
    row = await one(db, "SELECT * FROM cameos WHERE id = ?", (cameo_id,))
    if row is None:
        raise LookupError(f"no cameo {cameo_id}")
    return _cameo(row)


async def by_handle(db: Connection, handle: str) -> Cameo | None:
    """The cameo called so, whatever the case; None for none."""
    row = await one(db, "SELECT * FROM cameos WHERE handle = ?", (handle,))
    return _cameo(row) if row else None


async def of_member(db: Connection, member_id: int) -> list[Cameo]:
    """The member's cameos, the one of themselves first; erased ones are left out."""
    return [
        _cameo(row)
        for row in await many(
            db,
            "SELECT * FROM cameos WHERE member_id = ? AND erased_at IS NULL"
            " ORDER BY kind <> 'person', id",
            (member_id,),
        )
    ]


async def usable_by(db: Connection, member_id: int, *, space_id: int, most: int) -> list[Cameo]:
    """Cameos that the member may ask for in the space, their own first."""
    return [
        _cameo(row)
        for row in await many(
            db,
            "SELECT cameos.* FROM cameos LEFT JOIN cameo_people AS people"
            "  ON people.cameo_id = cameos.id AND people.member_id = :member"
            " WHERE erased_at IS NULL AND (cameos.member_id = :member"
            "  OR (coalesce(standing, '') <> 'blocked' AND (policy = 'everyone'"
            "   OR (policy = 'approved' AND standing = 'granted')"
            "   OR (policy = 'space' AND EXISTS (SELECT 1 FROM cameo_spaces"
            "     WHERE cameo_spaces.cameo_id = cameos.id AND cameo_spaces.space_id = :space)))))"
            " ORDER BY cameos.member_id <> :member, handle LIMIT :most",
            {"member": member_id, "space": space_id, "most": most},
        )
    ]


async def parts(db: Connection, cameo_id: int) -> dict[Part, str]:
    """Part → hash of its sealed file."""
    rows = await many(db, "SELECT part, media FROM cameo_parts WHERE cameo_id = ?", (cameo_id,))
    return {Part(row["part"]): str(row["media"]) for row in rows}


async def standings(db: Connection, cameo_id: int) -> dict[int, StandingWith]:
    """Member id → where they stand, for those the owner let in or keeps out."""
    rows = await many(
        db,
        "SELECT member_id, standing FROM cameo_people WHERE cameo_id = ? ORDER BY since",
        (cameo_id,),
    )
    return {int(row["member_id"]): StandingWith(row["standing"]) for row in rows}


async def spaces_of(db: Connection, cameo_id: int) -> set[int]:
    """The spaces that the policy SPACE means."""
    rows = await many(db, "SELECT space_id FROM cameo_spaces WHERE cameo_id = ?", (cameo_id,))
    return {int(row["space_id"]) for row in rows}


async def set_policy(
    tx: Connection,
    cameo: Cameo,
    *,
    policy: Policy,
    ask_first: bool,
    space_id: int | None = None,
    now: float,
) -> None:
    """Say who may ask from now on. `space_id` is added to the spaces that SPACE means.

    What was made before is for the caller to look at: see takedown.uncovered.
    """
    await tx.execute(
        "UPDATE cameos SET policy = ?, ask_first = ? WHERE id = ?", (policy, ask_first, cameo.id)
    )
    if space_id is not None:
        await tx.execute(
            "INSERT INTO cameo_spaces (cameo_id, space_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (cameo.id, space_id),
        )
    if policy is not Policy.SPACE:
        await tx.execute("DELETE FROM cameo_spaces WHERE cameo_id = ?", (cameo.id,))
    detail: Detail = {"policy": str(policy), "ask_first": ask_first, "space": space_id}
    await consent_log.append(tx, cameo.id, Act.POLICY, by=cameo.member_id, detail=detail, now=now)


async def set_words(
    tx: Connection, cameo: Cameo, *, restrictions: str, looks: str, now: float
) -> None:
    """Keep what the owner says it may not be used for, and what it always shows."""
    await tx.execute(
        "UPDATE cameos SET restrictions = ?, looks = ? WHERE id = ?",
        (restrictions, looks, cameo.id),
    )
    await consent_log.append(tx, cameo.id, Act.WORDED, by=cameo.member_id, now=now)


async def stand(
    tx: Connection, cameo: Cameo, member_id: int, standing: StandingWith | None, *, now: float
) -> None:
    """Let a member in, keep them out, or, with None, do neither any more."""
    if standing is None:
        await tx.execute(
            "DELETE FROM cameo_people WHERE cameo_id = ? AND member_id = ?", (cameo.id, member_id)
        )
    else:
        await tx.execute(
            "INSERT INTO cameo_people (cameo_id, member_id, standing, since) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (cameo_id, member_id)"
            " DO UPDATE SET standing = excluded.standing, since = excluded.since",
            (cameo.id, member_id, standing, now),
        )
    act = {
        StandingWith.GRANTED: Act.GRANTED,
        StandingWith.BLOCKED: Act.BLOCKED,
        None: Act.FORGOTTEN,
    }[standing]
    detail = {"member": member_id}
    await consent_log.append(tx, cameo.id, act, by=cameo.member_id, detail=detail, now=now)


async def move_owner(tx: Connection, old_member: int, new_member: int) -> None:
    """What was one member's is another's: their accounts were linked. Being kept out wins."""
    await tx.execute(
        "UPDATE cameos SET member_id = ? WHERE member_id = ?", (new_member, old_member)
    )
    await tx.execute(
        "INSERT INTO cameo_people (cameo_id, member_id, standing, since)"
        " SELECT cameo_id, ?, standing, since FROM cameo_people WHERE member_id = ?"
        " ON CONFLICT (cameo_id, member_id) DO UPDATE SET standing = 'blocked'"
        " WHERE excluded.standing = 'blocked'",
        (new_member, old_member),
    )
    await tx.execute("DELETE FROM cameo_people WHERE member_id = ?", (old_member,))


async def erase(tx: Connection, cameo: Cameo, *, now: float) -> set[str]:
    """Take away all but the cameo's number; returns the hashes that may now be unused.

    The caller takes down its clips first and destroys its key after the commit.
    """
    hashes = set((await parts(tx, cameo.id)).values())
    for table in ("cameo_parts", "cameo_people", "cameo_spaces"):
        await tx.execute(f"DELETE FROM {table} WHERE cameo_id = ?", (cameo.id,))
    await tx.execute(
        "UPDATE cameos SET handle = NULL, policy = 'me', restrictions = '', looks = '',"
        " key_id = NULL, erased_at = ? WHERE id = ?",
        (now, cameo.id),
    )
    await consent_log.append(tx, cameo.id, Act.ERASED, by=cameo.member_id, now=now)
    return hashes


async def keys_in_use(db: Connection) -> set[str]:
    """The vault's keys that a cameo or a challenge still names."""
    rows = await many(
        db,
        "SELECT key_id FROM cameos WHERE key_id IS NOT NULL UNION SELECT key_id FROM challenges",
    )
    return {str(row["key_id"]) for row in rows}


def _cameo(row: Row) -> Cameo:
    return Cameo(
        id=row["id"],
        member_id=row["member_id"],
        kind=CameoKind(row["kind"]),
        handle=row["handle"],
        policy=Policy(row["policy"]),
        ask_first=bool(row["ask_first"]),
        restrictions=row["restrictions"],
        looks=row["looks"],
        space_id=row["space_id"],
        key_id=row["key_id"],
        created_at=row["created_at"],
        erased_at=row["erased_at"],
    )
