"""Ordinary messages: a direct message, a mention, a reply to a clip.

Without the message-content intent, Discord shows the words of a message only in direct messages,
where it names the bot and where it is a reply that pings it. The first answer to an accepted
request is left to the progress loop, which sends it at once and only once.
"""

import logging
import re
import time
from collections import deque

import aiohttp
import discord

from bots.discord import arrivals, dress
from bots.studio import finding, making
from bots.studio.asker import Asker
from bots.studio.cameo.refused import Refused, Work
from bots.studio.errors import CameoNotYours, NotAClip, NotAPicture, Refusal
from bots.studio.making import Ask
from bots.words import language_of, say, tell
from storage.requests import Accepted
from storage.room import Room

log = logging.getLogger(__name__)

_KINDS = (discord.MessageType.default, discord.MessageType.reply)
_LIBRARY = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

#: Seconds after which an edit is old: Discord tells of old ones anew when a link gets its preview.
FRESH_EDIT_SECONDS = 60.0
#: Edited messages that are remembered as answered.
EDITS_KEPT = 256


class Messages:
    """Takes messages that are meant for the bot to the studio."""

    def __init__(self, room: Room, refused: Refused) -> None:
        self._room = room
        self._refused = refused
        #: Edited messages that were answered, by their ids.
        self._told: deque[int] = deque(maxlen=EDITS_KEPT)

    async def said(self, message: discord.Message, me: discord.ClientUser) -> None:
        """A message was posted somewhere that the bot can see."""
        if not meant_for(message, me):
            return
        asker = await self._asker(message)
        if asker is None:
            return
        try:
            await self._make(message, asker, *self._read(message, me))
        except Refusal as refused:
            await _reply(message, tell.refusal(asker.member.language, refused), "r")
        except _Unread:
            await _reply(message, say(asker.member.language, "reply-unread"), "r")
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            _log_failure("a message broke", message, error)
            await _reply(message, say(asker.member.language, "trouble"), "r")

    async def edited(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Somebody changed their message: that starts nothing, and they are told once."""
        if not meant_for(message, me) or not message.content or not _edited_now(message):
            return
        if message.id in self._told:
            return
        self._told.append(message.id)
        asker = await self._asker(message)
        if asker:
            await _reply(message, say(asker.member.language, "not-by-edit"), "e")

    async def _asker(self, message: discord.Message) -> Asker | None:
        try:
            return await arrivals.of_message(self._room, message)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            _log_failure("a sign-in broke", message, error)
            locale = message.guild.preferred_locale if message.guild else None
            await _reply(message, say(language_of(str(locale)), "trouble"), "r")
            return None

    async def _make(self, message: discord.Message, asker: Asker, work: Work, ask: Ask) -> None:
        """Ask the studio for a clip; where an owner has to agree, offer to ask them."""
        try:
            await work(asker, ask)
        except CameoNotYours as refused:
            code = self._refused.keep(asker, ask, work)
            language = asker.member.language
            view = dress.ask_them(code, refused, language)
            await _reply(message, tell.refusal(language, refused), "r", view)

    def _read(self, message: discord.Message, me: discord.ClientUser) -> tuple[Work, Ask]:
        """What the message asks for. Raises a Refusal."""
        room = self._room
        picture = _picture(message, me)
        ask = Ask(
            key=f"discord:{message.id}",
            reply_to=str(message.id),
            picture=arrivals.fetching(picture) if picture else None,
        )
        words = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
        reference = message.reference
        if message.message_snapshots:
            raise NotAClip()
        if message.stickers:
            raise NotAPicture()
        if reference is None or reference.message_id is None or _of_another(message, me):
            return (lambda asker, ask: making.create(room, asker, words, ask)), ask
        answered = str(reference.message_id)

        async def remix(asker: Asker, ask: Ask) -> Accepted:
            parent = finding.finished(await finding.by_message(room, asker, answered))
            if not words and message.guild and not message.content:
                raise _Unread
            return await making.remix(room, asker, parent, words, ask)

        return remix, ask


class _Unread(Exception):
    """Discord kept the words of the reply from us."""


def meant_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a person addresses the bot.

    Bots, webhooks and channels that are followed get no answer: two bots would talk for ever.
    """
    if message.author.bot or message.webhook_id or message.type not in _KINDS:
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


def _edited_now(message: discord.Message) -> bool:
    """Whether its writer changed it this moment, and not Discord what it shows of a link."""
    edited = message.edited_at
    return edited is not None and abs(time.time() - edited.timestamp()) < FRESH_EDIT_SECONDS


def _picture(message: discord.Message, me: discord.ClientUser) -> discord.Attachment | None:
    """The picture sent along, or that of somebody else's message that this one answers."""
    if message.attachments:
        return next(filter(_is_shown, message.attachments), message.attachments[0])
    answered = message.reference.resolved if message.reference else None
    if _of_another(message, me) and isinstance(answered, discord.Message):
        return next(filter(_is_shown, answered.attachments), None)
    return None


def _is_shown(file: discord.Attachment) -> bool:
    return (file.content_type or "").startswith("image/")


def _of_another(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it answers somebody else's message: naming the bot there asks for a first clip."""
    answered = message.reference.resolved if message.reference else None
    return isinstance(answered, discord.Message) and answered.author.id != me.id


async def _reply(
    message: discord.Message, text: str, mark: str, view: discord.ui.View | None = None
) -> None:
    """Answer once, without a ping: the nonce makes one message of an event that comes again."""
    try:
        await message.channel.send(
            dress.plain(text),
            view=view or discord.utils.MISSING,
            nonce=f"{mark}{message.id}",
            allowed_mentions=discord.AllowedMentions.none(),
            reference=message.to_reference(fail_if_not_exists=False),
        )
    except _LIBRARY as error:
        _log_failure("a reply was lost", message, error)


def _log_failure(what: str, message: discord.Message, error: Exception) -> None:
    fields = {"message_id": message.id, "channel": message.channel.id}
    log.error("%s: %s", what, type(error).__name__, exc_info=error, extra=fields)
