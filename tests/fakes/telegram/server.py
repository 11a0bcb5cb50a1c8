"""The fake Bot API server: HTTP on loopback in front of the world.

It speaks to any client by URL, in this process or another one. Every request is checked by
shapes.py before anything happens; what a correct bot would never send ends in `violations`.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from aiohttp import BodyPartReader, web

from . import about, editing, sending
from .clock import Flood
from .errors import ApiError
from .faults import Fault
from .model import Chat, ChatKind, Membership, User
from .people import Person
from .places import Place, open_chat
from .requests import Call
from .shapes import Upload, method_named, typed_arguments
from .world import World

Json = dict[str, Any]

_METHODS: Mapping[str, Callable[[Call], object]] = {
    **sending.METHODS,
    **editing.METHODS,
    **about.METHODS,
}
#: Room for a request's other fields beside the file.
_SLACK = 64 * 1024
_CONNECTION_LOST = ApiError(0, "the connection was closed before the request was read")


@dataclass(frozen=True)
class Request:
    """A request that was answered, getUpdates left out."""

    method: str
    arguments: Json
    """Typed; files as shapes.Upload."""
    at: float
    """The server clock's seconds."""
    error: ApiError | None = None
    """What was answered instead; None too where it was done and only the answer was lost."""


class FakeTelegram(World):
    """`async with FakeTelegram() as server:` – then point a bot at `server.api_url`."""

    def __init__(
        self, username: str = "reelroom_bot", token: str | None = None, port: int = 0
    ) -> None:
        """`port` 0 takes a free one. The token looks like a real one and is not secret."""
        super().__init__(bot=User(5_100_000_007, "Reelroom", username, is_bot=True))
        self.flood = Flood(self.clock)
        self.token = token or f"{self.bot.id}:AAF-fake-fake-fake-fake-fake-fake-fak"
        self.requests: list[Request] = []
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "FakeTelegram":
        app = web.Application(client_max_size=self.max_upload + _SLACK)
        app.router.add_route("*", "/bot{token}/{method}", self._on_method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._on_file)
        app.router.add_route("*", "/{other:.*}", _on_anything_else)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        self.updates.stop()
        await self._runner.cleanup()

    def __repr__(self) -> str:
        return f"<FakeTelegram {len(self.chats)} chats, violations={self.violations}>"

    @property
    def api_url(self) -> str:
        """What takes the place of https://api.telegram.org.

        For python-telegram-bot: base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot".
        """
        return f"http://127.0.0.1:{self._port}"

    def user(
        self,
        name: str,
        *,
        language_code: str | None = "en",
        username: str | None = None,
        is_bot: bool = False,
    ) -> Person:
        """A new person, or another bot, whose messages never reach ours."""
        person = Person(
            self.new_id(),
            name.capitalize(),
            username or f"{name.lower()}_{self.number()}",
            language_code,
            is_bot,
            world=self,
        )
        self.users[person.id] = person
        return person

    def private(self, person: Person) -> Place:
        """The person's private chat with the bot, which can't write there before they do."""
        return person.private

    def group(
        self,
        title: str,
        members: list[Person] | None = None,
        *,
        basic: bool = False,
        admins: list[Person] | None = None,
        bot_is_admin: bool = False,
    ) -> Place:
        """A group with the bot in it: a supergroup, or with `basic` one that can migrate."""
        kind = ChatKind.GROUP if basic else ChatKind.SUPERGROUP
        everyone = [*(members or []), *(a for a in admins or [] if a not in (members or []))]
        place = open_chat(self, kind, title, members=[*everyone], admins=[*(admins or [])])
        if bot_is_admin:
            place.bot_status = Membership.ADMINISTRATOR
        return place

    def channel(
        self, title: str, *, admins: list[Person] | None = None, discussion: Chat | None = None
    ) -> Place:
        """A channel with the bot as an admin, perhaps linked to a group."""
        place = open_chat(self, ChatKind.CHANNEL, title, admins=[*(admins or [])])
        place.bot_status = Membership.ADMINISTRATOR
        place.discussion = discussion
        if discussion is not None:
            discussion.linked_channel = place
        return place

    def command_menu(self, person: Person, chat: Chat) -> list[tuple[str, str]]:
        """The (command, description) pairs that a person sees on typing "/" in a chat."""
        return about.commands_shown(self, person, chat)

    def calls(self, method: str) -> list[Request]:
        """The requests of one method, refused ones included, oldest first."""
        return [request for request in self.requests if request.method == method]

    async def _on_method(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], Json()
        fault: Fault | None = None
        try:
            self._check_token(request.match_info["token"])
            fields, uploads = await self._read(request)
            method = method_named(method)
            arguments = typed_arguments(method, fields, uploads)
            fault = await self._met_fault(method, arguments)
            if fault is not None and not fault.after:
                self._remember(method, arguments, fault.error or _CONNECTION_LOST)
                return self._faulty(request, fault)
            result = await self._do(Call(self, method, arguments, uploads))
        except ApiError as error:
            self._remember(method, arguments, error)
            return _refusal(error)
        self._remember(method, arguments, None)
        if fault is not None:
            return self._faulty(request, fault)
        return web.json_response({"ok": True, "result": result})

    async def _do(self, call: Call) -> object:
        if call.method == "getUpdates":
            self.updates.allow(call.get("allowed_updates"))
            limit = min(max(call.get("limit", 100), 1), 100)
            poll = self.updates.begin(call.get("offset", 0))
            self.changed()
            return await self.updates.get(poll, limit, call.get("timeout", 0))
        return _METHODS[call.method](call)

    async def _met_fault(self, method: str, arguments: Json) -> Fault | None:
        """Sits out the delays that tests ordered, and returns what else is to go wrong."""
        met = self.faults.due(method, arguments)
        for delay in met:
            await asyncio.sleep(delay.delay)
        return next((fault for fault in met if not fault.delay), None)

    def _faulty(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.error is not None:
            return _refusal(fault.error)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _remember(self, method: str, arguments: Json, error: ApiError | None) -> None:
        if error is not None and error.breaks_the_rules:
            self.violations.append(f"{method}: {error.description}")
        if method != "getUpdates":
            self.requests.append(Request(method, arguments, self.clock.now(), error))
        self.changed()

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]{30,}", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _read(self, request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
        """The request's fields and files, wherever it carries them."""
        fields = dict(request.query)
        uploads: dict[str, Upload] = {}
        if request.content_type == "application/json":
            for name, value in (await request.json()).items():
                fields[name] = value if isinstance(value, str) else json.dumps(value)
        elif request.content_type == "multipart/form-data":
            await self._read_parts(request, fields, uploads)
        else:
            fields |= {name: str(value) for name, value in (await request.post()).items()}
        return fields, uploads

    async def _read_parts(
        self, request: web.Request, fields: dict[str, str], uploads: dict[str, Upload]
    ) -> None:
        """Reads to the end even what is too big, so that the client hears the refusal."""
        too_big = False
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            assert part.name is not None
            data = bytearray()
            while chunk := await part.read_chunk(256 * 1024):
                too_big = too_big or len(data) + len(chunk) > self.max_upload
                if not too_big:
                    data += chunk
            if part.filename is None:
                fields[part.name] = data.decode()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                uploads[part.name] = Upload(part.filename, mime, bytes(data))
        if too_big:
            raise ApiError(413, "Request Entity Too Large")

    async def _on_file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return _refusal(error)
        path = request.match_info["path"]
        found = next((file for file in self.files.values() if file.path == path), None)
        if found is None or found.size > self.max_download:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=found.data, content_type="application/octet-stream")


async def _on_anything_else(request: web.Request) -> web.Response:
    return _refusal(ApiError(404, "Not Found"))


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.json_response(body, status=error.code, headers=headers)
