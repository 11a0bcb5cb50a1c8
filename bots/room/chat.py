"""What a member does on the page: ask for clips, remix them, call them off; and their files."""

import logging
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web

from bots.room import cards, forms, uploads
from bots.room.context import ASKER, LANGUAGE, REFUSED, ROOM
from bots.room.forms import BrokenForm
from bots.studio import deleting, finding, making, queue
from bots.studio.asker import Asker
from bots.studio.errors import CameoNotYours, NoSuchClip, PictureNotFetched, Refusal
from bots.studio.making import Ask
from bots.studio.pictures import Fetch
from bots.words import say, tell
from storage import jobs
from storage.clips import Clip
from storage.requests import Accepted
from storage.room import Room

log = logging.getLogger(__name__)

_Act = Callable[[Room, Asker, str, str], Awaitable[Clip]]
_Make = Callable[[Room, Asker, str, str, Ask], Awaitable[Accepted]]


def routes() -> list[web.RouteDef]:
    """The page's addresses for acts and files."""
    return [
        web.post("/create", _making(_create)),
        web.post("/clips/{code}/remix", _making(_remix)),
        web.post("/clips/{code}/again", _making(_again)),
        web.post("/clips/{code}/extend", _making(_extend)),
        web.post("/ask/{code}", _answering(_ask_owners)),
        web.post("/clips/{code}/cancel", _answering(_acting(_cancel))),
        web.post("/clips/{code}/delete", _answering(_acting(_delete))),
        web.get("/clips/{code}/video", _video),
        web.get("/clips/{code}/poster", _poster),
        web.get("/clips/{code}/preview", _preview),
    ]


_Answer = Callable[[web.Request], Awaitable[web.Response]]


def _answering(act: Callable[[web.Request], Awaitable[Clip]]) -> _Answer:
    """Answer with the clip's card, or with the sentence that says why not."""

    async def answer(request: web.Request) -> web.Response:
        room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
        try:
            card = await cards.of_clip(room, asker, language, await act(request))
            return web.json_response({"card": card})
        except _AskThem as wanted:
            said = {"sentence": tell.refusal(language, wanted.refused), "ask": wanted.code}
            label = say(language, "button-ask-handle", **wanted.refused.figures)
            return web.json_response({**said, "label": label}, status=422)
        except Refusal as refused:
            return web.json_response({"sentence": tell.refusal(language, refused)}, status=422)
        except Exception:
            log.exception("an act on the page broke", extra={"path": request.path})
            return web.json_response({"sentence": say(language, "trouble")}, status=500)

    return answer


class _AskThem(Exception):
    """Somebody's yes is wanted; `code` finds the request again once the member wants to ask."""

    def __init__(self, refused: CameoNotYours, code: str) -> None:
        super().__init__()
        self.refused = refused
        self.code = code


def _acting(act: _Act) -> Callable[[web.Request], Awaitable[Clip]]:
    async def acted(request: web.Request) -> Clip:
        words, _ = await _body(request)
        return await act(request.app[ROOM], request[ASKER], request.match_info["code"], words)

    return acted


def _making(make: _Make) -> _Answer:
    """Ask the studio for a clip; where somebody has to agree, it can be asked for again."""

    async def made(request: web.Request) -> Clip:
        room, asker = request.app[ROOM], request[ASKER]
        code = request.match_info.get("code", "")
        words, ask = await _body(request)

        async def work(asker: Asker, ask: Ask) -> Accepted:
            return await make(room, asker, code, words, ask)

        try:
            return (await work(asker, ask)).clip
        except CameoNotYours as refused:
            kept = request.app[REFUSED].keep(asker, ask, work)
            raise _AskThem(refused, kept) from refused

    return _answering(made)


async def _ask_owners(request: web.Request) -> Clip:
    asker = request[ASKER]
    work, ask = request.app[REFUSED].take(asker, request.match_info["code"])
    return (await work(asker, ask)).clip


async def _body(request: web.Request) -> tuple[str, Ask]:
    """The words, and the page's own key of the request: sent twice, it is one clip."""
    picture = None
    body: object
    if request.content_type.startswith("multipart/"):
        body, picture = await _form(request)
    else:
        try:
            body = await forms.json(request)
        except BrokenForm:
            body = {}
    if not isinstance(body, dict):
        body = {}
    key = str(body.get("key") or uuid.uuid4())[:64]
    ask = Ask(f"room:{request[ASKER].member.id}:{key}", picture=picture)
    return str(body.get("words") or ""), ask


async def _form(request: web.Request) -> tuple[dict[str, str], Fetch | None]:
    """The fields of a form, and its picture. Raises PictureTooHeavy."""
    fields: dict[str, str] = {}
    picture = None
    try:
        async for part in forms.parts(request):
            if part.name == "picture":
                picture = uploads.at_hand(await uploads.of_part(part))
            elif part.name:
                fields[part.name] = await forms.text(part)
    except BrokenForm:
        raise PictureNotFetched() from None
    return fields, picture


async def _create(room: Room, asker: Asker, code: str, words: str, ask: Ask) -> Accepted:
    parent, rest = await finding.split_code(room, asker, words)
    if parent and rest:
        return await making.remix(room, asker, parent, rest, ask)
    return await making.create(room, asker, words, ask)


async def _remix(room: Room, asker: Asker, code: str, words: str, ask: Ask) -> Accepted:
    parent = await finding.by_code(room, asker, code)
    return await making.remix(room, asker, parent, words, ask)


async def _again(room: Room, asker: Asker, code: str, words: str, ask: Ask) -> Accepted:
    parent = await finding.by_code(room, asker, code)
    return await making.vary(room, asker, parent, ask)


async def _extend(room: Room, asker: Asker, code: str, words: str, ask: Ask) -> Accepted:
    parent = await finding.by_code(room, asker, code)
    return await making.extend(room, asker, parent, words, ask)


async def _cancel(room: Room, asker: Asker, code: str, words: str) -> Clip:
    return await queue.cancel(room, asker, await finding.by_code(room, asker, code))


async def _delete(room: Room, asker: Asker, code: str, words: str) -> Clip:
    clip = await finding.by_code(room, asker, code)
    await deleting.delete(room, asker, clip)
    return clip


async def _video(request: web.Request) -> web.StreamResponse:
    clip = await _watched(request)
    return _file(request, clip.posted or clip.master, "video/mp4", f"{clip.code}.mp4")


async def _poster(request: web.Request) -> web.StreamResponse:
    clip = await _watched(request)
    return _file(request, clip.poster, "image/jpeg", f"{clip.code}.jpg")


async def _preview(request: web.Request) -> web.StreamResponse:
    clip = await _seen(request)
    job = await jobs.of_clip(request.app[ROOM].database.read, clip.id)
    # Nobody has agreed yet to what a half-made picture of them shows.
    preview = None if clip.plan.cast else job.preview
    return _file(request, preview, "image/jpeg", f"{clip.code}-preview.jpg")


async def _watched(request: web.Request) -> Clip:
    """The clip whose film the member may see now."""
    clip = await _seen(request)
    try:
        return await finding.film(request.app[ROOM], request[ASKER], clip)
    except Refusal as refused:
        raise web.HTTPNotFound(text=tell.refusal(request[LANGUAGE], refused)) from None


async def _seen(request: web.Request) -> Clip:
    try:
        return await finding.by_code(request.app[ROOM], request[ASKER], request.match_info["code"])
    except Refusal as refused:
        raise web.HTTPNotFound(text=tell.refusal(request[LANGUAGE], refused)) from None


def _file(request: web.Request, sha256: str | None, type: str, name: str) -> web.StreamResponse:
    """The file, in ranges if asked. What a clip's address holds never changes, but may vanish."""
    if sha256 is None or not (path := request.app[ROOM].media.path(sha256)).exists():
        missing = NoSuchClip(code=request.match_info["code"][:12])
        raise web.HTTPNotFound(text=tell.refusal(request[LANGUAGE], missing))
    headers = {
        "Content-Type": type,
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-cache",
    }
    return web.FileResponse(path, headers=headers)
