"""The door: who may call the room's pages and its API, and how often.

On loopback whoever sits at the machine is the room's one local member. Bound to anything else,
every request needs a key. Foreign Host and Origin headers, and what another site's page asks for,
are refused everywhere, so that no other site can reach the room through a visitor's browser (DNS
rebinding, cross-site requests).
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bots.room import forms, pages, videos_shape
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.room.pace import Call, Pace
from bots.room.videos_shape import ApiError
from bots.studio.asker import Arrival, Asker, Authority, sign_in
from bots.words import language_of, say
from storage import keys, spaces
from storage.people import Platform

COOKIE = "reelroom_key"
#: The room's own space. No platform limits what is shown there.
ADDRESS = "room"
MAX_BYTES = 2_000_000_000
#: Bytes of the form that brings a key: whoever sends it is nobody yet.
MOST_KEY_FORM = 4096

#: Characters of the address of a file of ours: file systems break over names of 256.
MOST_STATIC = 100

#: On the application: how often who calls.
PACE = web.AppKey("pace", Pace)

#: Where files are handed in to be looked at.
_FILES = ("/verify", "/cameo/film", "/cameo/thing")

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Let in who may come in, as the member that they are."""
    request[LANGUAGE] = language_of(request.headers.get("Accept-Language", "").split(",")[0])
    if not _at_home(request):
        raise web.HTTPForbidden(text=say(request[LANGUAGE], "page-foreign"))
    if request.path.startswith("/static/"):
        if len(request.path) > MOST_STATIC:
            raise web.HTTPNotFound
        return await handler(request)
    asker = await _asker(request)
    if asker is None:
        return await _ask_for_key(request)
    pace = request.app[PACE]
    if seconds := await pace.wait(_call(request), f"member {asker.member.id}"):
        return _too_fast(request, seconds)
    request[ASKER] = asker
    return await handler(request)


def _at_home(request: web.Request) -> bool:
    """Whether the request was meant for this room and comes from its own pages, or from no page."""
    settings = request.app[ROOM].settings
    if _is_loopback(settings.host) and not _is_loopback(_host(request)):
        return False
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return False
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site in ("same-origin", "none") or _is_a_link(request)


def _host(request: web.Request) -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _is_a_link(request: web.Request) -> bool:
    """Whether someone followed a link to here: the one thing that other sites' pages may do."""
    headers = request.headers
    follows = headers.get("Sec-Fetch-Mode") == "navigate"
    return request.method == "GET" and follows and headers.get("Sec-Fetch-Dest") == "document"


async def _asker(request: web.Request) -> Asker | None:
    room = request.app[ROOM]
    if _is_loopback(room.settings.host):
        return await sign_in(room, _local(request[LANGUAGE]))
    key = _key(request)
    opened = await keys.opened_by(room.database.read, key) if key else None
    if opened is None:
        return None
    async with room.database.transaction() as tx:
        space = await spaces.enter(
            tx, Platform.ROOM, ADDRESS, private=False, max_bytes=MAX_BYTES, now=0.0
        )
    authority = Authority.ROOM if opened.moderates else Authority.NONE
    return Asker(opened.member, space, authority)


def _key(request: web.Request) -> str:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer if scheme == "Bearer" else request.cookies.get(COOKIE, "")


async def _ask_for_key(request: web.Request) -> web.StreamResponse:
    language = request[LANGUAGE]
    tries = _key(request) or (request.path == "/key" and request.method == "POST")
    if tries and (seconds := await request.app[PACE].wait(Call.KEY, request.remote or "")):
        return _too_fast(request, seconds)
    if request.path == "/key" and request.method == "POST":
        return await _try_key(request)
    if request.path.startswith("/v1/"):
        needed = say(language, "page-key-needed")
        return videos_shape.answer(ApiError(401, needed, "invalid_api_key"))
    return pages.key_page(language, wrong=False)


async def _try_key(request: web.Request) -> web.StreamResponse:
    size = request.content_length
    form = await forms.fields(request) if size is not None and size <= MOST_KEY_FORM else {}
    key = form.get("key", "").strip()
    if await keys.opened_by(request.app[ROOM].database.read, key):
        answer = web.HTTPSeeOther("/")
        answer.set_cookie(
            COOKIE, key, httponly=True, samesite="Strict", secure=request.secure,
            max_age=30 * 86400, path="/",
        )  # fmt: skip
        raise answer
    return pages.key_page(request[LANGUAGE], wrong=True)


def _call(request: web.Request) -> Call:
    if request.path in _FILES:
        return Call.FILE
    return Call.LOOK if request.method in ("GET", "HEAD") else Call.ACT


def _too_fast(request: web.Request, seconds: int) -> web.Response:
    words = say(request[LANGUAGE], "page-too-fast", seconds=seconds)
    if request.path.startswith("/v1/"):
        response = videos_shape.answer(ApiError(429, words, "rate_limit_exceeded"))
    elif request.method == "POST":
        response = web.json_response({"sentence": words}, status=429)
    else:
        response = web.Response(text=words, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


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
