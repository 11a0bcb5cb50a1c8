"""What a person types after a slash command, turned into an interaction's options.

Checks what Discord's app checks before it sends anything: types, choices, lengths, required ones.
What a person can't type raises NotThere, so that a test says what was missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .payloads import attachment_payload, channel_payload, member_payload, user_payload
from .things import Channel, Json, User
from .world import World

_SUBCOMMANDS = (1, 2)


class NotThere(AssertionError):
    """A person tried something that Discord's app would not have offered them."""


def shown_names(thing: Json, person: User) -> set[str]:
    """A command's or option's name, and the name in the person's language."""
    local = (thing.get("name_localizations") or {}).get(person.locale)
    return {thing["name"], *([local] if local else [])}


@dataclass
class Typed:
    """Options as they go out in an interaction."""

    options: list[Json]
    resolved: Json = field(default_factory=dict)


def leaf(command: Json, path: list[str], person: User) -> tuple[Json, list[Json]]:
    """The (sub)command that a path of names leads to, and the subcommands on the way."""
    node, way = command, []
    for name in path:
        subs = [o for o in node.get("options") or [] if o["type"] in _SUBCOMMANDS]
        found = next((o for o in subs if name in shown_names(o, person)), None)
        if found is None:
            raise NotThere(f"/{command['name']} has no {name!r}, only {[o['name'] for o in subs]}")
        node = found
        way.append(found)
    if any(o["type"] in _SUBCOMMANDS for o in node.get("options") or []):
        raise NotThere(f"/{command['name']} needs a subcommand")
    return node, way


def fill(
    world: World,
    command: Json,
    person: User,
    given: dict[str, object],
    *,
    channel: Channel,
    focused: str | None = None,
) -> Typed:
    """A person's options checked as the app checks them, on the wire's form."""
    declared = command.get("options") or []
    typed = Typed([])
    left = dict(given)
    for option in declared:
        name = next((n for n in left if n in shown_names(option, person)), None)
        if name is None:
            if option.get("required") and focused is None:
                raise NotThere(f"/{command['name']} needs {option['name']!r}")
            continue
        value = left.pop(name)
        entry: Json = {"name": option["name"], "type": option["type"]}
        if name == focused:
            entry |= {"value": value, "focused": True}
        else:
            entry["value"] = _value(world, option, value, channel, typed.resolved)
        typed.options.append(entry)
    if left:
        names = [o["name"] for o in declared]
        raise NotThere(f"/{command['name']} has no option {sorted(left)}, only {names}")
    return typed


def _value(world: World, option: Json, value: object, channel: Channel, resolved: Json) -> object:
    """One option's value, or NotThere when the app would not take it."""
    name, kind = option["name"], option["type"]
    choices = option.get("choices") or []
    if choices:
        for choice in choices:
            if value in (choice["value"], choice["name"]):
                return choice["value"]
        raise NotThere(f"{name} is one of {[c['name'] for c in choices]}, not {value!r}")
    match kind:
        case 3 if isinstance(value, str):
            _within(option, name, len(value), "min_length", "max_length")
            return value
        case 4 if isinstance(value, int) and not isinstance(value, bool):
            _within(option, name, value, "min_value", "max_value")
            return value
        case 10 if isinstance(value, int | float) and not isinstance(value, bool):
            _within(option, name, value, "min_value", "max_value")
            return value
        case 5 if isinstance(value, bool):
            return value
        case 6 | 9 if isinstance(value, User):
            return resolve_user(value, channel, resolved)
        case 7 if isinstance(value, Channel):
            resolved.setdefault("channels", {})[str(value.id)] = {
                **channel_payload(world, value),
                "permissions": "0",
            }
            return str(value.id)
        case 11 if isinstance(value, tuple):
            return resolve_file(world, value, resolved)
    raise NotThere(f"{name} (type {kind}) does not take {value!r:.60}")


def resolve_user(person: User, channel: Channel, resolved: Json) -> str:
    """Puts a person among an interaction's resolved users; their id."""
    resolved.setdefault("users", {})[str(person.id)] = user_payload(person)
    if channel.guild is not None:
        member = member_payload(person)
        del member["user"]
        resolved.setdefault("members", {})[str(person.id)] = {**member, "permissions": "0"}
    return str(person.id)


def resolve_file(world: World, file: tuple[str, bytes], resolved: Json) -> str:
    """Uploads a person's file for an interaction; its id."""
    attachment = world.new_attachment(*file)
    payload = attachment_payload(world, attachment, ephemeral=True)
    resolved.setdefault("attachments", {})[str(attachment.id)] = payload
    return str(attachment.id)


def _within(option: Json, name: str, size: float, low: str, high: str) -> None:
    least, most = option.get(low), option.get(high)
    if (least is not None and size < least) or (most is not None and size > most):
        raise NotThere(f"{name} must be within {least} and {most}, not {size}")
