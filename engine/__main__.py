"""`python -m engine`: one engine for the room that the environment names, until it is told to stop.

Exits 0 when stopped by SIGTERM or SIGINT, 1 when it can't go on, 2 with one sentence when a
setting, a preset or the database is not for it.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping

from engine import presets
from engine.families import Families
from engine.identity import Identity
from engine.presets import PresetError
from engine.presets.shape import Preset
from engine.threads import Pool, Threads
from engine.worker import Worker
from storage import settings
from storage.database import DatabaseTooNew
from storage.logs import set_up
from storage.processes import stop_with_parent
from storage.room import open_room
from storage.room_key import RoomKeyError
from storage.settings import Settings, SettingsError

log = logging.getLogger("engine")


def main() -> int:
    """Run the engine; returns the exit status."""
    set_up("engine")
    stop_with_parent()
    try:
        chosen = settings.load()
        offered = presets.load_all(chosen.home)
        return asyncio.run(_run(chosen, offered))
    except (SettingsError, PresetError, DatabaseTooNew, RoomKeyError) as error:
        print(error, file=sys.stderr)
        return 2
    except Exception:
        log.exception("the engine can't go on")
        return 1


async def _run(chosen: Settings, offered: Mapping[str, Preset]) -> int:
    engine = asyncio.create_task(_work(chosen, offered))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, engine.cancel)
    try:
        return await engine
    except asyncio.CancelledError:
        log.info("left")
        return 0


async def _work(chosen: Settings, offered: Mapping[str, Preset]) -> int:
    threads = Threads()
    async with open_room(chosen) as room:
        with Identity(chosen.home) as identity:
            log.info("engine %s", identity.name)
            families = Families(offered, chosen.device)
            await threads.run(Pool.DEVICE, families.start, chosen.preset)
            if not families.presets():
                log.error("no preset could be loaded: see above for why")
                return 1
            await Worker(room, identity, threads, families).run()
    return 0


if __name__ == "__main__":
    status = main()
    logging.shutdown()
    sys.stderr.flush()
    # A step of the device can't be interrupted, and a usual exit would wait for its thread. By now
    # leases are released and the database is closed.
    os._exit(status)
