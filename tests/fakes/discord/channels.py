"""Endpoints of channels, threads and their messages.

Relies on compose.py for what a message may hold and on the world for everything that exists.
"""

from __future__ import annotations

from .calls import NOTHING, ApiError, Call, Reply, endpoint
from .compose import compose
from .gateway import censored
from .payloads import (
    channel_payload,
    created_at,
    message_payload,
)
from .rest import invalid
from .shapes import Flaw
from .things import MIB, NO_PERM, Channel, ChannelType, Json, Message, Perm

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
#: Edits to messages older than this are limited (code 30046), in seconds.
OLD_S = 3600.0


@endpoint("GET", "/channels/{channel_id}")
def channel(call: Call) -> Reply:
    return Reply(200, channel_payload(call.server.world, _channel(call)))


@endpoint("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Reply:
    found = _channel(call, Perm.MANAGE_THREADS)
    payload = channel_payload(call.server.world, found)
    call.server.world.delete_channel(found)
    return Reply(200, payload)


@endpoint("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Reply:
    _channel(call, Perm.SEND_MESSAGES)
    return NOTHING


@endpoint("POST", "/channels/{channel_id}/threads")
def start_thread(call: Call) -> Reply:
    parent = _channel(call, Perm.CREATE_PUBLIC_THREADS)
    thread = call.server.world.new_thread(parent, call.body["name"])
    return Reply(201, channel_payload(call.server.world, thread))


@endpoint("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def start_thread_at(call: Call) -> Reply:
    parent = _channel(call, Perm.CREATE_PUBLIC_THREADS)
    start = _message(call, parent)
    if start.id in call.server.world.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = call.server.world.new_thread(parent, call.body["name"], id=start.id)
    return Reply(201, channel_payload(call.server.world, thread))


@endpoint("PUT", "/channels/{channel_id}/thread-members/@me")
@endpoint("DELETE", "/channels/{channel_id}/thread-members/@me")
def thread_membership(call: Call) -> Reply:
    _channel(call)
    return NOTHING


@endpoint("GET", _MESSAGES)
def history(call: Call) -> Reply:
    found = _channel(call, Perm.READ_MESSAGE_HISTORY)
    messages = found.messages
    limit = int(call.query.get("limit", "50"))
    if "before" in call.query:
        messages = [m for m in messages if m.id < int(call.query["before"])][-limit:]
    elif "after" in call.query:
        messages = [m for m in messages if m.id > int(call.query["after"])][:limit]
    elif "around" in call.query:
        middle = int(call.query["around"])
        nearest = sorted(messages, key=lambda m: abs(m.id - middle))[:limit]
        messages = sorted(nearest, key=lambda m: m.id)
    else:
        messages = messages[-limit:]
    return Reply(200, [_shown(call, message) for message in reversed(messages)])


@endpoint("GET", _MESSAGE)
def message(call: Call) -> Reply:
    return Reply(200, _shown(call, _message(call, _channel(call, Perm.READ_MESSAGE_HISTORY))))


@endpoint("POST", _MESSAGES)
def create_message(call: Call) -> Reply:
    """Create Message, with `enforce_nonce`: the earlier message comes back, none is made."""
    world = call.server.world
    where = _channel(call)
    _may_send(call, where)
    nonce = call.body.get("nonce")
    nonce = None if nonce is None else str(nonce)
    if nonce is not None and call.body.get("enforce_nonce"):
        earlier = world.by_nonce(world.bot, nonce)
        if earlier is not None:
            return Reply(200, {**message_payload(world, earlier), "nonce": nonce})
    answered = _answered(call, where)
    author = answered.author if answered else None
    limit = upload_limit(where)
    fields = compose(world, call.body, call.files, limit=limit, answers=author)
    if answered is not None:
        fields |= {"type": 19, "reference": reference_to(answered)}
    made = world.add_message(where, world.bot, {**fields, "nonce": nonce})
    return Reply(200, {**message_payload(world, made), "nonce": nonce})


@endpoint("PATCH", _MESSAGE)
def edit_message(call: Call) -> Reply:
    server = call.server
    where = _channel(call)
    found = _message(call, where)
    if found.author is not server.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    if call.files:
        _require(call, where, Perm.ATTACH_FILES)
    server.count_old_edit(found)
    fields = compose(server.world, call.body, call.files, limit=upload_limit(where), before=found)
    server.world.change_message(found, fields)
    return Reply(200, message_payload(server.world, found))


@endpoint("DELETE", _MESSAGE)
def delete_message(call: Call) -> Reply:
    where = _channel(call)
    found = _message(call, where)
    if found.author is not call.server.world.bot:
        _require(call, where, Perm.MANAGE_MESSAGES)
    call.server.world.delete_message(found)
    return NOTHING


@endpoint("POST", "/channels/{channel_id}/messages/bulk-delete")
def bulk_delete(call: Call) -> Reply:
    where = _channel(call, Perm.MANAGE_MESSAGES)
    for message_id in call.body["messages"]:
        found = call.server.world.message(int(message_id))
        if found is not None and found.channel is where:
            call.server.world.delete_message(found)
    return NOTHING


@endpoint("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")
def react(call: Call) -> Reply:
    _message(call, _channel(call, Perm.ADD_REACTIONS)).reactions.add(call.params["emoji_name"])
    return NOTHING


@endpoint("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")
def unreact(call: Call) -> Reply:
    _message(call, _channel(call)).reactions.discard(call.params["emoji_name"])
    return NOTHING


def upload_limit(where: Channel) -> int:
    """The largest file taken in a channel, in bytes: 10 MiB where there is no guild."""
    return where.guild.upload_limit if where.guild else 10 * MIB


def made_at(message: Message) -> float:
    """When a message was posted, in UTC seconds on the server's clock."""
    return created_at(message.id)


def reference_to(message: Message) -> Json:
    """`message_reference` of an answer to `message`."""
    reference = {"type": 0, "message_id": str(message.id), "channel_id": str(message.channel.id)}
    if message.channel.guild is not None:
        reference["guild_id"] = str(message.channel.guild.id)
    return reference


def _channel(call: Call, needed: Perm = NO_PERM) -> Channel:
    """The channel of a call, if the bot may look at it and has the permission needed."""
    found = call.server.world.channels.get(call.id("channel_id"))
    if found is None or found.deleted:
        raise ApiError(404, 10003, "Unknown Channel")
    _require(call, found, needed)
    return found


def _require(call: Call, where: Channel, needed: Perm) -> None:
    granted = call.server.world.permissions(where)
    if Perm.VIEW_CHANNEL not in granted:
        raise ApiError(403, 50001, "Missing Access")
    if needed not in granted:
        raise ApiError(403, 50013, "Missing Permissions")


def _may_send(call: Call, where: Channel) -> None:
    thread = where.type is ChannelType.PUBLIC_THREAD
    _require(call, where, Perm.SEND_MESSAGES_IN_THREADS if thread else Perm.SEND_MESSAGES)
    if call.files:
        _require(call, where, Perm.ATTACH_FILES)
    if where.guild is None and any(person.refuses_dms for person in where.recipients):
        raise ApiError(403, 50007, "Cannot send messages to this user")


def _message(call: Call, where: Channel) -> Message:
    found = call.server.world.message(call.id("message_id"))
    if found is None or found.channel is not where or found.only_for is not None:
        raise ApiError(404, 10008, "Unknown Message")
    return found


def _answered(call: Call, where: Channel) -> Message | None:
    """The message that a new one replies to."""
    reference = call.body.get("message_reference")
    if reference is None:
        return None
    if reference.get("type") == 1:
        wrong = Flaw(("message_reference", "type"), "NOT_PLAYED", "The app forwards nothing here")
        raise invalid(wrong)
    found = call.server.world.message(int(reference["message_id"]))
    if found is not None and found.channel is where and found.only_for is None:
        return found
    if reference.get("fail_if_not_exists") is False:
        return None
    code, words = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"
    errors = {"message_reference": {"_errors": [{"code": code, "message": words}]}}
    raise ApiError(400, 50035, "Invalid Form Body", errors=errors)


def _shown(call: Call, message: Message) -> Json:
    """A message as REST shows it: words are hidden there too without the intent."""
    world = call.server.world
    payload = message_payload(world, message)
    return censored(world, message, payload, call.server.gateway.privileged)
