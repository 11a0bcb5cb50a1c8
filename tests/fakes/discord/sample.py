"""A small app on the real discord.py, with one of each thing an app does, and its fixtures.

Only for the tests of the played Discord itself; Reelroom's own bot is tested elsewhere.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.fakes.discord import FakeDiscord


class RemixForm(discord.ui.Modal, title="Remix this clip"):
    """A form with a text input and an upload."""

    words: discord.ui.Label[Any] = discord.ui.Label(
        text="What changes", component=discord.ui.TextInput(default="a fox", max_length=50)
    )
    picture: discord.ui.Label[Any] = discord.ui.Label(
        text="A picture", component=discord.ui.FileUpload(required=False, max_values=2)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        words, upload = self.words.component, self.picture.component
        assert isinstance(words, discord.ui.TextInput)
        assert isinstance(upload, discord.ui.FileUpload)
        sizes = [len(await file.read()) for file in upload.values]
        await interaction.response.send_message(f"remix: {words.value} {sizes}")


class EnrolForm(discord.ui.Modal, title="Your film"):
    """A form with an upload that is needed and a choice of one."""

    film: discord.ui.Label[Any] = discord.ui.Label(text="Film", component=discord.ui.FileUpload())
    adult: discord.ui.Label[Any] = discord.ui.Label(
        text="Are you an adult?",
        component=discord.ui.Select(options=[discord.SelectOption(label=n) for n in ("yes", "no")]),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        film, adult = self.film.component, self.adult.component
        assert isinstance(film, discord.ui.FileUpload)
        assert isinstance(adult, discord.ui.Select)
        content = await film.values[0].read()
        await interaction.response.edit_message(
            content=f"{adult.values[0]}, {len(content)} bytes",
            attachments=[discord.File(io.BytesIO(content), "still.jpg")],
            view=None,
        )


class ClipButtons(discord.ui.View):
    """Buttons that outlive the process."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Remix", custom_id="remix")
    async def remix(self, interaction: discord.Interaction, _: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(RemixForm())

    @discord.ui.button(label="Again", custom_id="again")
    async def again(self, interaction: discord.Interaction, _: discord.ui.Button[Any]) -> None:
        assert interaction.message is not None
        await interaction.response.edit_message(content=interaction.message.content + " again")

    @discord.ui.select(
        custom_id="more",
        placeholder="More",
        options=[discord.SelectOption(label="Info"), discord.SelectOption(label="Report")],
    )
    async def more(self, interaction: discord.Interaction, menu: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(f"picked {menu.values[0]}", ephemeral=True)


class SmallBot(discord.Client):
    """One of each thing an app does."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        # discord.py waits this long for further guilds before it calls itself ready.
        super().__init__(intents=intents or discord.Intents.default(), guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.gone: list[int] = []
        self.resumes = 0
        _add_commands(self)

    async def setup_hook(self) -> None:
        self.add_view(ClipButtons())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skips the five seconds that discord.py waits before it identifies again."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author.id != self.application_id:
            self.heard.append(message)
        if message.reference is not None and message.content:
            await message.reply(f"remixing: {message.content}", view=ClipButtons())

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.gone.append(event.message_id)

    async def on_resumed(self) -> None:
        self.resumes += 1

    def place(self, channel_id: int) -> discord.PartialMessageable:
        return self.get_partial_messageable(channel_id)


class _FormButton(discord.ui.Button[Any]):
    """Opens the form."""

    def __init__(self) -> None:
        super().__init__(label="I filmed it")

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(EnrolForm())


async def _handles(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=f"@{name}", value=name)
        for name in ("ana", "bo")
        if name.startswith(typed)
    ]


def _add_commands(bot: SmallBot) -> None:
    @bot.tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(prompt="What to film", seconds="How long", picture="A first frame")
    async def create(
        interaction: discord.Interaction,
        prompt: app_commands.Range[str, 1, 100],
        seconds: app_commands.Range[int, 1, 20] = 4,
        preset: str = "pocket",
        picture: discord.Attachment | None = None,
    ) -> None:
        """Make a clip"""
        await interaction.response.defer()
        size = len(await picture.read()) if picture else 0
        words = f"{prompt}, {seconds} s, {preset}, {size} bytes, {interaction.locale}"
        await interaction.followup.send(words, view=ClipButtons())

    @create.autocomplete("preset")
    async def presets(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        names = [name for name in ("pocket", "wan", "ltx") if current in name]
        return [app_commands.Choice(name=name.title(), value=name) for name in names]

    group = app_commands.Group(name="cameo", description="Your likeness")

    @group.command(name="enroll")
    @app_commands.autocomplete(handle=_handles)
    async def enroll(interaction: discord.Interaction, handle: str) -> None:
        """Film yourself"""
        view = discord.ui.View()
        view.add_item(_FormButton())
        await interaction.response.send_message(f"@{handle}: film it", ephemeral=True, view=view)

    bot.tree.add_command(group)

    @bot.tree.command()
    async def silent(interaction: discord.Interaction) -> None:
        """Never answers"""

    @bot.tree.context_menu(name="Remix")
    async def remix(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"menu on: {message.content}", ephemeral=True)


Connect = Callable[..., Awaitable[SmallBot]]


@pytest.fixture
async def server() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
async def connect(server: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connect]:
    monkeypatch.setattr(Route, "BASE", server.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway_url))
    running: list[tuple[SmallBot, asyncio.Task[None]]] = []

    async def start(intents: discord.Intents | None = None) -> SmallBot:
        bot = SmallBot(intents)
        async with asyncio.timeout(10):
            await bot.login(server.token)
            running.append((bot, asyncio.create_task(bot.connect())))
            await bot.wait_until_ready()
        return bot

    yield start
    for bot, task in running:
        await bot.close()
        await asyncio.wait([task])


def file_of(size: int) -> discord.File:
    return discord.File(io.BytesIO(b"x" * size), "clip.mp4")
