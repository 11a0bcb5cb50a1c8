"""The clip that a Telegram message means: by code, by what it replies to, or the newest.

It only reads messages; whether the member may use the clip is the studio's to say.
"""

import re

from telegram import Message, MessageOriginUser

from bots.studio import finding
from bots.studio.asker import Asker
from bots.studio.errors import NotAClip
from storage.clips import Clip
from storage.codes import ALPHABET
from storage.room import Room

_CODE = re.compile(rf"^([{ALPHABET}]{{4,8}}) · ", re.MULTILINE)


async def named_or_replied(
    room: Room, asker: Asker, bot_id: int, message: Message, words: str
) -> tuple[Clip | None, str]:
    """The clip that the first word names or that is replied to, and the words that are left."""
    clip, rest = await finding.split_code(room, asker, words)
    answered = message.reply_to_message
    if clip is None and answered is not None and is_ours(answered, bot_id):
        clip = await of_post(room, asker, bot_id, answered)
    return clip, rest


async def of_post(room: Room, asker: Asker, bot_id: int, post: Message) -> Clip:
    """The clip of a post of ours, or of a forward of one. Raises a Refusal."""
    if not is_forward_of_ours(post, bot_id):
        return await finding.by_message(room, asker, str(post.message_id))
    # A forward has another number than the post: only the caption still names the clip.
    found = _CODE.findall(post.caption or post.text or "")
    if not found:
        raise NotAClip()
    return await finding.by_code(room, asker, found[-1])


def is_ours(message: Message, bot_id: int) -> bool:
    """Whether the bot wrote the message, or someone forwarded one that the bot wrote."""
    if message.forum_topic_created:
        return False  # within a topic, what replies to nothing replies to the topic's start
    wrote = message.from_user is not None and message.from_user.id == bot_id
    return wrote or is_forward_of_ours(message, bot_id)


def is_forward_of_ours(message: Message, bot_id: int) -> bool:
    """Whether someone forwarded a message that the bot wrote."""
    origin = message.forward_origin
    return isinstance(origin, MessageOriginUser) and origin.sender_user.id == bot_id
