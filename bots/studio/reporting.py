"""Reporting: a member says what is wrong with a clip; what can't wait is out of sight at once.

Moderators find it in their queue (bots/studio/moderating.py). Who reported is told to nobody else.
"""

import time
from dataclasses import dataclass

from aiosqlite import Connection

from bots.studio.asker import Asker
from bots.studio.errors import ReportedBefore
from storage import audit, holds, posts, reports
from storage.audit import Act, Detail
from storage.clips import Clip
from storage.holds import HoldReason
from storage.reports import ENOUGH, URGENT, ReportReason
from storage.room import Room

#: Characters of a report's own words that are kept.
MOST_WORDS = 500


@dataclass(frozen=True)
class Reported:
    """What a report did."""

    clip: Clip
    #: The clip is out of sight until a moderator has looked.
    held: bool


async def report(
    room: Room, asker: Asker, clip: Clip, *, reason: ReportReason, words: str = ""
) -> Reported:
    """Keep the member's report of a clip that they can see. Raises ReportedBefore."""
    now = time.time()
    async with room.database.transaction() as tx:
        added = await reports.add(
            tx,
            clip.id,
            asker.member.id,
            asker.space.id,
            reason=reason,
            words=" ".join(words.split())[:MOST_WORDS],
            now=now,
        )
        if not added:
            raise ReportedBefore(code=clip.code)
        detail: Detail = {"clip": clip.id, "reason": str(reason)}
        await audit.append(
            tx, Act.REPORTED, by=asker.member.id, space_id=asker.space.id, detail=detail, now=now
        )
        return Reported(clip, await _hold_if_urgent(tx, clip, now=now))


async def _hold_if_urgent(tx: Connection, clip: Clip, *, now: float) -> bool:
    """Take the clip out of sight when what is said of it can't wait, or enough people say it."""
    found = await reports.of_clip(tx, clip.id)
    urgent = next((each for each in found if each.reason in URGENT), None)
    if urgent is None and len(found) < ENOUGH:
        return False
    reason = (urgent or found[-1]).reason
    await holds.hold(
        tx,
        clip.id,
        HoldReason.REPORTED,
        detail={"reports": len(found), "reason": str(reason)},
        now=now,
    )
    hold = await holds.of_clip(tx, clip.id)
    if hold is None or hold.released_at is not None:
        # A moderator has looked at it before, and let it go.
        return False
    await posts.owe_removal_of_clip(tx, clip.id)
    detail: Detail = {"clip": clip.id, "reason": str(HoldReason.REPORTED)}
    await audit.append(tx, Act.HELD, by=None, space_id=clip.space_id, detail=detail, now=now)
    return True
