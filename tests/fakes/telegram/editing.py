"""The methods that change messages that are there: edits, deletions, reactions, pins, and the
answers to pressed buttons."""

from dataclasses import replace
from typing import Any

from . import render
from .errors import NOT_MODIFIED, QUERY_TOO_OLD, refused, violated
from .model import ChatKind, Membership, Message
from .requests import Call
from .sending import same_file
from .world import CallbackAnswer

Json = dict[str, Any]

DELETABLE = 48 * 3600
"""Seconds in which the bot may delete: Telegram, deleteMessage."""
TOAST_LENGTH = 200


def edit_text(call: Call) -> Json:
    text, entities = call.text()
    message = call.own_message("message to edit")
    if message.media is not None:
        raise refused("there is no text in the message to edit")
    new = replace(message, text=text, entities=entities, rows=call.keyboard())
    return _edited(call, message, new)


def edit_caption(call: Call) -> Json:
    caption, entities = call.caption()
    message = call.own_message("message to edit")
    if message.media is None:
        raise refused("there is no caption in the message to edit")
    new = replace(message, caption=caption, caption_entities=entities, rows=call.keyboard())
    return _edited(call, message, new)


def edit_markup(call: Call) -> Json:
    message = call.own_message("message to edit")
    return _edited(call, message, replace(message, rows=call.keyboard()))


def edit_media(call: Call) -> Json:
    """A text message too may become a video, photo or other file."""
    item: Json = call.get("media")
    caption, entities = call.caption(item)
    rows = call.keyboard()
    message = call.own_message("message to edit")
    if f"{item['type']}s" in message.chat.not_allowed:
        raise refused(f"not enough rights to send {item['type']}s to the chat")
    media = call.media(item["type"], item["media"], item)
    new = replace(
        message,
        text=None,
        entities=[],
        media=media,
        caption=caption,
        caption_entities=entities,
        rows=rows,
    )
    return _edited(call, message, new)


def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.message(call.get("message_id"))
    if message is None:
        raise refused("message to delete not found")
    may = (
        message.from_bot
        or chat.kind is ChatKind.PRIVATE
        or chat.bot_status is Membership.ADMINISTRATOR
    )
    if not may or call.world.clock.now() - message.date > DELETABLE:
        raise refused("message can't be deleted")
    message.deleted = True
    return True


def delete_messages(call: Call) -> bool:
    chat = call.chat()
    if not 1 <= len(call.get("message_ids")) <= 100:
        raise violated("too many message identifiers specified")
    for message_id in call.get("message_ids"):
        message = chat.message(message_id)
        if message is not None and (message.from_bot or chat.kind is ChatKind.PRIVATE):
            message.deleted = True
    return True


def set_reaction(call: Call) -> bool:
    message = call.chat().message(call.get("message_id"))
    if message is None:
        raise refused("message to react not found")
    wanted: list[Json] = call.get("reaction") or []
    if len(wanted) > 1:
        raise refused("REACTIONS_TOO_MANY")
    message.reactions = [reaction.get("emoji", "") for reaction in wanted]
    return True


def pin_message(call: Call) -> bool:
    chat = call.chat()
    if chat.kind is not ChatKind.PRIVATE and chat.bot_status is not Membership.ADMINISTRATOR:
        raise refused("not enough rights to manage pinned messages in the chat")
    message_id = call.get("message_id")
    if message_id is not None and chat.message(message_id) is None:
        raise refused("message to pin not found")
    return True


def answer_callback_query(call: Call) -> bool:
    text = call.get("text") or ""
    if len(text) > TOAST_LENGTH:
        raise violated("MESSAGE_TOO_LONG")
    url = call.get("url")
    if url is not None and not url.startswith((f"https://t.me/{call.world.bot.username}?", "tg:")):
        raise violated("URL_INVALID")
    query = call.world.queries.get(call.get("callback_query_id"))
    now = call.world.clock.now()
    if query is None or query.answer.done() or now - query.at > call.world.callback_lifetime:
        raise refused(QUERY_TOO_OLD)
    query.answer.set_result(CallbackAnswer(True, text, bool(call.get("show_alert")), url))
    return True


def _edited(call: Call, message: Message, new: Message) -> Json:
    """Puts the new content in place; refuses when nothing is new."""
    world = call.world
    uploaded_again = bool(call.uploads) and not world.same_bytes_are_the_same_file
    same = (
        (message.text, message.entities, message.caption, message.caption_entities, message.rows)
        == (new.text, new.entities, new.caption, new.caption_entities, new.rows)
        and same_file(message.media, new.media)
        and not uploaded_again
    )
    if same:
        raise refused(NOT_MODIFIED)
    if world.flood is not None and world.flood.edits_count:
        in_group = message.chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)
        world.flood.charge(message.chat.id, in_group)
    message.edits.append(message.version(message.edit_date or message.date))
    message.text, message.entities = new.text, new.entities
    message.caption, message.caption_entities = new.caption, new.caption_entities
    message.media, message.rows = new.media, new.rows
    message.markup = call.get("reply_markup")
    message.edit_date = world.clock.now()
    message.chat.changed(message)
    return render.message(message)


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_reaction,
    "pinChatMessage": pin_message,
    "unpinChatMessage": pin_message,
    "answerCallbackQuery": answer_callback_query,
}
