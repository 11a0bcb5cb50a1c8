"""SIGKILL at random moments: every accepted request still ends in one clip, or in words, once.

REELROOM_KILLS sets how many kills: a few in `make test`, 200 in `make soak`. Requests come on the
page, on Discord and on Telegram. On Discord one that the bot was not there to hear failed before
its member's eyes; on the page it is repeated until it is heard; Telegram keeps it for the bot.
"""

import asyncio
import contextlib
import os
import random
import sqlite3
from collections import Counter
from pathlib import Path

import aiohttp

from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.discord import Person as DiscordPerson
from tests.fakes.telegram import Chat, FakeTelegram
from tests.fakes.telegram import Person as TelegramPerson
from tests.rooms import until
from tests.whole.running import Running, a_running_room

KILLS = int(os.environ.get("REELROOM_KILLS", "6"))
WORDS = "a red fox in the snow, 2s"


class Askers:
    """People who ask for clips on the page, on Discord and on Telegram."""

    def __init__(self, room: Running, discord: FakeDiscord, telegram: FakeTelegram) -> None:
        self._room = room
        #: Answers heard on the page: the codes of its clips.
        self.codes: set[str] = set()
        #: Messages sent on Telegram.
        self.said = 0
        self.channel: Channel = discord.guild("Film Club").text_channel("clips")
        self._ana: DiscordPerson = discord.user("ana")
        self._bo: TelegramPerson = telegram.user("bo")
        self.group: Chat = telegram.group("Film Club", members=[self._bo])
        self._discord = discord

    async def ask_everywhere(self, key: str) -> None:
        """One request a place."""
        await self._bo.say(self.group, f"/create {WORDS}")
        self.said += 1
        if self._discord.gateway.ready:
            await self._ana.slash(self.channel, "create", prompt=WORDS)
        await until(lambda: self._asked_on_the_page(key), within=60)

    async def _asked_on_the_page(self, key: str) -> bool:
        """Ask: the same key is the same clip, however often it is sent."""
        with contextlib.suppress(aiohttp.ClientError):
            async with (
                aiohttp.ClientSession() as session,
                session.post(
                    f"{self._room.address}/create", json={"words": WORDS, "key": key}
                ) as answer,
            ):
                said = await answer.json()
                self.codes.add(said["card"]["code"])
                return True
        return False


async def test_nothing_is_lost_and_nothing_is_made_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "reelroom.toml").write_text(
        "[limits]\nhourly_per_member = 100000\nhourly_per_space = 100000\n"
        "open_per_member = 1000\nopen_per_space = 1000\n"
    )
    async with (
        FakeDiscord(answer_within=3) as discord,
        FakeTelegram() as telegram,
        a_running_room(
            tmp_path,
            0.5,
            **discord.settings,
            TELEGRAM_TOKEN=telegram.token,
            REELROOM_TELEGRAM_API_URL=telegram.api_url,
        ) as room,
    ):
        telegram.flood = None
        await discord.wait_for_command("create", 60)
        askers = Askers(room, discord, telegram)
        for number in range(KILLS):
            await askers.ask_everywhere(f"k{number}")
            part = chance.choice(("engine", "engine", "bots"))
            # An engine takes some seconds to load its model.
            await asyncio.sleep(chance.uniform(0, 8 if part == "engine" else 3))
            await until(lambda part=part: room.kill(part), within=60)
        await until(lambda: _all_over(room, askers), within=120 + 10 * KILLS)
    _check_room(room, askers)
    _check_posts(room, askers)


def _rows(room: Running, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(room.folder / "room" / "reelroom.db")) as db:
        return db.execute(query).fetchall()


def _all_over(room: Running, askers: Askers) -> bool:
    states = {row[0] for row in _rows(room, "SELECT DISTINCT state FROM deliveries")}
    return states <= {"sent", "failed"} and _count(room, "telegram") >= askers.said


def _count(room: Running, platform: str) -> int:
    query = "SELECT count(*) FROM clips JOIN spaces ON spaces.id = space_id WHERE platform"
    return int(str(_rows(room, f"{query} = '{platform}'")[0][0]))


def _check_room(room: Running, askers: Askers) -> None:
    """Each clip was delivered once, and its film is whole in the folder."""
    made = _rows(
        room,
        "SELECT code, platform, jobs.state, master, count(deliveries.id),"
        " sum(deliveries.state = 'sent'), jobs.error FROM clips"
        " JOIN jobs ON jobs.clip_id = clips.id JOIN spaces ON spaces.id = clips.space_id"
        " JOIN deliveries ON deliveries.clip_id = clips.id GROUP BY clips.id",
    )
    assert {row[0] for row in made if row[1] == "room"} == askers.codes
    assert sum(row[1] == "telegram" for row in made) == askers.said
    for code, _, state, master, deliveries, sent, error in made:
        assert (deliveries, sent) == (1, 1), code
        if state == "done":
            assert (room.folder / "room" / "media" / str(master)[:2] / str(master)).exists()
        else:
            assert (state, error) == ("failed", "poisoned"), code
    posts = _rows(room, "SELECT clip_id, count(*) FROM posts WHERE holds_clip GROUP BY clip_id")
    assert all(count == 1 for _, count in posts)


def _check_posts(room: Running, askers: Askers) -> None:
    """On each platform every clip that was made is to be seen once, and no other."""
    seen = Counter(
        file.filename.removesuffix(".mp4")
        for message in askers.channel.messages
        for file in message.attachments
        if file.filename.endswith(".mp4")
    )
    assert seen == Counter(_made(room, "discord"))
    captions = [said.caption or "" for said in askers.group.posts if said.video is not None]
    made = _made(room, "telegram")
    assert len(captions) == len(made)
    assert all(sum(code in caption for caption in captions) == 1 for code in made)


def _made(room: Running, platform: str) -> list[str]:
    query = (
        "SELECT code FROM clips JOIN jobs ON jobs.clip_id = clips.id"
        f" JOIN spaces ON spaces.id = clips.space_id WHERE platform = '{platform}'"
    )
    return [str(row[0]) for row in _rows(room, f"{query} AND jobs.state = 'done'")]
