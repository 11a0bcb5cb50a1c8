"""`reelroom verify`, as an owner types it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rooms import a_film, a_member, a_request, a_room, a_space, room_environment
from tests.signed import a_signed_film


def _verify(folder: Path, file: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | room_environment(folder) | {"LANG": "en_US.UTF-8"}
    environment.pop("LC_ALL", None)
    return subprocess.run(
        [sys.executable, "-m", "reelroom", "verify", str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_a_clip_of_the_room_is_told_with_its_chain(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        clip = (await a_request(room, await a_member(room), await a_space(room))).clip
        file = a_signed_film(room, clip, tmp_path / "a.mp4")

    ran = _verify(tmp_path, file)

    assert ran.stdout.splitlines() == [
        f"This is {clip.code}, a clip of this room, exactly as it left here.",
        "",
        "How it came to be",
        f"1. {clip.code}: made from words with Pocket",
    ]
    assert (ran.returncode, ran.stderr) == (0, "")


async def test_anything_else_is_told_plainly_and_by_the_status(tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(a_film()[0])

    ran = _verify(tmp_path, file)
    nothing = _verify(tmp_path, tmp_path / "nowhere.mp4")

    assert ran.returncode == 1
    assert ran.stdout.startswith("Nothing shows that this file is from this room")
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("I could not read that file")


def _break_key(folder: Path) -> None:
    file = folder / "room" / "keys" / "room.pem"
    file.parent.mkdir(parents=True)
    file.touch(mode=0o600)
    file.write_text("not a key")


def test_a_broken_room_key_is_one_sentence(tmp_path: Path) -> None:
    _break_key(tmp_path)

    ran = _verify(tmp_path, tmp_path / "a.mp4")

    assert ran.returncode == 2
    assert ran.stderr.startswith("The room's key")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["bots", "engine"])
def test_no_process_starts_with_a_broken_room_key(tmp_path: Path, command: str) -> None:
    _break_key(tmp_path)

    ran = subprocess.run(
        [sys.executable, "-m", command],
        env=os.environ | room_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].startswith("The room's key")
