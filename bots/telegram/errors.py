"""Telegram's errors as the four that the outbox knows.

The Bot API tells most refusals apart only by their words: those that matter here are named once.
"""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bots.outlets import CannotPost, Later, TooLarge, Unsure

#: Seconds to wait where the token is refused: its owner may be changing it.
TOKEN_PAUSE = 30.0


def translated(error: TelegramError) -> Exception:
    """Later, Unsure, TooLarge or CannotPost. ChatMigrated is the outlet's own affair."""
    words = error.message.lower()
    if isinstance(error, RetryAfter):
        return Later(seconds_of(error))
    if isinstance(error, InvalidToken) and "unauthorized" in words:
        return Later(TOKEN_PAUSE)
    if "too large" in words or "too big" in words:
        return TooLarge()
    if isinstance(error, BadRequest | Forbidden | InvalidToken):
        # InvalidToken is also what the library makes of a bare 404.
        return CannotPost(error.message)
    if isinstance(error, NetworkError):
        return Unsure(error.message)
    return Unsure(type(error).__name__)


def seconds_of(error: RetryAfter) -> float:
    """The wait that flood control asks for, in seconds."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def not_modified(error: BadRequest) -> bool:
    """The edit would change nothing: it was made before."""
    return "message is not modified" in error.message.lower()


def message_gone(error: BadRequest) -> bool:
    """The message to edit was deleted, or is too old to be edited."""
    words = error.message.lower()
    return "message to edit not found" in words or "message can't be edited" in words


def no_text(error: BadRequest) -> bool:
    """The message to edit holds a picture: its words are a caption."""
    return "no text in the message" in error.message.lower()


def may_not_send(error: BadRequest) -> bool:
    """The chat's owners let us write, but not send this kind of message."""
    words = error.message.lower()
    return "not enough rights to send" in words or "chat_send_" in words


def delete_is_done(error: BadRequest) -> bool:
    """The message to delete is gone."""
    return "message to delete not found" in error.message.lower()


def too_old_to_delete(error: BadRequest) -> bool:
    """Bot API, deleteMessage: only within 48 hours. Edits have no such limit."""
    return "message can't be deleted" in error.message.lower()
