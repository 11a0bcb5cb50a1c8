"""Endpoints of the app itself, of users and of guilds.

Relies on the world for everything that exists; channels and messages are in channels.py.
"""

from __future__ import annotations

from .calls import NOTHING, ApiError, Call, Reply, endpoint
from .payloads import channel_payload, guild_payload, member_payload, user_payload
from .things import Guild, User


@endpoint("GET", "/users/@me")
def own_user(call: Call) -> Reply:
    return Reply(200, {**user_payload(call.server.world.bot), "verified": True})


@endpoint("GET", "/users/{user_id}")
def user(call: Call) -> Reply:
    return Reply(200, user_payload(_user(call)))


@endpoint("GET", "/applications/@me")
@endpoint("GET", "/oauth2/applications/@me")
def application(call: Call) -> Reply:
    world = call.server.world
    return Reply(
        200,
        {
            "id": str(world.application_id),
            "name": world.bot.name,
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": user_payload(world.bot),
            "team": None,
            "flags": 0,
            "integration_types_config": {"0": {}, "1": {}},
        },
    )


@endpoint("GET", "/gateway")
def gateway_url(call: Call) -> Reply:
    return Reply(200, {"url": call.server.gateway_url})


@endpoint("GET", "/gateway/bot")
def gateway_for_bots(call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    url = call.server.gateway_url
    return Reply(200, {"url": url, "shards": 1, "session_start_limit": limit})


@endpoint("POST", "/users/@me/channels")
def open_conversation(call: Call) -> Reply:
    world = call.server.world
    person = world.users.get(int(call.body["recipient_id"]))
    if person is None or person is world.bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return Reply(200, channel_payload(world, world.conversation(world.bot, person)))


@endpoint("GET", "/users/@me/guilds")
def own_guilds(call: Call) -> Reply:
    world = call.server.world
    guilds = [guild_payload(world, guild) for guild in world.guilds.values() if guild.has_bot]
    return Reply(200, [{**guild, "owner": False, "permissions": "0"} for guild in guilds])


@endpoint("DELETE", "/users/@me/guilds/{guild_id}")
def leave_guild(call: Call) -> Reply:
    call.server.world.set_bot_membership(_guild(call), False)
    return NOTHING


@endpoint("GET", "/guilds/{guild_id}")
def guild(call: Call) -> Reply:
    return Reply(200, guild_payload(call.server.world, _guild(call)))


@endpoint("GET", "/guilds/{guild_id}/channels")
def guild_channels(call: Call) -> Reply:
    return Reply(200, guild_payload(call.server.world, _guild(call))["channels"])


@endpoint("GET", "/guilds/{guild_id}/roles")
def guild_roles(call: Call) -> Reply:
    return Reply(200, guild_payload(call.server.world, _guild(call))["roles"])


@endpoint("GET", "/guilds/{guild_id}/threads/active")
def active_threads(call: Call) -> Reply:
    threads = guild_payload(call.server.world, _guild(call))["threads"]
    return Reply(200, {"threads": threads, "members": []})


@endpoint("GET", "/guilds/{guild_id}/members/{user_id}")
def guild_member(call: Call) -> Reply:
    guild, person = _guild(call), _user(call)
    if person not in guild.members and person is not call.server.world.bot:
        raise ApiError(404, 10007, "Unknown Member")
    return Reply(200, member_payload(person))


def _user(call: Call) -> User:
    found = call.server.world.users.get(call.id("user_id"))
    if found is None:
        raise ApiError(404, 10013, "Unknown User")
    return found


def _guild(call: Call) -> Guild:
    found = call.server.world.guilds.get(call.id("guild_id"))
    if found is None or not found.has_bot:
        raise ApiError(404, 10004, "Unknown Guild")
    return found
