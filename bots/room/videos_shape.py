"""The shapes of the /v1/videos API: a clip as OpenAI's `Video` object, and its errors."""

from dataclasses import dataclass
from typing import TypedDict

from aiohttp import web

from bots.studio.errors import (
    ClipIsDeleted,
    ClipIsNotYours,
    HourIsFull,
    NoSuchClip,
    QueueIsFull,
    Refusal,
    YourHourIsFull,
    YourQueueIsFull,
)
from bots.words import tell
from storage import clips, jobs, offers, showing
from storage.clips import Clip, ClipKind
from storage.jobs import JobState
from storage.plan import Aspect
from storage.room import Room

_STATUS = {
    JobState.WAITING: "queued",
    JobState.RENDERING: "in_progress",
    JobState.DONE: "completed",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "failed",
}
#: Sizes to speak of before any engine has said its own.
_SIZES = {Aspect.WIDE: (1280, 720), Aspect.TALL: (720, 1280), Aspect.SQUARE: (720, 720)}
_NOT_FOUND = (NoSuchClip, ClipIsDeleted)
_TOO_MANY = (YourQueueIsFull, QueueIsFull, YourHourIsFull, HourIsFull)


class Failure(TypedDict):
    """Why a video could not be made."""

    code: str
    message: str


class Video(TypedDict):
    """A clip, as the API shows it."""

    id: str
    object: str
    model: str
    status: str
    progress: int
    created_at: int
    completed_at: int | None
    expires_at: int | None
    prompt: str
    seconds: str
    size: str
    seed: int
    remixed_from_video_id: str | None
    error: Failure | None


@dataclass(frozen=True)
class ApiError(Exception):
    """An error in OpenAI's form."""

    status: int
    message: str
    code: str
    param: str | None = None


def video_id(clip: Clip) -> str:
    """The clip's id in the API."""
    return f"video_{clip.code}"


async def video(room: Room, clip: Clip, language: str) -> Video:
    """The clip as it stands."""
    read = room.database.read
    job = await jobs.of_clip(read, clip.id)
    parent = await clips.get(read, clip.parent_id) if clip.parent_id is not None else None
    error = None
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        code = job.error or job.state.value
        error = Failure(code=code, message=tell.failure(language, clip, code, job.figures))
    # What somebody in it is still asked about, or a moderator has to look at, is not there yet.
    hidden = job.state is JobState.DONE and bool(await showing.hidden(read, [clip.id]))
    done = job.state is JobState.DONE and not hidden
    return Video(
        id=video_id(clip),
        object="video",
        model=clip.preset,
        status=_STATUS[JobState.RENDERING if hidden else job.state],
        progress=100 if done else round(99 * job.step / job.steps) if job.steps else 0,
        created_at=int(clip.created_at),
        completed_at=int(job.finished_at) if done and job.finished_at else None,
        expires_at=None,
        prompt=clip.words,
        seconds=f"{clip.seconds or clip.plan.seconds:g}",
        size=await _size(room, clip),
        seed=clip.seed,
        remixed_from_video_id=(
            video_id(parent) if parent and clip.kind is not ClipKind.EXTENSION else None
        ),
        error=error,
    )


def refused(language: str, refusal: Refusal) -> ApiError:
    """A refusal as an error of the API."""
    status = 400
    if isinstance(refusal, _NOT_FOUND):
        status = 404
    elif isinstance(refusal, _TOO_MANY):
        status = 429
    elif isinstance(refusal, ClipIsNotYours):
        status = 403
    code = refusal.key.removeprefix("refusal-").replace("-", "_")
    return ApiError(status, tell.refusal(language, refusal), code)


def answer(error: ApiError) -> web.Response:
    """The error as a response."""
    kind = "rate_limit_error" if error.status == 429 else "invalid_request_error"
    if error.status >= 500:
        kind = "server_error"
    body = {"message": error.message, "type": kind, "param": error.param, "code": error.code}
    return web.json_response({"error": body}, status=error.status)


async def _size(room: Room, clip: Clip) -> str:
    if clip.width and clip.height:
        return f"{clip.width}x{clip.height}"
    known = {offer.preset: offer for offer in await offers.all_known(room.database.read)}
    sizes = known[clip.preset].sizes if clip.preset in known else _SIZES
    width, height = sizes[clip.plan.aspect]
    return f"{width}x{height}"
