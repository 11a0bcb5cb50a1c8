"""Cards: what the page shows of a clip, as JSON, in its viewer's language."""

import time
from typing import TypedDict

from bots.studio import queue
from bots.studio.asker import Asker
from bots.studio.queue import Standing
from bots.words import tell
from storage import clips, jobs, people, showing
from storage.clips import Clip
from storage.jobs import JobState
from storage.room import Room

#: Clips that the feed holds.
MOST = 60


class Card(TypedDict):
    """A clip on the page."""

    code: str
    #: "waiting", "rendering", "done", "failed" or "cancelled".
    state: str
    words: str
    #: Who made it from what, on one line.
    made: str
    #: The director's reading of the options.
    understood: str
    #: What its render has to tell, a sentence each.
    notes: list[str]
    #: Place in line, or how far it is, or why it does not come.
    standing: str
    #: 0 to 100.
    percent: int
    #: Width over height.
    shape: float
    #: Changes when there is another preview picture to fetch; "" for none.
    preview: str
    mine: bool


async def of_feed(room: Room, asker: Asker, language: str) -> list[Card]:
    """The newest clips of the room that the member may see, oldest first."""
    found = await showing.newest(
        room.database.read, asker.space.id, viewer=asker.member.id, most=MOST
    )
    standings = await queue.standings(room, now=time.time())
    return [await _card(room, asker, language, clip, standings) for clip in found]


async def of_clip(room: Room, asker: Asker, language: str, clip: Clip) -> Card:
    """One clip that the member may see."""
    return await _card(room, asker, language, clip, await queue.standings(room, now=time.time()))


async def _card(
    room: Room, asker: Asker, language: str, clip: Clip, standings: dict[int, Standing]
) -> Card:
    read = room.database.read
    job = await jobs.of_clip(read, clip.id)
    maker = await people.get(read, clip.member_id)
    parent = await clips.get(read, clip.parent_id) if clip.parent_id is not None else None
    standing = standings.get(job.id)
    done = job.state is JobState.DONE
    hidden = done and not await showing.may_watch(read, clip, member_id=asker.member.id)
    across, down = (int(part) for part in clip.plan.aspect.split(":"))
    return Card(
        code=clip.code,
        # A film that is not shown yet is one that is not there yet.
        state=(JobState.WAITING if hidden else job.state).value,
        words=clip.words,
        made=tell.made(language, clip, maker=maker.name, parent=parent.code if parent else None),
        understood=tell.understood(language, clip),
        notes=tell.notes(language, clip),
        standing=_standing(language, clip, job, standing),
        percent=round(100 * job.step / job.steps) if job.steps else 0,
        shape=(clip.width or across) / (clip.height or down),
        preview=job.preview[:12] if job.preview and not clip.plan.cast else "",
        mine=clip.member_id == asker.member.id,
    )


def _standing(language: str, clip: Clip, job: jobs.Job, standing: Standing | None) -> str:
    if standing:
        return tell.standing(language, standing)
    if job.state is JobState.DONE:
        return ""
    return tell.failure(language, clip, job.error or job.state.value, job.figures)
