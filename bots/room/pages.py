"""The pages: the chat, a chain or a tree as a picture, and the door that asks for a key."""

from collections.abc import Mapping
from importlib import resources

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bots.room import picture
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.studio import finding, looking
from bots.studio.asker import Authority
from bots.studio.errors import Refusal
from bots.words import say, tell

#: Sentences that the page's own script needs, by the name it knows them by.
_FOR_SCRIPT = (
    "remix", "again", "extend", "chain", "tree", "info", "delete", "report", "cancel",
)  # fmt: skip
_SENTENCES = (
    "field-change", "field-next", "page-send", "page-close", "page-offline", "page-empty",
    "page-delete-sure", "page-verify-reading", "trouble", "panel-film-looking",
    "page-cameo-record", "page-cameo-stop",
    "page-cameo-again", "page-cameo-no-film", "page-cameo-no-camera",
)  # fmt: skip

_templates = Environment(
    loader=FileSystemLoader(str(resources.files("bots.room") / "templates")),
    autoescape=True,
    undefined=StrictUndefined,
)


def routes() -> list[web.RouteDef]:
    """The addresses that people see."""
    return [
        web.get("/", _page),
        web.get("/c/{code}", _page),
        web.get("/help", _help),
        web.get("/help/picture", _help_picture),
        web.get("/clips/{code}/chain", _chain),
        web.get("/clips/{code}/tree", _tree),
        web.get("/clips/{code}/info", _info),
    ]


def key_page(language: str, *, wrong: bool) -> web.Response:
    """The door: asks for a key."""
    return html("key.html", language, {"wrong": wrong}, status=403 if wrong else 401)


async def _page(request: web.Request) -> web.Response:
    language = request[LANGUAGE]
    words = {name: say(language, f"button-{name}") for name in _FOR_SCRIPT}
    words |= {name: say(language, name) for name in _SENTENCES}
    shown = request.match_info.get("code", "")
    moderates = request[ASKER].authority is Authority.ROOM
    values = {"words": words, "shown": shown, "moderates": moderates}
    return html("room.html", language, values)


async def _help(request: web.Request) -> web.Response:
    language = request[LANGUAGE]
    offer, picture = await looking.help(request.app[ROOM], language)
    values = {"text": tell.help(language, offer), "shown": picture is not None}
    return html("help.html", language, values)


async def _help_picture(request: web.Request) -> web.StreamResponse:
    _, picture = await looking.help(request.app[ROOM], request[LANGUAGE])
    if picture is None:
        raise web.HTTPNotFound
    return web.FileResponse(picture, headers={"Content-Type": "image/png"})


async def _chain(request: web.Request) -> web.Response:
    room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
    try:
        clip = await finding.by_code(room, asker, request.match_info["code"])
    except Refusal as refused:
        return web.Response(text=tell.refusal(language, refused), status=404)
    found = await looking.chain(room, asker, clip)
    drawn = picture.draw(found.links)
    values = {
        "title": say(language, "chain-title", code=clip.code),
        "picture": drawn,
        "asked": clip.code,
        "more": say(language, "chain-left-out", count=found.left_out) if found.left_out else "",
    }
    return html("picture.html", language, values)


async def _tree(request: web.Request) -> web.Response:
    room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
    try:
        clip = await finding.by_code(room, asker, request.match_info["code"])
    except Refusal as refused:
        return web.Response(text=tell.refusal(language, refused), status=404)
    found = await looking.tree(room, asker, clip)
    left = found.size - len(found.branches)
    values = {
        "title": say(language, "tree-title", count=found.size, code=found.branches[0].code),
        "picture": picture.draw(found.branches),
        "asked": clip.code,
        "more": say(language, "more-clips", count=left) if left else "",
    }
    return html("picture.html", language, values)


async def _info(request: web.Request) -> web.Response:
    room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
    try:
        clip = await finding.by_code(room, asker, request.match_info["code"])
    except Refusal as refused:
        return web.Response(text=tell.refusal(language, refused), status=404)
    return web.Response(text=tell.info(language, await looking.info(room, clip)))


def html(
    name: str, language: str, values: Mapping[str, object], *, status: int = 200
) -> web.Response:
    """A template, filled."""
    text = _templates.get_template(name).render(
        language=language,
        say=lambda key, **figures: say(language, key, **figures),
        branch=lambda link: tell.branch(language, link),
        **values,
    )
    return web.Response(
        text=text, content_type="text/html", status=status, headers={"Cache-Control": "no-store"}
    )
