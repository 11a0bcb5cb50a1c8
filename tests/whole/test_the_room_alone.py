"""With no token and no GPU: the owner's command, a prompt typed into the page, a real clip."""

import asyncio
import io
import os
import sys
from pathlib import Path

import aiohttp
import av

from tests.rooms import until
from tests.whole.running import Running, a_running_room


async def _ask(room: Running, path: str, words: str) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{room.address}{path}", json={"words": words}) as answer,
    ):
        said = await answer.json()
    assert "card" in said, said
    return str(said["card"]["code"])


async def _film(room: Running, code: str) -> bytes:
    found: list[bytes] = []

    async def there() -> bool:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{room.address}/clips/{code}/video") as answer,
        ):
            if answer.status == 200:
                found.append(await answer.read())
        return bool(found)

    await until(there, within=90)
    return found[0]


async def test_prompts_become_clips_and_remixes_with_picture_and_sound(tmp_path: Path) -> None:
    async with a_running_room(tmp_path) as room:
        first = await _ask(room, "/create", "a red fox in the snow, 2s seed 4")
        films = [await _film(room, first)]
        for path, words in (("remix", "make it night"), ("again", ""), ("extend", "2s")):
            films.append(await _film(room, await _ask(room, f"/clips/{first}/{path}", words)))

    lengths = []
    for film in films:
        with av.open(io.BytesIO(film), "r") as opened:
            video, sound = opened.streams.video[0], opened.streams.audio[0]
            assert (video.width, video.height) == (768, 432)
            assert video.codec_context.name == "h264"
            assert sound.codec_context.name == "aac"
            lengths.append(len(list(opened.decode(video=0))) / 24)
    assert lengths == [2, 2, 2, 4]
    assert len(set(films)) == 4


async def test_the_command_stops_all_it_started(tmp_path: Path) -> None:
    async with a_running_room(tmp_path) as room:
        started = await room.children("bots") + await room.children("engine")

    assert len(started) == 2
    for pid in started:
        await until(lambda pid=pid: not Path(f"/proc/{pid}").exists())


async def test_a_second_reelroom_in_the_same_room_says_so_and_leaves(tmp_path: Path) -> None:
    async with a_running_room(tmp_path) as room:
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "reelroom", "run", "--no-browser",
            env={**os.environ, **room.environment}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await second.communicate()

    assert second.returncode == 2
    assert b"Another Reelroom is running" in said


async def test_the_parts_stop_when_the_command_is_killed(tmp_path: Path) -> None:
    async with a_running_room(tmp_path) as room:
        parts = await room.children("bots") + await room.children("engine")
        room.process.kill()
        for pid in parts:
            await until(lambda pid=pid: not Path(f"/proc/{pid}").exists())
