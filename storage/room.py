"""An open room: its settings, its database and its media folder, as every process holds them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from storage.database import Database
from storage.media import MediaFolder
from storage.room_key import RoomKey, room_key
from storage.settings import Settings
from storage.vault import Vault


@dataclass(frozen=True)
class Room:
    """What bots and engines share."""

    settings: Settings
    database: Database
    media: MediaFolder
    #: Keys of faces and voices.
    vault: Vault
    #: What its clips are signed with.
    key: RoomKey


@asynccontextmanager
async def open_room(settings: Settings) -> AsyncIterator[Room]:
    """Open the room in `settings.home`, making its folder and its key where there are none.

    Raises RoomKeyError, and what opening its database raises.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = room_key(settings.home)
    database = await Database.open(settings.home / "reelroom.db")
    try:
        yield Room(
            settings,
            database,
            MediaFolder(settings.home / "media"),
            Vault(settings.home / "keys" / "cameos"),
            key,
        )
    finally:
        await database.close()
