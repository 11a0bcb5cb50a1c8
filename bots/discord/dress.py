"""What our messages wear on Discord: escaped text, buttons, the menu "More…", and forms.

Everything is found again by its custom_id, after any restart. Views and forms are stopped before
they are sent, so that discord.py keeps none of them in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bots.buttons import IN_THE_OPEN, Button, Press, to_data
from bots.studio.errors import CameoNotYours
from bots.words import say, tell
from storage.clips import Clip
from storage.reports import ReportReason

#: Discord: the longest text of a bot's message, and of a form's field.
MOST_CHARACTERS = 2000
MOST_IN_A_FIELD = 4000

#: Before the code in the custom_id of the menu, of the sure button, and of forms.
MORE = "more"
SURE = "sure"
#: Before the code in the custom_id of the menu of reasons.
REPORT = "reason"
#: A form whose words change the clip's, and one whose words take the place of the clip's.
CHANGE = "change"
REWRITE = "rewrite"
NEXT = "next"
FIELD = "words"

_STYLES = {
    Button.REMIX: discord.ButtonStyle.primary,
    Button.DELETE: discord.ButtonStyle.danger,
}


def plain(text: str) -> str:
    """The text shown as it is: no markup and no mention in it works; cut to what fits."""
    escaped = discord.utils.escape_mentions(discord.utils.escape_markdown(text))
    if len(escaped) <= MOST_CHARACTERS:
        return escaped
    kept = escaped[: MOST_CHARACTERS - 2]
    return f"{kept[: kept.rfind(chr(10))] if chr(10) in kept else kept.rstrip()}\n…"


def under(
    code: str, shown: Sequence[Button], language: str, *, cameo: int | None = None
) -> discord.ui.View:
    """Buttons that act on the clip; those beyond the first few are in a menu.

    `cameo` is the id of the one that an owner is asked about.
    """
    view = discord.ui.View(timeout=None)
    for button in shown[:IN_THE_OPEN]:
        view.add_item(_button(Press(button, code, cameo), language))
    if rest := shown[IN_THE_OPEN:]:
        view.add_item(_menu(code, rest, language))
    view.stop()
    return view


def sure(code: str, language: str) -> discord.ui.View:
    """The one button that deletes for good."""
    view = discord.ui.View(timeout=None)
    label = tell.label(language, Button.DELETE)
    style = discord.ButtonStyle.danger
    view.add_item(discord.ui.Button(label=label, style=style, custom_id=f"{SURE}:{code}"))
    view.stop()
    return view


def ask_them(code: str, refused: CameoNotYours, language: str) -> discord.ui.View:
    """The one button that asks the owner of a cameo; `code` finds the request again."""
    view = discord.ui.View(timeout=None)
    view.add_item(
        discord.ui.Button(
            label=say(language, "button-ask-handle", **refused.figures),
            style=discord.ButtonStyle.primary,
            custom_id=to_data(Press(Button.ASK_OWNERS, code)),
        )
    )
    view.stop()
    return view


def reasons(code: str, language: str) -> discord.ui.View:
    """The menu of what can be wrong with the clip."""
    view = discord.ui.View(timeout=None)
    options = [
        discord.SelectOption(label=say(language, f"reason-{each.value}"), value=each.value)
        for each in ReportReason
    ]
    view.add_item(
        discord.ui.Select(
            custom_id=f"{REPORT}:{code}",
            placeholder=say(language, "report-reason"),
            options=options,
        )
    )
    view.stop()
    return view


def remix_form(clip: Clip, language: str, *, most: int) -> discord.ui.Modal:
    """A form with the clip's words filled in, or an empty one where they exceed `most`."""
    words = clip.plan.prompt
    fits = len(words) <= min(most, MOST_IN_A_FIELD)
    return _form(
        f"{REWRITE if fits else CHANGE}:{clip.code}",
        title=f"{tell.label(language, Button.REMIX)} · {clip.code}",
        label=say(language, "field-change"),
        words=words if fits else None,
        required=True,
    )


def extend_form(clip: Clip, language: str) -> discord.ui.Modal:
    """A form for what happens next; it may stay empty."""
    return _form(
        f"{NEXT}:{clip.code}",
        title=f"{tell.label(language, Button.EXTEND)} · {clip.code}",
        label=say(language, "field-next"),
        words=None,
        required=False,
    )


def is_about(message: discord.Message, code: str) -> bool:
    """Whether a message of ours holds the clip of that code, or buttons that act on it."""
    if any(file.filename == f"{code}.mp4" for file in message.attachments):
        return True
    ids = [
        getattr(part, "custom_id", None)
        for row in message.components
        for part in getattr(row, "children", [])
    ]
    return any(code in str(each).split(":") for each in ids)


@dataclass(frozen=True)
class Submission:
    """A form that was sent in."""

    form: str
    #: The clip's code.
    code: str
    words: str


def submission(data: Mapping[str, Any]) -> Submission | None:
    """What was typed into one of our forms; None for a form that is not ours."""
    form, _, code = str(data.get("custom_id", "")).partition(":")
    if form not in (CHANGE, REWRITE, NEXT) or not code:
        return None
    for outer in data.get("components", []):
        for field in [outer.get("component"), *(outer.get("components") or [])]:
            if field and field.get("custom_id") == FIELD:
                return Submission(form, code, str(field.get("value") or ""))
    return None


def _form(
    custom_id: str, *, title: str, label: str, words: str | None, required: bool
) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=title, custom_id=custom_id)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=FIELD,
        default=words,
        required=required,
        max_length=MOST_IN_A_FIELD,
    )
    modal.add_item(discord.ui.Label(text=label, component=field))
    modal.stop()
    return modal


def _button(press: Press, language: str) -> discord.ui.Button[Any]:
    return discord.ui.Button(
        label=tell.label(language, press.button),
        style=_STYLES.get(press.button, discord.ButtonStyle.secondary),
        custom_id=to_data(press),
    )


def _menu(code: str, rest: Sequence[Button], language: str) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=tell.label(language, button), value=button.value)
        for button in rest
    ]
    return discord.ui.Select(
        custom_id=f"{MORE}:{code}",
        placeholder=say(language, "button-more"),
        options=options,
        row=1,
    )
