"""Running ffmpeg: a graph built with ffmpeg-python, fed frames, stopped when the caller says so.

It uses the binary that imageio-ffmpeg brings. It never leaves a process running behind it, except
when this process is killed: ffmpeg then ends by itself at the end of its input.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterable

import imageio_ffmpeg
from ffmpeg.nodes import OutputStream

#: Called often while ffmpeg works; raises to stop it.
Check = Callable[[], None]
#: Seconds between two checks while there is nothing to feed.
CHECK_SECONDS = 0.05
#: Characters of ffmpeg's last words kept in an error.
LAST_WORDS = 1500


class FfmpegFailed(Exception):
    """ffmpeg ended with an error; the message is the end of what it said."""


def run(graph: OutputStream, *, check: Check, frames: Iterable[memoryview] | None = None) -> None:
    """Run the graph to its end, with `frames` as its standard input.

    Raises FfmpegFailed, and whatever `check` or `frames` raise.
    """
    command = [
        *graph.global_args("-hide_banner", "-loglevel", "error", "-nostdin")
        .overwrite_output()
        .compile(cmd=imageio_ffmpeg.get_ffmpeg_exe())
    ]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if frames is None else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            # Ctrl-C in a terminal goes to us alone: we stop ffmpeg ourselves.
            start_new_session=True,
        )
        try:
            if frames is not None:
                _feed(process, frames, check)
            while not _ended(process):
                check()
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            words.seek(0)
            said = words.read().decode(errors="replace").strip()
            raise FfmpegFailed(said[-LAST_WORDS:] or f"exit {process.returncode}")


def _feed(process: "subprocess.Popen[bytes]", frames: Iterable[memoryview], check: Check) -> None:
    assert process.stdin is not None
    try:
        for frame in frames:
            check()
            process.stdin.write(frame)
        process.stdin.close()
    except BrokenPipeError:
        # It has stopped reading: its exit code and its words say why.
        return


def _ended(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(CHECK_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True
