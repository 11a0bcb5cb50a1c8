"""Asking: what owners of cameos are asked about one clip, their answers, and when time runs out.

The question is put by a delivery to the owner's own place; it can be answered from anywhere. No
answer in time means no.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.cameo import owning
from bots.studio.errors import NoCameoOfYours, NothingAsked, SomethingElseAsked
from bots.studio.removing import remove
from storage import approvals, cameos, challenges, clips, people, spaces, takedown
from storage.approvals import Approval, ApprovalState, Stage
from storage.cameos import Cameo, StandingWith
from storage.clips import Clip
from storage.codes import tidy
from storage.errors import ErrorCode
from storage.people import Member
from storage.room import Room
from storage.spaces import Space

log = logging.getLogger(__name__)

#: Seconds between two looks at what has run out.
KEEP_SECONDS = 15.0
#: Seconds for which a key may be named by no row: a cameo may just be being enrolled.
UNNAMED_SECONDS = 3600.0


@dataclass(frozen=True)
class Question:
    """What the owner of a cameo is asked."""

    clip: Clip
    cameo: Cameo
    #: Who asks, and where they asked for the clip.
    maker: Member
    space: Space
    stage: Stage
    #: UTC seconds after which no answer means no.
    expires_at: float


@dataclass(frozen=True)
class Answered:
    """An answer, as it was kept."""

    question: Question
    yes: bool
    #: The maker is kept out from now on.
    blocked: bool
    #: Handles of others whose answers are still awaited; empty unless the owner agreed.
    awaited: tuple[str, ...]
    #: Clips by the maker that went, the one that was asked about aside.
    taken_down: int = 0


async def question(
    room: Room, asker: Asker, code: str, cameo_id: int, *, stage: Stage | None = None
) -> Question:
    """What the member is asked about that clip now.

    `stage` is what they were shown. Raises NothingAsked or SomethingElseAsked.
    """
    read = room.database.read
    clip = await clips.by_code(read, code)
    found = await _open(read, asker, clip, cameo_id) if clip else None
    if clip is None or found is None:
        raise NothingAsked(code=tidy(code)[:12])
    if stage is not None and stage is not found.stage:
        raise SomethingElseAsked(code=clip.code)
    return await _question(read, clip, found)


async def answer(
    room: Room,
    asker: Asker,
    code: str,
    cameo_id: int,
    *,
    yes: bool,
    block: bool = False,
    stage: Stage | None = None,
) -> Answered:
    """Keep the member's answer; a no ends the clip, and with `block` its maker is kept out.

    `stage` is what they were shown, so that a yes to a prompt is never one to a draft; a no needs
    none. Raises NothingAsked or SomethingElseAsked.
    """
    now = time.time()
    asked = await question(room, asker, code, cameo_id, stage=stage)
    unused: set[str] = set()
    async with room.database.transaction() as tx:
        found = await approvals.find(tx, asked.clip.id, cameo_id, asked.stage)
        if found is None or not await approvals.answer(
            tx, found, yes=yes, by=asker.member.id, now=now
        ):
            raise NothingAsked(code=asked.clip.code)
        if not yes:
            unused = await takedown.refuse(
                tx, asked.clip, ErrorCode.LIKENESS_REFUSED, handle=asked.cameo.handle, now=now
            )
        more = 0
        if block and not yes:
            more, files = await owning.stand(
                tx, asked.cameo, asked.maker, StandingWith.BLOCKED, now=now
            )
            unused |= files
        awaited = (await approvals.awaited(tx)).get(asked.clip.id, ()) if yes else ()
    await remove(room, unused)
    return Answered(asked, yes, block and not yes, awaited, more)


async def open(room: Room, asker: Asker) -> list[Question]:
    """Everything that the member has still to answer, oldest first."""
    read = room.database.read
    found = []
    for cameo in await cameos.of_member(read, asker.member.id):
        for approval in await approvals.open_of_cameo(read, cameo.id):
            if approval.expires_at > time.time():
                found.append((approval, await clips.get(read, approval.clip_id)))
    found.sort(key=lambda each: each[0].asked_at)
    return [await _question(read, clip, approval) for approval, clip in found]


async def keep(room: Room) -> None:
    """Let questions run out, forget old challenges and destroy keys that no row names, for ever."""
    while True:
        await expire(room, now=time.time())
        await forget_challenges(room, now=time.time())
        await sweep_keys(room)
        await asyncio.sleep(KEEP_SECONDS)


async def expire(room: Room, *, now: float) -> int:
    """No answer means no: end the clips whose questions have run out; returns how many."""
    late = await approvals.overdue(room.database.read, now=now)
    for approval in late:
        async with room.database.transaction() as tx:
            # Answered, or withdrawn with another question about the clip, since it was read.
            if not await approvals.answer(tx, approval, yes=False, by=None, now=now):
                continue
            cameo = await cameos.get(tx, approval.cameo_id)
            clip = await clips.get(tx, approval.clip_id)
            unused = await takedown.refuse(
                tx, clip, ErrorCode.LIKENESS_UNANSWERED, handle=cameo.handle, now=now
            )
        await remove(room, unused)
        log.info("a question ran out", extra={"clip": clip.id, "cameo": cameo.id})
    return len(late)


async def forget_challenges(room: Room, *, now: float) -> None:
    """Forget challenges past their time, and destroy their keys."""
    if not await challenges.any_expired(room.database.read, now=now):
        return
    async with room.database.transaction() as tx:
        keys = await challenges.forget_expired(tx, now=now)
    for key_id in keys:
        await asyncio.to_thread(room.vault.destroy, key_id)


async def sweep_keys(room: Room) -> None:
    """Destroy keys that a kill left without a row."""
    old = await asyncio.to_thread(room.vault.keys, older_than=UNNAMED_SECONDS)
    # Read after the folder: a key that was named since it was listed is not swept.
    for key_id in old - await cameos.keys_in_use(room.database.read):
        await asyncio.to_thread(room.vault.destroy, key_id)
        log.info("a key that nothing names is destroyed")


async def of_stage(db: Connection, clip: Clip, cameo_id: int, stage: Stage) -> Question | None:
    """The question as it is put to the owner; None once it is answered or withdrawn."""
    found = await approvals.find(db, clip.id, cameo_id, stage)
    if found is None or found.state is not ApprovalState.ASKED:
        return None
    return await _question(db, clip, found)


async def _open(db: Connection, asker: Asker, clip: Clip, cameo_id: int) -> Approval | None:
    """The open question to the member about the clip, the draft's before the prompt's."""
    try:
        cameo = await cameos.get(db, cameo_id)
        owning.check(asker, cameo)
    except (LookupError, NoCameoOfYours):
        return None
    for stage in (Stage.DRAFT, Stage.PROMPT):
        found = await approvals.find(db, clip.id, cameo_id, stage)
        if found and found.state is ApprovalState.ASKED and found.expires_at > time.time():
            return found
    return None


async def _question(db: Connection, clip: Clip, asked: Approval) -> Question:
    return Question(
        clip,
        await cameos.get(db, asked.cameo_id),
        await people.get(db, clip.member_id),
        await spaces.get(db, clip.space_id),
        asked.stage,
        asked.expires_at,
    )
