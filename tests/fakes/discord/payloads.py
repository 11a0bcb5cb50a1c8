"""How things look on the wire: the JSON that Discord sends for users, guilds and messages.

Relies on the world for lookups only. Decides nothing: what a bot may see of a message is cut
away afterwards by `without_words`.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from .things import (
    EVERYONE,
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Json,
    Message,
    Perm,
    User,
    walk,
)

if TYPE_CHECKING:
    from .world import World

#: How far ahead CDN links are signed: a day.
LINK_S = 86_400
#: How embeds and components name a file sent along.
UPLOAD = "attachment://"


def iso(seconds: float) -> str:
    """UTC seconds as Discord writes times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def created_at(snowflake: int) -> float:
    """UTC seconds at which an id was made."""
    return ((snowflake >> 22) + 1_420_070_400_000) / 1000


def user_payload(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": None if user.bot else user.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def member_payload(user: User, *, permissions: Perm | None = None) -> Json:
    """A user as a member of a guild; with `permissions`, as interactions tell of them."""
    payload: Json = {
        "user": user_payload(user),
        "nick": None,
        "roles": [],
        "joined_at": iso(created_at(user.id)),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }
    if permissions is not None:
        payload["permissions"] = str(int(permissions))
    return payload


def guild_payload(world: World, guild: Guild) -> Json:
    """A guild as GUILD_CREATE brings it: only the bot's own member inside."""
    channels = [c for c in guild.channels if c.type is ChannelType.TEXT]
    threads = [c for c in guild.channels if c.type is ChannelType.PUBLIC_THREAD]
    everyone = {
        "id": str(guild.id),
        "name": "@everyone",
        "permissions": str(int(EVERYONE)),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.id),
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [channel_payload(world, c) for c in channels],
        "threads": [channel_payload(world, c) for c in threads],
        "members": [member_payload(world.bot)],
        "member_count": len(guild.members) + 1,
        "joined_at": iso(created_at(guild.id)),
        "large": False,
        "unavailable": False,
        "premium_tier": guild.premium_tier,
        "preferred_locale": guild.locale,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "system_channel_flags": 0,
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel_payload(world: World, channel: Channel) -> Json:
    payload: Json = {"id": str(channel.id), "type": int(channel.type), "flags": 0}
    if channel.type is ChannelType.DM:
        others = [user for user in channel.recipients if user is not world.bot]
        return {**payload, "recipients": [user_payload(user) for user in others]}
    guild = channel.guild
    payload |= {"name": channel.name, "guild_id": str(guild.id) if guild else None}
    payload |= {"rate_limit_per_user": 0, "last_message_id": None}
    if channel.parent is not None:
        made = iso(created_at(channel.id))
        return {
            **payload,
            "parent_id": str(channel.parent.id),
            "owner_id": str(world.bot.id),
            "message_count": len(channel.messages),
            "member_count": 1,
            "total_message_sent": len(channel.messages),
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": made,
                "locked": False,
                "create_timestamp": made,
            },
        }
    denied = {"id": str(world.bot.id), "type": 1, "allow": "0", "deny": str(int(channel.denied))}
    return {
        **payload,
        "position": 0,
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "permission_overwrites": [denied] if channel.denied else [],
    }


def attachment_payload(world: World, attachment: Attachment, *, ephemeral: bool = False) -> Json:
    expires = int(world.now() + LINK_S)
    folder = "ephemeral-attachments" if ephemeral else "attachments"
    path = f"{folder}/{world.application_id}/{attachment.id}/{quote(attachment.filename)}"
    url = f"{world.cdn_url}/{path}?ex={expires:x}&is={int(world.now()):x}&hm={attachment.id:x}"
    payload: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": attachment.size,
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description is not None:
        payload["description"] = attachment.description
    if ephemeral:
        payload["ephemeral"] = True
    return payload


def message_payload(world: World, message: Message, *, nested: bool = False) -> Json:
    """A message with all its words; `nested` is the one inside `referenced_message`."""
    channel, guild = message.channel, message.channel.guild
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(channel.id),
        "author": user_payload(message.author),
        "content": message.content,
        "timestamp": iso(created_at(message.id)),
        "edited_timestamp": iso(message.edited_at) if message.edited_at else None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [user_payload(user) for user in message.pings],
        "mention_roles": [],
        "attachments": [
            attachment_payload(world, a, ephemeral=message.ephemeral) for a in message.attachments
        ],
        "embeds": _with_links(world, message.embeds, message),
        "components": _with_links(world, message.components, message),
        "pinned": False,
        "type": message.type,
        "flags": message.flags,
    }
    if guild is not None and not nested:
        payload["guild_id"] = str(guild.id)
        if message.webhook_id is None:
            member = member_payload(message.author)
            del member["user"]
            payload["member"] = member
    if message.nonce is not None and world.by_nonce(message.author, message.nonce) is message:
        payload["nonce"] = message.nonce
    if message.webhook_id is not None:
        payload["webhook_id"] = str(message.webhook_id)
    if message.interaction is not None:
        payload["interaction_metadata"] = message.interaction
        payload["application_id"] = str(world.application_id)
    if message.snapshot is not None:
        payload["message_snapshots"] = [{"message": message.snapshot}]
    if message.reference is not None:
        payload["message_reference"] = message.reference
        if message.reference.get("type", 0) == 0 and not nested:
            answered = message.reply_to
            payload["referenced_message"] = (
                None if answered is None else message_payload(world, answered, nested=True)
            )
    return payload


def snapshot_payload(world: World, message: Message) -> Json:
    """The copy of a message that a forward carries: its words and files, not its author."""
    payload = message_payload(world, message, nested=True)
    kept = ("type", "content", "embeds", "attachments", "components", "timestamp", "flags")
    return {name: payload[name] for name in (*kept, "edited_timestamp", "mentions")}


def without_words(payload: Json) -> Json:
    """A message payload as an app sees it that may not read its words."""
    hidden = {**payload, "content": "", "embeds": [], "attachments": [], "components": []}
    if "message_snapshots" in payload:
        hidden["message_snapshots"] = [
            {"message": without_words(part["message"])} for part in payload["message_snapshots"]
        ]
    return hidden


def media_names(things: list[Json]) -> list[str]:
    """Names of uploads that embeds or components show by `attachment://name`."""
    urls = [media["url"] for thing in things for media in _media_of(thing)]
    return [url[len(UPLOAD) :] for url in urls if url.startswith(UPLOAD)]


def _media_of(thing: Json) -> list[Json]:
    """The media objects of one embed or of one component and all below it."""
    if "type" not in thing or isinstance(thing["type"], str):
        places = [thing.get(name) for name in ("image", "thumbnail", "video")]
        return [place for place in places if place and place.get("url")]
    found: list[Json] = []
    for component in walk([thing]):
        found += [item["media"] for item in component.get("items") or []]
        found += [component[name] for name in ("media", "file") if component.get(name)]
    return found


def _with_links(world: World, things: list[Json], message: Message) -> list[Json]:
    """A copy of embeds or components with `attachment://` addresses made real."""
    made = copy.deepcopy(things)
    files = {a.filename: a for a in message.attachments}
    for thing in made:
        for media in _media_of(thing):
            attachment = files.get(media["url"].removeprefix(UPLOAD))
            if media["url"].startswith(UPLOAD) and attachment is not None:
                whole = attachment_payload(world, attachment, ephemeral=message.ephemeral)
                media |= {"url": whole["url"], "proxy_url": whole["url"]}
                media |= {"content_type": attachment.content_type, "width": 0, "height": 0}
                media |= {"attachment_id": str(attachment.id), "loading_state": 2}
    return made
