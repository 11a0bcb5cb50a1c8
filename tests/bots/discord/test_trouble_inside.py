"""When the studio itself breaks, a member is told, and told alone."""

import asyncio

import pytest

from bots.discord import answers
from bots.studio import making
from bots.studio.errors import NoWords
from storage.requests import Accepted
from tests.bots.discord.conftest import Studio

_TROUBLE = "Something went wrong on my side"


@pytest.mark.parametrize("error", [PermissionError(13, "read-only"), TimeoutError(), ValueError()])
async def test_an_error_inside_the_studio_is_told_whatever_its_kind(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def breaks(*_: object) -> Accepted:
        raise error

    monkeypatch.setattr(making, "create", breaks)
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        told = await ana.slash(channel, "create", prompt="a red fox")
        assert not told.failed
        assert told.ephemeral
        assert _TROUBLE in told.text
        await ana.say(channel, f"{studio.server.bot.mention} a red fox")
        await channel.wait_for(_TROUBLE)


async def test_a_refusal_after_thinking_is_for_the_asker_alone(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = asyncio.Event()

    async def slow(*_: object) -> Accepted:
        await shown.wait()
        raise NoWords()

    monkeypatch.setattr(answers, "THINKING_SECONDS", 0.0)
    monkeypatch.setattr(making, "create", slow)
    channel, ana = studio.server.guild("Film Club").text_channel("clips"), studio.server.user("ana")
    async with studio.running():
        asked = await ana.slash(channel, "create", prompt="a red fox")
        assert asked.message is not None
        assert asked.message.loading
        shown.set()
        told = await asked.wait_for("Tell me what to film")
        assert told.ephemeral
        assert channel.messages == []
