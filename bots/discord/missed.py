"""What was said while the bot was away, read from the history of the spaces that it knows.

Discord tells a bot that signs in anew nothing of what it missed. How far each space was read is
kept; a request is known by its message, so one found twice is one clip.
"""

import logging
import time
from datetime import UTC, datetime

import aiohttp
import discord

from bots.discord.messages import Messages, meant_for
from storage import spaces
from storage.people import Platform
from storage.room import Room
from storage.spaces import Read

log = logging.getLogger(__name__)

#: Seconds after which a message is too old to be answered.
OLDEST_SECONDS = 24 * 3600.0
#: Spaces that are read, those written in last, and the newest messages of each.
MOST_SPACES = 100
MOST_MESSAGES = 200


class Missed:
    """Hands messages on, those of the past included, and keeps how far each space was read."""

    def __init__(self, room: Room, messages: Messages) -> None:
        self._room = room
        self._messages = messages
        #: Addresses that are not read up to now; None before they are known.
        self._behind: set[str] | None = None

    def begin(self) -> None:
        """A session began: there may be a gap before it in any space."""
        self._behind = None

    async def live(self, message: discord.Message, me: discord.ClientUser) -> None:
        """A message came as it was written."""
        if not meant_for(message, me):
            return
        await self._messages.said(message, me)
        address = str(message.channel.id)
        if self._behind is not None and address not in self._behind:
            await self._saw(address, message.id)

    async def catch_up(self, client: discord.Client) -> None:
        """Answer what was said since each known space was read last."""
        read = self._room.database.read
        known = await spaces.read_up_to(read, Platform.DISCORD, most=MOST_SPACES)
        self._behind = {space.address for space in known}
        for space in known:
            try:
                await self._catch_up_in(client, space)
            except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.info("not read: %s", type(error).__name__, extra={"channel": space.address})
                continue
            self._behind.discard(space.address)

    async def _catch_up_in(self, client: discord.Client, space: Read) -> None:
        me, channel = client.user, await _channel(client, space)
        if me is None or channel is None:
            return
        after = discord.Object(max(int(space.seen or 0), _snowflake_at(_oldest(space))))
        found = [
            message
            async for message in channel.history(
                limit=MOST_MESSAGES, after=after, oldest_first=False
            )
        ]
        for message in reversed(found):
            await self._messages.said(message, me)
        await self._saw(space.address, found[0].id if found else after.id)

    async def _saw(self, address: str, message: int) -> None:
        async with self._room.database.transaction() as tx:
            await spaces.saw(tx, Platform.DISCORD, address, str(message))


async def _channel(client: discord.Client, space: Read) -> discord.abc.Messageable | None:
    """Where the space's history can be read, its server included: a message is told by it."""
    if space.private:
        return client.get_partial_messageable(int(space.address))
    found = client.get_channel(int(space.address)) or await client.fetch_channel(int(space.address))
    return found if isinstance(found, discord.abc.Messageable) else None


def _oldest(space: Read) -> float:
    """UTC seconds before which nothing there is answered."""
    return max(space.since, time.time() - OLDEST_SECONDS)


def _snowflake_at(seconds: float) -> int:
    return discord.utils.time_snowflake(datetime.fromtimestamp(seconds, UTC))
