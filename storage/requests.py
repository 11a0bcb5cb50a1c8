"""Accepting and ending requests: the transactions that tie clip, job and delivery together.

A request becomes all three at once before it is acknowledged, and they end at once, so that a kill
at any moment leaves something to resume and nothing to do twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiosqlite import Connection

from storage import (
    approvals,
    clips,
    consent,
    consent_log,
    deliveries,
    jobs,
    media,
    spaces,
    uses,
)
from storage.approvals import ApprovalState, Stage
from storage.cameos import Cameo
from storage.clips import Clip, Master, NewClip
from storage.consent import Moment, NoConsent
from storage.consent_log import Act
from storage.deliveries import About, Delivery
from storage.errors import ErrorCode
from storage.jobs import Figures, Job, JobState
from storage.media import Media


@dataclass(frozen=True)
class Casting:
    """A cameo that a request wants in its clip."""

    cameo: Cameo
    #: The maker wants the owner to be asked where the policy does not cover them.
    ask: bool = False


@dataclass(frozen=True)
class Accepted:
    """A request that will end in a post, or in words that say why not."""

    clip: Clip
    job: Job
    #: None where nothing is to be posted (the API).
    delivery: Delivery | None
    #: The request had been accepted before; nothing was added.
    repeated: bool = False


async def known(tx: Connection, request_key: str) -> bool:
    """Whether the request was accepted before."""
    return await clips.by_request(tx, request_key) is not None


async def accept(
    tx: Connection,
    new: NewClip,
    *,
    cost: float,
    max_bytes: int | None,
    reply_to: str | None = None,
    handle: Mapping[str, str] | None = None,
    cast: Sequence[Casting] = (),
    now: float,
) -> Accepted:
    """Accept a request once. `max_bytes` is what the space takes; None posts nothing.

    `cast` is who plays in it, in the order of the plan's cast. Raises NoConsent, with nothing
    accepted, when one of them neither agrees nor is to be asked.
    """
    if before := await clips.by_request(tx, new.request_key):
        job = await jobs.of_clip(tx, before.id)
        owed = await deliveries.of_clip(tx, before.id)
        return Accepted(before, job, owed[0] if owed else None, repeated=True)
    clip = await clips.insert(tx, new, now=now)
    await _cast(tx, clip, cast, now=now)
    job = await jobs.enqueue(tx, clip.id, clip.member_id, preset=new.preset, cost=cost, now=now)
    delivery = None
    if max_bytes is not None:
        delivery = await deliveries.owe(
            tx,
            clip.id,
            clip.member_id,
            clip.space_id,
            max_bytes=max_bytes,
            reply_to=reply_to,
            handle=handle,
            now=now,
        )
    return Accepted(clip, job, delivery)


async def finish(
    tx: Connection,
    job: Job,
    master: Master,
    files: list[Media],
    *,
    seconds: float,
    now: float,
) -> bool:
    """The render is done: files, clip, job and deliveries move on. False if the lease was lost.

    `files` are those that `master` names, already in the media folder. Owners who were asked about
    the prompt are asked about the draft. Nothing is kept of a clip that lacks somebody's consent.
    """
    if await lacks_consent(tx, job, now=now):
        return False
    if not await jobs.done(tx, job, seconds=seconds, now=now):
        return False
    for file in files:
        await media.record(tx, file, now=now)
    await clips.finish(tx, job.clip_id, master)
    await _ask_about_draft(tx, job, now=now)
    posted = master.posted or master.master
    size = next(file.bytes for file in files if file.sha256 == posted)
    await deliveries.master_made(tx, job.clip_id, sha256=posted, bytes=size)
    return True


async def lacks_consent(tx: Connection, job: Job, *, now: float) -> bool:
    """Whether someone in the job's clip does not agree to it now; then the job has ended so."""
    lacks = await consent.lacking(tx, job.clip_id, Moment.RENDER)
    if not lacks:
        return False
    figures = {"handle": lacks[0].handle} if lacks[0].handle else {}
    await fail(tx, job, ErrorCode.NO_CONSENT, figures, now=now)
    return True


async def fail(tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float) -> bool:
    """The render can't be done: words are owed. False if the lease was lost."""
    if not await jobs.fail(tx, job, error, figures, now=now):
        return False
    await _owe_words(tx, job.clip_id, error, now=now)
    return True


async def retry(
    tx: Connection, job: Job, error: ErrorCode, figures: Figures, *, now: float
) -> bool:
    """Try the render again, or owe words after the last try. True when it waits again."""
    again = await jobs.retry(tx, job, error, figures, now=now)
    if not again and (await jobs.of_clip(tx, job.clip_id)).state is JobState.FAILED:
        await _owe_words(tx, job.clip_id, error, now=now)
    return again


async def blame(tx: Connection, job: Job, *, now: float) -> None:
    """An engine died while it held the job: try once more, then owe words."""
    if await jobs.blame(tx, job, now=now) is JobState.FAILED:
        await _owe_words(tx, job.clip_id, ErrorCode.POISONED, now=now)


async def cancel(tx: Connection, clip_id: int, *, now: float) -> bool:
    """Call a request off. False if its job had ended already."""
    job = await jobs.of_clip(tx, clip_id)
    if not await jobs.cancel(tx, job.id, now=now):
        return False
    await _owe_words(tx, clip_id, ErrorCode.CANCELLED, now=now)
    return True


async def _owe_words(tx: Connection, clip_id: int, error: ErrorCode, *, now: float) -> None:
    """The clip will not come: its asker is told, and no owner is asked about it any more."""
    await deliveries.owe_words(tx, clip_id, error)
    await approvals.withdraw(tx, clip_id, now=now)


async def _cast(tx: Connection, clip: Clip, cast: Sequence[Casting], *, now: float) -> None:
    """Keep who plays in the clip, ask whom there is to ask, and make sure that nobody objects."""
    await uses.add(tx, clip.id, [casting.cameo.id for casting in cast])
    may_be_asked = {casting.cameo.id for casting in cast if casting.ask}
    lacks = await consent.lacking(tx, clip.id, Moment.ACCEPT)
    if refused := [lack for lack in lacks if lack.cameo_id not in may_be_asked]:
        # One who wants to be asked first is asked by those alone whom the policy lets in.
        raise NoConsent(refused)
    for casting in cast:
        if casting.cameo.member_id == clip.member_id:
            continue
        if casting.ask or casting.cameo.ask_first:
            await _ask(tx, clip, casting.cameo, now=now)
            continue
        detail = {"clip": clip.id, "member": clip.member_id}
        await consent_log.append(
            tx, casting.cameo.id, Act.USED, by=clip.member_id, detail=detail, now=now
        )
    if lacks := await consent.lacking(tx, clip.id, Moment.ACCEPT):
        raise NoConsent(lacks)


async def _ask(tx: Connection, clip: Clip, cameo: Cameo, *, now: float) -> None:
    """Ask the owner about the prompt, in private."""
    await approvals.ask(tx, clip.id, cameo.id, Stage.PROMPT, by=clip.member_id, now=now)
    await _owe_question(tx, clip.id, cameo, About.PROMPT, now=now)


async def _ask_about_draft(tx: Connection, job: Job, *, now: float) -> None:
    """Ask the owners who were asked about the prompt to look at what became of it."""
    asked = {
        approval.cameo_id
        for approval in await approvals.of_clip(tx, job.clip_id)
        if approval.stage is Stage.PROMPT and approval.state is ApprovalState.APPROVED
    }
    for cameo in await uses.cast_of(tx, job.clip_id):
        if cameo.id in asked:
            await approvals.ask(tx, job.clip_id, cameo.id, Stage.DRAFT, by=job.member_id, now=now)
            await _owe_question(tx, job.clip_id, cameo, About.DRAFT, now=now)


async def _owe_question(
    tx: Connection, clip_id: int, cameo: Cameo, about: About, *, now: float
) -> None:
    space = await spaces.get(tx, cameo.space_id)
    await deliveries.owe(
        tx,
        clip_id,
        cameo.member_id,
        space.id,
        max_bytes=space.max_bytes,
        about=about,
        cameo_id=cameo.id,
        now=now,
    )
