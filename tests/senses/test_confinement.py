"""The decoding process is held to its limits by the kernel, whatever a file makes it do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import senses
from senses import film


def _confined(does: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    code = f"from senses import limits\nlimits.CPU_SECONDS = 1\nlimits.confine()\n{does}"
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(senses.__file__).parent.parent)},
    )


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("bytearray(3 * 1024**3)", "MemoryError"),
        ("open('written', 'wb', buffering=0).write(b'x')", "File too large"),
        ("[open('/dev/null') for _ in range(100)]", "Too many open files"),
    ],
    ids=["memory", "writing", "files"],
)
def test_too_much_is_refused_by_the_kernel(does: str, says: str, tmp_path: Path) -> None:
    ended = _confined(does, tmp_path)

    assert ended.returncode != 0
    assert says in ended.stderr


def test_looking_at_a_film_starts_no_thread(honest_film: Path) -> None:
    # The kernel lets root start them all the same: an owner who is not root would see nothing.
    before = len(list(Path("/proc/self/task").iterdir()))

    moments = film.moments(honest_film, longest=60)
    next(moments)

    assert len(list(Path("/proc/self/task").iterdir())) == before


def test_computing_for_ever_is_ended(tmp_path: Path) -> None:
    assert _confined("while True: pass", tmp_path).returncode < 0
