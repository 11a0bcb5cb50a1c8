"""The front ends of a room: the page always, Discord and Telegram where there is a token.

They run in one process beside the outbox and the progress messages. Each is started again with
backoff when it breaks, so that trouble with one platform leaves the others standing.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Protocol

from bots.outlets import Outlet, Turns
from bots.posting import Outbox
from bots.progress import Progress
from bots.studio import judging
from bots.studio.cameo import asking
from bots.studio.queue import QueueView
from storage.room import Room

log = logging.getLogger(__name__)

#: Seconds before a broken part is started again, doubled each time up to the longest.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class FrontEnd(Protocol):
    """A platform's adapter: where its posts go, and what listens to its members."""

    name: str

    @property
    def outlet(self) -> Outlet:
        """Where its posts go."""

    async def run(self) -> None:
        """Listen until cancelled. May be called again after it broke."""


def front_ends(room: Room) -> list[FrontEnd]:
    """The front ends that the room's settings ask for."""
    view = QueueView(room)
    from bots.room.front_end import RoomPage

    found: list[FrontEnd] = [RoomPage(room, view)]
    if room.settings.discord.token:
        from bots.discord.front_end import DiscordBot

        found.append(DiscordBot(room, view))
    if room.settings.telegram.token:
        from bots.telegram.front_end import TelegramBot

        found.append(TelegramBot(room, view))
    return found


async def run(room: Room) -> None:
    """Run all front ends, the outbox, the progress messages and what keeps time until cancelled."""
    ends = front_ends(room)
    outlets = {end.outlet.platform: end.outlet for end in ends}
    turns = Turns()
    async with asyncio.TaskGroup() as tasks:
        for end in ends:
            tasks.create_task(_kept_up(end.name, end.run))
        tasks.create_task(_kept_up("outbox", Outbox(room, outlets, turns).run))
        tasks.create_task(_kept_up("progress", Progress(room, outlets, turns).run))
        tasks.create_task(_kept_up("questions", partial(asking.keep, room)))
        tasks.create_task(_kept_up("refusals", partial(judging.forget_in_time, room)))


async def _kept_up(name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run `work` for ever: it is started again when it ends or breaks."""
    pause = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await work()
            log.warning("%s ended; starting it again in %.0f s", name, pause)
        except Exception:
            log.exception("%s broke; starting it again in %.0f s", name, pause)
        if loop.time() - began > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)
