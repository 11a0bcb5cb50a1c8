"""Faults that tests order: wrong answers, lost connections and delays, by method.

A fault before processing leaves no trace on the server; one after it loses only the answer, so
the message is there. Faults are used up in the order they were added.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import ApiError

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass(eq=False)
class Fault:
    """One order."""

    method: str
    """A method's name, or "*"."""
    error: ApiError | None = None
    disconnect: bool = False
    after: bool = False
    """True: the request is carried out first."""
    delay: float = 0.0
    """Real seconds before anything else."""
    times: int | None = 1
    """How often it still applies; None is for ever."""
    only_if: Callable[[dict[str, Any]], bool] | None = None
    """Looks at the request's typed fields."""
    hits: int = 0

    def takes(self, method: str, arguments: dict[str, Any]) -> bool:
        """Whether it applies to this request; counts it if so."""
        if self.method.lower() not in ("*", method.lower()) or self.times == 0:
            return False
        if self.only_if is not None and not self.only_if(arguments):
            return False
        self.hits += 1
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Faults:
    """The orders that stand."""

    orders: list[Fault] = field(default_factory=list)

    def fail(
        self,
        method: str,
        code: int,
        description: str = "",
        *,
        retry_after: int | None = None,
        after: bool = False,
        times: int | None = 1,
        only_if: Callable[[dict[str, Any]], bool] | None = None,
    ) -> Fault:
        """Answer `code`; the description has Telegram's prefix, or is made from the code."""
        parameters = {} if retry_after is None else {"retry_after": retry_after}
        words = description or _WORDS.get(code, "Error")
        if not description and retry_after is not None:
            words = f"{words}: retry after {retry_after}"
        error = ApiError(code, words, parameters)
        return self._add(Fault(method, error=error, after=after, times=times, only_if=only_if))

    def disconnect(
        self,
        method: str,
        *,
        after: bool = False,
        times: int | None = 1,
        only_if: Callable[[dict[str, Any]], bool] | None = None,
    ) -> Fault:
        """Close the connection without an answer."""
        return self._add(Fault(method, disconnect=True, after=after, times=times, only_if=only_if))

    def delay(
        self,
        method: str,
        seconds: float,
        *,
        times: int | None = 1,
        only_if: Callable[[dict[str, Any]], bool] | None = None,
    ) -> Fault:
        """Start on the request only after real seconds."""
        return self._add(Fault(method, delay=seconds, times=times, only_if=only_if))

    def clear(self) -> None:
        self.orders.clear()

    def due(self, method: str, arguments: dict[str, Any]) -> list[Fault]:
        """The delays and the first other fault that this request meets."""
        met: list[Fault] = []
        for fault in self.orders:
            is_second = not fault.delay and any(not other.delay for other in met)
            if not is_second and fault.takes(method, arguments):
                met.append(fault)
        return met

    def _add(self, fault: Fault) -> Fault:
        self.orders.append(fault)
        return fault
