"""Who asks and where, from Discord's interactions and messages, and the handle to answer by.

Size limits are those of ordinary messages where the bot is a member, and of the interaction's own
answer where it is not. It relies on the studio's sign-in for the rest.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
import discord

from bots.studio import pictures
from bots.studio.asker import Arrival, Asker, Authority, sign_in
from bots.studio.errors import PictureNotFetched
from bots.studio.pictures import Fetch
from bots.words import language_of
from storage import people, spaces
from storage.people import Platform
from storage.room import Room
from storage.spaces import Space

#: Discord: bytes of a file where nothing raises the limit.
USUAL_BYTES = 10 << 20
#: Discord: interaction tokens last 15 minutes; the last half minute is left for the upload.
TOKEN_SECONDS = 15 * 60 - 30


async def of_interaction(room: Room, interaction: discord.Interaction) -> Asker:
    """The member who used a command, a button or a form."""
    arrival = Arrival(
        platform=Platform.DISCORD,
        account=str(interaction.user.id),
        name=interaction.user.display_name,
        language=language_of(str(interaction.locale)),
        address=str(interaction.channel_id),
        private=_private(interaction),
        max_bytes=_max_bytes(interaction),
        authority=_authority(interaction),
    )
    return await sign_in(room, arrival)


async def of_message(room: Room, message: discord.Message) -> Asker:
    """The member who wrote; in the language they used last, as messages do not tell theirs."""
    account = str(message.author.id)
    known = await people.find(room.database.read, Platform.DISCORD, account)
    guild = message.guild
    arrival = Arrival(
        platform=Platform.DISCORD,
        account=account,
        name=message.author.display_name,
        language=known.language
        if known
        else language_of(str(guild.preferred_locale) if guild else None),
        address=str(message.channel.id),
        private=guild is None,
        max_bytes=guild.filesize_limit if guild else USUAL_BYTES,
    )
    return await sign_in(room, arrival)


async def home(room: Room, interaction: discord.Interaction, asker: Asker) -> Space:
    """Where the member is written to alone: their conversation with the bot."""
    if asker.space.private:
        return asker.space
    channel = await interaction.user.create_dm()
    return await direct(room, channel.id)


async def direct(room: Room, channel: int) -> Space:
    """The conversation of one person with the bot in that channel."""
    async with room.database.transaction() as tx:
        return await spaces.enter(
            tx,
            Platform.DISCORD,
            str(channel),
            private=True,
            max_bytes=USUAL_BYTES,
            now=time.time(),
        )


def fetching(picture: discord.Attachment) -> Fetch:
    """How to get a picture that came along. Discord tells its size before."""

    async def fetch() -> bytes:
        pictures.check_size(picture.size)
        try:
            return await picture.read()
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            raise PictureNotFetched() from error

    return fetch


def alone(interaction: discord.Interaction) -> bool:
    """Whether the bot can't post in the channel, so that only the interaction can be answered."""
    if _private(interaction):
        return False
    if interaction.guild_id is None or not interaction.is_guild_integration():
        return True
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    send = may.send_messages_in_threads if in_thread else may.send_messages
    return not (may.view_channel and send and may.attach_files)


def handle_of(interaction: discord.Interaction) -> Mapping[str, str]:
    """How to answer the interaction later; `alone` where nothing else can be done there."""
    handle = {
        "application": str(interaction.application_id),
        "token": interaction.token,
        "expires": str(interaction.created_at.timestamp() + TOKEN_SECONDS),
    }
    return handle | ({"alone": "yes"} if alone(interaction) else {})


@dataclass(frozen=True)
class Handle:
    """A way to answer an interaction that still holds."""

    application: int
    token: str
    #: The bot can post nothing else there.
    alone: bool

    def __repr__(self) -> str:
        """Without the token: it is a secret."""
        return f"Handle({self.application})"


def living(handle: Mapping[str, str] | None) -> Handle | None:
    """The handle kept with a delivery, unless its token has expired."""
    if not handle or float(handle["expires"]) < time.time():
        return None
    return Handle(int(handle["application"]), handle["token"], "alone" in handle)


def _authority(interaction: discord.Interaction) -> Authority:
    """Who may delete others' messages in a channel moderates it."""
    if interaction.guild_id is None or not interaction.is_guild_integration():
        return Authority.NONE
    return Authority.SPACE if interaction.permissions.manage_messages else Authority.NONE


def _private(interaction: discord.Interaction) -> bool:
    return interaction.context.dm_channel


def _max_bytes(interaction: discord.Interaction) -> int:
    if _private(interaction):
        return USUAL_BYTES
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    return guild.filesize_limit if guild else interaction.filesize_limit
