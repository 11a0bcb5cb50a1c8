"""The same loop on either platform's fake, so that a test is written once for both."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from storage.room import Room
from tests.bots.discord.conftest import Studio
from tests.bots.telegram.conftest import Stage, playing
from tests.fakes import discord, telegram
from tests.rooms import a_room

#: Seconds in which a clip is there, on a slow machine.
CLIP_SECONDS = 60

#: How sentences about clips that were not made go.
ENDINGS = ("can't be made", "could not make", "too big")

_CODE = re.compile(r"[0-9A-Z]{4,}")


class Chat(Protocol):
    """One person in one place."""

    room: Room

    async def create(self, words: str, picture: bytes | None = None) -> bytes:
        """Ask for a clip; the film that was posted."""

    async def remix(self, code: str, words: str) -> bytes:
        """Remix the clip of that code."""

    async def again(self, code: str) -> bytes:
        """Another take."""

    async def extend(self, code: str, words: str) -> bytes:
        """The clip goes on."""

    async def told(self, words: str, picture: bytes | None = None) -> str:
        """Ask for a clip that can't be made; what the bot says in the end."""

    def newest(self) -> str:
        """The code of the clip posted last."""


class OnDiscord:
    """A member of a server, with slash commands."""

    def __init__(self, studio: Studio) -> None:
        self.room = studio.room
        self._channel = studio.server.guild("Film Club").text_channel("clips")
        self._ana = studio.server.user("ana")
        self._seen: list[str] = []

    async def create(self, words: str, picture: bytes | None = None) -> bytes:
        """As Chat has it."""
        more = {"picture": ("picture.png", picture)} if picture else {}
        await self._ana.slash(self._channel, "create", prompt=words, **more)
        return await self._posted()

    async def remix(self, code: str, words: str) -> bytes:
        """As Chat has it."""
        await self._ana.slash(self._channel, "remix", change=words, clip=code)
        return await self._posted()

    async def again(self, code: str) -> bytes:
        """As Chat has it."""
        await self._ana.slash(self._channel, "again", clip=code)
        return await self._posted()

    async def extend(self, code: str, words: str) -> bytes:
        """As Chat has it."""
        await self._ana.slash(self._channel, "extend", next=words, clip=code)
        return await self._posted()

    async def told(self, words: str, picture: bytes | None = None) -> str:
        """As Chat has it: the answer, or what it became."""
        more = {"picture": ("picture.png", picture)} if picture else {}
        seen = await self._ana.slash(self._channel, "create", prompt=words, **more)
        if seen.ephemeral:
            return str(seen.text)
        failed = await self._channel.wait_for(
            lambda said: any(sign in said.text for sign in ENDINGS), CLIP_SECONDS
        )
        return str(failed.text)

    def newest(self) -> str:
        """As Chat has it."""
        return self._seen[-1]

    async def _posted(self) -> bytes:
        post = await self._channel.wait_for(
            lambda said: any(self._is_new(file.filename) for file in said.attachments),
            CLIP_SECONDS,
        )
        self._seen.append(post.attachments[0].filename.removesuffix(".mp4"))
        return bytes(post.attachments[0].data)

    def _is_new(self, name: str) -> bool:
        return name.endswith(".mp4") and name.removesuffix(".mp4") not in self._seen


class OnTelegram:
    """A person in a private chat."""

    def __init__(self, stage: Stage) -> None:
        self.room = stage.room
        self._ana = stage.server.user("ana")
        self._seen: list[telegram.Message] = []

    async def create(self, words: str, picture: bytes | None = None) -> bytes:
        """As Chat has it."""
        if picture:
            await self._ana.send_photo(self._ana.private, picture, caption=words)
        else:
            await self._ana.say(self._ana.private, words)
        return await self._posted()

    async def remix(self, code: str, words: str) -> bytes:
        """As Chat has it."""
        return await self._said(f"/remix {code} {words}")

    async def again(self, code: str) -> bytes:
        """As Chat has it."""
        return await self._said(f"/again {code}")

    async def extend(self, code: str, words: str) -> bytes:
        """As Chat has it."""
        return await self._said(f"/extend {code} {words}")

    async def told(self, words: str, picture: bytes | None = None) -> str:
        """As Chat has it: the answer, or what it became."""
        if picture:
            asked = await self._ana.send_document(
                self._ana.private, picture, "picture.png", caption=words, mime="image/png"
            )
        else:
            asked = await self._ana.say(self._ana.private, words)
        # The progress, which this may become, shows the seed.
        answer = await self._ana.private.wait_for(
            lambda said: "seed" not in said.words, CLIP_SECONDS, after=asked
        )
        return str(answer.words)

    def newest(self) -> str:
        """As Chat has it."""
        found = _CODE.match(self._seen[-1].words.splitlines()[-1])
        assert found
        return found[0]

    async def _said(self, words: str) -> bytes:
        await self._ana.say(self._ana.private, words)
        return await self._posted()

    async def _posted(self) -> bytes:
        post = await self._ana.private.wait_for(
            lambda said: said.video is not None and said not in self._seen, CLIP_SECONDS
        )
        self._seen.append(post)
        assert post.video
        return bytes(post.video.data)


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[Chat]:
    """A room with a bot on the played Discord."""
    async with discord.FakeDiscord() as server, a_room(folder, **server.settings) as room:
        studio = Studio(server, room)
        async with studio.running():
            yield OnDiscord(studio)
    assert server.violations == []


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[Chat]:
    """A room with a bot on the played Telegram."""
    async with telegram.FakeTelegram() as server:
        server.flood = None
        settings = {"TELEGRAM_TOKEN": server.token, "REELROOM_TELEGRAM_API_URL": server.api_url}
        async with a_room(folder, **settings) as room, playing(room, server) as stage:
            yield OnTelegram(stage)
    assert server.violations == []
