"""A Discord of our own on 127.0.0.1, for the real discord.py to talk to.

`async with FakeDiscord() as server:` serves REST v10, the gateway and the CDN; bots connect by
address, from this process or another, and tests act through `server.guild` and `server.user`.
Never leaves loopback and keeps everything in memory.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from . import channels, commands, guilds, interactions
from .calls import ApiError, Call
from .desk import Desk
from .faults import Faults
from .gateway import Gateway
from .people import Person
from .rest import BASE, Front
from .shapes import Shapes
from .things import Channel, Guild, Message, User
from .world import World

#: Edits that a message older than an hour still takes each hour (code 30046); Discord does not
#: publish its figure.
OLD_EDITS = 3
_SHAPES = Shapes()
#: Importing these modules is what registers their endpoints.
ENDPOINTS = (channels, commands, guilds, interactions)


class FakeDiscord:
    """The server, and the people and guilds in it."""

    def __init__(
        self,
        *,
        token: str = "MTA.fake.token",
        bot_name: str = "Reelroom",
        privileged_intents: int = 0,
        answer_within: float = 3.0,
        port: int = 0,
    ) -> None:
        """`privileged_intents`: those switched on in the portal, as bits; others close with 4014.

        `answer_within`: seconds the app has for an interaction. `port` 0 takes a free one.
        """
        self.token = token
        self.world = World(bot_name)
        self.shapes = _SHAPES
        self.faults = Faults()
        self.gateway = Gateway(self.world, token, privileged=privileged_intents)
        self.desk = Desk(self.world, answer_within=answer_within)
        self.registry = commands.Registry(self.world)
        #: every REST request, oldest first; `status` 0 means that the connection was cut
        self.requests: list[Call] = []
        self.api_url = ""
        self.gateway_url = ""
        self._violations: list[str] = []
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def violations(self) -> list[str]:
        """What no correct app would have sent: one sentence each. Assert that it is empty."""
        return self._violations + self.gateway.complaints

    @property
    def settings(self) -> dict[str, str]:
        """The environment that points a Reelroom at this server."""
        return {
            "DISCORD_TOKEN": self.token,
            "REELROOM_DISCORD_API_URL": self.api_url,
            "REELROOM_DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def application_id(self) -> int:
        return self.world.application_id

    @property
    def bot(self) -> User:
        """The bot's own user."""
        return self.world.bot

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=200 * 1024 * 1024)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/cdn/{folder}/{owner}/{file_id}/{name}", self._serve_file)
        app.router.add_route("*", BASE + "/{path:.*}", Front(self).serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        home = f"127.0.0.1:{self._port}"
        self.api_url = f"http://{home}{BASE}"
        self.gateway_url = self.gateway.url = f"ws://{home}/gateway/"
        self.world.cdn_url = f"http://{home}/cdn"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def guild(
        self, name: str, *, premium_tier: int = 0, locale: str = "en-US", bot: bool = True
    ) -> Guild:
        """Makes a guild; `bot=False` is one where only people installed the app."""
        return self.world.new_guild(name, premium_tier=premium_tier, locale=locale, has_bot=bot)

    def user(
        self,
        name: str,
        *,
        locale: str = "en-US",
        bot: bool = False,
        webhook: bool = False,
        installed: bool = False,
    ) -> Person:
        """Makes an account; `installed`: they installed the app for themselves."""
        person = Person(self.world.new_id(), name, locale, bot or webhook, webhook, installed)
        person.server = self
        self.world.users[person.id] = person
        return person

    def private_chat(self, *people: Person) -> Channel:
        """A conversation among people, without the bot."""
        return self.world.conversation(*people)

    def advance(self, seconds: float) -> None:
        """Lets time pass: interactions fail, tokens, nonces and links grow old."""
        self.world.advance(seconds)
        self.desk.expire()
        self.world.pulse.beat()

    async def drop_gateway(self) -> None:
        """Cuts every gateway connection; the bot may resume and misses nothing."""
        await self.gateway.drop()

    def invalidate_sessions(self) -> None:
        """Makes every bot identify afresh; what happened meanwhile is lost to it."""
        self.gateway.invalidate()

    async def wait_ready(self, timeout: float = 10) -> None:
        """Returns once a bot is connected to the gateway."""
        ready = self.gateway

        def look() -> bool | None:
            return ready.ready or None

        await self.world.wait_until(look, timeout, lambda: "no bot connected")

    async def wait_for_command(self, name: str, timeout: float = 10) -> None:
        """Returns once a command of that name is registered, globally or in a guild."""
        registry = self.registry

        def look() -> bool | None:
            return registry.knows(name) or None

        await self.world.wait_until(look, timeout, lambda: f"/{name} was never registered")

    def seen(self, method: str, template: str) -> list[Call]:
        """Requests so far to one endpoint, such as `POST`, `/channels/{channel_id}/messages`."""
        return [c for c in self.requests if (c.method, c.template) == (method, template)]

    def complain(self, method: str, path: str, what: str) -> None:
        """Records a violation."""
        self._violations.append(f"{method} {path}: {what}")

    def count_old_edit(self, message: Message) -> None:
        """Refuses the edit of a message older than an hour that was edited too often lately."""
        now = self.world.now()
        if now - channels.made_at(message) < channels.OLD_S:
            return
        recent = [edit for edit in message.edits if now - edit.at < channels.OLD_S]
        if len(recent) >= OLD_EDITS:
            raise ApiError(
                429,
                30046,
                "Maximum number of edits to messages older than 1 hour reached. Try again later.",
                headers={"Retry-After": "0.05", "Via": "1.1 google"},
                extra={"retry_after": 0.05, "global": False},
            )

    async def _serve_file(self, request: web.Request) -> web.Response:
        """The CDN. Links die: `ex` is a time in hexadecimal seconds."""
        attachment = self.world.files.get(int(request.match_info["file_id"]))
        if attachment is None or int(request.query.get("ex", "0"), 16) < self.world.now():
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=attachment.data, content_type=attachment.content_type)
