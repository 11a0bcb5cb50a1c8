"""One REST request as handlers see it, the answers they give, and the table of handlers.

Relies on nothing of Discord's state. A handler takes a Call and returns a Reply or raises
ApiError, which becomes Discord's JSON error.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

if TYPE_CHECKING:
    from .app import FakeDiscord

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file part of a request, named `files[index]`."""

    index: int
    filename: str
    data: bytes = field(repr=False)


@dataclass
class Call:
    """A request that came in."""

    server: FakeDiscord
    method: str
    #: without the API's base, such as /channels/1/messages
    path: str
    query: dict[str, str]
    body: Any
    files: list[Upload]
    #: the API's template for the path, and its parameters, once known
    template: str = ""
    params: dict[str, str] = field(default_factory=dict)
    #: what was answered; None while it is being handled
    status: int | None = None
    #: UTC seconds on the server's clock
    at: float = 0.0

    def id(self, name: str) -> int:
        """A path parameter as a snowflake."""
        return int(self.params[name])

    def asks(self, name: str) -> bool:
        """Whether a boolean query field is set."""
        return self.query.get(name) in ("true", "True", "1")


@dataclass(frozen=True)
class Reply:
    """A status and the JSON that goes with it; 204 has none."""

    status: int = 200
    body: Any = None


NOTHING = Reply(204)


class ApiError(Exception):
    """An error as Discord answers it: a status and a JSON code.

    `flaw` marks those that no correct app would run into; they count as violations.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: Json | None = None,
        headers: dict[str, str] | None = None,
        extra: Json | None = None,
        flaw: bool = False,
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.flaw = flaw
        self.body: Json = {"message": message, "code": code, **(extra or {})}
        if errors is not None:
            self.body["errors"] = errors


Handler = Callable[[Call], Reply]
HANDLERS: dict[tuple[str, str], Handler] = {}


def endpoint(method: str, template: str) -> Callable[[Handler], Handler]:
    """Registers the handler of an endpoint."""

    def register(handler: Handler) -> Handler:
        HANDLERS[method, template] = handler
        return handler

    return register


async def read_body(request: web.Request) -> tuple[Any, list[Upload], list[str]]:
    """A request's JSON, its files, and form fields that should not be there."""
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    text = await request.text()
    if not text:
        return None, [], []
    if request.content_type != "application/json":
        return None, [], [f"content type {request.content_type}"]
    return json.loads(text), [], []


async def _read_form(request: web.Request) -> tuple[Any, list[Upload], list[str]]:
    body: Any = None
    files: list[Upload] = []
    strange: list[str] = []
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        assert isinstance(part, BodyPartReader)
        name = part.name or ""
        if name == "payload_json":
            body = json.loads(await part.text())
        elif name.startswith("files[") and name[6:-1].isdecimal() and part.filename:
            files.append(Upload(int(name[6:-1]), part.filename, await part.read()))
        else:
            strange.append(f"form field {name!r}")
    return body, files, strange
