"""The REST side's front door: every request is recorded, checked, perhaps made to fail, handled.

Relies on shapes.py for what a request may look like and on calls.py for who handles it. Knows no
endpoint by itself.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from .calls import HANDLERS, ApiError, Call, Reply, read_body
from .faults import Fault
from .shapes import Flaw, error_tree

if TYPE_CHECKING:
    from .app import FakeDiscord

BASE = "/api/v10"
#: With nothing after it: discord.py reads any other content type as text.
JSON = "application/json"
#: Where the token in the path is the authorisation.
_OPEN = ("/interactions/", "/webhooks/")


class Front:
    """Turns aiohttp requests into calls, and replies into aiohttp responses."""

    def __init__(self, server: FakeDiscord) -> None:
        self._server = server

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers one API request."""
        server = self._server
        path = request.path.removeprefix(BASE)
        try:
            body, files, strange = await read_body(request)
        except ValueError:
            server.complain(request.method, path, "body is not JSON")
            return _respond(Reply(400, {"message": "400: Bad Request", "code": 50109}))
        for oddity in strange:
            server.complain(request.method, path, f"unexpected {oddity}")
        call = Call(server, request.method, path, dict(request.query), body, files)
        call.at = server.world.now()
        server.requests.append(call)
        fault = server.faults.take(call.method, path)
        if fault is not None and not fault.after:
            await asyncio.sleep(fault.delay_s)
            if fault.disconnect or fault.status is not None:
                return self._fail(request, call, fault)
        response = self._answer(request, call)
        server.world.pulse.beat()
        if fault is not None and fault.after:
            await asyncio.sleep(fault.delay_s)
            if fault.disconnect or fault.status is not None:
                return self._fail(request, call, fault)
        return response

    def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.Response:
        call.status = fault.status or 0
        if fault.disconnect and request.transport is not None:
            request.transport.close()
        return _respond(Reply(fault.status or 500, fault.body), fault.headers)

    def _answer(self, request: web.Request, call: Call) -> web.Response:
        try:
            reply, headers = self._handle(request, call), {}
        except ApiError as error:
            if error.flaw:
                self._server.complain(call.method, call.path, json.dumps(error.body))
            reply, headers = Reply(error.status, error.body), error.headers
        call.status = reply.status
        return _respond(reply, headers)

    def _handle(self, request: web.Request, call: Call) -> Reply:
        server = self._server
        known = request.headers.get("Authorization") == f"Bot {server.token}"
        if not known and not call.path.startswith(_OPEN):
            raise ApiError(401, 0, "401: Unauthorized")
        found = server.shapes.find(call.method, call.path)
        if found is None:
            raise ApiError(404, 0, "404: Not Found: no such endpoint is played here", flaw=True)
        endpoint, call.params = found
        call.template = endpoint.template
        flaws = server.shapes.flaws(endpoint, call.query, call.body)
        if call.files and not endpoint.takes_files:
            flaws.append(Flaw((), "UNEXPECTED_FILES", "This endpoint takes no files"))
        if flaws:
            raise invalid(*flaws)
        return HANDLERS[call.method, call.template](call)


def invalid(*flaws: Flaw) -> ApiError:
    """Discord's refusal of a malformed request."""
    return ApiError(400, 50035, "Invalid Form Body", errors=error_tree(list(flaws)), flaw=True)


def _respond(reply: Reply, headers: dict[str, str] | None = None) -> web.Response:
    if reply.status == 204:
        return web.Response(status=204, headers=headers)
    # As bytes, so that the content type stays exactly application/json, with no charset after it.
    data = json.dumps(reply.body).encode()
    return web.Response(
        status=reply.status, body=data, headers={**(headers or {}), "Content-Type": JSON}
    )
