"""One clip on one server: whether it is there, how far it is, and whether it can be told at all.

What may be asked twice is asked until it is answered. What may not, is looked for among what the
server lists; where that does not tell, it is said.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from engine.pipelines.family import Cancelled, OnStep, Request
from engine.pipelines.remote_ledger import Asked
from engine.pipelines.videos_api import NotReached, Refused, Server, Unanswered, Video

#: Seconds between two looks at a video, the first and the longest.
FIRST_LOOK = 0.1
LONGEST_LOOK = 2.0
#: Seconds without a sign of a server after which its video is lost.
PATIENCE = 60.0

T = TypeVar("T")


class Lost(Exception):
    """The server knows nothing of the video any more: it was not finished there."""


class Doubtful(Exception):
    """The server may be making the clip and can't tell: asking again might make it twice."""


def look(server: Server, id: str) -> Video:
    """How the video is. Raises Lost, NotReached, Unanswered and Refused."""
    try:
        return server.look(id)
    except Refused as why:
        if why.status == 404:
            raise Lost from why
        raise


def followed(server: Server, video: Video, request: Request, on_step: OnStep) -> Video:
    """Wait for the video to end, telling its progress; calls it off where it is not wanted."""
    pause = FIRST_LOOK
    heard = looked = time.monotonic()
    step = 0
    while video.is_open:
        step = max(step, min(request.steps, int(video.progress / 100 * request.steps)))
        try:
            on_step(step, None)
        except Cancelled:
            server.call_off(video.id)
            raise
        # Whether it is wanted is asked more often than how far it is.
        time.sleep(FIRST_LOOK)
        if time.monotonic() - looked < pause:
            continue
        pause = min(LONGEST_LOOK, pause * 1.3)
        looked = time.monotonic()
        try:
            video = look(server, video.id)
            heard = time.monotonic()
        except (NotReached, Unanswered) as why:
            if time.monotonic() - heard > PATIENCE:
                raise NotReached(f"nothing for {PATIENCE:g} s: {why}") from why
    on_step(max(step, 1), None)
    return video


def listed(server: Server) -> tuple[str, ...] | None:
    """Ids of the newest videos there; None from a server that lists none. Raises NotReached."""
    try:
        return tuple(video.id for video in server.newest())
    except Refused:
        return None
    except Unanswered as why:
        raise NotReached(str(why)) from why


def sought(server: Server, asked: Asked, *, prompt: object, seed: object) -> Video | None:
    """The video that came of an asking without an answer; None where surely none did.

    Raises Doubtful where that can't be told.
    """
    now = patiently(server.newest) if asked.before is not None else []
    fresh = [video for video in now if video.id not in (asked.before or ())]
    for video in fresh:
        if video.prompt == prompt and video.seed in (None, seed):
            return video
    if asked.before is None or any(video.prompt is None for video in fresh):
        raise Doubtful("it may be making the clip, and does not tell")
    return None


def patiently(work: Callable[[], T]) -> T:
    """Do what may be repeated until it is answered. Raises NotReached after PATIENCE."""
    began = time.monotonic()
    pause = FIRST_LOOK
    while True:
        try:
            return work()
        except (NotReached, Unanswered) as why:
            if time.monotonic() - began > PATIENCE:
                raise NotReached(str(why)) from why
        time.sleep(pause)
        pause = min(LONGEST_LOOK, pause * 1.5)
