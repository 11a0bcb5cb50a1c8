"""Keeps a room's two processes up: the chat side and an engine, each restarted when it dies.

They share nothing with this process or with each other but the room's folder, so a crash of one
leaves the other standing. A restart waits longer each time, until a process has stayed up a while.
"""

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process

from storage.processes import SUPERVISED
from storage.settings import TOKENS

log = logging.getLogger(__name__)

#: The processes, by the name of the package that `python -m` runs.
PARTS = ("bots", "engine")
#: Seconds before a dead process is started again, doubled each time up to the longest.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
#: Seconds up after which a process counts as well again.
WELL_SECONDS = 60.0
#: Seconds a process gets to stop before it is killed.
STOP_SECONDS = 10.0


async def keep_up(parts: tuple[str, ...] = PARTS) -> None:
    """Run `parts` until cancelled, then stop them."""
    async with asyncio.TaskGroup() as tasks:
        for part in parts:
            tasks.create_task(_keep_one_up(part))


async def _keep_one_up(part: str) -> None:
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE
    while True:
        began = loop.time()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", part, stdin=PIPE, env=environment(part)
        )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _stop(process)
            raise
        if loop.time() - began > WELL_SECONDS:
            pause = FIRST_PAUSE
        log.warning("%s ended with status %s; starting it again in %.1f s", part, status, pause)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


def environment(part: str) -> dict[str, str]:
    """What a process is told: ours, and to stop with us. An engine needs no tokens of platforms."""
    hidden = TOKENS if part == "engine" else ()
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {SUPERVISED: "1"}


async def _stop(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
