"""The errors that the Bot API answers, with the words of Telegram's own server.

The sentences are those of `telegram-bot-api` (Client.cpp), since libraries and bots tell errors
apart by them. Nothing here decides when an error is due.
"""

from dataclasses import dataclass, field


@dataclass(eq=False)
class ApiError(Exception):
    """An answer that is not ok."""

    code: int
    """HTTP status and `error_code`."""
    description: str
    parameters: dict[str, int] = field(default_factory=dict)
    """`retry_after` in seconds, or `migrate_to_chat_id`."""
    breaks_the_rules: bool = False
    """True where a correct bot never asks for this: it is kept in `server.violations`."""

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


def refused(what: str) -> ApiError:
    """A 400 that depends on the state of the chat: bots must expect it."""
    return ApiError(400, f"Bad Request: {what}")


def violated(what: str) -> ApiError:
    """A 400 for a request that is wrong whatever the state of the chat."""
    return ApiError(400, f"Bad Request: {what}", breaks_the_rules=True)


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def too_many(retry_after: int) -> ApiError:
    """`retry_after`: whole seconds, at least 1."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {retry_after}",
        parameters={"retry_after": retry_after},
    )


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
