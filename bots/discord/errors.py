"""Discord's failures in the outbox's four words.

It relies on the statuses and codes of discord.py's exceptions. It never holds a request's address:
those of interactions carry their token.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bots.outlets import CannotPost, Later, TooLarge, Unsure

#: Discord: codes of errors, from its reference of JSON error codes.
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
TOO_LARGE = 40005
OLD_EDITS = 30046
#: A reply to what can't be answered, or without the right to read the history.
BAD_REPLY = (50035, 160002)

#: Seconds to leave Discord alone when it asks to wait without saying how long.
USUAL_WAIT = 5.0
#: Seconds before a message older than an hour is edited again.
OLD_EDITS_WAIT = 60.0
#: Seconds before a refused sign-in is tried again.
SIGN_IN_WAIT = 60.0


@contextmanager
def translated() -> Iterator[None]:
    """Raises Later, Unsure, TooLarge or CannotPost for what discord.py raises."""
    try:
        yield
    except discord.RateLimited as error:
        raise Later(error.retry_after) from error
    except discord.HTTPException as error:
        raise _meaning(error) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Unsure(type(error).__name__) from error


def _meaning(error: discord.HTTPException) -> Exception:
    if error.status == 413 or error.code == TOO_LARGE:
        return TooLarge()
    if error.code == OLD_EDITS:
        return Later(OLD_EDITS_WAIT)
    if error.status == 429:
        return Later(USUAL_WAIT)
    if error.status == 401 and error.code == 0:
        return Later(SIGN_IN_WAIT)
    if error.status >= 500:
        return Unsure(f"status {error.status}")
    return CannotPost(f"status {error.status}, code {error.code}")
