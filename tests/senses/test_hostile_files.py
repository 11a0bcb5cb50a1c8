"""Files that are not what they say, and what they do to the process that decodes them: no more."""

import asyncio
import logging
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

from senses import asking, limits
from senses.challenge import challenge
from senses.values import Reason, Unfit

ASKED = challenge()


def _png(width: int, height: int) -> bytes:
    """A picture of one colour, tiny as a file whatever its size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * ((width + 1) * 16), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 4096, b"not a film at all", _png(64, 64)[:50], b"\x00\x00\x00\x18ftypmp42" * 40],
    ids=["empty", "zeros", "text", "half a picture", "an MP4's name only"],
)
async def test_what_is_no_film_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    for answer in (await asking.watch_enrolment(path, ASKED), await asking.watch_thing(path)):
        assert isinstance(answer, Unfit)
        assert answer.reason is Reason.NOT_A_VIDEO


async def test_a_playlist_in_disguise_opens_no_other_file(
    honest_film: Path, tmp_path: Path
) -> None:
    hls = tmp_path / "film.mp4"
    hls.write_text(f"#EXTM3U\n#EXTINF:5,\n{honest_film}\n#EXT-X-ENDLIST\n")
    concat = tmp_path / "other.mp4"
    concat.write_text(f"ffconcat version 1.0\nfile {honest_film}\n")

    for path in (hls, concat):
        answer = await asking.watch_enrolment(path, ASKED)
        assert answer == Unfit(Reason.NOT_A_VIDEO)


async def test_a_film_cut_off_in_the_middle_is_no_crash(honest_film: Path, tmp_path: Path) -> None:
    content = honest_film.read_bytes()
    path = tmp_path / "film.mp4"
    path.write_bytes(content[: len(content) // 2])

    assert isinstance(await asking.watch_enrolment(path, ASKED), Unfit)


async def test_bytes_changed_at_random_are_no_crash(
    honest_film: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = bytearray(honest_film.read_bytes())
    for at in range(2000, len(content), 997):
        content[at] ^= 0x55
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    assert isinstance(await asking.watch_enrolment(path, ASKED), Unfit)
    assert "Traceback" not in caplog.text


async def test_a_picture_that_unpacks_to_far_too_much_is_too_heavy(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(_png(30_000, 30_000))

    answer = await asking.faces_in(path)

    assert isinstance(answer, Unfit)
    assert answer.reason is Reason.TOO_HEAVY


async def test_a_file_too_big_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 1000)
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0" * 1001)

    answer = await asking.watch_enrolment(path, ASKED)

    assert isinstance(answer, Unfit)
    assert answer.reason is Reason.TOO_HEAVY


async def test_a_file_that_is_gone_is_broken(tmp_path: Path) -> None:
    assert await asking.faces_in(tmp_path / "gone.png") == Unfit(Reason.BROKEN)


async def test_a_file_that_takes_for_ever_is_given_up_and_its_process_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    _instead(monkeypatch, tmp_path, f"echo $$ > {pid}; exec sleep 60")
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    path = tmp_path / "film.mp4"
    path.touch()

    answer = await asking.watch_enrolment(path, ASKED)

    assert answer == Unfit(Reason.TOOK_TOO_LONG, {"seconds": 0.5})
    await _gone(int(pid.read_text()))


async def test_who_stops_waiting_leaves_no_process_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    _instead(monkeypatch, tmp_path, f"echo $$ > {pid}; exec sleep 60")
    path = tmp_path / "film.mp4"
    path.touch()

    asked = asyncio.create_task(asking.watch_enrolment(path, ASKED))
    while not pid.exists() or not pid.read_text():
        await asyncio.sleep(0.01)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)

    await _gone(int(pid.read_text()))


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("kill -SEGV $$", Reason.BROKEN),
        ("kill -XCPU $$", Reason.TOOK_TOO_LONG),
        ("echo '{\"stills\": 3}'", Reason.BROKEN),
        ("yes | head -c 1000000", Reason.BROKEN),
        ("exit 1", Reason.BROKEN),
    ],
    ids=["crashes", "computes for ever", "lies", "babbles", "fails"],
)
async def test_whatever_the_process_does_is_an_answer(
    does: str, reason: Reason, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _instead(monkeypatch, tmp_path, does)
    path = tmp_path / "film.mp4"
    path.touch()

    answer = await asking.watch_enrolment(path, ASKED)

    assert isinstance(answer, Unfit)
    assert answer.reason is reason


async def test_the_process_knows_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    _instead(monkeypatch, tmp_path, f"env > {seen}")
    monkeypatch.setenv("REELROOM_DISCORD_TOKEN", "hush")
    path = tmp_path / "film.mp4"
    path.touch()

    await asking.watch_enrolment(path, ASKED)

    assert "PYTHONPATH" in seen.read_text()
    assert "hush" not in seen.read_text()


async def test_what_is_heard_and_seen_is_never_logged(
    tmp_path: Path, honest_film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await asking.watch_enrolment(honest_film, ASKED)

    assert ASKED.digits not in caplog.text


def _instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str) -> None:
    """Stands in for the process that decodes: a shell that does that."""
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


async def _gone(pid: int) -> None:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"process {pid} is still there")
