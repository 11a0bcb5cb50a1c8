"""The threads that do the blocking work of an engine, one pool for each kind of it.

Each step of a job has its own thread, so that three jobs can be in three steps at once. A thread
can't be interrupted: work is told to stop by what it calls (`on_step`, `check`), and whoever
leaves waits a moment with `settled`.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")

#: Finishing threads: ffmpeg's own threads do the work, these feed it.
FINISHERS = max(1, min(4, (os.cpu_count() or 1) // 4))
#: Jobs that other machines render for this engine at a time.
MOST_REMOTE = 16


class Pool(StrEnum):
    """What a thread is for."""

    #: Reading parents' files and encoding text.
    PREPARE = "prepare"
    #: Denoising and decoding. Always the same one thread.
    DEVICE = "device"
    #: Waiting for other machines that render.
    REMOTE = "remote"
    #: Encoding, posters, the media folder.
    FINISH = "finish"
    #: Encoding finished clips once more to fit where they go.
    FIT = "fit"
    #: Preview pictures, sweeping: short work that nothing waits for.
    ASIDE = "aside"


_SIZES = {Pool.FINISH: FINISHERS, Pool.REMOTE: MOST_REMOTE}


class Threads:
    """One pool of each kind."""

    def __init__(self) -> None:
        self._pools = {
            pool: ThreadPoolExecutor(_SIZES.get(pool, 1), f"engine-{pool}") for pool in Pool
        }
        self._running: set[asyncio.Future[Any]] = set()

    async def run(self, pool: Pool, work: Callable[..., T], *values: object) -> T:
        """Do the work on a thread of that kind; cancelling the caller leaves it running."""
        future = asyncio.get_running_loop().run_in_executor(self._pools[pool], work, *values)
        self._running.add(future)
        future.add_done_callback(self._ended)
        return await asyncio.shield(future)

    async def settled(self, *, within: float) -> bool:
        """Start nothing new and wait for what runs, at most `within` seconds; False if it runs."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        return not self._running

    def _ended(self, future: asyncio.Future[Any]) -> None:
        self._running.discard(future)
        if not future.cancelled():
            # Where the caller has gone, nobody else looks at the error of work told to stop.
            future.exception()
