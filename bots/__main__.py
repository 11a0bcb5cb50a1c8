"""`python -m bots`: the chat side of the room in REELROOM_HOME, until it is told to stop."""

import asyncio
import signal
import sys

from bots import front_ends
from storage.database import DatabaseTooNew
from storage.logs import set_up
from storage.processes import stop_with_parent
from storage.room import open_room
from storage.room_key import RoomKeyError
from storage.settings import Settings, SettingsError, load


async def _serve(settings: Settings) -> None:
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    async with open_room(settings) as room:
        await front_ends.run(room)


def main() -> int:
    """Serve; returns the exit status, 2 for a wrong setting."""
    set_up("bots")
    stop_with_parent()
    try:
        asyncio.run(_serve(load()))
    except (SettingsError, DatabaseTooNew, RoomKeyError) as error:
        print(error, file=sys.stderr)
        return 2
    except asyncio.CancelledError:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
