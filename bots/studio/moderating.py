"""Moderating: the queue of what has to be looked at, and what a moderator can do about it.

A moderator of a space acts on what was made or reported there; the room's owner acts everywhere.
Every act is written into the audit log in its transaction. Nothing here asks a platform who is a
moderator: adapters say so with the arrival.
"""

import asyncio
import time
from dataclasses import dataclass

from aiosqlite import Connection

from bots.studio.asker import Asker, Authority
from bots.studio.errors import (
    CanNotBeGranted,
    ClipIsDeleted,
    ClipIsElsewhere,
    NoSuchClip,
    NotAModerator,
    NothingToModerate,
    PlaceNotForAdults,
)
from bots.studio.judging import NEVER_GRANTED
from storage import (
    audit,
    clips,
    deliveries,
    holds,
    lineage,
    people,
    posts,
    refusals,
    reports,
    sanctions,
    spaces,
    takedown,
)
from storage.audit import Act, Detail
from storage.clips import Clip
from storage.codes import tidy
from storage.errors import ErrorCode
from storage.holds import Hold
from storage.people import Member
from storage.refusals import Refused
from storage.reports import Report
from storage.room import Room
from storage.sanctions import Sanction, SanctionKind
from storage.spaces import Strictness

HOUR = 3600.0


@dataclass(frozen=True)
class History:
    """What is known of a member, for who decides about them."""

    clips: int
    taken_down: int
    sanctions: list[Sanction]


@dataclass(frozen=True)
class Case:
    """A clip that a moderator should look at."""

    clip: Clip
    maker: Member
    history: History
    #: The code of the clip it was made from; None for a first clip.
    parent: str | None
    #: Why it is held; None for a clip that stands.
    hold: Hold | None
    reports: list[Report]


@dataclass(frozen=True)
class Appeal:
    """A sanction that its member finds wrong."""

    sanction: Sanction
    member: Member


async def queue(room: Room, asker: Asker) -> list[Case]:
    """What has to be looked at, held clips first. Raises NotAModerator."""
    scope, read = _scope(asker), room.database.read
    held = {hold.clip_id: hold for hold in await holds.standing(read, space_id=scope)}
    reported = await reports.reported_clips(read, space_id=scope)
    found = dict.fromkeys([*held, *reported])
    return [await _case(read, clip_id, held.get(clip_id)) for clip_id in found]


async def appeals(room: Room, asker: Asker) -> list[Appeal]:
    """Sanctions that members find wrong, oldest first. Raises NotAModerator."""
    read = room.database.read
    return [
        Appeal(each, await people.get(read, each.member_id))
        for each in await sanctions.appealed(read, space_id=_scope(asker))
    ]


async def find(room: Room, asker: Asker, code: str) -> Clip:
    """A clip by its code, whether or not the moderator could see it as a member.

    Raises NotAModerator, NoSuchClip or ClipIsDeleted.
    """
    _scope(asker)
    clip = await clips.by_code(room.database.read, code)
    if clip is None:
        raise NoSuchClip(code=tidy(code)[:12])
    if clip.deleted_at is not None:
        raise ClipIsDeleted(code=clip.code)
    return clip


async def refused(room: Room, asker: Asker) -> list[Refused]:
    """Refusals of words that members find wrong, oldest first. Raises NotAModerator."""
    return await refusals.appealed(room.database.read, space_id=_scope(asker))


async def answer(room: Room, asker: Asker, code: str, *, grant: bool) -> Refused:
    """Answer a member's appeal against a refusal; granted, their very words are let through.

    Raises NotAModerator, NothingToModerate, or CanNotBeGranted for rules that hold everywhere.
    """
    scope, code = _scope(asker), tidy(code)
    now = time.time()
    async with room.database.transaction() as tx:
        found = await refusals.answer(tx, code, granted=grant, space_id=scope)
        if found is None:
            raise NothingToModerate(code=code[:12])
        if grant and found.rule in NEVER_GRANTED:
            raise CanNotBeGranted(code=code)
        act = Act.GRANTED if grant else Act.DISMISSED
        detail: Detail = {"member": found.member_id, "refusal": found.id}
        await _note(tx, asker, act, detail, now=now)
    return found


async def set_strictness(
    room: Room, asker: Asker, strictness: Strictness, *, for_adults: bool = False
) -> None:
    """Say what may be asked for in this space. `for_adults`: its platform marks it so.

    Raises NotAModerator, or PlaceNotForAdults where only the room's owner may allow as much.
    """
    _scope(asker)
    owner = asker.authority is Authority.ROOM
    if strictness is Strictness.ADULT and not (for_adults or owner):
        raise PlaceNotForAdults()
    now = time.time()
    async with room.database.transaction() as tx:
        await spaces.set_strictness(tx, asker.space.id, strictness)
        await _note(tx, asker, Act.STRICTNESS, {"strictness": str(strictness)}, now=now)


async def release(room: Room, asker: Asker, clip: Clip) -> None:
    """Show a held clip after all, where it was asked for, and close what was reported of it.

    Raises NotAModerator, ClipIsElsewhere or NothingToModerate.
    """
    _check(asker, clip)
    now = time.time()
    async with room.database.transaction() as tx:
        if not await holds.release(tx, clip.id, by=asker.member.id, now=now):
            raise NothingToModerate(code=clip.code)
        await reports.close(tx, clip.id, now=now)
        await _post_again(tx, clip, clip.space_id, now=now)
        await _note(tx, asker, Act.RELEASED, {"clip": clip.id}, now=now)


async def dismiss(room: Room, asker: Asker, clip: Clip) -> None:
    """What was reported of a standing clip is about nothing. Raises as `release` does."""
    _check(asker, clip)
    now = time.time()
    async with room.database.transaction() as tx:
        if not await reports.close(tx, clip.id, now=now):
            raise NothingToModerate(code=clip.code)
        await _note(tx, asker, Act.DISMISSED, {"clip": clip.id}, now=now)


async def hide(room: Room, asker: Asker, clip: Clip) -> None:
    """Take the clip's posts out of this space; it stands elsewhere. Raises NotAModerator."""
    _scope(asker)
    now = time.time()
    async with room.database.transaction() as tx:
        await posts.owe_removal_in_space(tx, clip.id, asker.space.id)
        await reports.close(tx, clip.id, now=now)
        await _note(tx, asker, Act.HIDDEN, {"clip": clip.id}, now=now)


async def show(room: Room, asker: Asker, clip: Clip) -> None:
    """Post a hidden clip here again. Raises NotAModerator."""
    _scope(asker)
    now = time.time()
    async with room.database.transaction() as tx:
        await _post_again(tx, clip, asker.space.id, now=now)
        await _note(tx, asker, Act.SHOWN, {"clip": clip.id}, now=now)


async def take_down(room: Room, asker: Asker, clip: Clip, *, descendants: bool) -> int:
    """Take the clip down everywhere, with all that grew from it if so; returns how many clips.

    Its maker reads that a moderator did. Raises NotAModerator or ClipIsElsewhere.
    """
    _check(asker, clip)
    now = time.time()
    async with room.database.transaction() as tx:
        chosen = await lineage.grown_from(tx, clip.id) if descendants else [clip]
        standing = [each for each in chosen if each.deleted_at is None]
        for each in standing:
            await _tell_maker(tx, each, now=now)
            await reports.close(tx, each.id, now=now)
            await _note(tx, asker, Act.TAKEN_DOWN, {"clip": each.id}, now=now)
        unused = await takedown.take_down(tx, standing, ErrorCode.TAKEN_DOWN, now=now)
    for sha256 in unused:
        await asyncio.to_thread(room.media.remove, sha256)
    return len(standing)


async def sanction(
    room: Room,
    asker: Asker,
    who: Member,
    kind: SanctionKind,
    *,
    words: str,
    hours: float | None = None,
) -> Sanction:
    """Warn, mute or ban a member: in this space, or everywhere if the room's owner says so.

    `hours` is how long; None has no end. They read `words`. Raises NotAModerator.
    """
    scope = _scope(asker)
    now = time.time()
    act = {
        SanctionKind.WARNING: Act.WARNED,
        SanctionKind.MUTE: Act.MUTED,
        SanctionKind.BAN: Act.BANNED,
    }[kind]
    async with room.database.transaction() as tx:
        made = await sanctions.impose(
            tx,
            who.id,
            kind,
            space_id=scope,
            words=" ".join(words.split()),
            until=now + hours * HOUR if hours else None,
            now=now,
        )
        await _note(tx, asker, act, {"member": who.id, "sanction": made.id}, now=now)
    return made


async def lift(room: Room, asker: Asker, sanction_id: int) -> Sanction:
    """End a sanction before its time. Raises NotAModerator or NothingToModerate."""
    scope = _scope(asker)
    now = time.time()
    async with room.database.transaction() as tx:
        found = await sanctions.get(tx, sanction_id)
        theirs = found is not None and (scope is None or found.space_id == scope)
        if found is None or not theirs or not await sanctions.lift(tx, sanction_id, now=now):
            raise NothingToModerate(code=str(sanction_id))
        detail = {"member": found.member_id, "sanction": sanction_id}
        await _note(tx, asker, Act.LIFTED, detail, now=now)
    return found


def _scope(asker: Asker) -> int | None:
    """The space that the asker moderates; None for the whole room. Raises NotAModerator."""
    if asker.authority is Authority.NONE:
        raise NotAModerator()
    return None if asker.authority is Authority.ROOM else asker.space.id


def _check(asker: Asker, clip: Clip) -> None:
    """Raises NotAModerator, or ClipIsElsewhere for a clip made in a space of others."""
    scope = _scope(asker)
    if scope is not None and clip.space_id != scope:
        raise ClipIsElsewhere(code=clip.code)


async def _case(db: Connection, clip_id: int, hold: Hold | None) -> Case:
    clip = await clips.get(db, clip_id)
    maker = await people.get(db, clip.member_id)
    made, gone = await clips.counts_of_member(db, maker.id)
    history = History(made, gone, await sanctions.of_member(db, maker.id))
    parent = await clips.get(db, clip.parent_id) if clip.parent_id is not None else None
    return Case(
        clip,
        maker,
        history,
        parent.code if parent else None,
        hold,
        await reports.of_clip(db, clip_id),
    )


async def _post_again(tx: Connection, clip: Clip, space_id: int, *, now: float) -> None:
    """Owe the space the clip, unless that post is still on its way."""
    owed = await deliveries.of_clip(tx, clip.id)
    if any(each.space_id == space_id and each.message is None for each in owed):
        return
    space = await spaces.get(tx, space_id)
    await deliveries.owe(tx, clip.id, clip.member_id, space_id, max_bytes=space.max_bytes, now=now)


async def _tell_maker(tx: Connection, clip: Clip, *, now: float) -> None:
    """Owe the maker words where they asked, if nothing of the clip is on its way there."""
    await _post_again(tx, clip, clip.space_id, now=now)


async def _note(tx: Connection, asker: Asker, act: Act, detail: Detail, *, now: float) -> None:
    await audit.append(tx, act, by=asker.member.id, space_id=asker.space.id, detail=detail, now=now)
