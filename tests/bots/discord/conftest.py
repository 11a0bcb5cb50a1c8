"""A studio on the played Discord: a room, the real discord.py, the outbox and the progress."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest

from bots.discord import front_end
from bots.discord.front_end import DiscordBot
from bots.outlets import Turns
from bots.posting import Outbox
from bots.progress import Progress
from bots.studio.queue import QueueView
from storage.people import Platform
from storage.room import Room
from tests.fakes.discord import FakeDiscord
from tests.rooms import a_room, an_engine_renders, until


@dataclass(frozen=True)
class Studio:
    """A room whose Discord bot can be started and killed."""

    server: FakeDiscord
    room: Room

    @asynccontextmanager
    async def running(self, *, outbox: bool = True) -> AsyncIterator[DiscordBot]:
        """The bot, the outbox and the progress, from here to the end of the block."""
        bot = DiscordBot(self.room, QueueView(self.room))
        outlets, turns = {Platform.DISCORD: bot.outlet}, Turns()
        parts = [bot.run(), Progress(self.room, outlets, turns).run()]
        parts += [Outbox(self.room, outlets, turns).run()] if outbox else []
        tasks = [asyncio.create_task(part) for part in parts]
        try:
            await self.server.wait_ready()
            await self.server.wait_for_command("create")
            yield bot
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def renders(self) -> str:
        """An engine makes the next clip; its code."""
        made = None

        async def rendered() -> bool:
            nonlocal made
            made = await an_engine_renders(self.room)
            return made is not None

        await until(rendered)
        assert made is not None
        return made.code


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async def at_once(*_: object, **__: object) -> None:
        """discord.py waits five seconds before it identifies again; tests don't."""

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    monkeypatch.setattr(front_end, "REGISTER_AGAIN", 0.2)
    async with FakeDiscord() as fake:
        yield fake
    assert fake.violations == []


@pytest.fixture
async def studio(server: FakeDiscord, tmp_path: Path) -> AsyncIterator[Studio]:
    async with a_room(tmp_path, **server.settings) as room:
        yield Studio(server, room)
