"""The whole life of a cameo in real processes, on Discord and Telegram, with the bundled model.

Once as people would live it, the film that enrols included; and once with every process killed at
random moments, where nobody may ever see a clip to which not everyone in it agreed.
"""

import asyncio
import contextlib
import os
import random
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from senses.values import Challenge, Turn
from storage import people, spaces
from storage.people import Platform
from storage.room import open_room
from storage.settings import load
from tests.cameos import a_cameo
from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.discord import Message as DiscordMessage
from tests.fakes.discord import Person as DiscordPerson
from tests.fakes.telegram import Chat, FakeTelegram
from tests.fakes.telegram import Person as TelegramPerson
from tests.rooms import until
from tests.senses import acting, films
from tests.whole.running import Running, a_running_room

#: Seconds in which a clip is there, on a slow machine, and a film is looked at.
CLIP_SECONDS = 120
KILLS = int(os.environ.get("REELROOM_KILLS", "4"))
#: Films that are sent before a test gives up: a machine hears no synthetic voice every time.
TRIES = 4
WORDS = "@ana hopping in a meadow, 2s"


async def test_a_cameo_is_enrolled_asked_for_seen_and_taken_back_everywhere(
    tmp_path: Path,
) -> None:
    async with (
        FakeDiscord(answer_within=10) as discord,
        FakeTelegram() as telegram,
        a_running_room(
            tmp_path,
            **discord.settings,
            TELEGRAM_TOKEN=telegram.token,
            REELROOM_TELEGRAM_API_URL=telegram.api_url,
        ) as room,
    ):
        # Commands are registered beside signing in: either may be done first.
        await discord.wait_for_command("cameo", 60)
        await discord.wait_ready(60)
        channel = discord.guild("Film Club").text_channel("clips")
        ana, also_ana, bob = discord.user("ana"), telegram.user("ana"), telegram.user("bob")
        carol = discord.user("carol")
        group = telegram.group("Film Club", members=[also_ana, bob])

        # Ana films herself, and links her account on Telegram.
        await _enroll(ana, channel, tmp_path)
        told = await ana.slash(channel, "link")
        code = re.search(r"/link (\w{8})", told.text)
        assert code is not None
        await also_ana.say(also_ana.private, f"/link {code[1]}")
        await also_ana.private.wait_for(lambda said: "Linked" in said.words, CLIP_SECONDS)

        # Bob, on Telegram, and Carol, on Discord, ask for her; she says yes twice to each.
        await bob.say(group, f"/create {WORDS}")
        refused = await group.wait_for(lambda said: bool(said.buttons), CLIP_SECONDS)
        await bob.press(refused, "Ask @ana", timeout=CLIP_SECONDS)
        await _agree(ana, ana.dm_channel)
        first = await group.wait_for(lambda said: said.video is not None, CLIP_SECONDS)
        asked = await carol.slash(channel, "create", prompt=WORDS)
        assert asked.message
        await carol.press(asked.message, "✋ Ask @ana")
        await _agree(ana, ana.dm_channel)
        second = await channel.wait_for(_holds_a_film, CLIP_SECONDS)

        # Bob remixes what was posted: she is in it still, and is asked again.
        await bob.say(group, "make it night", reply_to=first)
        remixed = await group.wait_for(
            lambda said: any("Ask @ana" in key.text for key in said.buttons), CLIP_SECONDS
        )
        assert remixed.video is None

        # She sees both uses from Telegram, and takes all back.
        await also_ana.say(also_ana.private, "/cameo")
        home = await also_ana.private.wait_for(
            lambda said: "2 clips hold it" in said.words, CLIP_SECONDS
        )
        await also_ana.press(home, "Clips")
        listed = await also_ana.private.wait_for(
            lambda said: "by Bob" in said.words and "by Carol" in said.words, CLIP_SECONDS
        )
        assert "Discord" in listed.words
        assert "Telegram" in listed.words
        await also_ana.press(listed, "Take all back")
        sure = await also_ana.private.wait_for(lambda said: "all 2 clips" in said.words)
        await also_ana.press(sure, "Yes", timeout=CLIP_SECONDS)
        await until(lambda: first.deleted and second.deleted, within=CLIP_SECONDS)
        await until(lambda: not _films_in(room), within=CLIP_SECONDS)
        await group.wait_for(lambda said: "took their likeness back" in said.words, CLIP_SECONDS)
        await channel.wait_for("took their likeness back", CLIP_SECONDS)

    assert discord.violations == []
    assert telegram.violations == []


async def _enroll(ana: DiscordPerson, channel: Channel, folder: Path) -> None:
    """Do in front of the camera what the bot asks for, as often as it takes."""
    told = ""
    for _ in range(TRIES):
        begun = await ana.slash(channel, "cameo enroll")
        assert begun.message
        digits, _, turning = begun.text.partition("Turn your head")
        challenge = Challenge(
            "".join(re.findall(r"(\d)\ufe0f", digits)),
            tuple(Turn(each) for each in re.findall(r"\b(left|right|up|down)\b", turning)[:3]),
        )
        scene = await asyncio.to_thread(films.enrolling, acting.astronaut(), challenge)
        film = films.write(folder / "me.mp4", *scene)
        form = await ana.press(begun.message, "✅ I filmed it")
        sent = {"file": ("me.mp4", film.read_bytes()), "handle": "ana", "adult": "yes"}
        made = await ana.submit_modal(form, sent)
        await until(lambda made=made: "Looking at" not in made.text, within=CLIP_SECONDS)
        told = made.text
        if "Here you are: @ana" in told:
            return
    raise AssertionError(f"not enrolled: {told}")


async def _agree(ana: DiscordPerson, where: Channel) -> None:
    """Say yes to the next question about a prompt, and then to the clip that came of it."""
    question = await where.wait_for(_offers("✅ Yes, film it"), CLIP_SECONDS)
    await ana.press(question, "✅ Yes, film it")
    draft = await where.wait_for(_offers("✅ Yes, post it"), CLIP_SECONDS)
    assert _holds_a_film(draft)
    await ana.press(draft, "✅ Yes, post it")


async def test_killed_at_random_nobody_sees_a_clip_without_a_yes(tmp_path: Path) -> None:
    chance = random.Random(11)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "reelroom.toml").write_text(
        "[limits]\nhourly_per_member = 100000\nhourly_per_space = 100000\n"
        "open_per_member = 1000\nopen_per_space = 1000\n"
    )
    async with (
        FakeDiscord(answer_within=10) as discord,
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
        await discord.wait_for_command("cameo", 60)
        club = Club(room, discord, telegram)
        await club.open()
        for _ in range(KILLS):
            await club.bob_asks()
            await club.ana_says_yes(chance)
            part = chance.choice(("engine", "bots", "bots"))
            await asyncio.sleep(chance.uniform(0, 4))
            await until(lambda part=part: room.kill(part), within=60)
        # Everything that is left is answered while she watches,
        await until(lambda: club.all_answered(), within=180)
        await until(lambda: club.posted() > 0, within=CLIP_SECONDS)
        assert club.seen_unasked() == []
        # and then she takes all back, in the middle of another kill.
        await club.ana_takes_all_back(kill=True)
        await until(lambda: club.posted() == 0, within=CLIP_SECONDS)
        await until(lambda: not _films_in(room), within=CLIP_SECONDS)


class Club:
    """Ana, who has a cameo; Bob, who asks for it in a Telegram group; and what is to be seen."""

    def __init__(self, room: Running, discord: FakeDiscord, telegram: FakeTelegram) -> None:
        self._room = room
        self.ana: DiscordPerson = discord.user("ana")
        self.bob: TelegramPerson = telegram.user("bob")
        self.group: Chat = telegram.group("Film Club", members=[self.bob])
        self._discord = discord

    async def open(self) -> None:
        """Ana has enrolled, and is written to on Discord."""
        await _until_answered(lambda: self.ana.slash(self.ana.dm_channel, "cameo mine"))
        async with open_room(load(self._room.environment)) as room:
            read = room.database.read
            member = await people.find(read, Platform.DISCORD, str(self.ana.id))
            home = await spaces.find(read, Platform.DISCORD, str(self.ana.dm_channel.id))
            assert member
            assert home
            await a_cameo(room, member, "ana", home=home)

    async def bob_asks(self) -> None:
        """Telegram keeps what he says; what was refused before a kill he has to say again."""
        said = await self.bob.say(self.group, f"/create {WORDS}")
        refused = await self.group.wait_for(
            lambda m: any("Ask @ana" in key.text for key in m.buttons), 90, after=said
        )
        pressed = await self.bob.press(refused, "Ask @ana", timeout=90)
        if "send them again" in pressed.text:
            await self.bob_asks()

    async def ana_says_yes(self, chance: random.Random | None = None) -> None:
        """To what stands in her chat, with a `chance` only to some of it.

        A press that nobody hears she makes again later.
        """
        for message in list(self.ana.dm_channel.messages):
            for label in ("✅ Yes, film it", "✅ Yes, post it"):
                likes = chance is None or chance.random() < 0.8
                if likes and label in message.buttons and not message.deleted:
                    await self.ana.press(message, label)

    async def all_answered(self) -> bool:
        """Whether nothing waits for her any more; what does, she agrees to."""
        await self.ana_says_yes()
        open_ = _rows(
            self._room,
            "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'ready', 'sending')",
        )
        asked = _rows(self._room, "SELECT count(*) FROM approvals WHERE state = 'asked'")
        return open_ == asked == [(0,)]

    async def ana_takes_all_back(self, *, kill: bool) -> None:
        """From the panel, as often as it takes to be heard."""

        async def taken() -> bool:
            told = await self.ana.slash(self.ana.dm_channel, "cameo clips")
            if told.failed or told.message is None:
                return False
            if "No clip holds" in told.text:
                return True
            with contextlib.suppress(AssertionError):
                sure = await self.ana.press(told.message, "Take all back")
                if not sure.failed and sure.message:
                    pressed = asyncio.create_task(self.ana.press(sure.message, "Yes, do it"))
                    if kill:
                        await self._room.kill("bots")
                    await pressed
            return False

        await until(lambda: taken(), within=180)

    def posted(self) -> int:
        """Films of her that are to be seen in the group."""
        return sum(message.video is not None for message in self.group.posts)

    def seen_unasked(self) -> list[str]:
        """Clips in the group, now or deleted since, to which she did not say yes twice."""
        agreed = {
            str(code)
            for code, count in _rows(
                self._room,
                "SELECT code, count(*) FROM approvals JOIN clips ON clips.id = clip_id"
                " WHERE state = 'approved' GROUP BY clip_id",
            )
            if count == 2
        }
        shown = {
            found
            for message in self.group.everything
            if message.video is not None
            for found in re.findall(r"^(\w{4}) · ", message.words, re.MULTILINE)
        }
        return sorted(shown - agreed)


def _offers(label: str) -> Callable[[DiscordMessage], bool]:
    return lambda message: label in message.buttons


def _holds_a_film(message: DiscordMessage) -> bool:
    return any(file.filename.endswith(".mp4") for file in message.attachments)


async def _until_answered(act: Callable[[], Awaitable[object]]) -> None:
    async def answered() -> bool:
        return not getattr(await act(), "failed", True)

    await until(answered, within=60)


def _films_in(room: Running) -> list[tuple[object, ...]]:
    """What the media folder's rows still hold of films."""
    return _rows(room, "SELECT sha256 FROM media WHERE type = 'video/mp4'")


def _rows(room: Running, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(room.folder / "room" / "reelroom.db")) as db:
        return db.execute(query).fetchall()
