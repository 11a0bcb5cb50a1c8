"""A platform in memory: what stands in its chats, and a death between a call and its answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bots.outlets import Parcel
from storage.people import Platform
from storage.spaces import Space


@dataclass(frozen=True)
class Message:
    """One of our messages, as people see it."""

    space: Space
    code: str
    nonce: str
    #: None for words alone.
    film: str | None


@dataclass
class Chats:
    """An outlet whose messages are kept; it knows no nonces, so that only our care makes one."""

    platform: Platform
    #: Called with each message that holds a film, as it is made.
    shown: Callable[[Message], None]
    standing: dict[str, Message] = field(default_factory=dict)
    #: The next film's call never returns, though it was made.
    dies: bool = False
    died: asyncio.Event = field(default_factory=asyncio.Event)
    _count: int = 0

    def pace(self, space: Space) -> float:
        return 60.0

    async def post(self, parcel: Parcel) -> str:
        if parcel.doubt:
            for message in await self.find(
                parcel.space, code=parcel.code, nonce=parcel.nonce, progress=None
            ):
                return message
        film = parcel.video.name if parcel.video else None
        self._count += 1
        number = str(self._count)
        self.standing[number] = Message(parcel.space, parcel.code, parcel.nonce, film)
        if film:
            self.shown(self.standing[number])
        if self.dies and film:
            self.died.set()
            await asyncio.Event().wait()
        return number

    async def show_progress(self, parcel: Parcel) -> str:
        return parcel.progress or await self.post(parcel)

    async def find(self, space: Space, *, code: str, nonce: str, progress: str | None) -> list[str]:
        return [
            number
            for number, each in self.standing.items()
            if each.space.id == space.id and each.nonce == nonce
        ]

    async def take_down(self, space: Space, message: str) -> None:
        self.standing.pop(message, None)

    async def private_space(self, account: str) -> Space | None:
        return None
