"""The long poll: an update is confirmed once it was handled, however long that takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Update

from bots.telegram import polling
from bots.telegram.front_end import a_bot
from bots.telegram.polling import Polling
from storage.room import Room
from tests.fakes.telegram import FakeTelegram
from tests.rooms import until

Handle = Callable[[Update], Awaitable[None]]


@asynccontextmanager
async def listening(room: Room, handle: Handle) -> AsyncIterator[None]:
    """A bot that polls until the block ends, as if it were killed there."""
    async with a_bot(room) as bot:
        task = asyncio.create_task(Polling(bot, handle).run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_an_update_still_being_handled_at_a_kill_comes_again(
    room: Room, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PATIENCE", 0.02)
    ana, bo = server.user("ana"), server.user("bo")
    heard: list[str] = []

    async def slow_for_ana(update: Update) -> None:
        assert update.message is not None
        heard.append(str(update.message.text))
        if update.message.text == "slow":
            await asyncio.sleep(600)

    async with listening(room, slow_for_ana):
        await ana.say(ana.private, "slow")
        await until(lambda: heard == ["slow"])
        await bo.say(bo.private, "quick")
        await until(lambda: heard == ["slow", "quick"])
        await asyncio.sleep(0.2)  # polls go on meanwhile, and tell nobody anything twice
        assert heard == ["slow", "quick"]

    again: list[str] = []

    async def quick_for_all(update: Update) -> None:
        assert update.message is not None
        again.append(str(update.message.text))

    async with listening(room, quick_for_all):
        await until(lambda: "slow" in again)
        await asyncio.sleep(0.2)

    third: list[str] = []

    async def last(update: Update) -> None:
        assert update.message is not None
        third.append(str(update.message.text))

    async with listening(room, last):
        await bo.say(bo.private, "new")
        await until(lambda: bool(third))
    assert third == ["new"]
