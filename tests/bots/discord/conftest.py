"""A studio on the played Discord: a room, the real discord.py, the outbox and the progress."""

import asyncio
import time
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
from storage import deliveries, posts, spaces
from storage.deliveries import DeliveryState
from storage.people import Platform
from storage.room import Room
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.things import Message
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

    async def renders(self, *, size: int | None = None) -> str:
        """An engine makes the next clip, of `size` bytes or more; its code."""
        made = None

        async def rendered() -> bool:
            nonlocal made
            made = await an_engine_renders(self.room, size=size)
            return made is not None

        await until(rendered)
        assert made is not None
        return made.code

    async def knows(self, message: Message) -> None:
        """The room has noted which clip the message is about: people take longer to react."""

        async def noted() -> bool:
            read = self.room.database.read
            space = await spaces.find(read, Platform.DISCORD, str(message.channel.id))
            return bool(space and await posts.clip_at(read, space.id, str(message.id)))

        await until(noted)

    async def all_sent(self) -> None:
        """Nothing is owed any more."""

        async def nothing_owed() -> bool:
            read = self.room.database.read
            owed = await deliveries.outbox(read, now=time.time() + 3600)
            return not owed and not await deliveries.owed_progress(read)

        await until(nothing_owed)

    async def is_sending(self) -> bool:
        """A call to make a post is under way."""
        now = time.time() + 3600
        owed = await deliveries.outbox(self.room.database.read, now=now)
        return any(each.state is DeliveryState.SENDING for each in owed)

    async def waits_for_fitting(self) -> bool:
        """A smaller encoding is owed."""
        return bool(await deliveries.to_fit(self.room.database.read))

    def odd_buttons(self) -> discord.ui.View:
        """A button that no Reelroom of today makes."""
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Odd", custom_id="odd:7K3F"))
        view.stop()
        return view


def holds(message: Message, code: str) -> bool:
    """Whether the message holds the clip of this code."""
    return [file.filename for file in message.attachments] == [f"{code}.mp4"]


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
