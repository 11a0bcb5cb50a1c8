"""Moderation on the page: what waits, with the film and the chain, appeals, and the audit log.

For the room's owner: whoever sits at the machine, or holds a key made with `--moderator`. Anyone
may report a clip that they see. Plain forms: it works without a script.
"""

import datetime
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from bots import moderation
from bots.room import forms, pages
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.studio import finding, moderating, reporting
from bots.studio.asker import Asker
from bots.studio.errors import NoSuchClip, NotAModerator, Refusal
from bots.words import moderation as words
from bots.words import say, tell
from storage import audit, people
from storage.audit import Entry
from storage.reports import ReportReason
from storage.room import Room
from storage.spaces import Strictness

#: Entries of the audit log that the page shows.
MOST_ENTRIES = 100


def routes() -> list[web.RouteDef]:
    """The addresses of reports and of moderation."""
    return [
        web.get("/clips/{code}/report", _ask),
        web.post("/clips/{code}/report", _report),
        web.get("/moderation", _queue),
        web.get("/moderation/{code}/film", _film),
        web.post("/moderation/lift/{id:[0-9]{1,15}}", _lift),
        web.post("/moderation/{answer:grant|deny}/{refusal}", _answer),
        web.post("/moderation/strictness/{level}", _set_strictness),
        web.post("/moderation/{act}/{code}", _act),
    ]


async def _ask(request: web.Request) -> web.Response:
    """The reasons to choose from."""
    language = request[LANGUAGE]
    reasons = [(each.value, say(language, f"reason-{each.value}")) for each in ReportReason]
    values = {"code": request.match_info["code"], "reasons": reasons}
    return pages.html("report.html", language, values)


async def _report(request: web.Request) -> web.Response:
    room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
    form = await forms.fields(request)
    chosen = form.get("reason", "")
    reason = ReportReason(chosen) if chosen in set(ReportReason) else ReportReason.OTHER
    try:
        clip = await finding.by_code(room, asker, request.match_info["code"])
        told = await reporting.report(room, asker, clip, reason=reason, words=form.get("words", ""))
    except Refusal as refused:
        return web.Response(text=tell.refusal(language, refused), status=422)
    return web.Response(text=words.reported(language, told))


async def _queue(request: web.Request) -> web.Response:
    room, asker, language = request.app[ROOM], request[ASKER], request[LANGUAGE]
    try:
        cases = await moderating.queue(room, asker)
        appeals = await moderating.appeals(room, asker)
    except NotAModerator as refused:
        return web.Response(text=tell.refusal(language, refused), status=403)
    entries = await audit.newest(room.database.read, most=MOST_ENTRIES)
    values = {
        "cases": [
            (case.clip, words.case(language, case), moderation.offered(case)) for case in cases
        ],
        "appeals": [(each.sanction.id, words.appeal(language, each)) for each in appeals],
        "refused": await _refused(room, asker, language),
        "levels": [(each.value, say(language, f"level-{each.value}")) for each in Strictness],
        "level": asker.space.strictness.value,
        "entries": [await _entry(room, language, each) for each in entries],
        "whole": (await audit.verify(room.database.read)).broken_at is None,
        "said": request.query.get("said", "")[:300],
    }
    return pages.html("moderation.html", language, values)


async def _film(request: web.Request) -> web.StreamResponse:
    """The film of a clip that waits: members can't see it meanwhile."""
    room, language = request.app[ROOM], request[LANGUAGE]
    try:
        clip = await moderating.find(room, request[ASKER], request.match_info["code"])
    except Refusal as refused:
        raise web.HTTPNotFound(text=tell.refusal(language, refused)) from None
    path = room.media.path(clip.master) if clip.master else None
    if path is None or not path.exists():
        missing = tell.refusal(language, NoSuchClip(code=clip.code))
        raise web.HTTPNotFound(text=missing)
    return web.FileResponse(
        path, headers={"Content-Type": "video/mp4", "Cache-Control": "no-store"}
    )


async def _act(request: web.Request) -> web.StreamResponse:
    act = moderation.ACTS.get(request.match_info["act"])
    if act is None:
        raise web.HTTPNotFound

    async def deed(room: Room, asker: Asker) -> str:
        clip = await moderating.find(room, asker, request.match_info["code"])
        return await act(room, asker, clip)

    return await _done(request, deed)


async def _lift(request: web.Request) -> web.StreamResponse:
    async def deed(room: Room, asker: Asker) -> str:
        return await moderation.lift(room, asker, int(request.match_info["id"]))

    return await _done(request, deed)


async def _answer(request: web.Request) -> web.StreamResponse:
    async def deed(room: Room, asker: Asker) -> str:
        grant = request.match_info["answer"] == "grant"
        return await moderation.answer(room, asker, request.match_info["refusal"], grant=grant)

    return await _done(request, deed)


async def _set_strictness(request: web.Request) -> web.StreamResponse:
    level = request.match_info["level"]
    if level not in set(Strictness):
        raise web.HTTPNotFound

    async def deed(room: Room, asker: Asker) -> str:
        return await moderation.set_strictness(room, asker, level)

    return await _done(request, deed)


async def _refused(room: Room, asker: Asker, language: str) -> list[tuple[str, str]]:
    """Code and words of each appeal against a refusal."""
    return [
        (
            each.code,
            words.refused(
                language,
                each,
                name=(await people.get(room.database.read, each.member_id)).name,
            ),
        )
        for each in await moderating.refused(room, asker)
    ]


async def _done(
    request: web.Request, deed: Callable[[Room, Asker], Awaitable[str]]
) -> web.StreamResponse:
    """Do it, and show what waits next under the sentence that says so."""
    try:
        said = await deed(request.app[ROOM], request[ASKER])
    except Refusal as refused:
        said = tell.refusal(request[LANGUAGE], refused)
    raise web.HTTPSeeOther(f"/moderation?said={quote(said)}")


async def _entry(room: Room, language: str, entry: Entry) -> str:
    """A line of the audit log."""
    at = datetime.datetime.fromtimestamp(entry.at, datetime.UTC).strftime("%Y-%m-%d %H:%M")
    who = "–"
    if entry.member_id is not None:
        try:
            who = (await people.get(room.database.read, entry.member_id)).name
        except LookupError:
            # Their account was linked to another member since.
            who = f"#{entry.member_id}"
    detail = ", ".join(f"{name} {value}" for name, value in entry.detail.items())
    act = say(language, "audit-" + entry.act.value.replace("_", "-"))
    return " · ".join((at, act, who, detail))
