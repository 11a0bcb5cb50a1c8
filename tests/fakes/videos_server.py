"""Servers of /v1/videos as others make them, on loopback, which render nothing but a ready film.

Two shapes, after their published sources: SGLang Diffusion reads JSON, and a form only with a
picture in it, and shows neither prompt nor seed; vLLM-Omni reads forms alone and shows the prompt.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.rooms import a_film


class Shape(Enum):
    """Whose server it is like."""

    SGLANG = "sglang"
    VLLM = "vllm"
    REELROOM = "reelroom"


@dataclass
class VideosServer:
    """What the server is told to do, and what it was asked."""

    shape: Shape = Shape.REELROOM
    #: Looks at a video until it is completed.
    looks: int = 3
    #: Accept the next request and break the connection before it is answered.
    hangs_up_after: bool = False
    #: Break the connection before the next request is accepted.
    hangs_up_before: bool = False
    #: Has too much to do for the next request.
    is_full: bool = False
    #: Videos fail with these words.
    fails: str | None = None
    #: What is sent as the video's file; None sends a film.
    film: bytes | None = None
    #: Requests that it has no time for.
    too_busy: int = 0
    #: Videos that it forgets when it is first asked about them, as one that was started anew.
    forgets: int = 0
    #: Videos of other people that wait there.
    of_others: int = 0
    #: What it asks for.
    key: str | None = None
    #: No list of videos.
    lists: bool = True
    #: The fields of each video that was accepted.
    accepted: list[dict[str, str]] = field(default_factory=list)
    #: Pictures that came with them, their first bytes.
    pictures: list[bytes] = field(default_factory=list)
    #: The keys that name the requests, of those accepted.
    names: list[str | None] = field(default_factory=list)
    called_off: list[str] = field(default_factory=list)
    #: Statuses that were answered to requests.
    answered: list[int] = field(default_factory=list)
    address: str = ""
    _videos: dict[str, dict[str, object]] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=itertools.count)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """POST /v1/videos"""
        form = request.content_type.startswith("multipart/")
        if self.hangs_up_before:
            self.hangs_up_before = False
            return _hang_up(request)
        if self.is_full:
            self.is_full = False
            return web.json_response({"error": {"message": "later"}}, status=429)
        if self.too_busy:
            self.too_busy -= 1
            return web.json_response({"detail": "later"}, status=429)
        fields, picture = await _read(request)
        refused = (self.shape is Shape.VLLM and not form) or (
            self.shape is Shape.SGLANG and form and picture is None
        )
        self.answered.append(422 if refused else 200)
        if refused:
            return web.json_response({"detail": "not like this"}, status=422)
        self.accepted.append(fields)
        self.names.append(request.headers.get("Idempotency-Key"))
        if picture is not None:
            self.pictures.append(picture[:8])
        video = self._new(fields)
        if self.hangs_up_after:
            self.hangs_up_after = False
            return _hang_up(request)
        return web.json_response(video)

    def _new(self, fields: dict[str, str]) -> dict[str, object]:
        video: dict[str, object] = {
            "id": f"video_{next(self._ids)}", "object": "video", "status": "queued",
            "progress": 0, "created_at": 1, "seconds": "2", "size": fields.get("size"),
            "model": fields.get("model") or "usual",
        }  # fmt: skip
        if self.shape is not Shape.SGLANG:
            video["prompt"] = fields["prompt"]
        if self.shape is Shape.REELROOM:
            video["seed"] = int(fields["seed"])
        self._videos[str(video["id"])] = video
        return video

    async def look(self, request: web.Request) -> web.Response:
        """GET /v1/videos/{id}"""
        if self.forgets:
            self.forgets -= 1
            self._videos.clear()
        video = self._videos.get(request.match_info["id"])
        if video is None:
            return web.json_response({"detail": "Video not found"}, status=404)
        looked = int(str(video.get("looked", 0))) + 1
        video["looked"] = looked
        if looked < self.looks:
            video |= {"status": "in_progress", "progress": 100 * looked // self.looks}
        elif self.fails:
            video |= {"status": "failed", "error": {"code": "500", "message": self.fails}}
        else:
            video |= {"status": "completed", "progress": 100}
        return web.json_response(video)

    async def content(self, request: web.Request) -> web.Response:
        """GET /v1/videos/{id}/content"""
        return web.Response(
            body=a_film()[0] if self.film is None else self.film, content_type="video/mp4"
        )

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE /v1/videos/{id}"""
        id = request.match_info["id"]
        self.called_off.append(id)
        self._videos.pop(id, None)
        return web.json_response({"id": id, "deleted": True, "object": "video.deleted"})

    async def list(self, request: web.Request) -> web.Response:
        """GET /v1/videos"""
        if not self.lists:
            return web.json_response({"detail": "Not Found"}, status=404)
        newest = list(reversed(self._videos.values()))
        newest += [{"id": f"other_{n}", "status": "queued"} for n in range(self.of_others)]
        return web.json_response({"object": "list", "data": newest, "has_more": False})


@asynccontextmanager
async def a_videos_server(server: VideosServer, port: int = 0) -> AsyncIterator[VideosServer]:
    """Serve on a port of loopback, a free one where none is given."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if server.key and request.headers.get("Authorization") != f"Bearer {server.key}":
            return web.json_response({"detail": "who are you?"}, status=401)
        return await handler(request)

    app = web.Application(middlewares=[guard])
    app.add_routes(
        [
            web.post("/v1/videos", server.create),
            web.get("/v1/videos", server.list),
            web.get("/v1/videos/{id}", server.look),
            web.delete("/v1/videos/{id}", server.delete),
            web.get("/v1/videos/{id}/content", server.content),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()


def _hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    raise asyncio.CancelledError


async def _read(request: web.Request) -> tuple[dict[str, str], bytes | None]:
    if not request.content_type.startswith("multipart/"):
        return {name: str(value) for name, value in (await request.json()).items()}, None
    fields: dict[str, str] = {}
    picture = None
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            picture = value.file.read()
        else:
            fields[name] = value if isinstance(value, str) else bytes(value).decode()
    return fields, picture
