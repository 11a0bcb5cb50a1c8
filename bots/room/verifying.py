"""The page's drop zone: a file comes in, and goes again once it is told what it is.

It is written to the room's disk under a temporary name, never kept in memory and never served.
"""

import asyncio
from pathlib import Path

from aiohttp import BodyPartReader, web

from bots.room import forms
from bots.room.context import ASKER, LANGUAGE, ROOM
from bots.room.forms import BrokenForm
from bots.room.pages import html
from bots.studio.errors import FileNotRead, FileTooHeavy, Refusal
from bots.studio.verifying import verify
from bots.words import provenance, tell

#: Megabytes of a file that is looked at.
MOST_MEGABYTES = 200


def routes() -> list[web.RouteDef]:
    """The drop zone's address."""
    return [web.post("/verify", _verify)]


async def _verify(request: web.Request) -> web.Response:
    room, language = request.app[ROOM], request[LANGUAGE]
    path = await asyncio.to_thread(room.media.scratch)
    try:
        await _receive(request, path)
        found = await verify(room, path, viewer=request[ASKER])
    except Refusal as refused:
        return web.json_response({"sentence": tell.refusal(language, refused)}, status=422)
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)
    steps = [(provenance.step(language, each), each) for each in found.steps]
    values = {"standing": found.standing.value, "known": found.clip is not None, "steps": steps}
    return html(
        "verdict.html", language, {**values, "verdict": provenance.verdict(language, found)}
    )


async def _receive(request: web.Request, path: Path) -> None:
    """Write the file of the form to `path`. Raises a Refusal."""
    try:
        async for part in forms.parts(request):
            if part.name == "file":
                return await _write(part, path)
    except BrokenForm:
        raise FileNotRead() from None
    raise FileNotRead()


async def _write(part: BodyPartReader, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in forms.chunks(part):
            size += len(chunk)
            if size > MOST_MEGABYTES * 1_000_000:
                raise FileTooHeavy(most=MOST_MEGABYTES)
            await asyncio.to_thread(file.write, chunk)
