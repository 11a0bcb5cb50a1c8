"""Asking the decoding process about a file that a stranger sent: the one way into the senses.

Each file gets a process of its own, without our environment, killed when its time is up or when
the asker stops waiting. Whatever the file does to it comes back as an `Unfit`; only a bug of ours
is also logged. It keeps nothing.
"""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter, ValidationError

import senses
from senses import limits
from senses.orders import (
    ENROLMENT,
    FACES,
    LIKENESS,
    ORDER,
    SHOWN,
    THING,
    FacesIn,
    FramesShown,
    LikenessIn,
    Order,
    WatchEnrolment,
    WatchThing,
)
from senses.values import Challenge, Enrolment, Exposure, Face, Reason, Thing, Unfit

#: Files looked at at once: each takes a core and up to `limits.MEMORY`.
AT_ONCE = 2
#: What the process may know of our environment: where programs and libraries are.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR")
#: Characters of a bug's traceback that are logged.
_LAST_WORDS = 1500

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def watch_enrolment(path: Path, challenge: Challenge) -> Enrolment | Unfit:
    """What a film made for that challenge shows of its person."""
    return await _asked(WatchEnrolment(path.absolute(), challenge), ENROLMENT)


async def watch_thing(path: Path) -> Thing | Unfit:
    """Stills of a pet or a thing in a picture or a film, if no person's face is in it."""
    return await _asked(WatchThing(path.absolute()), THING)


async def faces_in(path: Path) -> tuple[Face, ...] | Unfit:
    """The faces of people in a picture, the largest first."""
    return await _asked(FacesIn(path.absolute()), FACES)


async def likeness_in(path: Path, face: tuple[float, ...]) -> float | Unfit | None:
    """How alike the film's people are to that face (see `likeness`); None where it shows none."""
    return await _asked(LikenessIn(path.absolute(), face), LIKENESS)


async def frames_shown(path: Path) -> tuple[Exposure, ...] | Unfit:
    """What a picture, or each looked-at frame of a film, shows (see `senses.nudity`)."""
    return await _asked(FramesShown(path.absolute()), SHOWN)


async def _asked(order: Order, answers: TypeAdapter[Answer]) -> Answer | Unfit:
    try:
        size = order.path.stat().st_size
    except OSError:
        return Unfit(Reason.BROKEN)
    if size > limits.MOST_BYTES:
        return Unfit(
            Reason.TOO_HEAVY, {"megabytes": size / 2**20, "most": limits.MOST_BYTES / 2**20}
        )
    async with _door():
        try:
            said = await asyncio.wait_for(_told(ORDER.dump_json(order)), limits.WALL_SECONDS)
        except TimeoutError:
            return Unfit(Reason.TOOK_TOO_LONG, {"seconds": limits.WALL_SECONDS})
    if isinstance(said, Unfit):
        return said
    try:
        return answers.validate_json(said)
    except ValidationError as error:
        log.warning("The decoding process gave no answer: %d errors", error.error_count())
        return Unfit(Reason.BROKEN)


async def _told(order: bytes) -> bytes | Unfit:
    """The process's answer; it does not outlive this call."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "senses",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    try:
        assert process.stdin is not None
        process.stdin.write(order)
        process.stdin.close()
        said, words = await asyncio.gather(_all(process.stdout), _all(process.stderr))
        code = await process.wait()
    finally:
        _end(process)
    if code == -signal.SIGXCPU:
        return Unfit(Reason.TOOK_TOO_LONG, {"seconds": float(limits.CPU_SECONDS)})
    if code != 0:
        last = words.decode(errors="replace")[-_LAST_WORDS:]
        log.warning("The decoding process ended with %d: %s", code, last)
        return Unfit(Reason.BROKEN)
    return said


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    """What is said on that stream; a process that says too much is cut short."""
    assert stream is not None
    said = b""
    while len(said) < limits.MOST_ANSWER and (more := await stream.read(1 << 16)):
        said += more
    return said


def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = str(Path(senses.__file__).parent.parent)
    return {**kept, "PYTHONPATH": home, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _door() -> asyncio.Semaphore:
    return _doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
