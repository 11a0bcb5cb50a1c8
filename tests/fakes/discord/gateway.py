"""The gateway: sessions over a websocket, and which of them hear what.

Relies on the world's events. Hides the words of messages from apps without the message-content
intent as Discord does. Never changes the world.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from .payloads import guild_payload, user_payload, without_words
from .things import Json, Message, Perm
from .world import Event, World

HEARTBEAT_MS = 41_250


class Op:
    DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 0, 1, 2, 3, 6
    RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11


class Intent(IntFlag):
    """The intents that matter here, as Discord numbers them."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


@dataclass(eq=False)
class Session:
    """What one IDENTIFY began; outlives its connection until resumed or invalidated."""

    id: str
    intents: int
    connection: Connection | None
    #: events by sequence number, the first being number 1
    sent: list[Json] = field(default_factory=list)


@dataclass(eq=False)
class Connection:
    """One websocket and what is waiting to go out on it."""

    socket: web.WebSocketResponse
    packer: zlib._Compress | None
    outbox: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    session: Session | None = None

    def send(self, op: int, data: object = None) -> None:
        self.outbox.put_nowait({"op": op, "d": data})

    async def write(self) -> None:
        """Sends what is queued, for as long as the connection lives."""
        while True:
            text = json.dumps(await self.outbox.get())
            try:
                if self.packer is None:
                    await self.socket.send_str(text)
                else:
                    packed = self.packer.compress(text.encode())
                    await self.socket.send_bytes(packed + self.packer.flush(zlib.Z_SYNC_FLUSH))
            except ConnectionError:
                # The client is gone; the reader sees it too and tidies up.
                return


class Gateway:
    """All sessions of the one bot that this server knows."""

    def __init__(self, world: World, token: str, *, privileged: int) -> None:
        self._world = world
        self._token = token
        #: privileged intents switched on for the app in Discord's portal
        self.privileged = privileged
        self.url = ""
        self.sessions: dict[str, Session] = {}
        #: how many times a bot identified afresh, and resumed
        self.identified = 0
        self.resumed = 0
        #: frames that no client should have sent
        self.complaints: list[str] = []
        self._open: set[Connection] = set()
        world.listeners.append(self._hear)

    @property
    def ready(self) -> bool:
        """Whether a bot is connected and identified."""
        return any(connection.session for connection in self._open)

    async def drop(self, *, code: int = 4000) -> None:
        """Closes every connection; sessions can be resumed, and miss nothing."""
        for connection in list(self._open):
            if connection.session is not None:
                connection.session.connection = None
                connection.session = None
            await connection.socket.close(code=code)

    def invalidate(self) -> None:
        """Forgets every session: connected bots get INVALID_SESSION and identify afresh."""
        for session in self.sessions.values():
            if session.connection is not None:
                session.connection.session = None
                session.connection.send(Op.INVALID_SESSION, False)
        self.sessions.clear()

    async def close(self) -> None:
        for connection in list(self._open):
            await connection.socket.close(code=WSCloseCode.GOING_AWAY)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Handles one websocket from HELLO to its end."""
        compress = request.query.get("compress")
        if compress not in (None, "zlib-stream") or request.query.get("encoding") != "json":
            self.complaints.append(f"gateway asked for {request.query_string!r}")
            return web.Response(status=400)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, zlib.compressobj() if compress else None)
        self._open.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MS})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(frame.data))
        finally:
            writer.cancel()
            self._open.discard(connection)
            if connection.session is not None:
                connection.session.connection = None
            self._world.pulse.beat()
        return socket

    async def _receive(self, connection: Connection, frame: Json) -> None:
        data: Any = frame.get("d")
        match frame["op"]:
            case Op.HEARTBEAT:
                connection.send(Op.HEARTBEAT_ACK)
            case Op.IDENTIFY:
                await self._identify(connection, data)
            case Op.RESUME:
                self._resume(connection, data)
            case Op.PRESENCE:
                pass  # Nobody here looks at what a bot says it is playing.
            case other:
                self.complaints.append(f"gateway opcode {other} is not played here")

    async def _identify(self, connection: Connection, data: Json) -> None:
        if data["token"] != self._token:
            await connection.socket.close(code=4004, message=b"Authentication failed.")
            return
        if data["intents"] & PRIVILEGED & ~self.privileged:
            await connection.socket.close(code=4014, message=b"Disallowed intent(s).")
            return
        # Whoever identifies afresh will not resume what a killed process left behind.
        self.sessions = {s.id: s for s in self.sessions.values() if s.connection is not None}
        session = Session(secrets.token_hex(16), data["intents"], connection)
        connection.session = self.sessions[session.id] = session
        self.identified += 1
        world = self._world
        guilds = [guild for guild in world.guilds.values() if guild.has_bot]
        ready = {
            "v": 10,
            "user": {**user_payload(world.bot), "verified": True, "mfa_enabled": False},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(world.application_id), "flags": 0},
            "shard": data.get("shard", [0, 1]),
        }
        self._dispatch(session, "READY", ready)
        for guild in guilds:
            if session.intents & Intent.GUILDS:
                self._dispatch(session, "GUILD_CREATE", guild_payload(world, guild))

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            connection.send(Op.INVALID_SESSION, False)
            return
        session.connection, connection.session = connection, session
        self.resumed += 1
        for event in session.sent[data["seq"] :]:
            connection.outbox.put_nowait(event)
        self._dispatch(session, "RESUMED", {})

    def _hear(self, event: Event) -> None:
        """Passes an event to the sessions that may know of it."""
        if event.guild is not None and not event.guild.has_bot:
            return
        if event.channel is not None and Perm.VIEW_CHANNEL not in self._world.permissions(
            event.channel
        ):
            return
        for session in self.sessions.values():
            needed = _needed_intent(event)
            if needed and not session.intents & needed:
                continue
            payload = event.payload()
            if event.message is not None:
                payload = censored(self._world, event.message, payload, session.intents)
            self._dispatch(session, event.name, payload)

    def _dispatch(self, session: Session, name: str, payload: Json) -> None:
        frame = {"op": Op.DISPATCH, "t": name, "s": len(session.sent) + 1, "d": payload}
        session.sent.append(frame)
        if session.connection is not None:
            session.connection.outbox.put_nowait(frame)
        self._world.pulse.beat()


def censored(world: World, message: Message, payload: Json, intents: int) -> Json:
    """A message payload without the words that an app with these intents may not read.

    Discord, message content intent: words come along in DMs, in the app's own messages and where
    the app is mentioned. An answered message is judged on its own.
    """
    if intents & Intent.MESSAGE_CONTENT:
        return payload
    shown = payload if _may_read(world, message) else without_words(payload)
    answered = message.reply_to
    if shown.get("referenced_message") and answered and not _may_read(world, answered):
        shown = {**shown, "referenced_message": without_words(shown["referenced_message"])}
    return shown


def _may_read(world: World, message: Message) -> bool:
    if message.channel.guild is None or message.author is world.bot:
        return True
    if world.bot in world.mentioned(message.content):
        return True
    answered = message.reply_to
    # A reply that pings the app's answer to an interaction still carries no text.
    return world.bot in message.pings and answered is not None and answered.interaction is None


def _needed_intent(event: Event) -> int:
    if event.name.startswith("MESSAGE_"):
        return Intent.DIRECT_MESSAGES if event.guild is None else Intent.GUILD_MESSAGES
    if event.name.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return Intent.GUILDS
    return 0
