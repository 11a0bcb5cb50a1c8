"""The methods about the bot itself, its command menus, chats and files."""

import json
import re
from typing import Any

from . import render
from .errors import refused, violated
from .model import Chat, ChatKind, Membership, User
from .requests import Call, may_write
from .world import World

Json = dict[str, Any]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    return {
        **render.user(call.world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def delete_webhook(call: Call) -> bool:
    if call.get("drop_pending_updates"):
        call.world.updates.forget()
    return True


def get_webhook_info(call: Call) -> Json:
    pending = len(call.world.updates.pending)
    return {"url": "", "has_custom_certificate": False, "pending_update_count": pending}


def scope_name(scope: Json | None) -> str:
    """A command scope as the key of World.commands: its type, then its ids."""
    facts = scope or {"type": "default"}
    ids = [str(facts[key]) for key in ("chat_id", "user_id") if key in facts]
    return " ".join([facts["type"], *ids])


def set_my_commands(call: Call) -> bool:
    commands: list[Json] = call.get("commands")
    if len(commands) > 100:
        raise violated("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise violated("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise violated("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[_menu(call)] = [(c["command"], c["description"]) for c in commands]
    return True


def get_my_commands(call: Call) -> list[Json]:
    menu = call.world.commands.get(_menu(call), [])
    return [{"command": command, "description": words} for command, words in menu]


def delete_my_commands(call: Call) -> bool:
    call.world.commands.pop(_menu(call), None)
    return True


def commands_shown(world: World, person: User, chat: Chat) -> list[tuple[str, str]]:
    """The menu a person sees in a chat: the narrowest scope wins, then their language."""
    if chat.kind is ChatKind.PRIVATE:
        scopes = [f"chat {chat.id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member {chat.id} {person.id}"]
        if person in chat.admins:
            scopes.append(f"chat_administrators {chat.id}")
        scopes.append(f"chat {chat.id}")
        if person in chat.admins:
            scopes.append("all_chat_administrators")
        scopes += ["all_group_chats", "default"]
    language = (person.language_code or "").partition("-")[0]
    for scope in scopes:
        for code in (language, ""):
            if world.commands.get((scope, code)):
                return world.commands[scope, code]
    return []


def _menu(call: Call) -> tuple[str, str]:
    language = call.get("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise violated("invalid language code specified")
    scope: Json | None = call.get("scope")
    if scope is not None and scope.get("chat_id") is not None:
        chats = call.world.chats
        if scope["chat_id"] not in chats:
            raise refused("chat not found")
    return scope_name(scope), language


def set_profile(call: Call) -> bool:
    """setMyName, setMyDescription, setMyShortDescription."""
    field = _profile_field(call)
    value = call.get(field) or ""
    if len(value) > _LENGTHS[field]:
        raise violated(f"{field} is too long")
    call.world.profile[f"{field} {call.get('language_code') or ''}".strip()] = value
    return True


def get_profile(call: Call) -> Json:
    field = _profile_field(call)
    profile = call.world.profile
    language = call.get("language_code") or ""
    default = call.world.bot.first_name if field == "name" else ""
    return {field: profile.get(f"{field} {language}".strip()) or profile.get(field, default)}


def _profile_field(call: Call) -> str:
    named = re.sub(r"(?<!^)([A-Z])", r"_\1", call.method[len("setMy") :]).lower()
    return named


def set_menu_button(call: Call) -> bool:
    button = call.get("menu_button") or {"type": "default"}
    call.world.profile[f"menu button {call.get('chat_id') or ''}".strip()] = json.dumps(button)
    return True


def get_menu_button(call: Call) -> Json:
    key = f"menu button {call.get('chat_id') or ''}".strip()
    found: Json = json.loads(call.world.profile.get(key, '{"type": "commands"}'))
    return found


def get_chat(call: Call) -> Json:
    chat = call.chat(write=False)
    _is_accessible(chat)
    out = render.chat(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.linked_channel or chat.discussion:
        linked = chat.linked_channel or chat.discussion
        assert linked is not None
        out["linked_chat_id"] = linked.id
    return out


_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip


def get_chat_member(call: Call) -> Json:
    chat = call.chat(write=False)
    _is_accessible(chat)
    user_id = call.get("user_id")
    if user_id == call.world.bot.id:
        return render.chat_member(call.world.bot, chat.bot_status.value, is_bot=True)
    user = call.world.users.get(user_id)
    if user is None:
        raise refused("PARTICIPANT_ID_INVALID")
    if user in chat.admins:
        return render.chat_member(user, "administrator", is_bot=False)
    here = user in chat.members or chat.person is user
    return render.chat_member(user, "member" if here else "left", is_bot=False)


def get_administrators(call: Call) -> list[Json]:
    chat = call.chat(write=False)
    _is_accessible(chat)
    if chat.kind is ChatKind.PRIVATE:
        raise refused("there are no administrators in the private chat")
    admins = [render.chat_member(user, "administrator", is_bot=False) for user in chat.admins]
    if chat.bot_status is Membership.ADMINISTRATOR:
        admins.append(render.chat_member(call.world.bot, "administrator", is_bot=True))
    return admins


def get_member_count(call: Call) -> int:
    chat = call.chat(write=False)
    _is_accessible(chat)
    return len(chat.members) + 1


def leave_chat(call: Call) -> bool:
    call.chat().bot_status = Membership.LEFT
    return True


def _is_accessible(chat: Chat) -> None:
    """Reading is refused only where the bot is no longer in."""
    if chat.bot_status in (Membership.KICKED, Membership.LEFT):
        may_write(chat)


def get_file(call: Call) -> Json:
    media = call.world.files.get(call.get("file_id"))
    if media is None:
        raise refused("wrong file_id or the file is temporarily unavailable")
    if media.size > call.world.max_download:
        raise refused("file is too big")
    return {
        "file_id": media.file_id,
        "file_unique_id": media.unique_id,
        "file_size": media.size,
        "file_path": media.path,
    }


METHODS = {
    "getMe": get_me,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_profile,
    "setMyDescription": set_profile,
    "setMyShortDescription": set_profile,
    "getMyName": get_profile,
    "getMyDescription": get_profile,
    "getMyShortDescription": get_profile,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
