"""Pressed buttons: each finds its clip by the code it carries, so it works after any restart.

A press is answered as soon as the studio has spoken; a refusal opens a window for who pressed.
"""

import logging
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bots import buttons
from bots.buttons import Button
from bots.panels import panel
from bots.panels.panel import Deed, Key
from bots.studio import deleting, finding, looking, making, queue
from bots.studio.asker import Asker
from bots.studio.making import Ask
from bots.telegram import cameo, commands, keyboards, moderation, speaking
from bots.telegram.person import Person
from bots.telegram.wishes import Wishes
from bots.words import say, tell
from storage.clips import Clip
from storage.requests import Accepted
from storage.room import Room

log = logging.getLogger(__name__)


class Pressed:
    """One press, and what it takes to answer it."""

    def __init__(
        self,
        room: Room,
        bot: ExtBot[int],
        asker: Asker,
        query: CallbackQuery,
        message: MaybeInaccessibleMessage,
        wishes: Wishes,
    ) -> None:
        self.room = room
        self.bot = bot
        self.asker = asker
        self.query = query
        self.message = message
        self.wishes = wishes
        self.language = asker.member.language

    @property
    def ask(self) -> Ask:
        """A second press is a second request; the same press delivered twice is not."""
        return Ask(key=f"telegram:press:{self.query.id}", reply_to=str(self.message.message_id))

    @property
    def person(self) -> cameo.Chooser:
        """Who pressed, as the owner of cameos."""
        return cameo.Chooser(self.room, self.bot, self.asker, self.query.from_user.id)

    async def make(self, work: Callable[[Asker, Ask], Awaitable[Accepted]]) -> None:
        """Ask the studio for a clip. Raises a Refusal."""
        await self.wishes.make(self.asker, self.message, work, self.ask)

    async def done(self, text: str | None = None) -> None:
        """Answer the press itself."""
        await speaking.answer_press(self.query, text)

    async def say(self, text: str) -> None:
        """Answer the press, then write below the clip."""
        await self.done()
        await speaking.answer(self.bot, self.message, text)


async def act(pressed: Pressed) -> None:
    """Do what the button asks for. Raises a Refusal."""
    data = pressed.query.data or ""
    if data == keyboards.TRY:
        words = say(pressed.language, "try-prompt")
        await making.create(pressed.room, pressed.asker, words, pressed.ask)
        return await pressed.done()
    if data.startswith(keyboards.SURE):
        return await _delete(pressed, data.removeprefix(keyboards.SURE))
    if data.startswith(moderation.REASON):
        return await _report(pressed, data)
    if data.startswith(moderation.ACT):
        person = Person(pressed.room, pressed.bot, pressed.asker, pressed.query.from_user.id)
        return await pressed.say(await moderation.press(person, data))
    if key := panel.from_data(data):
        return await _on_panel(pressed, key)
    press = buttons.from_data(data)
    if press is None:
        text = say(pressed.language, "expired-button")
        return await speaking.answer_press(pressed.query, text, alert=True)
    if press.button is Button.ASK_OWNERS:
        await pressed.wishes.ask_owners(pressed.asker, pressed.message, press.code, pressed.ask.key)
        return await pressed.done()
    if press.cameo is not None:
        await cameo.answer(pressed.person, pressed.message, press)
        return await pressed.done()
    clip = await finding.by_code(pressed.room, pressed.asker, press.code)
    await _DEEDS[press.button](pressed, clip)


async def _on_panel(pressed: Pressed, key: Key) -> None:
    """A key of a panel; looking at a film takes longer than a press waits for its answer."""
    if key.deed is Deed.FILMED:
        await pressed.done()
    told = await cameo.press(pressed.person, pressed.message, key)
    if key.deed is not Deed.FILMED:
        await speaking.answer_press(pressed.query, told, alert=told is not None)


async def _remix(pressed: Pressed, clip: Clip) -> None:
    finding.finished(clip)
    await pressed.done()
    if isinstance(pressed.message, Message):
        await commands.ask_for_change(
            pressed.room, pressed.bot, pressed.asker, pressed.message, clip
        )


async def _again(pressed: Pressed, clip: Clip) -> None:
    await pressed.make(lambda asker, ask: making.vary(pressed.room, asker, clip, ask))
    await pressed.done()


async def _extend(pressed: Pressed, clip: Clip) -> None:
    await pressed.make(lambda asker, ask: making.extend(pressed.room, asker, clip, "", ask))
    await pressed.done()


async def _chain(pressed: Pressed, clip: Clip) -> None:
    found = await looking.chain(pressed.room, pressed.asker, clip)
    await pressed.say(tell.chain(pressed.language, found))


async def _tree(pressed: Pressed, clip: Clip) -> None:
    found = await looking.tree(pressed.room, pressed.asker, clip)
    await pressed.say(tell.tree(pressed.language, found))


async def _info(pressed: Pressed, clip: Clip) -> None:
    await pressed.say(tell.info(pressed.language, await looking.info(pressed.room, clip)))


async def _ask_if_sure(pressed: Pressed, clip: Clip) -> None:
    if isinstance(pressed.message, Message):
        await commands.ask_if_sure(pressed.bot, pressed.asker, pressed.message, clip)
    await pressed.done()


async def _ask_what_is_wrong(pressed: Pressed, clip: Clip) -> None:
    if isinstance(pressed.message, Message):
        await moderation.ask_what_is_wrong(pressed.bot, pressed.asker, pressed.message, clip)
    await pressed.done()


async def _report(pressed: Pressed, data: str) -> None:
    """Thank who pressed, alone, and take the question away."""
    thanks = await moderation.report(pressed.room, pressed.asker, data)
    await speaking.answer_press(pressed.query, thanks, alert=True)
    try:
        await pressed.query.delete_message()
    except BadRequest as error:
        log.info("a question stays: %s", error.message)


async def _cancel(pressed: Pressed, clip: Clip) -> None:
    called_off = await queue.cancel(pressed.room, pressed.asker, clip)
    await pressed.done(say(pressed.language, "cancelled", code=called_off.code))


async def _delete(pressed: Pressed, code: str) -> None:
    clip = await finding.by_code(pressed.room, pressed.asker, code)
    await deleting.delete(pressed.room, pressed.asker, clip)
    text = say(pressed.language, "deleted", code=clip.code)
    await pressed.done()
    try:
        await pressed.query.edit_message_text(text)
    except BadRequest:
        # The question is gone: the answer still has a place.
        await speaking.answer(pressed.bot, pressed.message, text)


_DEEDS: dict[Button, Callable[[Pressed, Clip], Awaitable[None]]] = {
    Button.REMIX: _remix,
    Button.AGAIN: _again,
    Button.EXTEND: _extend,
    Button.CHAIN: _chain,
    Button.TREE: _tree,
    Button.INFO: _info,
    Button.DELETE: _ask_if_sure,
    Button.REPORT: _ask_what_is_wrong,
    Button.CANCEL: _cancel,
}
