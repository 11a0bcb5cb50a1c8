"""The Discord bot of a room: signs in, registers its commands, and hands arrivals on.

It relies on discord.py with Discord's usual intents, none of them privileged. The token is given
to the library alone and never written anywhere.
"""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bots.discord import commands
from bots.discord.answers import Answers
from bots.discord.messages import Messages
from bots.discord.missed import Missed
from bots.discord.outlet import DiscordOutlet
from bots.discord.presses import Presses
from bots.discord.words import Translator
from bots.studio.queue import QueueView
from storage.room import Room

log = logging.getLogger(__name__)

#: Seconds that a rate limit may last before the outbox is told instead of waiting (at least 30).
LONGEST_WAIT = 30.0
#: Seconds before commands that could not be registered are tried again.
REGISTER_AGAIN = 60.0


class DiscordBot:
    """The front end for Discord."""

    name = "discord"

    def __init__(self, room: Room, view: QueueView) -> None:
        self.outlet = DiscordOutlet(room)
        self._room = room
        self._view = view

    async def run(self) -> None:
        """Listen until cancelled. May be called again after it broke."""
        settings = self._room.settings.discord
        if settings.token is None:
            raise ValueError("Discord needs a token")
        Route.BASE = settings.api_url
        DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.gateway_url)
        client = _Client(self._room, self._view)
        try:
            async with client:
                await client.login(settings.token.get_secret_value())
                self.outlet.client = client
                await client.connect()
        finally:
            self.outlet.client = None


class _Client(discord.Client):
    """discord.py's client with Reelroom's commands and listeners."""

    def __init__(self, room: Room, view: QueueView) -> None:
        # The library warns that it can't speak in voice channels: nobody asked it to.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        answers = Answers(room, view)
        self._presses = Presses(answers)
        self._messages = Messages(room, answers.refused)
        self._missed = Missed(room, self._messages)
        self._tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        self._registering: asyncio.Task[None] | None = None
        commands.register(self._tree, answers)

    async def setup_hook(self) -> None:
        """Register the commands, beside everything else."""
        await self._tree.set_translator(Translator())
        self._registering = asyncio.create_task(self._register())

    async def close(self) -> None:
        """Sign out."""
        if self._registering:
            self._registering.cancel()
        await super().close()

    async def on_connect(self) -> None:
        """A new session: what was said before it did not come by itself."""
        self._missed.begin()

    async def on_ready(self) -> None:
        """Its servers are known: what was said meanwhile can be read."""
        await self._missed.catch_up(self)

    async def on_message(self, message: discord.Message) -> None:
        """Discord: MESSAGE_CREATE."""
        if self.user:
            await self._missed.live(message, self.user)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Discord: MESSAGE_UPDATE."""
        if self.user:
            await self._messages.edited(event.message, self.user)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Discord: INTERACTION_CREATE; commands are the tree's."""
        if interaction.type is discord.InteractionType.component:
            await self._presses.component(interaction)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._presses.form(interaction)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what a listener let through, without what it was given."""
        log.exception("%s broke", event_method)

    async def _register(self) -> None:
        while True:
            try:
                await self._tree.sync()
                return
            except (discord.DiscordException, OSError) as error:
                log.warning("commands are not registered: %s", type(error).__name__)
            await asyncio.sleep(REGISTER_AGAIN)
