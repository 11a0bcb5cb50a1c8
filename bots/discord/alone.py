"""Panels on Discord: told to the one who asks alone, each in the place of the one before.

A panel that was pressed is changed; a first one is a new message that nobody else sees. Keys are
told by their custom_id alone, so they outlive any restart.
"""

from pathlib import Path
from typing import Any

import discord

from bots.discord.arrivals import USUAL_BYTES
from bots.panels.panel import Labelled, Panel, to_data

#: Discord: rows of a message, and buttons of a row.
MOST_ROWS = 5
ROW = 5
#: Discord: characters of a button's label.
LABEL = 80


def view_of(panel: Panel) -> discord.ui.View | None:
    """The panel's keys as buttons; None for none."""
    rows = panel.keys if len(panel.keys) <= MOST_ROWS else _packed(panel)
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for each in row:
            view.add_item(_button(each, number))
    view.stop()
    return view


def file_of(panel: Panel) -> tuple[str, bytes | Path] | None:
    """What goes with the panel, if anything: its name, and its content or where it lies."""
    if panel.picture:
        return "cameo.jpg", panel.picture
    if panel.film:
        code, path = panel.film
        return (f"{code}.mp4", path) if path.stat().st_size <= USUAL_BYTES else None
    return panel.file


def _packed(panel: Panel) -> list[tuple[Labelled, ...]]:
    """As many keys as a message holds, row after row."""
    keys = [each for row in panel.keys for each in row][: MOST_ROWS * ROW]
    return [tuple(keys[at : at + ROW]) for at in range(0, len(keys), ROW)]


def _button(each: Labelled, row: int) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle.danger if each.grave else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=each.label[:LABEL], style=style, custom_id=to_data(each.key), row=row
    )
