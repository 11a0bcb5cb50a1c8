"""Application commands: registering them, and finding the one that a person means.

Relies on the published shapes for what each field of a command may be; the rules that tie fields
together are here. Does not read what people type: see options.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .calls import NOTHING, ApiError, Call, Reply, endpoint
from .desk import context_of
from .options import NotThere, shown_names
from .rest import invalid
from .shapes import Flaw
from .things import Channel, Json, User
from .world import World

_GLOBAL = "/applications/{application_id}/commands"
_GLOBAL_ONE = "/applications/{application_id}/commands/{command_id}"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
_GUILD_ONE = "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}"

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3

#: Discord's rule for names of slash commands and options: no capitals, no spaces.
_NAME = re.compile(r"^[-_'\w]{1,32}$")


class Registry:
    """The commands an app has registered, by guild (None: everywhere) and id."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: dict[int | None, dict[int, Json]] = {}

    def all(self, guild_id: int | None = None) -> list[Json]:
        return list(self._commands.get(guild_id, {}).values())

    def put(self, guild_id: int | None, body: Json, command_id: int | None = None) -> Json:
        """Adds or replaces one command; its id stays while its name and type do."""
        world = self._world
        scope = self._commands.setdefault(guild_id, {})
        kind = body.get("type") or SLASH
        flaws = list(_flaws(body, kind))
        if flaws:
            raise invalid(*flaws)
        same = (c for c in scope.values() if (c["name"], c["type"]) == (body["name"], kind))
        known = next((int(c["id"]) for c in same), None)
        command = {
            "options": [],
            "description": "",
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            **{name: value for name, value in body.items() if value is not None},
            "type": kind,
            "id": str(command_id or known or world.new_id()),
            "application_id": str(world.application_id),
            "version": str(world.new_id()),
        }
        if guild_id is not None:
            command["guild_id"] = str(guild_id)
        scope[int(command["id"])] = command
        world.pulse.beat()
        return command

    def replace(self, guild_id: int | None, bodies: list[Json]) -> list[Json]:
        """Bulk overwrite: these and no others."""
        made = [self.put(guild_id, body) for body in bodies]
        self._commands[guild_id] = {int(command["id"]): command for command in made}
        return made

    def one(self, guild_id: int | None, command_id: int) -> Json:
        found = self._commands.get(guild_id, {}).get(command_id)
        if found is None:
            raise ApiError(404, 10063, "Unknown application command")
        return found

    def remove(self, guild_id: int | None, command_id: int) -> None:
        self.one(guild_id, command_id)
        del self._commands[guild_id][command_id]

    def knows(self, name: str) -> bool:
        """Whether a command of that name exists anywhere."""
        return any(c["name"] == name for scope in self._commands.values() for c in scope.values())

    def find(self, kind: int, name: str, person: User, channel: Channel) -> Json:
        """The command that a person means, if the app shows it to them there."""
        guild_id = channel.guild.id if channel.guild else None
        here = [*self.all(guild_id), *(self.all() if guild_id is not None else [])]
        offered = [c for c in here if c["type"] == kind and self._offered(c, person, channel)]
        for command in offered:
            if name in shown_names(command, person):
                return command
        names = [c["name"] for c in offered]
        raise NotThere(f"{person.name} is offered no {name!r} in #{channel.name}, only {names}")

    def _offered(self, command: Json, person: User, channel: Channel) -> bool:
        bot = self._world.bot
        contexts = command["contexts"]
        if contexts is not None and context_of(channel, bot) not in contexts:
            return False
        types = command["integration_types"]
        if person.installed and 1 in types:
            return True
        with_bot = channel.guild.has_bot if channel.guild else bot in channel.recipients
        return with_bot and (0 in types or channel.guild is None)


@endpoint("GET", _GLOBAL)
@endpoint("GET", _GUILD)
def list_commands(call: Call) -> Reply:
    return Reply(200, call.server.registry.all(_scope(call)))


@endpoint("PUT", _GLOBAL)
@endpoint("PUT", _GUILD)
def overwrite_commands(call: Call) -> Reply:
    return Reply(200, call.server.registry.replace(_scope(call), call.body or []))


@endpoint("POST", _GLOBAL)
@endpoint("POST", _GUILD)
def create_command(call: Call) -> Reply:
    return Reply(201, call.server.registry.put(_scope(call), call.body))


@endpoint("GET", _GLOBAL_ONE)
@endpoint("GET", _GUILD_ONE)
def one_command(call: Call) -> Reply:
    return Reply(200, call.server.registry.one(_scope(call), call.id("command_id")))


@endpoint("PATCH", _GLOBAL_ONE)
@endpoint("PATCH", _GUILD_ONE)
def edit_command(call: Call) -> Reply:
    registry, command_id = call.server.registry, call.id("command_id")
    known = registry.one(_scope(call), command_id)
    return Reply(200, registry.put(_scope(call), {**known, **call.body}, command_id))


@endpoint("DELETE", _GLOBAL_ONE)
@endpoint("DELETE", _GUILD_ONE)
def delete_command(call: Call) -> Reply:
    call.server.registry.remove(_scope(call), call.id("command_id"))
    return NOTHING


def _scope(call: Call) -> int | None:
    if call.id("application_id") != call.server.world.application_id:
        raise ApiError(404, 10002, "Unknown Application")
    return call.id("guild_id") if "guild_id" in call.params else None


def _flaws(command: Json, kind: int) -> Iterator[Flaw]:
    """What is wrong with a command that the shape of its fields does not tell."""
    if kind != SLASH:
        if command.get("description") or command.get("options"):
            yield Flaw(("description",), "APPLICATION_COMMAND_INVALID", "Menus have names only")
        return
    if not command.get("description"):
        yield Flaw(("description",), "BASE_TYPE_REQUIRED", "This field is required")
    yield from _name_flaws(command, ())


def _name_flaws(thing: Json, where: tuple[str, ...]) -> Iterator[Flaw]:
    for name in (thing["name"], *(thing.get("name_localizations") or {}).values()):
        if not _NAME.match(name) or name != name.lower():
            yield Flaw((*where, "name"), "APPLICATION_COMMAND_INVALID_NAME", f"{name!r}")
    options: list[Json] = thing.get("options") or []
    if len({option["name"] for option in options}) < len(options):
        yield Flaw((*where, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "twice")
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield Flaw((*where, "options"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "order")
    for option in options:
        if option.get("autocomplete") and option.get("choices"):
            yield Flaw((*where, option["name"]), "BASE_TYPE_CHOICES", "choices or autocomplete")
        yield from _name_flaws(option, (*where, option["name"]))
