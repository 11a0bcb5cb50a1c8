"""The room's web application: its routes, and the headers that every answer bears.

Who may call them, and as whom, is bots/room/door.py's to say.
"""

from importlib import resources
from pathlib import Path

from aiohttp import web

from bots.room import cameo, chat, door, feed, moderation, pages, verifying, videos_api
from bots.room.context import REFUSED, ROOM, VIEW
from bots.room.feed import FEED, Feed
from bots.room.pace import Pace
from bots.studio.cameo.refused import Refused
from bots.studio.queue import QueueView
from storage.room import Room

#: Bytes of a body that is read at once: a picture of the largest size in JSON. Forms are read part
#: by part, and bound what they keep.
MAX_BODY = 32 << 20

#: Only our own files; no inline script or style, no frames, no other site.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that, browsers say of our own forms that they come from nowhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}


def make_app(room: Room, view: QueueView) -> web.Application:
    """The application of an open room."""
    app = web.Application(middlewares=[door.guard], client_max_size=MAX_BODY)
    app[ROOM], app[VIEW], app[FEED], app[door.PACE] = room, view, Feed(room.database), Pace()
    app[REFUSED] = Refused()
    for part in (pages, chat, cameo, feed, verifying, moderation, videos_api):
        app.add_routes(part.routes())
    static = Path(str(resources.files("bots.room") / "static"))
    app.router.add_static("/static", static, append_version=True)
    app.on_response_prepare.append(_add_headers)
    app.cleanup_ctx.append(feed.watching)
    return app


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """To every answer: refusals, errors and the feed's stream too."""
    response.headers.update(_HEADERS)
