"""What is told to one person alone on Discord: whispers, and panels that take each other's place.

It answers an interaction however far its answering has come. It asks the studio nothing.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bots.discord import dress

log = logging.getLogger(__name__)

_LIBRARY = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


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
    #: Any other file: its name, and its content or where it lies.
    file: tuple[str, bytes | Path] | None = None


class Lost(Exception):
    """Discord could not be reached, or did not take what we said."""


@contextmanager
def calling_discord() -> Iterator[None]:
    """Tells what goes wrong with Discord's calls from what goes wrong in the studio."""
    try:
        yield
    except _LIBRARY as error:
        raise Lost(type(error).__name__) from error


async def think(interaction: discord.Interaction) -> None:
    """Say that the answer takes a moment. It may still be in time where this can't be said."""
    try:
        with calling_discord():
            await interaction.response.defer(thinking=True)
    except Lost as lost:
        log_failure("thinking was not shown", interaction, lost)


async def think_alone(interaction: discord.Interaction, meanwhile: str | None) -> None:
    """Say to the asker alone that it takes a moment: by `meanwhile` in the place of the panel.

    Without it, a panel that was pressed stays as it is.
    """
    try:
        with calling_discord():
            if _has_panel(interaction) and meanwhile:
                await interaction.response.edit_message(
                    content=meanwhile, view=None, attachments=[]
                )
            elif _has_panel(interaction):
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=True, thinking=True)
    except Lost as lost:
        log_failure("thinking was not shown", interaction, lost)


def _has_panel(interaction: discord.Interaction) -> bool:
    """Whether what was pressed is a message for the asker alone, which can be changed."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def show_panel(interaction: discord.Interaction, said: Said) -> None:
    """Put it in the place of the panel that was pressed, of "thinking", or make it anew."""
    if not _has_panel(interaction) and not interaction.response.is_done():
        await whisper(interaction, said)
        return
    file = _file(said)
    values: dict[str, Any] = {
        "content": dress.plain(said.text),
        "view": said.view,
        "attachments": [file] if file else [],
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    with calling_discord():
        if interaction.response.is_done():
            await interaction.edit_original_response(**values)
        else:
            await interaction.response.edit_message(**values)


async def whisper(interaction: discord.Interaction, said: Said) -> None:
    """Tell the asker alone."""
    values: dict[str, Any] = {
        "content": dress.plain(said.text),
        "view": said.view or discord.utils.MISSING,
        "file": _file(said) or discord.utils.MISSING,
        "ephemeral": True,
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    with calling_discord():
        if not interaction.response.is_done():
            await interaction.response.send_message(**values)
            return
        if not _has_panel(interaction):
            # "Thinking" may be for all to see, and so would be what takes its place: it goes first.
            await interaction.delete_original_response()
        await interaction.followup.send(**values)


def _file(said: Said) -> discord.File | None:
    if said.file:
        name, content = said.file
        return discord.File(content if isinstance(content, Path) else io.BytesIO(content), name)
    if said.film:
        return discord.File(said.film, "clip.mp4")
    return discord.File(said.picture, "picture.png") if said.picture else None


def log_failure(what: str, interaction: discord.Interaction, error: Exception) -> None:
    fields = {"interaction": interaction.id, "kind": interaction.type.name}
    log.error("%s: %s", what, type(error).__name__, exc_info=error, extra=fields)
