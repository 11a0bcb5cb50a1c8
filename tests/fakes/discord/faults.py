"""What goes wrong on purpose: refusals, rate limits, lost connections and lost answers.

A test adds faults to `server.faults`; the REST side asks for the one that fits each request and
carries it out. Each fault is used a fixed number of times, first added first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False)
class Fault:
    """One thing that will go wrong."""

    method: str
    #: path as a regular expression, without the API's base
    path: re.Pattern[str]
    #: how many requests it still hits
    left: int
    #: let the request do its work first: the answer is what gets lost
    after: bool = False
    #: seconds to wait, before or after the work
    delay_s: float = 0.0
    #: status to answer with; None with no `disconnect` lets the answer through
    status: int | None = None
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    #: close the connection instead of answering
    disconnect: bool = False
    #: how many requests it has hit
    used: int = 0


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def refuse(
        self,
        method: str,
        path: str,
        status: int,
        *,
        code: int = 0,
        message: str = "refused by a test",
        times: int = 1,
    ) -> Fault:
        """Answers `status` without doing the work (a 5xx too)."""
        body = {"message": message, "code": code}
        return self._add(Fault(method, _pattern(path), times, status=status, body=body))

    def rate_limit(
        self,
        method: str,
        path: str,
        *,
        retry_after: float = 0.2,
        everywhere: bool = False,
        times: int = 1,
    ) -> Fault:
        """Answers 429; `everywhere` makes it the global limit. `retry_after` in seconds."""
        headers = {
            "Retry-After": str(retry_after),
            "X-RateLimit-Scope": "global" if everywhere else "user",
            "Via": "1.1 google",
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        body = {
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": everywhere,
        }
        fault = Fault(method, _pattern(path), times, status=429, body=body, headers=headers)
        return self._add(fault)

    def disconnect(self, method: str, path: str, *, times: int = 1) -> Fault:
        """Closes the connection before any work is done."""
        return self._add(Fault(method, _pattern(path), times, disconnect=True))

    def lose_answer(
        self, method: str, path: str, *, status: int | None = None, times: int = 1
    ) -> Fault:
        """Does the work, then closes the connection, or answers `status` (a 5xx) instead."""
        fault = Fault(method, _pattern(path), times, after=True, status=status)
        fault.disconnect = status is None
        fault.body = {"message": "lost by a test", "code": 0}
        return self._add(fault)

    def delay(
        self, method: str, path: str, seconds: float, *, after: bool = False, times: int = 1
    ) -> Fault:
        """Waits before the work, or between the work and its answer."""
        fault = Fault(method, _pattern(path), times, after=after, delay_s=seconds)
        return self._add(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, counted as used."""
        for fault in self._faults:
            if fault.left > 0 and fault.method in (method, "*") and fault.path.fullmatch(path):
                fault.left -= 1
                fault.used += 1
                return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault


def _pattern(path: str) -> re.Pattern[str]:
    """`*` or `{name}` stands for one segment, `**` for any number."""
    parts = re.split(r"(\*\*|\*|\{\w+\})", path)
    meanings = {"**": ".*"}
    return re.compile(
        "".join(
            meanings.get(part, "[^/]+") if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
    )
