"""The desk: interactions on their way to the app, and the time it has to answer them.

Keeps Discord's times: 3 seconds to answer, 15 minutes for the token. Does not know how people
name buttons and options (people.py), nor what answers hold (interactions.py).
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from .calls import ApiError
from .channels import upload_limit
from .payloads import channel_payload, member_payload, message_payload, user_payload
from .things import EVERYONE, Channel, ChannelType, Json, Message, Perm, User
from .world import World

#: Interaction tokens last 15 minutes.
TOKEN_S = 900.0


class Kind(IntEnum):
    COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5


class Answer(IntEnum):
    """Kinds of interaction callbacks."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class State(Enum):
    WAITING = "waiting"
    ANSWERED = "answered"
    #: the person was told that the app did not respond
    FAILED = "failed"


@dataclass(eq=False)
class Interaction:
    """One thing a person did that the app has to answer."""

    id: int
    token: str
    kind: Kind
    person: User
    channel: Channel
    #: the message whose button was pressed
    source: Message | None
    #: `interaction_metadata` of the messages that answer it
    metadata: Json
    #: UTC seconds on the server's clock
    began: float
    #: message type of its answer: 20 for slash commands, 23 for menus, 0 otherwise
    answer_type: int = 0
    state: State = State.WAITING
    answer: Answer | None = None
    #: the message that answered, was updated or is still loading
    response: Message | None = None
    followups: list[Message] = field(default_factory=list)
    #: the form that was opened, as sent
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    #: set once it was answered or given up
    over: asyncio.Event = field(default_factory=asyncio.Event)
    #: real seconds on the loop's clock
    began_at: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    over_at: float | None = None

    def end(self, state: State) -> None:
        """Notes that it was answered or given up, and when."""
        self.state = state
        self.over_at = asyncio.get_running_loop().time()
        self.over.set()


class Desk:
    """Hands interactions to the app and keeps the time it has to answer."""

    def __init__(self, world: World, *, answer_within: float) -> None:
        self._world = world
        #: seconds the app has to answer
        self.answer_within = answer_within
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        kind: Kind,
        person: User,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        answer_type: int = 0,
    ) -> Interaction:
        """Sends INTERACTION_CREATE; the answer comes by REST, or never."""
        world = self._world
        token = secrets.token_urlsafe(48)
        fresh = world.new_id()
        owners = integration_owners(person, channel, world.bot)
        metadata: Json = {
            "id": str(fresh),
            "type": int(kind),
            "user": user_payload(person),
            "authorizing_integration_owners": owners,
        }
        if source is not None:
            metadata["interacted_message_id"] = str(source.id)
        interaction = Interaction(
            fresh, token, kind, person, channel, source, metadata, world.now(), answer_type
        )
        self._by_token[token] = interaction
        payload = self._payload(interaction, data, owners)
        world.tell("INTERACTION_CREATE", None, None, lambda: payload)
        loop = asyncio.get_running_loop()
        loop.call_later(self.answer_within, self._give_up, interaction)
        return interaction

    def expire(self) -> None:
        """Fails what has waited too long on the server's clock."""
        for interaction in self._by_token.values():
            if self._world.now() - interaction.began >= self.answer_within:
                self._give_up(interaction)

    def waiting(self, interaction_id: int, token: str) -> Interaction:
        """An interaction that may still be answered."""
        found = self._by_token.get(token)
        if found is None or found.id != interaction_id or found.state is State.FAILED:
            raise ApiError(404, 10062, "Unknown interaction")
        if found.state is State.ANSWERED:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        return found

    def answered(self, application_id: int, token: str) -> Interaction:
        """An interaction whose token still edits and follows up."""
        found = self._by_token.get(token)
        if application_id != self._world.application_id:
            raise ApiError(404, 10015, "Unknown Webhook")
        if found is None or self._world.now() - found.began >= TOKEN_S:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        if found.state is not State.ANSWERED:
            raise ApiError(404, 10015, "Unknown Webhook")
        return found

    def _give_up(self, interaction: Interaction) -> None:
        if interaction.state is State.WAITING:
            interaction.end(State.FAILED)
            self._world.pulse.beat()

    def _payload(self, interaction: Interaction, data: Json, owners: Json) -> Json:
        world, channel, person = self._world, interaction.channel, interaction.person
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application_id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": {**channel_payload(world, channel), "permissions": str(int(EVERYONE))},
            "app_permissions": str(int(world.permissions(channel) or EVERYONE)),
            "locale": person.locale,
            "entitlements": [],
            "authorizing_integration_owners": owners,
            "context": context_of(channel, world.bot),
            "attachment_size_limit": upload_limit(channel),
        }
        guild = channel.guild
        if guild is None:
            payload["user"] = user_payload(person)
        else:
            payload["guild_id"] = str(guild.id)
            payload["guild_locale"] = guild.locale
            payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
            own = EVERYONE | Perm.MANAGE_MESSAGES if person.moderates else EVERYONE
            payload["member"] = member_payload(person, permissions=own)
        if interaction.source is not None:
            payload["message"] = message_payload(world, interaction.source)
        return payload


def integration_owners(person: User, channel: Channel, bot: User) -> Json:
    """By whom the app is installed where this happens: "0" the guild, "1" the person."""
    owners: Json = {}
    if channel.guild is not None and channel.guild.has_bot:
        owners["0"] = str(channel.guild.id)
    elif channel.guild is None and bot in channel.recipients:
        owners["0"] = "0"
    if person.installed:
        owners["1"] = str(person.id)
    return owners


def context_of(channel: Channel, bot: User) -> int:
    """Discord's interaction context: 0 a guild, 1 the app's DMs, 2 another private channel."""
    if channel.type is not ChannelType.DM:
        return 0
    return 1 if bot in channel.recipients else 2
