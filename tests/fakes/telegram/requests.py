"""What a Bot API method is given, and what most methods ask of it: the chat, the message, the
answered message, the keyboard, the files.

Refusals come in the order Telegram checks them: the request itself, then access to the chat, then
the message.
"""

from dataclasses import dataclass, replace
from typing import Any

from .errors import ApiError, forbidden, refused, violated
from .model import Button, Chat, ChatKind, Media, Membership, Message, Topic
from .render import external_reply
from .shapes import Upload
from .text import Entity, read
from .world import World, picture_size

Json = dict[str, Any]

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
CALLBACK_BYTES = 64
ROW_BUTTONS = 8
ALL_BUTTONS = 100
PHOTO_BYTES = 10 * 1024 * 1024
THUMBNAIL_BYTES = 200 * 1000
THUMBNAIL_SIDE = 320


@dataclass(frozen=True)
class Call:
    """One request."""

    world: World
    method: str
    arguments: Json
    """Typed by the spec; see shapes.typed_arguments."""
    uploads: dict[str, Upload]

    def get(self, name: str, default: object = None) -> Any:  # noqa: ANN401
        """A field of the request."""
        return self.arguments.get(name, default)

    def chat(self, *, write: bool = True, field: str = "chat_id") -> Chat:
        """The chat the request names. Raises what Telegram answers where the bot may not go."""
        chat_id = self.get(field)
        if isinstance(chat_id, str):
            raise refused("chat not found")
        chat = self.world.chats.get(chat_id)
        if chat is None or (chat.kind is ChatKind.PRIVATE and not chat.started):
            raise self._stranger(chat_id)
        if write:
            may_write(chat)
        return chat

    def _stranger(self, chat_id: int) -> ApiError:
        user = self.world.users.get(chat_id)
        if user is None or not user.known_to_the_bot:
            return refused("chat not found")
        if user.is_bot:
            return forbidden("bot can't send messages to bots")
        return forbidden("bot can't initiate conversation with a user")

    def own_message(self, what: str) -> Message:
        """The bot's message that the request names, for editing."""
        if self.get("inline_message_id") is not None:
            raise violated("the fake server has no inline messages")
        if self.get("chat_id") is None or self.get("message_id") is None:
            raise violated("message identifier is not specified")
        message = self.chat().message(self.get("message_id"))
        if message is None:
            raise refused(f"{what} not found")
        if not message.from_bot or message.service is not None:
            raise refused("message can't be edited")
        return message

    def text(self) -> tuple[str, list[Entity]]:
        """sendMessage's and editMessageText's text, read. 1–4096 characters after reading."""
        text, entities = read(self.get("text", ""), self.get("parse_mode"), self.get("entities"))
        if not text:
            raise violated("message text is empty")
        if len(text) > TEXT_LENGTH:
            raise violated("message is too long")
        return text, entities

    def caption(self, source: Json | None = None) -> tuple[str | None, list[Entity]]:
        """A caption of the request or of one of its InputMedia, read. At most 1024 characters."""
        given = self.arguments if source is None else source
        caption = given.get("caption") or ""
        text, entities = read(caption, given.get("parse_mode"), given.get("caption_entities"))
        if len(text) > CAPTION_LENGTH:
            raise violated("message caption is too long")
        return text or None, entities

    def topic(self, chat: Chat, answered: Message | None) -> Topic | None:
        """Where in a forum the message goes: as asked, else where the answered message is."""
        thread = self.get("message_thread_id")
        found = answered.topic if answered is not None else None
        if thread is not None and (chat.is_forum or chat.kind is ChatKind.PRIVATE):
            found = next((topic for topic in chat.topics if topic.thread_id == thread), None)
            if found is None:
                raise refused("message thread not found")
        if found is not None and found.closed and chat.bot_status is not Membership.ADMINISTRATOR:
            raise refused("TOPIC_CLOSED")
        return found

    def answered(self, chat: Chat) -> tuple[Message | None, Json | None]:
        """The message answered, in this chat or (as external_reply's JSON) in another."""
        wanted = self.get("reply_parameters")
        if wanted is None:
            return None, None
        where = chat
        if wanted.get("chat_id") not in (None, chat.id):
            other = replace(self, arguments={"chat_id": wanted["chat_id"]})
            where = other.chat(write=False)
        message = where.message(wanted["message_id"])
        if message is None:
            if wanted.get("allow_sending_without_reply"):
                return None, None
            raise refused("message to be replied not found")
        return (message, None) if where is chat else (None, external_reply(message))

    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """The inline keyboard. Raises a violation for what Telegram's clients could not show."""
        markup = self.get("reply_markup") or {}
        rows = tuple(
            tuple(_button(button) for button in row) for row in markup.get("inline_keyboard", ())
        )
        crowded = any(len(row) > ROW_BUTTONS for row in rows)
        if crowded or sum(map(len, rows)) > ALL_BUTTONS:
            raise violated("reply markup is too long")
        return tuple(row for row in rows if row)

    def media(self, kind: str, value: object, facts: Json) -> Media:
        """The file of a send or an InputMedia, stored: uploaded, attached, or known by its id.

        `facts`: width, height, duration, thumbnail, … as sent beside it.
        """
        upload = self._upload(value)
        if upload is None:
            return self._known(kind, str(value))
        if not upload.data:
            raise violated("file must be non-empty")
        width, height = facts.get("width", 0), facts.get("height", 0)
        if kind == "video_note":
            width = height = facts.get("length", 0)
        if kind == "photo":
            width, height = _photo_size(upload.data)
        if kind == "video" and upload.data[4:8] != b"ftyp":
            kind = "document"  # Telegram: what is not MPEG-4 arrives as a document
        made = Media(
            kind, "", "", upload.data, upload.filename, upload.mime, "",
            width=width, height=height, duration=facts.get("duration", 0),
            thumbnail=self._thumbnail(facts.get("thumbnail")),
            supports_streaming=bool(facts.get("supports_streaming")),
            has_spoiler=bool(facts.get("has_spoiler")),
        )  # fmt: skip
        return self.world.store(made)

    def _upload(self, value: object) -> Upload | None:
        if isinstance(value, Upload):
            return value
        if isinstance(value, str) and value.startswith("attach://"):
            upload = self.uploads.get(value.removeprefix("attach://"))
            if upload is None:
                raise violated(f"there is no file {value!r} in the request")
            return upload
        return None

    def _known(self, kind: str, file_id: str) -> Media:
        if file_id.startswith(("http://", "https://", "file://")):
            raise violated("the fake server sends no files by address")
        media = self.world.files.get(file_id)
        if media is None:
            raise violated("wrong remote file identifier specified: Wrong string length")
        if media.kind != kind:
            raise violated(f"can't use file of type {media.kind} as {kind}")
        return media

    def _thumbnail(self, value: object) -> bytes | None:
        """Telegram leaves a bad thumbnail out without a word; here it is also a violation."""
        upload = self._upload(value) if value is not None else None
        if upload is None:
            return None
        size = picture_size(upload.data)
        good = size is not None and size[2] == "JPEG" and max(size[:2]) <= THUMBNAIL_SIDE
        if good and len(upload.data) < THUMBNAIL_BYTES:
            return upload.data
        self.world.violations.append(
            f"{self.method}: a thumbnail of {len(upload.data)} bytes, {size}: "
            "it must be a JPEG under 200 kB and 320 px"
        )
        return None


def may_write(chat: Chat) -> None:
    if chat.person is not None and chat.person.has_blocked_the_bot:
        raise forbidden("bot was blocked by the user")
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to.id},
        )
    if chat.gone:
        if chat.kind is ChatKind.GROUP:
            raise forbidden("the group chat was deleted")
        raise refused("chat not found")
    if chat.bot_status is Membership.KICKED:
        raise forbidden(f"bot was kicked from the {chat.kind.value} chat")
    if chat.bot_status is Membership.LEFT:
        raise forbidden(f"bot is not a member of the {chat.kind.value} chat")


def _button(fact: Json) -> Button:
    if not fact["text"].strip():
        raise violated("can't parse inline keyboard button: Text must be non-empty")
    data, url = fact.get("callback_data"), fact.get("url")
    kinds = set(fact) - {"text", "style", "icon_custom_emoji_id"}
    if len(kinds) > 1:
        raise violated(f"an inline button does one thing, not {sorted(kinds)}")
    if not kinds or data == "":
        raise violated(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if data is not None and len(data.encode()) > CALLBACK_BYTES:
        raise violated("BUTTON_DATA_INVALID")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        raise violated("BUTTON_URL_INVALID")
    return Button(fact["text"], data, url)


def _photo_size(data: bytes) -> tuple[int, int]:
    size = picture_size(data)
    if size is None:
        raise violated("IMAGE_PROCESS_FAILED")
    if len(data) > PHOTO_BYTES:
        raise violated("PHOTO_SAVE_FILE_INVALID")
    if size[0] + size[1] > 10_000 or max(size[:2]) > 20 * min(size[:2]):
        raise violated("PHOTO_INVALID_DIMENSIONS")
    return size[0], size[1]
