"""Rendering on other machines: any servers of /v1/videos, another Reelroom among them.

Each job goes to the server with the least to do. What was asked is in a ledger on the disk, and
one whose fate is unknown is looked for before it is asked for again, so that no clip is rendered
twice, whoever was killed in between. What no server tells about is given up. The film that comes
back is decoded and finished like any other.
"""

import hashlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import PIL.Image

from engine.errors import CannotRender
from engine.pipelines import films
from engine.pipelines.family import Cancelled, OnStep, Rendered, Request
from engine.pipelines.remote_clip import (
    FIRST_LOOK,
    Doubtful,
    Lost,
    followed,
    listed,
    look,
    patiently,
    sought,
)
from engine.pipelines.remote_film import lead, rendered
from engine.pipelines.remote_ledger import Asked, Ledger
from engine.pipelines.remote_places import Place, take_least_loaded
from engine.pipelines.videos_api import NotReached, Refused, Server, Unanswered, Video
from engine.pipelines.wording import scenes
from engine.presets.shape import Preset
from storage.clips import ClipKind
from storage.errors import ErrorCode

#: Seconds for which a job waits for a server.
MOST_WAITING = 600.0
#: Seconds after which a fetched film is deleted where it was made: by then it is posted or lost.
KEPT_THERE = 3600.0
#: Seconds after which the ledger forgets a clip that nobody came back to.
KEPT_HERE = 7 * 86_400.0
#: Times that a server may lose a clip before no other is asked.
MOST_LOST = 3

log = logging.getLogger(__name__)


def load_preset(preset: Preset, device: str) -> "Remote":
    """The family of a remote preset; nothing is asked of the servers yet."""
    assert preset.ledger is not None
    servers = [
        Server(server.address, os.environ.get(server.key_variable or preset.key_variable or ""))
        for server in preset.servers
    ]
    ledger = Ledger(preset.ledger)
    ledger.sweep(older_than=KEPT_HERE)
    return Remote(preset, servers, ledger)


@dataclass
class _Wish:
    """A clip as it is asked for."""

    request: Request
    fields: dict[str, object]
    #: Names the clip in the ledger.
    key: str
    #: The picture that it starts from.
    picture: Path | None = None
    #: Servers that would not, and how often one lost it.
    refused: set[str] = field(default_factory=set)
    lost: int = 0


class Remote:
    """The family; see `engine.pipelines.family.Family`. Several threads render at once."""

    def __init__(self, preset: Preset, servers: list[Server], ledger: Ledger) -> None:
        self._preset = preset
        self._places = [Place(server) for server in servers]
        self._ledger = ledger
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
                with self._place(wish, on_step) as place:
                    if self._made_on(place, wish, path, on_step):
                        self._tidy(place)
                        return rendered(path, request)

    def _wish(self, request: Request, folder: Path) -> _Wish:
        [first, *rest] = scenes(request.plan, heard=self._preset.sound)
        words = ". Cut to: ".join([first.words, *(scene.words for scene in rest)])
        again = request.kind is ClipKind.REMIX and request.parent
        fields: dict[str, object] = {
            "prompt": words,
            "size": f"{request.width}x{request.height}",
            "fps": request.fps,
            "num_frames": request.frames + lead(request),
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
    def _place(self, wish: _Wish, on_step: OnStep) -> Iterator[Place]:
        """Where it was asked for before, else the server with the least to do, once one is awake.

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

    def _taken(self, wish: _Wish) -> Place | None:
        left = [p for p in self._places if p.server.address not in wish.refused]
        if not left:
            raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": len(wish.refused)})
        awake = [place for place in left if place.is_awake]
        asked = self._ledger.read(wish.key)
        if bound := next((p for p in left if p.server.address == asked.address), None):
            if bound.is_awake:
                awake = [bound]
            elif asked.id and awake:
                bound.abandoned.add(asked.id)
                self._given_up(wish)
            else:
                return None
        return take_least_loaded(awake, self._lock)

    def _made_on(self, place: Place, wish: _Wish, path: Path, on_step: OnStep) -> bool:
        """Have it made there, into `path`. False where it is to be tried anew."""
        server = place.server
        try:
            video = self._asked(place, wish)
            place.failures = 0
            video = followed(server, video, wish.request, on_step)
            if video.status != "completed":
                raise Refused(200, video.error or video.status)
            patiently(partial(server.fetch, video.id, path))
        except Cancelled:
            self._given_up(wish)
            raise
        except Refused as why:
            log.warning("%s does not make it: %s", server.address, why)
            self._given_up(wish)
            wish.refused.add(server.address)
            return False
        except Lost:
            log.warning("%s has lost it", server.address)
            self._given_up(wish)
            wish.lost += 1
            if wish.lost >= MOST_LOST:
                raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": wish.lost}) from None
            return False
        except NotReached as why:
            log.warning("%s is not reached: %s", server.address, why)
            place.rest()
            return False
        except Doubtful as why:
            log.warning("%s: %s", server.address, why)
            raise CannotRender(ErrorCode.RENDER_FAILED, {"attempts": 1}) from why
        asked = self._ledger.read(wish.key)
        self._ledger.write(wish.key, replace(asked, fetched=True))
        return True

    def _asked(self, place: Place, wish: _Wish) -> Video:
        """The video there: the one asked for before, else a new one."""
        asked, server = self._ledger.read(wish.key), place.server
        with place.asking:
            while place.abandoned:
                server.call_off(place.abandoned.pop())
            if asked.address == server.address and asked.id:
                # It may have been lost with an engine, or a server's memory.
                return patiently(partial(look, server, asked.id))
            if asked.address == server.address and (found := _found(server, asked, wish)):
                return self._noted(wish, asked, found)
            asked = Asked(asked.turn, server.address, listed(server))
            self._ledger.write(wish.key, asked)
            try:
                key = f"{wish.key}:{asked.turn}"
                return self._noted(wish, asked, server.create(wish.fields, wish.picture, key=key))
            except NotReached:
                self._ledger.write(wish.key, Asked(asked.turn))
                raise
            except Unanswered as why:
                log.warning("%s did not answer: looking for the clip there", server.address)
                if found := _found(server, asked, wish):
                    return self._noted(wish, asked, found)
                self._ledger.write(wish.key, Asked(asked.turn))
                raise NotReached(f"it was not accepted: {why}") from why

    def _noted(self, wish: _Wish, asked: Asked, video: Video) -> Video:
        self._ledger.write(wish.key, replace(asked, id=video.id))
        return video

    def _given_up(self, wish: _Wish) -> None:
        """What was asked for is not wanted from there; the next asking has another name."""
        self._ledger.write(wish.key, Asked(self._ledger.read(wish.key).turn + 1))

    def _tidy(self, place: Place) -> None:
        """Leave nothing of ours behind on the server, once it is surely not needed."""
        address = place.server.address
        for key, id in self._ledger.fetched(address, older_than=KEPT_THERE):
            place.server.call_off(id)
            self._ledger.forget(key)


def _found(server: Server, asked: Asked, wish: _Wish) -> Video | None:
    """As `sought` for a wish."""
    return sought(server, asked, prompt=wish.fields["prompt"], seed=wish.fields["seed"])


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
