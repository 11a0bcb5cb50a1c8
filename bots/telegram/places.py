"""Where a Telegram message is, and who wrote it, in the room's words.

An address is a chat's id, with ":topic" where the chat has topics. This module calls nothing.
"""

from telegram import Chat, MaybeInaccessibleMessage, Message, User

from bots.studio.asker import Arrival
from bots.words import language_of
from storage.people import Platform
from storage.settings import Settings

#: Bytes of an upload. Bot API: 50 MB, 2000 MB through a server of one's own.
MOST_BYTES = 50_000_000
MOST_BYTES_LOCAL = 2_000_000_000
#: Characters. Bot API, sendMessage and sendVideo.
TEXT_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024
#: answerCallbackQuery.
TOAST_CHARACTERS = 200


def address_of(message: MaybeInaccessibleMessage) -> str:
    """The address of the space that a message is in."""
    topic = message.message_thread_id if isinstance(message, Message) else None
    if isinstance(message, Message) and message.is_topic_message and topic is not None:
        return f"{message.chat.id}:{topic}"
    return str(message.chat.id)


def chat_of(address: str) -> tuple[int, int | None]:
    """Chat id and topic of an address."""
    chat, _, topic = address.partition(":")
    return int(chat), int(topic) if topic else None


def arrival(message: MaybeInaccessibleMessage, person: User, settings: Settings) -> Arrival:
    """Where a message or a press came from."""
    return Arrival(
        platform=Platform.TELEGRAM,
        account=str(person.id),
        name=person.full_name,
        language=language_of(person.language_code),
        address=address_of(message),
        private=message.chat.type == Chat.PRIVATE,
        max_bytes=most_bytes(settings),
    )


def most_bytes(settings: Settings) -> int:
    """The largest file that can be posted."""
    return MOST_BYTES_LOCAL if settings.telegram.local else MOST_BYTES


def cut(text: str, most: int) -> str:
    """The text, at most `most` characters long as Telegram counts them (UTF-16 units)."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"
