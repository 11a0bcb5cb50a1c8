"""The methods that make messages."""

from typing import Any

from . import render
from .errors import refused, violated
from .model import Chat, ChatKind, Media, Message
from .requests import Call

Json = dict[str, Any]

#: method → the field with the file, its kind, and what Telegram calls many of them.
_MEDIA = {
    "sendPhoto": ("photo", "photos"),
    "sendVideo": ("video", "videos"),
    "sendAnimation": ("animation", "animations"),
    "sendDocument": ("document", "documents"),
    "sendAudio": ("audio", "music"),
    "sendVoice": ("voice", "voice notes"),
    "sendVideoNote": ("video_note", "video notes"),
}
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip


def send_message(call: Call) -> Json:
    text, entities = call.text()
    message = _message(call, "text messages")
    message.text, message.entities = text, entities
    return _sent(call, message)


def send_media(call: Call) -> Json:
    field, plural = _MEDIA[call.method]
    caption, entities = call.caption()
    message = _message(call, plural)
    message.media = call.media(field, call.get(field), call.arguments)
    message.caption, message.caption_entities = caption, entities
    return _sent(call, message)


def send_media_group(call: Call) -> list[Json]:
    items: list[Json] = call.get("media")
    if not 2 <= len(items) <= 10:
        raise violated("wrong number of items: media must contain 2-10 items")
    made = []
    for item in items:
        message = _message(call, "photos" if item["type"] == "photo" else "videos")
        message.media = call.media(item["type"], item["media"], item)
        message.caption, message.caption_entities = call.caption(item)
        made.append(message)
    _charge(call, made[0].chat, len(made))
    group = str(13_500_000_000_000_000 + call.world.number())
    for message in made:
        message.media_group_id = group
        _keep(call, message)
    return [render.message(message) for message in made]


def copy_message(call: Call) -> Json:
    source = _source(call, "message to copy not found")
    message = _message(call, "text messages")
    message.text, message.entities = source.text, source.entities
    message.media = source.media
    message.caption, message.caption_entities = source.caption, source.caption_entities
    if "caption" in call.arguments:
        message.caption, message.caption_entities = call.caption()
    return {"message_id": _sent(call, message)["message_id"]}


def forward_message(call: Call) -> Json:
    source = _source(call, "message to forward not found")
    message = _message(call, "text messages")
    copied(source, message)
    return _sent(call, message)


def copied(source: Message, message: Message, hidden: bool = False) -> None:
    """Makes `message` a forward of `source`. `hidden`: its sender lets no link be made to them."""
    message.text, message.entities = source.text, source.entities
    message.caption, message.caption_entities = source.caption, source.caption_entities
    message.media = source.media
    message.forward_origin = render.origin(source, hidden)


def send_chat_action(call: Call) -> bool:
    if call.get("action") not in _ACTIONS:
        raise violated("wrong parameter action in request")
    call.chat().actions.append(call.get("action"))
    return True


def _source(call: Call, missing: str) -> Message:
    source = call.chat(write=False, field="from_chat_id").message(call.get("message_id"))
    if source is None:
        raise refused(missing)
    return source


def _message(call: Call, what: str) -> Message:
    """A message of the bot's with everything but its content; not kept yet."""
    rows = call.keyboard()
    chat = call.chat()
    answered, elsewhere = call.answered(chat)
    topic = call.topic(chat, answered)
    if what in chat.not_allowed:
        raise refused(f"not enough rights to send {what} to the chat")
    is_post = chat.kind is ChatKind.CHANNEL
    return Message(
        chat,
        0,
        call.world.bot,
        None if is_post else call.world.bot,
        call.world.clock.now(),
        rows=rows,
        markup=call.get("reply_markup"),
        reply_to=answered,
        external_reply=elsewhere,
        topic=topic,
        sender_chat=chat if is_post else None,
        silent=bool(call.get("disable_notification")),
    )


def _sent(call: Call, message: Message) -> Json:
    _charge(call, message.chat, 1)
    return render.message(_keep(call, message))


def _keep(call: Call, message: Message) -> Message:
    message.id = call.world.message_id(message.chat)
    return call.world.add(message)


def _charge(call: Call, chat: Chat, messages: int) -> None:
    if call.world.flood is not None:
        in_group = chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)
        call.world.flood.charge(chat.id, in_group, messages)


def same_file(one: Media | None, other: Media | None) -> bool:
    """Whether two files are the same bytes, shown the same way."""
    if one is None or other is None:
        return one is other
    return (one.unique_id, one.kind, one.has_spoiler) == (
        other.unique_id,
        other.kind,
        other.has_spoiler,
    )


METHODS = {
    "sendMessage": send_message,
    **dict.fromkeys(_MEDIA, send_media),
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
