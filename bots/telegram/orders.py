"""An order: a message of a member's that asks for something, and what it takes to answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Message
from telegram.ext import ExtBot

from bots.studio import finding
from bots.studio.asker import Asker
from bots.studio.making import Ask
from bots.telegram import cameo as cameos
from bots.telegram import pictures, speaking
from bots.telegram.finding import is_ours, named_or_replied
from bots.telegram.wishes import Wishes
from storage.clips import Clip
from storage.requests import Accepted
from storage.room import Room


@dataclass(frozen=True)
class Order:
    """A message of a member's that asks for something."""

    room: Room
    bot: ExtBot[int]
    asker: Asker
    message: Message
    #: What follows the command.
    words: str
    wishes: Wishes

    @property
    def language(self) -> str:
        return self.asker.member.language

    @property
    def ask(self) -> Ask:
        """The same message is the same request, however often it is delivered."""
        number = self.message.message_id
        return Ask(
            key=f"telegram:{self.message.chat.id}:{number}",
            reply_to=str(number),
            picture=pictures.fetching(self.bot, self.message),
        )

    @property
    def ask_from_picture(self) -> Ask:
        """The same, from the picture of somebody else's message where this one answers it."""
        answered = self.message.reply_to_message
        if self.ask.picture or answered is None or is_ours(answered, self.bot.id):
            return self.ask
        return replace(self.ask, picture=pictures.fetching(self.bot, answered))

    @property
    def person(self) -> cameos.Chooser:
        """Who asks, as the owner of cameos."""
        writer = self.message.from_user
        assert writer is not None
        return cameos.Chooser(self.room, self.bot, self.asker, writer.id)

    async def answer(self, text: str) -> None:
        await speaking.answer(self.bot, self.message, text)

    async def make(self, ask: Ask, work: Callable[[Asker, Ask], Awaitable[Accepted]]) -> None:
        """Ask the studio for a clip. Raises a Refusal."""
        await self.wishes.make(self.asker, self.message, work, ask)

    async def named(self) -> tuple[Clip | None, str]:
        """The clip named or replied to, if any, and the words left."""
        return await named_or_replied(self.room, self.asker, self.bot.id, self.message, self.words)

    async def meant(self) -> tuple[Clip, str]:
        """The same, or else the member's newest here. Raises a Refusal."""
        clip, rest = await self.named()
        return clip or await finding.latest(self.room, self.asker), rest
