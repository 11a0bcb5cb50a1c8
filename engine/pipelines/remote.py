"""Rendering on other machines: any servers of /v1/videos, another Reelroom among them.

Each job goes to the server with the least to do. One whose fate is unknown is looked for before it
is asked for again, so that no clip is rendered twice; what no server tells about is given up. The
film that comes back is decoded and finished like any other.
"""

import hashlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
import PIL.Image

from engine.errors import CannotRender
from engine.pipelines import films
from engine.pipelines.family import Cancelled, OnStep, Rendered, Request, Sound, Track
from engine.pipelines.videos_api import NotReached, Refused, Server, Unanswered, Video
from engine.pipelines.wording import scenes
from engine.presets.shape import Preset
from storage.clips import ClipKind
from storage.errors import ErrorCode

#: Seconds between two looks at a video, the first and the longest.
FIRST_LOOK = 0.1
LONGEST_LOOK = 2.0
#: Seconds without a sign of a server after which its video is lost.
PATIENCE = 60.0
#: Seconds that a server that was not reached is left alone, and for which a job waits for one.
REST_SECONDS = 5.0
MOST_WAITING = 600.0
#: Samples a second of a film's sound, as it is decoded.
SOUND_RATE = 48_000

log = logging.getLogger(__name__)

T = TypeVar("T")


def load_preset(preset: Preset, device: str) -> "Remote":
    """The family of a remote preset; nothing is asked of the servers yet."""
    key = os.environ.get(preset.key_variable) if preset.key_variable else None
    return Remote(preset, [Server(address, key) for address in preset.servers])


@dataclass
class _Place:
    """A server and what is known of it."""

    server: Server
    #: Jobs of ours that are on it.
    ours: int = 0
    #: When it may be tried again, by the monotonic clock.
    rests_until: float = 0.0


@dataclass
class _Wish:
    """A clip as it is asked for."""

    request: Request
    fields: dict[str, object]
    key: str
    #: The picture that it starts from.
    picture: Path | None = None
    #: Servers that would not.
    refused: set[str] = field(default_factory=set)


class Remote:
    """The family; see `engine.pipelines.family.Family`. Several threads render at once."""

    def __init__(self, preset: Preset, servers: list[Server]) -> None:
        self._preset = preset
        self._places = [_Place(server) for server in servers]
        self._lock = threading.Lock()

    def encode(self, request: Request) -> Request:
        """Nothing is to be prepared here."""
        return request

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """Have the clip made. Raises CannotRender where no server makes it."""
        with tempfile.TemporaryDirectory() as folder:
            wish = self._wish(request, Path(folder))
            while True:
                path = Path(folder) / "film.mp4"
                with self._least_loaded(wish, on_step) as place:
                    if self._made_on(place, wish, path, on_step):
                        return _rendered(path, request)

    def _wish(self, request: Request, folder: Path) -> _Wish:
        [first, *rest] = scenes(request.plan, heard=self._preset.sound)
        words = ". Cut to: ".join([first.words, *(scene.words for scene in rest)])
        again = request.kind is ClipKind.REMIX and request.parent
        fields: dict[str, object] = {
            "prompt": words,
            "size": f"{request.width}x{request.height}",
            "fps": request.fps,
            "num_frames": request.frames + _lead(request),
            "seed": request.parent.seed if again and request.parent else request.seed,
            "num_inference_steps": request.steps,
            "guidance_scale": request.guidance,
        }
        if self._preset.model:
            fields["model"] = self._preset.model
        if self._preset.negative:
            fields["negative_prompt"] = self._preset.negative
        told = f"{request.code} {request.seed} {sorted(fields.items())}"
        key = hashlib.sha256(told.encode()).hexdigest()
        return _Wish(request, fields, key, _first_picture(request, folder))

    @contextmanager
    def _least_loaded(self, wish: _Wish, on_step: OnStep) -> Iterator[_Place]:
        """The server with the least to do that has not refused, once one is awake.

        Raises CannotRender when all have refused or none has come back.
        """
        until = time.monotonic() + MOST_WAITING
        while (place := self._taken(wish)) is None:
            if time.monotonic() > until:
                raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": 1})
            on_step(0, None)
            time.sleep(FIRST_LOOK)
        try:
            yield place
        finally:
            with self._lock:
                place.ours -= 1

    def _taken(self, wish: _Wish) -> _Place | None:
        with self._lock:
            left = [p for p in self._places if p.server.address not in wish.refused]
            if not left:
                raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": len(wish.refused)})
            awake = [place for place in left if place.rests_until <= time.monotonic()]
            if not awake:
                return None
            place = min(awake, key=lambda place: place.ours)
            place.ours += 1
            return place

    def _made_on(self, place: _Place, wish: _Wish, path: Path, on_step: OnStep) -> bool:
        """Have it made there, into `path`. False where another server should be tried."""
        server = place.server
        try:
            video = self._accepted(server, wish)
            video = _followed(server, video, wish.request, on_step)
            if video.status != "completed":
                raise Refused(200, video.error or video.status)
            _patiently(partial(server.fetch, video.id, path))
        except Refused as why:
            log.warning("%s does not make it: %s", server.address, why)
            wish.refused.add(server.address)
            return False
        except NotReached as why:
            log.warning("%s is not reached: %s", server.address, why)
            place.rests_until = time.monotonic() + REST_SECONDS
            return False
        except Unanswered as why:
            log.warning("%s says nothing more: %s", server.address, why)
            place.rests_until = time.monotonic() + REST_SECONDS
            raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": 1}) from why
        return True

    def _accepted(self, server: Server, wish: _Wish) -> Video:
        """Ask for the clip; where no answer comes, look whether it is being made all the same."""
        before = _listed(server)
        try:
            return server.create(wish.fields, wish.picture, key=wish.key)
        except Unanswered as why:
            log.warning("%s did not answer: looking for the clip there", server.address)
            now = _patiently(server.newest) if before is not None else []
            fresh = [video for video in now if video.id not in (before or set())]
            mine = [video for video in fresh if _is(video, wish)]
            if mine:
                return mine[0]
            if before is None or any(video.prompt is None for video in fresh):
                # It may be among these. Asking again might make it twice.
                raise
            raise NotReached(f"it was not accepted: {why}") from why


def _listed(server: Server) -> set[str] | None:
    """Ids of the newest videos there; None from a server that lists none. Raises NotReached."""
    try:
        return {video.id for video in server.newest()}
    except Refused:
        return None
    except Unanswered as why:
        raise NotReached(str(why)) from why


def _is(video: Video, wish: _Wish) -> bool:
    return video.prompt == wish.fields["prompt"] and video.seed == wish.fields["seed"]


def _followed(server: Server, video: Video, request: Request, on_step: OnStep) -> Video:
    """Wait for the video to end, telling its progress; calls it off where it is not wanted."""
    pause = FIRST_LOOK
    heard = time.monotonic()
    step = 0
    while video.is_open:
        step = max(step, min(request.steps, int(video.progress / 100 * request.steps)))
        try:
            on_step(step, None)
        except Cancelled:
            server.call_off(video.id)
            raise
        time.sleep(pause)
        pause = min(LONGEST_LOOK, pause * 1.3)
        try:
            video = server.look(video.id)
            heard = time.monotonic()
        except (NotReached, Unanswered) as why:
            if time.monotonic() - heard > PATIENCE:
                raise Unanswered(f"nothing for {PATIENCE:g} s: {why}") from why
    on_step(max(step, 1), None)
    return video


def _patiently(work: Callable[[], T]) -> T:
    """Do what may be repeated until it is answered. Raises Unanswered after PATIENCE."""
    began = time.monotonic()
    pause = FIRST_LOOK
    while True:
        try:
            return work()
        except (NotReached, Unanswered) as why:
            if time.monotonic() - began > PATIENCE:
                raise Unanswered(str(why)) from why
        time.sleep(pause)
        pause = min(LONGEST_LOOK, pause * 1.5)


def _lead(request: Request) -> int:
    """The first frame of an extension is its parent's last."""
    return 1 if request.kind is ClipKind.EXTENSION else 0


def _first_picture(request: Request, folder: Path) -> Path | None:
    if request.kind is not ClipKind.EXTENSION or request.parent is None:
        return request.picture
    last = films.ending(
        request.parent.master, width=request.width, height=request.height,
        fps=request.fps, count=1,
    )  # fmt: skip
    path = folder / "picture.png"
    PIL.Image.fromarray(last[0]).save(path)
    return path


def _rendered(path: Path, request: Request) -> Rendered:
    """The film that came, at the rate asked for and its own size, as it is read.

    The file's name may go once this returns: what is read is held open.
    """
    width, height, seconds = _measured(path)
    lead = _lead(request)
    count = max(1, round(seconds * request.fps) - lead)
    if abs(count - request.frames) <= 1:
        count = request.frames
    every = films.steady(
        path.open("rb"), width=width, height=height, fps=request.fps, count=count + lead
    )
    return Rendered(
        frames=islice(every, lead, None),
        count=count,
        fps=request.fps,
        width=width,
        height=height,
        sound=_track(path, lead / request.fps),
    )


def _measured(path: Path) -> tuple[int, int, float]:
    """Width and height, even, and seconds. Raises CannotRender for what is no film."""
    try:
        with av.open(str(path), "r") as film:
            picture = film.streams.video[0]
            length = film.duration or 0
            sides = (picture.width // 2 * 2, picture.height // 2 * 2)
    except (OSError, IndexError, ValueError) as error:
        raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": 1}) from error
    return *sides, length / av.time_base


def _track(path: Path, lead: float) -> Track | None:
    """The film's sound, decoded now, while the file is there; None where nothing is heard."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
    pieces = []
    with av.open(str(path), "r") as film:
        if not film.streams.audio:
            return None
        for heard in film.decode(audio=0):
            pieces += [each.to_ndarray() for each in resampler.resample(heard)]
        pieces += [each.to_ndarray() for each in resampler.resample(None)]
    samples = np.concatenate([np.zeros((2, 0)), *pieces], axis=1).astype(np.float32)
    if not samples.any():
        return None
    return lambda: Sound(samples, SOUND_RATE, lead=round(lead * SOUND_RATE))
