"""What a platform must be able to do for the outbox and the progress messages, and how it fails.

Each adapter has one outlet. It translates a parcel into its platform's calls and that platform's
errors into the four below. It decides nothing: what is posted, where and when is decided here.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from weakref import WeakValueDictionary

from bots.buttons import Button
from storage.people import Platform
from storage.spaces import Space


class Later(Exception):
    """The platform asks to wait `seconds`; it did nothing."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds:.1f} s")
        self.seconds = seconds


class Unsure(Exception):
    """The connection broke or the platform failed inside: the message may have been made."""


class TooLarge(Exception):
    """The platform finds the file too large; `max_bytes` is what it would take, if it said so."""

    def __init__(self, max_bytes: int | None = None) -> None:
        super().__init__()
        self.max_bytes = max_bytes


class CannotPost(Exception):
    """The space is gone or closed to the bot; trying again won't help."""


@dataclass(frozen=True)
class Video:
    """A clip's encoding, ready to upload."""

    path: Path
    #: What the file is called where it is downloaded: 7K3F.mp4.
    name: str
    width: int
    height: int
    #: Length in seconds.
    seconds: float
    #: JPEG picture of it, in its own size.
    poster: Path


@dataclass(frozen=True)
class Parcel:
    """One message to post or to edit, whole."""

    space: Space
    #: Makes two calls one message where the platform knows nonces. At most 25 characters.
    nonce: str
    #: Plain text.
    text: str
    #: Code of the clip that the buttons act on.
    code: str
    buttons: tuple[Button, ...]
    #: "en" or "fr", for the buttons' labels.
    language: str
    #: The id of the cameo whose owner is asked, for the buttons under a question.
    cameo: int | None = None
    #: The message to answer, if it still stands.
    reply_to: str | None = None
    #: The asker's account on this platform, to be notified.
    notify: str | None = None
    #: What the adapter kept to answer by; it may have expired.
    handle: Mapping[str, str] | None = None
    #: The message that shows progress.
    progress: str | None = None
    #: The clip, or None for words alone.
    video: Video | None = None
    #: A small JPEG of the clip as it stands, for progress.
    preview: Path | None = None
    #: An earlier call may have gone through: look before posting again.
    doubt: bool = False


class Outlet(Protocol):
    """A platform, as the outbox and the progress messages use it.

    Any method raises Later, Unsure or CannotPost; `post` TooLarge as well.
    """

    platform: Platform

    def pace(self, space: Space) -> float:
        """Seconds to leave between two edits of progress in the space."""

    async def post(self, parcel: Parcel) -> str:
        """Make the parcel's message and return its id; in doubt, return the one already made."""

    async def show_progress(self, parcel: Parcel) -> str:
        """Edit the message `parcel.progress`, or send the first one; returns its id."""

    async def find(self, space: Space, *, code: str, nonce: str, progress: str | None) -> list[str]:
        """Messages of ours about the clip of that code that an earlier call may have made.

        `nonce` is the one that it was made with, `progress` the message that showed progress.
        """

    async def take_down(self, space: Space, message: str) -> None:
        """Remove a message of ours; one that is gone already is no error."""

    async def private_space(self, account: str) -> Space | None:
        """Where the person can be written to alone, made if new; None if they can't be."""


class Turns:
    """Who may call the platform for a delivery now: its progress is never edited after its post."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, delivery_id: int) -> asyncio.Lock:
        """The lock of one delivery; it lives as long as somebody holds it or waits for it."""
        return self._locks.setdefault(delivery_id, asyncio.Lock())
