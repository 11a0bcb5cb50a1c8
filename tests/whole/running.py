"""A whole Reelroom in its own processes, as `make run` starts it, and ways to kill parts of it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.rooms import room_environment, until

#: Seconds in which a started room answers, on a slow machine that also loads a model.
START_SECONDS = 90.0
#: The owner's command, in a supervisor that may be more hurried than an owner's.
_START = (
    "import sys; from reelroom import cli, supervisor;"
    " supervisor.LONGEST_PAUSE = {}; sys.exit(cli.main())"
)


@dataclass
class Running:
    """A started room."""

    folder: Path
    environment: dict[str, str]
    #: The page's address, without a slash at its end.
    address: str
    process: asyncio.subprocess.Process

    async def children(self, part: str) -> list[int]:
        """Process ids of the room's `part` ("bots", "engine")."""
        shown = await asyncio.to_thread(
            subprocess.run, ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines = [line.split(None, 1) for line in shown.stdout.splitlines()]
        return [int(pid) for pid, command in lines if command.endswith(f"-m {part}")]

    async def kill(self, part: str) -> bool:
        """SIGKILL the part, if it runs now."""
        pids = await self.children(part)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return bool(pids)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def a_running_room(
    folder: Path, longest_pause: float = 30.0, /, **environment: str
) -> AsyncIterator[Running]:
    """Start a room by the owner's command; stopped, and its log kept, at the end.

    `longest_pause` is the most seconds before a part that died is started again.
    """
    port = free_port()
    values = dict(room_environment(folder, REELROOM_PORT=str(port), **environment))
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _START.format(longest_pause), "run", "--no-browser",
            env={**os.environ, **values}, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        room = Running(folder, values, f"http://127.0.0.1:{port}", process)
        try:
            await until(lambda: _answers(room), within=START_SECONDS)
            yield room
        finally:
            if process.returncode is None:
                process.terminate()
            async with asyncio.timeout(30):
                await process.wait()


async def _answers(room: Running) -> bool:
    assert room.process.returncode is None, (room.folder / "log").read_text()
    try:
        async with aiohttp.ClientSession() as session, session.get(room.address) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
