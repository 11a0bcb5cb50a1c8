"""Requests for clips on Telegram, and those that want somebody's yes first.

A request that names a cameo which its member may not use is refused with a button that asks its
owner; what was asked for is kept by the studio's table until then.
"""

from dataclasses import replace

from telegram import MaybeInaccessibleMessage
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bots.studio.asker import Asker
from bots.studio.cameo.refused import Refused, Work
from bots.studio.errors import CameoNotYours
from bots.studio.making import Ask
from bots.telegram import keyboards, speaking
from bots.words import tell


class Wishes:
    """Asks the studio for clips."""

    def __init__(self, bot: ExtBot[int]) -> None:
        self._bot = bot
        self._refused = Refused()

    async def make(
        self, asker: Asker, message: MaybeInaccessibleMessage, work: Work, ask: Ask
    ) -> None:
        """Ask for a clip; where an owner has to agree, offer to ask them. Raises a Refusal."""
        try:
            await work(asker, ask)
        except CameoNotYours as refused:
            code = self._refused.keep(asker, ask, work)
            language = asker.member.language
            await speaking.answer(
                self._bot,
                message,
                tell.refusal(language, refused),
                keys=keyboards.ask_them(code, refused, language),
            )

    async def ask_owners(
        self, asker: Asker, message: MaybeInaccessibleMessage, code: str, key: str
    ) -> None:
        """The member wants owners asked: accept their request as `key`. Raises a Refusal."""
        work, ask = self._refused.take(asker, code)
        await work(asker, replace(ask, key=key))
        try:
            await self._bot.delete_message(message.chat.id, message.message_id)
        except BadRequest:
            # The refusal is gone already, or too old: it may stay.
            return
