"""A server of the /v1/videos API, as its client sees it: create, look, fetch, call off, list.

The shape is OpenAI's, as SGLang Diffusion, vLLM-Omni, FastVideo and Reelroom serve it. They differ
in how they take a request: SGLang reads a form only with a picture in it, vLLM-Omni reads nothing
but forms. Calls block.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

#: Seconds to connect, and to wait for an answer: servers answer while they render.
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
#: Statuses of a server that can't read a body in this form.
_WRONG_FORM = (400, 415, 422)


class NotReached(Exception):
    """The request was not sent, or not taken now: it can be sent again, here or elsewhere."""


class Unanswered(Exception):
    """The request was sent and no answer came: what became of it is not known."""


class Refused(Exception):
    """The server answered that it will not: the status and its words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status = status


@dataclass(frozen=True)
class Video:
    """A video as the server shows it."""

    id: str
    #: "queued", "in_progress", "completed", "failed", or what a server may add.
    status: str
    #: Percent.
    progress: float
    #: What it was made from, where the server tells.
    prompt: str | None
    seed: int | None
    error: str | None

    @property
    def is_open(self) -> bool:
        """Whether it waits or renders."""
        return self.status not in ("completed", "failed", "deleted", "cancelled")


class Server:
    """One server. Used from several threads at once."""

    def __init__(self, address: str, key: str | None) -> None:
        """`address` goes up to `/v1`; `key` is what it asks for, if anything."""
        self.address = address.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        self._client = httpx.Client(headers=headers, timeout=timeout, trust_env=False)
        #: It reads nothing but forms.
        self._forms = False

    def create(self, fields: Mapping[str, object], picture: Path | None, *, key: str) -> Video:
        """Ask for a video. `key` names the wish: a server that knows it makes no second one.

        Raises NotReached, Unanswered and Refused.
        """
        headers = {"Idempotency-Key": key}
        if picture is None and not self._forms:
            try:
                return _video(self._post({"json": dict(fields), "headers": headers}))
            except Refused as refused:
                if refused.status not in _WRONG_FORM:
                    raise
        made = _video(self._post({"files": _form(fields, picture), "headers": headers}))
        # A picture comes in a form everywhere, which tells nothing of words alone.
        self._forms = self._forms or picture is None
        return made

    def look(self, id: str) -> Video:
        """The video as it stands. Raises as `create` does."""
        return _video(self._ask("GET", f"/videos/{id}"))

    def newest(self) -> list[Video]:
        """The newest videos, as far as the server lists them. Raises as `create` does."""
        found = self._ask("GET", "/videos", params={"limit": 100, "order": "desc"})
        return [_video(each) for each in found.get("data", [])]

    def fetch(self, id: str, path: Path) -> None:
        """Write the video's file to `path`. Raises as `create` does."""
        try:
            with self._client.stream("GET", f"{self.address}/videos/{id}/content") as answer:
                if answer.status_code != 200:
                    raise Refused(answer.status_code, "no content")
                with path.open("wb") as file:
                    for piece in answer.iter_bytes(1 << 20):
                        file.write(piece)
        except httpx.HTTPError as error:
            raise Unanswered(f"{type(error).__name__}: {error}") from error

    def call_off(self, id: str) -> None:
        """The video is no longer wanted. A server that can't be told is left alone."""
        try:
            self._ask("DELETE", f"/videos/{id}")
        except (NotReached, Unanswered, Refused):
            return

    def _post(self, options: dict[str, Any]) -> dict[str, Any]:
        return self._ask("POST", "/videos", **options)

    def _ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        try:
            answer = self._client.request(method, f"{self.address}{path}", **options)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotReached(f"{type(error).__name__}: {error}") from error
        except httpx.HTTPError as error:
            raise Unanswered(f"{type(error).__name__}: {error}") from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NotReached("it has enough to do")
        if answer.status_code >= 500:
            # A proxy may say so for a server that is at work behind it.
            raise Unanswered(f"{answer.status_code}: {answer.text[:200]}")
        if answer.status_code >= 300:
            raise Refused(answer.status_code, answer.text[:200])
        try:
            found = answer.json()
        except ValueError as error:
            raise Refused(answer.status_code, "no JSON") from error
        if not isinstance(found, dict):
            raise Refused(answer.status_code, "no object")
        return found


def _form(fields: Mapping[str, object], picture: Path | None) -> list[tuple[str, Any]]:
    """The fields as parts of a form, the picture among them."""
    parts: list[tuple[str, Any]] = [
        (name, (None, str(value).encode())) for name, value in fields.items()
    ]
    if picture is not None:
        parts.append(("input_reference", ("picture.png", picture.read_bytes(), "image/png")))
    return parts


def _video(found: Mapping[str, Any]) -> Video:
    error = found.get("error")
    return Video(
        id=str(found.get("id", "")),
        status=str(found.get("status", "")),
        progress=float(found.get("progress") or 0),
        prompt=found.get("prompt"),
        seed=found.get("seed"),
        error=str(error.get("message")) if isinstance(error, dict) else None,
    )
