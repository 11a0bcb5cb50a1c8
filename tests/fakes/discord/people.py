"""People at their Discord apps: what they type, press and fill in, and what they see for it.

Each action returns once the app has answered or has had its 3 seconds. What Discord's app would
not offer raises NotThere, an AssertionError that says what was there instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .channels import reference_to, upload_limit
from .commands import MESSAGE_MENU, SLASH, USER_MENU
from .desk import Answer, Interaction, Kind, State
from .forms import Modal, pick
from .options import NotThere, fill, leaf, resolve_user, shown_names
from .payloads import message_payload, snapshot_payload
from .things import Channel, Json, Message, User
from .world import World

if TYPE_CHECKING:
    from .app import FakeDiscord

_BUTTON, _STRING_SELECT = 2, 3
_USER_SELECTS = (5, 7)


@dataclass(frozen=True)
class Outcome:
    """What a person sees after doing something that the app has to answer."""

    server: FakeDiscord
    interaction: Interaction

    @property
    def failed(self) -> bool:
        """Whether Discord told them that the app did not respond."""
        return self.interaction.state is State.FAILED

    @property
    def seconds(self) -> float:
        """How long the app took to answer, in real seconds."""
        assert self.interaction.over_at is not None
        return self.interaction.over_at - self.interaction.began_at

    @property
    def message(self) -> Message | None:
        """The message that answered or was updated; it shows later edits too."""
        return self.interaction.response

    @property
    def modal(self) -> Modal | None:
        """The form that was opened."""
        form = self.interaction.modal
        return Modal(self.interaction, form["title"], form["components"]) if form else None

    @property
    def response(self) -> Message | Modal | None:
        return self.message or self.modal

    @property
    def ephemeral(self) -> bool:
        """Whether they alone see the answer."""
        return self.message is not None and self.message.ephemeral

    @property
    def updated(self) -> bool:
        """Whether the answer was a change of the message they pressed on."""
        return self.interaction.answer in (Answer.UPDATE, Answer.DEFERRED_UPDATE)

    @property
    def followups(self) -> list[Message]:
        return self.interaction.followups

    @property
    def choices(self) -> dict[str, Any]:
        """What autocomplete offered: name to value, in order."""
        return {choice["name"]: choice["value"] for choice in self.interaction.choices}

    @property
    def text(self) -> str:
        """Every word of the answer; empty when there is none yet."""
        return self.response.text if self.response else ""

    async def settled(self, timeout: float = 10) -> Message:
        """The answer once the app no longer says that it is thinking."""

        def look() -> Message | None:
            return self.message if self.message and not self.message.loading else None

        return await self.server.world.wait_until(look, timeout, lambda: f"still thinking: {self}")

    async def wait_for(self, what: str | Callable[[Message], bool], timeout: float = 10) -> Message:
        """The answer or follow-up, now or soon, that satisfies `what` (a text: contains it)."""
        holds = (lambda m: what in m.text) if isinstance(what, str) else what

        def look() -> Message | None:
            seen = [*([self.message] if self.message else []), *self.followups]
            return next((m for m in seen if not m.deleted and holds(m)), None)

        return await self.server.world.wait_until(look, timeout, lambda: f"never came: {self}")


@dataclass(eq=False)
class Person(User):
    """Someone with an account. Made by `server.user`."""

    server: FakeDiscord | None = None

    def __repr__(self) -> str:
        return f"<{self.name}>"

    async def say(
        self,
        channel: Channel,
        text: str = "",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        attachments: Sequence[tuple[str, bytes]] = (),
    ) -> Message:
        """Posts an ordinary message; `ping` is the @ switch of a reply."""
        world = self._enter(channel)
        if any(len(data) > upload_limit(channel) for _, data in attachments):
            raise NotThere("the file is too large for this channel")
        fields: Json = {"pings": world.mentioned(text)}
        if reply_to is not None:
            fields |= {"type": 19, "reference": reference_to(reply_to)}
            if ping:
                fields["pings"] |= {reply_to.author}
        files = [world.new_attachment(name, data) for name, data in attachments]
        hook = self.id if self.webhook else None
        fields |= {"content": text, "attachments": files, "webhook_id": hook}
        return world.add_message(channel, self, fields)

    async def dm(
        self,
        text: str = "",
        *,
        reply_to: Message | None = None,
        attachments: Sequence[tuple[str, bytes]] = (),
    ) -> Message:
        """Writes to the bot in private."""
        return await self.say(self.dm_channel, text, reply_to=reply_to, attachments=attachments)

    async def forward(self, message: Message, channel: Channel) -> Message:
        """Forwards a message to another channel."""
        world = self._enter(channel)
        snapshot = snapshot_payload(world, message)
        reference = {**reference_to(message), "type": 1}
        return world.add_message(channel, self, {"reference": reference, "snapshot": snapshot})

    async def edit(self, message: Message, text: str) -> None:
        """Changes the words of their own message."""
        if message.author is not self:
            raise NotThere("people edit their own messages")
        world = self._server.world
        world.change_message(message, {"content": text, "pings": world.mentioned(text)})

    async def delete(self, message: Message) -> None:
        """Deletes a message, as its author or as a moderator."""
        self._server.world.delete_message(message)

    async def slash(self, channel: Channel, name: str, **options: object) -> Outcome:
        """Types a slash command; `name` may hold subcommands ("clip info").

        Options are named as shown; a user is a Person, a file a (name, bytes) pair.
        """
        self._enter(channel)
        data = self._command_data(channel, name, options, focused=None)
        return await self._ask(Kind.COMMAND, channel, data, answer_type=20)

    async def autocomplete(
        self, channel: Channel, name: str, option: str, typed: str, **options: object
    ) -> Outcome:
        """Types into an option and looks at what is offered: see `Outcome.choices`."""
        self._enter(channel)
        data = self._command_data(channel, name, {**options, option: typed}, focused=option)
        return await self._ask(Kind.AUTOCOMPLETE, channel, data)

    async def context_menu(
        self, target: Message | User, name: str, *, channel: Channel | None = None
    ) -> Outcome:
        """Picks a menu entry on a message, or on a user (`channel` says where)."""
        channel = target.channel if isinstance(target, Message) else channel or self.dm_channel
        world = self._enter(channel)
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        command = self._server.registry.find(kind, name, self, channel)
        data: Json = {name: command[name] for name in ("id", "name", "type")}
        data["target_id"] = str(target.id)
        if isinstance(target, Message):
            self._sees(target)
            payload = message_payload(world, target)
            data["resolved"] = {"messages": {str(target.id): payload}}
        else:
            data["resolved"] = {}
            resolve_user(target, channel, data["resolved"])
        return await self._ask(Kind.COMMAND, channel, data, answer_type=23)

    async def press(self, message: Message, button: str) -> Outcome:
        """Presses a button, by its label, emoji or custom_id."""
        control = self._control(message, button, (_BUTTON,))
        if not control.get("custom_id"):
            raise NotThere(f"{button!r} opens a link and tells the app nothing")
        return await self._use(message, control, {})

    async def select(self, message: Message, menu: str, *chosen: object) -> Outcome:
        """Picks from a menu found by custom_id or placeholder; options by label or value."""
        control = self._control(message, menu, (_STRING_SELECT, *_USER_SELECTS))
        least, most = control.get("min_values"), control.get("max_values") or 1
        if not (1 if least is None else least) <= len(chosen) <= most:
            raise NotThere(f"{menu!r} takes {least} to {most}, not {len(chosen)}")
        if control["type"] == _STRING_SELECT:
            return await self._use(
                message, control, {"values": pick(menu, control["options"], list(chosen))}
            )
        resolved: Json = {}
        people = [person for person in chosen if isinstance(person, User)]
        values = [resolve_user(person, message.channel, resolved) for person in people]
        return await self._use(message, control, {"values": values, "resolved": resolved})

    async def submit_modal(
        self, form: Outcome | Modal, values: dict[str, Any] | None = None
    ) -> Outcome:
        """Fills in a form by label or custom_id and submits it; other fields stay as they were.

        Text for text inputs, labels or values for choices, (name, bytes) pairs for uploads.
        """
        modal = form if isinstance(form, Modal) else form.modal
        if modal is None:
            raise NotThere("no form was opened")
        opened = modal.interaction
        data = modal.submission(self._server.world, values or {})
        return await self._ask(Kind.MODAL, opened.channel, data, source=opened.source)

    @property
    def dm_channel(self) -> Channel:
        """Their private conversation with the bot."""
        world = self._server.world
        return world.conversation(self, world.bot)

    @property
    def _server(self) -> FakeDiscord:
        assert self.server is not None
        return self.server

    def _enter(self, channel: Channel) -> World:
        """Joins the guild of a channel, where they weren't in it yet."""
        if channel.deleted:
            raise NotThere(f"#{channel.name} is gone")
        if channel.guild is not None and self not in channel.guild.members:
            channel.guild.members.append(self)
        return self._server.world

    def _sees(self, message: Message) -> None:
        if message.deleted or message.only_for not in (None, self):
            raise NotThere(f"{self.name} can't see {message!r}")

    def _command_data(
        self, channel: Channel, name: str, options: dict[str, object], *, focused: str | None
    ) -> Json:
        first, *path = name.split()
        command = self._server.registry.find(SLASH, first, self, channel)
        node, way = leaf(command, path, self)
        if focused is not None:
            declared = [o for o in node["options"] if focused in shown_names(o, self)]
            if not declared or not declared[0].get("autocomplete"):
                raise NotThere(f"/{name} completes no {focused!r}")
        world = self._server.world
        typed = fill(world, node, self, options, channel=channel, focused=focused)
        inner = typed.options
        for step in reversed(way):
            inner = [{"name": step["name"], "type": step["type"], "options": inner}]
        data: Json = {key: command[key] for key in ("id", "name", "type")}
        data |= {"options": inner}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return {**data, "resolved": typed.resolved} if typed.resolved else data

    def _control(self, message: Message, name: str, kinds: tuple[int, ...]) -> Json:
        self._sees(message)
        controls = [c for c in message.controls if c["type"] in kinds]
        for control in controls:
            emoji = (control.get("emoji") or {}).get("name")
            if name in (*map(control.get, ("label", "custom_id", "placeholder")), emoji):
                if control.get("disabled"):
                    raise NotThere(f"{name!r} is greyed out")
                return control
        names = [c.get("label") or c.get("placeholder") or c.get("custom_id") for c in controls]
        raise NotThere(f"no {name!r} on {message!r}, only {names}")

    async def _use(self, message: Message, control: Json, extra: Json) -> Outcome:
        self._enter(message.channel)
        data = {"custom_id": control["custom_id"], "component_type": control["type"]}
        data |= {"id": control["id"], **extra}
        return await self._ask(Kind.COMPONENT, message.channel, data, source=message)

    async def _ask(
        self,
        kind: Kind,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        answer_type: int = 0,
    ) -> Outcome:
        """Begins an interaction and waits until it was answered or given up."""
        server = self._server
        interaction = server.desk.begin(
            kind, self, channel, data, source=source, answer_type=answer_type
        )
        # The desk itself gives up after the app's time.
        await interaction.over.wait()
        return Outcome(server, interaction)
