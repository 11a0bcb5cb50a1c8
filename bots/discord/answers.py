"""Answering interactions within Discord's three seconds, whatever the studio says.

A request for a clip is answered in public by its progress message; everything else is for the
asker's eyes; a panel takes the place of the one that was pressed. A refusal is worded; any other
error is logged without the words that were typed, and the member reads that it was not them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bots import progress
from bots.buttons import UNDER_PROGRESS
from bots.discord import arrivals, dress
from bots.discord.whispers import (
    Lost,
    Said,
    calling_discord,
    log_failure,
    show_panel,
    think,
    think_alone,
    whisper,
)
from bots.studio.asker import Asker
from bots.studio.cameo.refused import Refused
from bots.studio.errors import CameoNotYours, Refusal
from bots.studio.making import Ask
from bots.studio.options import Options
from bots.studio.queue import QueueView
from bots.words import language_of, say, tell
from storage.requests import Accepted
from storage.room import Room

#: Discord gives 3 s for the first answer; past this the app says that it is thinking.
THINKING_SECONDS = 1.5

Making = Callable[[Asker, Ask], Awaitable[Accepted]]
Looking = Callable[[Asker], Awaitable[Said]]
_Wanted = Callable[[Asker], Awaitable[tuple[Making, Ask]]]


class Answers:
    """Answers interactions from the room."""

    def __init__(self, room: Room, view: QueueView) -> None:
        self.room = room
        self._view = view
        #: Requests that want an owner's yes.
        self.refused = Refused()

    async def making(
        self,
        interaction: discord.Interaction,
        work: Making,
        options: Options | None = None,
        picture: discord.Attachment | None = None,
    ) -> None:
        """Ask the studio for a clip and answer with its progress, for all to see."""

        async def wanted(_: Asker) -> tuple[Making, Ask]:
            return work, Ask(
                key=f"discord:{interaction.id}",
                handle=arrivals.handle_of(interaction),
                options=options or Options(),
                picture=arrivals.fetching(picture) if picture else None,
            )

        await self._make(interaction, wanted)

    async def asking(self, interaction: discord.Interaction, code: str) -> None:
        """Ask anew for a clip that was refused, and its people for their yes."""

        async def wanted(asker: Asker) -> tuple[Making, Ask]:
            work, ask = self.refused.take(asker, code)
            key = f"discord:{interaction.id}"
            return work, replace(ask, key=key, handle=arrivals.handle_of(interaction))

        await self._make(interaction, wanted)

    async def _make(self, interaction: discord.Interaction, wanted: _Wanted) -> None:
        async def accept() -> Accepted:
            asker = await arrivals.of_interaction(self.room, interaction)
            work, ask = await wanted(asker)
            try:
                return await work(asker, ask)
            except CameoNotYours as refused:
                raise _AskThem(refused, self.refused.keep(asker, ask, work)) from refused

        task = asyncio.create_task(accept())
        try:
            done, _ = await asyncio.wait([task], timeout=THINKING_SECONDS)
            if not done:
                await think(interaction)
            await self._show(interaction, await task)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def looking(self, interaction: discord.Interaction, work: Looking) -> None:
        """Look something up and tell the asker alone."""
        try:
            asker = await arrivals.of_interaction(self.room, interaction)
            said = await work(asker)
            if said.form:
                with calling_discord():
                    await interaction.response.send_modal(said.form)
            else:
                await whisper(interaction, said)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def panel(
        self, interaction: discord.Interaction, work: Looking, *, meanwhile: str | None = None
    ) -> None:
        """Tell the asker alone, however long it takes, in place of the panel that was pressed.

        `meanwhile` is what stands there while it takes long.
        """

        async def look() -> Said:
            return await work(await arrivals.of_interaction(self.room, interaction))

        task = asyncio.create_task(look())
        try:
            done, _ = await asyncio.wait([task], timeout=THINKING_SECONDS)
            if not done:
                await think_alone(interaction, meanwhile)
            said = await task
            if said.form and interaction.response.is_done():
                # Discord: a form is the first answer or none.
                language = language_of(str(interaction.locale))
                await whisper(interaction, Said(say(language, "panel-once-more")))
            elif said.form:
                with calling_discord():
                    await interaction.response.send_modal(said.form)
            else:
                await show_panel(interaction, said)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def settling(self, interaction: discord.Interaction, work: Looking) -> None:
        """Let the answer take the place of a question and of its buttons; its film stays."""
        try:
            said = await work(await arrivals.of_interaction(self.room, interaction))
            with calling_discord():
                await interaction.response.edit_message(content=dress.plain(said.text), view=None)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def _show(self, interaction: discord.Interaction, accepted: Accepted) -> None:
        language = language_of(str(interaction.locale))
        standing = await self._view.standing(accepted.job)
        text = dress.plain(tell.progress(language, accepted.clip, standing))
        buttons = dress.under(accepted.clip.code, UNDER_PROGRESS, language)
        message: int | None = None
        try:
            with calling_discord():
                message = await _answer(interaction, text, buttons)
        except Lost as lost:
            # It may have been made all the same: then the look below finds it.
            log_failure("an answer is in doubt", interaction, lost)
        if message is None:
            with calling_discord():
                message = (await interaction.original_response()).id
        if accepted.delivery:
            await progress.record(self.room, accepted.delivery, str(message))

    async def _failed(self, interaction: discord.Interaction, error: Exception) -> None:
        language = language_of(str(interaction.locale))
        if isinstance(error, Lost):
            # What was accepted is shown by the progress loop.
            log_failure("an answer was lost", interaction, error)
            return
        if isinstance(error, _AskThem):
            view = dress.ask_them(error.code, error.refused, language)
            said = Said(tell.refusal(language, error.refused), view)
        elif isinstance(error, Refusal):
            said = Said(tell.refusal(language, error))
        else:
            log_failure("an interaction broke", interaction, error)
            said = Said(say(language, "trouble"))
        try:
            await whisper(interaction, said)
        except Lost as lost:
            log_failure("an answer was lost", interaction, lost)


class _AskThem(Exception):
    """Somebody's yes is wanted; `code` finds the request again once the member wants to ask."""

    def __init__(self, refused: CameoNotYours, code: str) -> None:
        super().__init__()
        self.refused = refused
        self.code = code


async def _answer(
    interaction: discord.Interaction, text: str, buttons: discord.ui.View
) -> int | None:
    """Answer for all to see, in place of "thinking" if that was shown; the message's id."""
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        edited = await interaction.edit_original_response(
            content=text, view=buttons, allowed_mentions=nobody
        )
        return edited.id
    sent = await interaction.response.send_message(text, view=buttons, allowed_mentions=nobody)
    return sent.message_id
