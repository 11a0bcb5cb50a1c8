"""The fake's things as the Bot API's JSON.

A rendered message carries the message it answers one level deep, never the chain; in a forum an
ordinary message answers the one that opened its topic, as Telegram has it.
"""

from typing import Any

from .model import Chat, ChatKind, Media, Message, Topic, User

Json = dict[str, Any]


def user(who: User) -> Json:
    out: Json = {"id": who.id, "is_bot": who.is_bot, "first_name": who.first_name}
    if who.username:
        out["username"] = who.username
    if who.language_code and not who.is_bot:
        out["language_code"] = who.language_code
    return out


def chat(where: Chat) -> Json:
    out: Json = {"id": where.id, "type": where.kind.value}
    if where.person is not None:
        out["first_name"] = where.person.first_name
        if where.person.username:
            out["username"] = where.person.username
        return out
    out["title"] = where.title
    if where.is_forum:
        out["is_forum"] = True
    return out


def media(file: Media) -> Json | list[Json]:
    """The object of its kind; photos are a list of sizes."""
    out: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    if file.kind == "photo":
        return [{**out, "width": file.width, "height": file.height}]
    if file.kind in ("video", "animation"):
        out |= {"width": file.width, "height": file.height, "duration": file.duration}
    if file.kind == "video_note":
        out |= {"length": file.width, "duration": file.duration}
    if file.kind in ("audio", "voice"):
        out["duration"] = file.duration
    if file.kind not in ("video_note",):
        out["mime_type"] = file.mime
    if file.kind not in ("video_note", "voice"):
        out["file_name"] = file.filename
    if file.thumbnail is not None and file.kind != "voice":
        out["thumbnail"] = {
            "file_id": file.thumbnail_id,
            "file_unique_id": f"u{file.thumbnail_id}",
            "file_size": len(file.thumbnail),
            "width": 320,
            "height": 180,
        }
    return out


def _answered(message: Message) -> Message | None:
    """What `reply_to_message` shows, before it is asked whether it still exists."""
    if message.reply_to is not None:
        return message.reply_to
    if message.topic is not None and message.id != message.topic.thread_id:
        return message.chat.message(message.topic.thread_id)
    return None


def _root(what: Message) -> Message:
    """The head of a thread of replies: supergroups number threads by it, topics or not."""
    while what.reply_to is not None:
        what = what.reply_to
    return what


def message(what: Message, with_reply: bool = True) -> Json:
    out: Json = {"message_id": what.id, "date": int(what.date), "chat": chat(what.chat)}
    if what.sender is not None:
        out["from"] = user(what.sender)
    if what.sender_chat is not None:
        out["sender_chat"] = chat(what.sender_chat)
    if what.edit_date is not None:
        out["edit_date"] = int(what.edit_date)
    if what.topic is not None:
        out |= {"message_thread_id": what.topic.thread_id, "is_topic_message": True}
    elif what.chat.kind is ChatKind.SUPERGROUP and what.reply_to is not None:
        out["message_thread_id"] = _root(what).id
    if what.forward_origin is not None:
        out["forward_origin"] = what.forward_origin
    if what.is_automatic_forward:
        out["is_automatic_forward"] = True
    answered = _answered(what)
    if with_reply and answered is not None and not answered.deleted:
        out["reply_to_message"] = message(answered, with_reply=False)
    if what.external_reply is not None:
        out["external_reply"] = what.external_reply
    if what.media_group_id is not None:
        out["media_group_id"] = what.media_group_id
    out |= _content(what)
    if what.rows:
        out["reply_markup"] = keyboard(what)
    return out


def _content(what: Message) -> Json:
    if what.service is not None:
        return what.service
    out: Json = {}
    if what.media is not None:
        out[what.media.kind] = media(what.media)
        if what.media.kind == "animation":
            out["document"] = _as_document(what.media)
        if what.media.has_spoiler:
            out["has_media_spoiler"] = True
    for key, value in (
        ("text", what.text),
        ("entities", what.entities),
        ("caption", what.caption),
        ("caption_entities", what.caption_entities),
    ):
        if value:
            out[key] = value
    return out


def _as_document(file: Media) -> Json:
    """Telegram gives an animation as a document too, for old bots."""
    shown = media(file)
    assert isinstance(shown, dict)
    return {key: shown[key] for key in shown if key not in ("width", "height", "duration")}


def keyboard(what: Message) -> Json:
    rows = []
    for row in what.rows:
        shown = []
        for button in row:
            facts: Json = {"text": button.text}
            if button.data is not None:
                facts["callback_data"] = button.data
            if button.url is not None:
                facts["url"] = button.url
            shown.append(facts)
        rows.append(shown)
    return {"inline_keyboard": rows}


def inaccessible(what: Message) -> Json:
    """A deleted message, as a callback query refers to it."""
    return {"chat": chat(what.chat), "message_id": what.id, "date": 0}


def origin(what: Message, hidden: bool) -> Json:
    """Where a forwarded message came from; the first origin stays through further forwards."""
    if what.forward_origin is not None:
        return what.forward_origin
    out: Json = {"date": int(what.date)}
    if what.chat.kind is ChatKind.CHANNEL:
        return {**out, "type": "channel", "chat": chat(what.chat), "message_id": what.id}
    if what.sender_chat is not None:
        return {**out, "type": "chat", "sender_chat": chat(what.sender_chat)}
    assert what.sender is not None
    if hidden:
        return {**out, "type": "hidden_user", "sender_user_name": what.sender.first_name}
    return {**out, "type": "user", "sender_user": user(what.sender)}


def external_reply(what: Message) -> Json:
    """A reply to a message of another chat; which chat is told only of groups and channels."""
    out: Json = {"origin": origin(what, hidden=False)}
    if what.chat.kind in (ChatKind.SUPERGROUP, ChatKind.CHANNEL):
        out |= {"chat": chat(what.chat), "message_id": what.id}
    if what.media is not None:
        out[what.media.kind] = media(what.media)
    return out


def topic_created(topic: Topic) -> Json:
    return {"forum_topic_created": {"name": topic.name, "icon_color": 7322096}}


def chat_member(who: User, status: str, is_bot: bool) -> Json:
    out: Json = {"user": user(who), "status": status}
    if status == "kicked":
        out["until_date"] = 0
    if status == "administrator":
        out |= dict.fromkeys(_ADMIN_RIGHTS, True) | {
            "can_be_edited": not is_bot,
            "is_anonymous": False,
        }
    return out


_ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
