"""An open room: its settings, its database and its media folder, as every process holds them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from storage.database import Database
from storage.media import MediaFolder
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


@asynccontextmanager
async def open_room(settings: Settings) -> AsyncIterator[Room]:
    """Open the room in `settings.home`, making its folder where there is none."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = await Database.open(settings.home / "reelroom.db")
    try:
        yield Room(
            settings,
            database,
            MediaFolder(settings.home / "media"),
            Vault(settings.home / "keys" / "cameos"),
        )
    finally:
        await database.close()
