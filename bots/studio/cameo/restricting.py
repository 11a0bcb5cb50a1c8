"""Restricting: what owners do not want their cameos in, by their words, against a whole plan."""

from aiosqlite import Connection

from bots.studio import judging
from bots.studio.checks import restriction
from bots.studio.errors import CameoRestricted
from storage import approvals, jobs, uses
from storage.cameos import Cameo
from storage.clips import Clip
from storage.jobs import JobState
from storage.plan import Plan


def check(cameo: Cameo, plan: Plan, *, maker: int) -> None:
    """Raises CameoRestricted where the plan asks for what the owner does not want.

    `maker` is the id of the member who asks; the owner's own clips are their own business.
    """
    if maker != cameo.member_id and (found := touched(cameo, plan)):
        raise CameoRestricted(handle=cameo.handle or "?", restriction=found)


def touched(cameo: Cameo, plan: Plan) -> str | None:
    """The restriction that the plan goes against, in the owner's words; None for none."""
    if not cameo.restrictions:
        return None
    # Read as one: a wish may be spread over shots and lines.
    said = "\n".join(judging.texts_of("", plan, None))
    return cameo.restrictions if restriction(cameo.restrictions)(said) else None


async def on_their_way(db: Connection, cameo: Cameo) -> list[Clip]:
    """Clips by others, not finished or not answered yet, that the restrictions touch."""
    asked = await approvals.awaited(db)
    found = []
    for clip in await uses.clips_with(db, cameo.id):
        job = await jobs.of_clip(db, clip.id)
        is_open = job.state in (JobState.WAITING, JobState.RENDERING) or clip.id in asked
        if clip.member_id != cameo.member_id and is_open and touched(cameo, clip.plan):
            found.append(clip)
    return found
