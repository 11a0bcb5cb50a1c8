"""Answering interactions within Discord's three seconds, whatever the studio says.

A request for a clip is answered in public by its progress message; everything else is for the
asker's eyes. A refusal is worded; any other error is logged without the words that were typed, and
the member reads that it was not them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bots import progress
from bots.buttons import UNDER_PROGRESS
from bots.discord import arrivals, dress
from bots.studio.asker import Asker
from bots.studio.errors import Refusal
from bots.studio.making import Ask
from bots.studio.options import Options
from bots.studio.queue import QueueView
from bots.words import language_of, say, tell
from storage.requests import Accepted
from storage.room import Room

log = logging.getLogger(__name__)

#: Discord gives 3 s for the first answer; past this the app says that it is thinking.
THINKING_SECONDS = 1.5

_LIBRARY = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

Making = Callable[[Asker, Ask], Awaitable[Accepted]]
Looking = Callable[[Asker], Awaitable["Said"]]


@dataclass(frozen=True)
class Said:
    """An answer for the asker's eyes."""

    text: str
    view: discord.ui.View | None = None
    #: A form to open instead.
    form: discord.ui.Modal | None = None
    #: A picture that goes with the text.
    picture: Path | None = None
    #: A film that goes with the text.
    film: Path | None = None


class Answers:
    """Answers interactions from the room."""

    def __init__(self, room: Room, view: QueueView) -> None:
        self.room = room
        self._view = view

    async def making(
        self,
        interaction: discord.Interaction,
        work: Making,
        options: Options | None = None,
        picture: discord.Attachment | None = None,
    ) -> None:
        """Ask the studio for a clip and answer with its progress, for all to see."""

        async def accept() -> Accepted:
            asker = await arrivals.of_interaction(self.room, interaction)
            ask = Ask(
                key=f"discord:{interaction.id}",
                handle=arrivals.handle_of(interaction),
                options=options or Options(),
                picture=arrivals.fetching(picture) if picture else None,
            )
            return await work(asker, ask)

        task = asyncio.create_task(accept())
        try:
            done, _ = await asyncio.wait([task], timeout=THINKING_SECONDS)
            if not done:
                await _think(interaction)
            await self._show(interaction, await task)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def looking(self, interaction: discord.Interaction, work: Looking) -> None:
        """Look something up and tell the asker alone."""
        try:
            asker = await arrivals.of_interaction(self.room, interaction)
            said = await work(asker)
            if said.form:
                with _calling_discord():
                    await interaction.response.send_modal(said.form)
            else:
                await _whisper(interaction, said)
        except Exception as error:  # noqa: BLE001 - logged, and the member is told
            await self._failed(interaction, error)

    async def _show(self, interaction: discord.Interaction, accepted: Accepted) -> None:
        language = language_of(str(interaction.locale))
        standing = await self._view.standing(accepted.job)
        text = dress.plain(tell.progress(language, accepted.clip, standing))
        buttons = dress.under(accepted.clip.code, UNDER_PROGRESS, language)
        message: int | None = None
        try:
            with _calling_discord():
                message = await _answer(interaction, text, buttons)
        except _Lost as lost:
            # It may have been made all the same: then the look below finds it.
            _log_failure("an answer is in doubt", interaction, lost)
        if message is None:
            with _calling_discord():
                message = (await interaction.original_response()).id
        if accepted.delivery:
            await progress.record(self.room, accepted.delivery, str(message))

    async def _failed(self, interaction: discord.Interaction, error: Exception) -> None:
        language = language_of(str(interaction.locale))
        if isinstance(error, _Lost):
            # What was accepted is shown by the progress loop.
            _log_failure("an answer was lost", interaction, error)
            return
        if isinstance(error, Refusal):
            text = tell.refusal(language, error)
        else:
            _log_failure("an interaction broke", interaction, error)
            text = say(language, "trouble")
        try:
            await _whisper(interaction, Said(text))
        except _Lost as lost:
            _log_failure("an answer was lost", interaction, lost)


class _Lost(Exception):
    """Discord could not be reached, or did not take what we said."""


@contextmanager
def _calling_discord() -> Iterator[None]:
    """Tells what goes wrong with Discord's calls from what goes wrong in the studio."""
    try:
        yield
    except _LIBRARY as error:
        raise _Lost(type(error).__name__) from error


async def _think(interaction: discord.Interaction) -> None:
    """Say that the answer takes a moment. It may still be in time where this can't be said."""
    try:
        with _calling_discord():
            await interaction.response.defer(thinking=True)
    except _Lost as lost:
        _log_failure("thinking was not shown", interaction, lost)


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


async def _whisper(interaction: discord.Interaction, said: Said) -> None:
    """Tell the asker alone."""
    values: dict[str, Any] = {
        "content": dress.plain(said.text),
        "view": said.view or discord.utils.MISSING,
        "file": _file(said) or discord.utils.MISSING,
        "ephemeral": True,
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    with _calling_discord():
        if not interaction.response.is_done():
            await interaction.response.send_message(**values)
            return
        # "Thinking" was for all to see, and so would be what takes its place: it goes first.
        await interaction.delete_original_response()
        await interaction.followup.send(**values)


def _file(said: Said) -> discord.File | None:
    if said.film:
        return discord.File(said.film, "clip.mp4")
    return discord.File(said.picture, "picture.png") if said.picture else None


def _log_failure(what: str, interaction: discord.Interaction, error: Exception) -> None:
    fields = {"interaction": interaction.id, "kind": interaction.type.name}
    log.error("%s: %s", what, type(error).__name__, exc_info=error, extra=fields)
