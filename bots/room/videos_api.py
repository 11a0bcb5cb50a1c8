"""The /v1/videos API, so that code written for OpenAI's videos runs on a room by its address alone.

Each call becomes the same studio function as a message in a chat. What it makes is its maker's own
and is posted nowhere; the page shows it to them. Sora's API closed in September 2026; servers of
open models kept this shape.
"""

import asyncio
import logging
import subprocess
import uuid
from collections.abc import Awaitable, Callable

import imageio_ffmpeg
from aiohttp import web

from bots.room import uploads, videos_body
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.room.videos_body import BadRequest, Body
from bots.room.videos_shape import ApiError, answer, refused, video, video_id
from bots.studio import deleting, finding, making
from bots.studio.errors import NoSuchClip, Refusal
from bots.studio.making import Ask
from bots.studio.options import Options
from bots.words import say
from storage import clips, offers
from storage.clips import Clip
from storage.room import Room

log = logging.getLogger(__name__)

PREFIX = "video_"
#: Videos on one page of a list.
USUAL_LIMIT, MOST_LIMIT = 20, 100
#: A spritesheet's pictures, across and down, and the width of one in pixels.
SHEET_ACROSS, SHEET_DOWN, SHEET_WIDTH = 5, 2, 256

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes() -> list[web.RouteDef]:
    """The API's addresses."""
    return [
        web.post("/v1/videos", _speaking(_create)),
        web.get("/v1/videos", _speaking(_list)),
        web.post("/v1/videos/edits", _speaking(_edit)),
        web.post("/v1/videos/extensions", _speaking(_extend)),
        web.route("*", "/v1/videos/characters", _speaking(_no_characters)),
        web.route("*", "/v1/videos/characters/{id}", _speaking(_no_characters)),
        web.get("/v1/videos/{id}", _speaking(_retrieve)),
        web.delete("/v1/videos/{id}", _speaking(_delete)),
        web.get("/v1/videos/{id}/content", _speaking(_content)),
        web.post("/v1/videos/{id}/remix", _speaking(_remix)),
        web.route("*", "/v1/{rest:.*}", _speaking(_unknown)),
    ]


def _speaking(handler: _Handler) -> _Handler:
    """Answer errors in OpenAI's form."""

    async def answered(request: web.Request) -> web.StreamResponse:
        language = request[LANGUAGE]
        try:
            return await handler(request)
        except ApiError as error:
            return answer(error)
        except BadRequest as error:
            return answer(ApiError(400, str(error), "invalid_value", error.param))
        except Refusal as refusal:
            return answer(refused(language, refusal))
        except web.HTTPRequestEntityTooLarge:
            return answer(ApiError(413, "The body is too large.", "too_large"))
        except Exception:
            log.exception("an API call broke", extra={"method": request.method})
            return answer(ApiError(500, say(language, "trouble"), "trouble"))

    return answered


async def _create(request: web.Request) -> web.Response:
    body = await videos_body.read(request)
    ask = await _ask(request, body)
    accepted = await making.create(request.app[ROOM], request[ASKER], body.wish.prompt, ask)
    return await _said(request, accepted.clip)


async def _remix(request: web.Request) -> web.Response:
    body = await videos_body.read(request)
    return await _remixed(request, body, await _clip(request, request.match_info["id"]))


async def _edit(request: web.Request) -> web.Response:
    body = await videos_body.read(request)
    return await _remixed(request, body, await _source(request, body))


async def _remixed(request: web.Request, body: Body, parent: Clip) -> web.Response:
    ask = await _ask(request, body)
    accepted = await making.remix(request.app[ROOM], request[ASKER], parent, body.wish.prompt, ask)
    return await _said(request, accepted.clip)


async def _extend(request: web.Request) -> web.Response:
    body = await videos_body.read(request)
    parent = await _source(request, body)
    accepted = await making.extend(
        request.app[ROOM], request[ASKER], parent, body.wish.prompt, await _ask(request, body)
    )
    return await _said(request, accepted.clip)


async def _retrieve(request: web.Request) -> web.Response:
    return await _said(request, await _clip(request, request.match_info["id"]))


async def _delete(request: web.Request) -> web.Response:
    clip = await _clip(request, request.match_info["id"])
    await deleting.delete(request.app[ROOM], request[ASKER], clip)
    return web.json_response({"id": video_id(clip), "object": "video.deleted", "deleted": True})


async def _list(request: web.Request) -> web.Response:
    limit = request.query.get("limit", str(USUAL_LIMIT))
    order = request.query.get("order", "desc")
    if not limit.isdecimal() or not 1 <= int(limit[:6]) <= MOST_LIMIT:
        raise BadRequest(f"limit should be 1 to {MOST_LIMIT}.", "limit")
    if order not in ("asc", "desc"):
        raise BadRequest("order should be asc or desc.", "order")
    after = request.query.get("after")
    start = await _clip(request, after) if after else None
    room, member = request.app[ROOM], request[ASKER].member
    found = await clips.of_member(
        room.database.read,
        member.id,
        after=start.id if start else None,
        ascending=order == "asc",
        most=int(limit) + 1,
    )
    shown = [await video(room, clip, request[LANGUAGE]) for clip in found[: int(limit)]]
    return web.json_response(
        {
            "object": "list",
            "data": shown,
            "first_id": shown[0]["id"] if shown else None,
            "last_id": shown[-1]["id"] if shown else None,
            "has_more": len(found) > int(limit),
        }
    )


async def _content(request: web.Request) -> web.StreamResponse:
    found = await _clip(request, request.match_info["id"])
    clip = await finding.film(request.app[ROOM], request[ASKER], found)
    room, variant = request.app[ROOM], request.query.get("variant", "video")
    assert clip.master is not None
    assert clip.poster is not None
    match variant:
        case "video":
            path, kind = room.media.path(clip.master), "video/mp4"
        case "thumbnail":
            path, kind = room.media.path(clip.poster), "image/jpeg"
        case "spritesheet":
            return web.Response(
                body=await asyncio.to_thread(_spritesheet, room, clip), content_type="image/jpeg"
            )
        case _:
            raise BadRequest("variant should be video, thumbnail or spritesheet.", "variant")
    return web.FileResponse(path, headers={"Content-Type": kind})


async def _no_characters(request: web.Request) -> web.Response:
    raise ApiError(404, say(request[LANGUAGE], "api-no-characters"), "not_offered")


async def _unknown(request: web.Request) -> web.Response:
    raise ApiError(404, say(request[LANGUAGE], "api-unknown"), "unknown_url")


async def _said(request: web.Request, clip: Clip) -> web.Response:
    return web.json_response(dict(await video(request.app[ROOM], clip, request[LANGUAGE])))


async def _ask(request: web.Request, body: Body) -> Ask:
    """The request as the studio takes it. A model that the room does not have is its usual one."""
    room = request.app[ROOM]
    known = await offers.all_known(room.database.read)
    named = next((offer for offer in known if offer.preset == body.wish.model), None)
    offer = named or next((o for o in known if o.preset == room.settings.preset), None)
    options = body.wish.options(fps=offer.fps if offer else 24)
    if named:
        options = options.over(Options(preset=named.preset))
    key = request.headers.get("Idempotency-Key") or uuid.uuid4().hex
    picture = uploads.at_hand(body.picture) if body.picture is not None else None
    key = f"api:{request[ASKER].member.id}:{key[:200]}"
    return Ask(key, options=options, post=False, picture=picture)


async def _clip(request: web.Request, id: str) -> Clip:
    code = id.removeprefix(PREFIX)
    return await finding.by_code(request.app[ROOM], request[ASKER], code)


async def _source(request: web.Request, body: Body) -> Clip:
    """The video that an edit or an extension names, or brings along as a file of ours."""
    if body.video_id:
        return await _clip(request, body.video_id)
    if body.video_sha256 is None:
        raise BadRequest("Which video? Send its file or its id.", "video")
    found = await clips.by_file(request.app[ROOM].database.read, body.video_sha256)
    if found is None:
        raise ApiError(400, say(request[LANGUAGE], "api-not-our-video"), "unknown_video", "video")
    try:
        return await finding.by_code(request.app[ROOM], request[ASKER], found.code)
    except NoSuchClip:
        message = say(request[LANGUAGE], "api-not-our-video")
        raise ApiError(400, message, "unknown_video", "video") from None


def _spritesheet(room: Room, clip: Clip) -> bytes:
    """Pictures of the clip at even times, side by side, as one JPEG. Blocks."""
    assert clip.master is not None
    count = SHEET_ACROSS * SHEET_DOWN
    rate = count / max(0.1, clip.seconds or 1.0)
    filters = f"fps={rate:.4f},scale={SHEET_WIDTH}:-2,tile={SHEET_ACROSS}x{SHEET_DOWN}"
    made = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(room.media.path(clip.master)),
         "-vf", filters, "-frames:v", "1", "-f", "image2pipe", "-c:v", "mjpeg", "-"],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return made.stdout
