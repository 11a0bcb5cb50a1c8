"""A room whose Telegram bot, outbox and progress run in the test's process, against the fake."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bots.outlets import Turns
from bots.posting import Outbox
from bots.progress import Progress
from bots.studio.queue import QueueView
from bots.telegram.front_end import TelegramBot
from storage.people import Platform
from storage.room import Room
from tests.fakes.telegram import Chat, FakeTelegram, Message, Person, Topic
from tests.rooms import a_room, an_engine_renders, until


@dataclass
class Stage:
    """A room on the fake Telegram."""

    room: Room
    server: FakeTelegram
    bot: TelegramBot

    async def film(self, where: Chat | Topic, *, after: Message | None = None) -> Message:
        """Let an engine finish the next job, and wait for its clip where it was asked for."""
        await until(lambda: an_engine_renders(self.room))
        return await where.wait_for(lambda message: message.video is not None, after=after)

    async def count(self, table: str) -> int:
        """Rows of a table."""
        async with self.room.database.read.execute(f"SELECT count(*) FROM {table}") as rows:
            row = await rows.fetchone()
        assert row is not None
        return int(row[0])

    async def settled(self) -> None:
        """Wait until every delivery has ended."""

        async def over() -> bool:
            query = "SELECT 1 FROM deliveries WHERE state NOT IN ('sent', 'failed')"
            async with self.room.database.read.execute(query) as rows:
                return await rows.fetchone() is None

        await until(over)


async def a_film(stage: Stage, name: str = "ana") -> Person:
    """A person with one clip in their private chat, as its last message."""
    person = stage.server.user(name)
    await person.say(person.private, "a red fox")
    await stage.film(person.private)
    await stage.settled()
    return person


@asynccontextmanager
async def playing(room: Room, server: FakeTelegram) -> AsyncIterator[Stage]:
    """Run the chat side until the block ends; leaving it is a kill between any two steps."""
    bot = TelegramBot(room, QueueView(room))
    turns = Turns()
    outlets = {Platform.TELEGRAM: bot.outlet}
    tasks = [
        asyncio.create_task(part.run())
        for part in (bot, Outbox(room, outlets, turns), Progress(room, outlets, turns))
    ]
    try:
        await server.wait_until(lambda: server.updates.polled)
        yield Stage(room, server, bot)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    """The fake, which in the end must have seen nothing that a correct bot never sends."""
    async with FakeTelegram() as server:
        server.flood = None
        yield server
        assert server.violations == []


@pytest.fixture
async def room(tmp_path: Path, server: FakeTelegram) -> AsyncIterator[Room]:
    """A room with the fake as its Telegram."""
    async with a_room(
        tmp_path, TELEGRAM_TOKEN=server.token, REELROOM_TELEGRAM_API_URL=server.api_url
    ) as room:
        yield room


@pytest.fixture
async def stage(room: Room, server: FakeTelegram) -> AsyncIterator[Stage]:
    """The room, playing."""
    async with playing(room, server) as stage:
        yield stage
