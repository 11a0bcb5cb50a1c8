"""The room's web application: its routes, and who may call them.

On loopback whoever sits at the machine is the room's one local member. Bound to anything else,
every request needs a key. Foreign Host and Origin headers are refused everywhere, so that no other
site can reach the room through a visitor's browser (DNS rebinding, cross-site posts).
"""

import ipaddress
import logging
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bots.room import chat, feed, moderation, pages, verifying, videos_api
from bots.room.context import ASKER, LANGUAGE, ROOM, VIEW
from bots.room.feed import FEED, Feed
from bots.studio.asker import Arrival, Asker, Authority, sign_in
from bots.studio.queue import QueueView
from bots.words import language_of, say
from storage import keys, spaces
from storage.people import Platform
from storage.room import Room

log = logging.getLogger(__name__)

COOKIE = "reelroom_key"
#: The room's own space. No platform limits what is shown there.
ADDRESS = "room"
MAX_BYTES = 2_000_000_000
#: Bytes of a request's body, an uploaded film for the API included.
MAX_BODY = 200 << 20

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: Only our own files; no inline script or style, no frames, no other site.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def make_app(room: Room, view: QueueView) -> web.Application:
    """The application of an open room."""
    app = web.Application(middlewares=[_headers, _guard], client_max_size=MAX_BODY)
    app[ROOM], app[VIEW], app[FEED] = room, view, Feed(room.database)
    for part in (pages, chat, feed, verifying, moderation, videos_api):
        app.add_routes(part.routes())
    static = Path(str(resources.files("bots.room") / "static"))
    app.router.add_static("/static", static, append_version=True)
    app.cleanup_ctx.append(feed.watching)
    return app


@web.middleware
async def _headers(request: web.Request, handler: _Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        answer.headers.update(_HEADERS)
        raise
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


@web.middleware
async def _guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    request[LANGUAGE] = language_of(request.headers.get("Accept-Language", "").split(",")[0])
    if not _at_home(request):
        raise web.HTTPForbidden(text=say(request[LANGUAGE], "page-foreign"))
    if request.path.startswith("/static/"):
        return await handler(request)
    asker = await _asker(request)
    if asker is None:
        return await _ask_for_key(request, handler)
    request[ASKER] = asker
    return await handler(request)


def _at_home(request: web.Request) -> bool:
    """Whether the request was meant for this room and comes from its own pages, or from no page."""
    settings = request.app[ROOM].settings
    host = urlsplit(f"//{request.host}").hostname or ""
    if _is_loopback(settings.host) and not _is_loopback(host):
        return False
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    site = request.headers.get("Sec-Fetch-Site", "none")
    return request.method in ("GET", "HEAD") or site in ("same-origin", "none")


async def _asker(request: web.Request) -> Asker | None:
    room = request.app[ROOM]
    if _is_loopback(room.settings.host):
        return await sign_in(room, _local(request[LANGUAGE]))
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    key = bearer if scheme == "Bearer" else request.cookies.get(COOKIE, "")
    opened = await keys.opened_by(room.database.read, key) if key else None
    if opened is None:
        return None
    async with room.database.transaction() as tx:
        space = await spaces.enter(
            tx, Platform.ROOM, ADDRESS, private=False, max_bytes=MAX_BYTES, now=0.0
        )
    authority = Authority.ROOM if opened.moderates else Authority.NONE
    return Asker(opened.member, space, authority)


async def _ask_for_key(request: web.Request, handler: _Handler) -> web.StreamResponse:
    language = request[LANGUAGE]
    if request.path == "/key" and request.method == "POST":
        key = str((await request.post()).get("key", "")).strip()
        if await keys.opened_by(request.app[ROOM].database.read, key):
            answer = web.HTTPSeeOther("/")
            answer.set_cookie(
                COOKIE, key, httponly=True, samesite="Strict", max_age=30 * 86400, path="/"
            )
            raise answer
        return pages.key_page(language, wrong=True)
    if request.path.startswith("/v1/"):
        error = {"message": say(language, "page-key-needed"), "type": "invalid_request_error"}
        return web.json_response(
            {"error": {**error, "param": None, "code": "invalid_api_key"}}, status=401
        )
    return pages.key_page(language, wrong=False)


def _local(language: str) -> Arrival:
    return Arrival(
        Platform.ROOM,
        "local",
        name=say(language, "page-you"),
        language=language,
        address=ADDRESS,
        private=False,
        max_bytes=MAX_BYTES,
        # Whoever sits at the machine owns the room.
        authority=Authority.ROOM,
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
