"""Cameos on the page: the same panel as in the chats, laid out, with a camera where there is one.

A press comes in as the few bytes that its key carries, and the next panel goes out as JSON. Films
of a member's own likeness are shown to them alone and never kept by a cache.
"""

import base64
import logging
from collections.abc import Awaitable, Callable
from json import JSONDecodeError
from typing import Any

from aiohttp import BodyPartReader, web

from bots.panels import acts
from bots.panels.cameo import EXPORT_NAME
from bots.panels.panel import Deed, How, Key, Labelled, Panel, from_data, to_data
from bots.room import forms, uploads
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.studio.asker import Asker
from bots.studio.cameo import asking, enrolling, exporting, seeing
from bots.studio.errors import FileTooHeavy, FilmNotFetched, NoSuchClip, Refusal
from bots.studio.pictures import Fetch
from bots.words import say, tell
from storage.cameos import CameoKind
from storage.room import Room

log = logging.getLogger(__name__)

#: How films are handed in on the page.
HOW = How.PAGE
#: Megabytes of a film.
MOST_MEGABYTES = 60

_Shown = Callable[[web.Request, Room, Asker], Awaitable[Panel]]


def routes() -> list[web.RouteDef]:
    """The addresses of the panel."""
    return [
        web.post("/cameo/press", _answering(_press)),
        web.post("/cameo/film", _answering(_film)),
        web.post("/cameo/thing", _answering(_thing)),
        web.post("/cameo/words", _answering(_words)),
        web.get("/cameo/asked", _asked),
        web.get("/cameo/export", _export),
        web.get("/cameo/clips/{code}/{what:poster|video}", _file),
    ]


def _answering(shown: _Shown) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Answer with the panel that follows, or with the sentence that says why not."""

    async def answer(request: web.Request) -> web.Response:
        room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
        try:
            panel = await shown(request, room, asker)
        except Refusal as refused:
            return web.json_response({"sentence": tell.refusal(language, refused)}, status=422)
        except Exception:
            log.exception("the cameo panel broke", extra={"path": request.path})
            return web.json_response({"sentence": say(language, "trouble")}, status=500)
        return web.json_response(_json(panel, language), headers={"Cache-Control": "no-store"})

    return answer


async def _press(request: web.Request, room: Room, asker: Asker) -> Panel:
    key = from_data(str((await _body(request)).get("data")))
    return await acts.press(room, asker, key or Key(Deed.HOME), how=HOW)


async def _film(request: web.Request, room: Room, asker: Asker) -> Panel:
    fields, film = await _form(request)
    if film is None:
        raise FilmNotFetched()
    return await acts.enroll(
        room,
        asker,
        film,
        handle=fields.get("handle", ""),
        adult=fields.get("adult") == "yes",
        home=await enrolling.page_home(room, asker),
        how=HOW,
    )


async def _thing(request: web.Request, room: Room, asker: Asker) -> Panel:
    fields, file = await _form(request)
    if file is None:
        raise FilmNotFetched()
    kind = CameoKind.THING if fields.get("kind") == CameoKind.THING else CameoKind.PET
    home = await enrolling.page_home(room, asker)
    handle = fields.get("handle", "")
    return await acts.enroll_thing(room, asker, file, kind=kind, handle=handle, home=home)


async def _words(request: web.Request, room: Room, asker: Asker) -> Panel:
    body = await _body(request)
    cameo = str(body.get("cameo"))
    return await acts.word(
        room,
        asker,
        int(cameo) if cameo.isdecimal() and len(cameo) < 12 else 0,
        looks=str(body.get("looks") or ""),
        restrictions=str(body.get("restrictions") or ""),
    )


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return {}
    return body if isinstance(body, dict) else {}


async def _form(request: web.Request) -> tuple[dict[str, str], Fetch | None]:
    """The fields of a form, and its film. Raises FileTooHeavy or FilmNotFetched."""
    fields: dict[str, str] = {}
    film = None
    try:
        async for part in forms.parts(request):
            if part.name == "film":
                film = uploads.at_hand(await _film_of(part))
            elif part.name:
                fields[part.name] = await forms.text(part)
    except forms.BrokenForm:
        raise FilmNotFetched() from None
    return fields, film


async def _film_of(part: BodyPartReader) -> bytes:
    content = bytearray()
    async for chunk in forms.chunks(part):
        content += chunk
        if len(content) > MOST_MEGABYTES * 1_000_000:
            raise FileTooHeavy(most=MOST_MEGABYTES)
    return bytes(content)


async def _asked(request: web.Request) -> web.Response:
    """How many questions wait for the member."""
    waiting = await asking.open(request.app[ROOM], request[ASKER])
    return web.json_response({"count": len(waiting)}, headers={"Cache-Control": "no-store"})


async def _export(request: web.Request) -> web.Response:
    try:
        archive = await exporting.archive(request.app[ROOM], request[ASKER])
    except Refusal as refused:
        raise web.HTTPNotFound(text=tell.refusal(request[LANGUAGE], refused)) from None
    headers = {
        "Content-Disposition": f'attachment; filename="{EXPORT_NAME}"',
        "Cache-Control": "no-store",
    }
    return web.Response(body=archive, content_type="application/zip", headers=headers)


async def _file(request: web.Request) -> web.StreamResponse:
    """A clip that holds a cameo of the member's, drafts by others included."""
    room, code = request.app[ROOM], request.match_info["code"]
    clip = await seeing.clip_of(room, request[ASKER], code)
    is_film = request.match_info["what"] == "video"
    found = clip and ((clip.posted or clip.master) if is_film else clip.poster)
    if not found or not (path := room.media.path(found)).exists():
        missing = NoSuchClip(code=code[:12])
        raise web.HTTPNotFound(text=tell.refusal(request[LANGUAGE], missing))
    kind = "video/mp4" if is_film else "image/jpeg"
    return web.FileResponse(path, headers={"Content-Type": kind, "Cache-Control": "no-store"})


def _json(panel: Panel, language: str) -> dict[str, Any]:
    """The panel, as the page's script draws it."""
    form = panel.form
    return {
        "title": panel.title,
        "items": [
            {"text": item.text, "key": _key(item.key), "clip": item.clip} for item in panel.items
        ],
        "rows": [[_key(each) for each in row] for row in panel.rows],
        "picture": _address_of(panel.picture) if panel.picture else "",
        "film": panel.film[0] if panel.film else "",
        "form": {
            "kind": form.kind,
            "title": say(language, f"panel-form-{form.kind.value}"),
            "cameo": form.cameo,
            "handle": form.handle,
            "looks": form.looks,
            "restrictions": form.restrictions,
        }
        if form
        else None,
        "download": panel.file is not None,
    }


def _key(each: Labelled) -> dict[str, Any]:
    return {"data": to_data(each.key), "label": each.label, "grave": each.grave}


def _address_of(picture: bytes) -> str:
    """A data: address: the page lets images come from there."""
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
