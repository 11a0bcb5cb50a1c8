"""Inline keyboards: the room's buttons in rows, with data that outlives any restart."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bots.buttons import IN_THE_OPEN, Button, Press, to_data
from bots.studio.errors import CameoNotYours
from bots.words import say, tell

#: The press that creates the clip the hello proposes.
TRY = "try"
#: Prefix of the press that confirms a deletion; the clip's code follows.
SURE = "sure:"


def keyboard(
    buttons: tuple[Button, ...], code: str, language: str, *, cameo: int | None = None
) -> InlineKeyboardMarkup | None:
    """The buttons in rows that fit a phone; None for none.

    `cameo` is the id of the one that an owner is asked about.
    """
    if not buttons:
        return None
    made = [
        InlineKeyboardButton(
            tell.label(language, button), callback_data=to_data(Press(button, code, cameo))
        )
        for button in buttons
    ]
    half = IN_THE_OPEN // 2
    rows = [made[:half], made[half:IN_THE_OPEN], made[IN_THE_OPEN:]]
    return InlineKeyboardMarkup([row for row in rows if row])


def sure(code: str, language: str) -> InlineKeyboardMarkup:
    """The second press of a deletion."""
    label = tell.label(language, Button.DELETE)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"{SURE}{code}")]])


def ask_them(code: str, refused: CameoNotYours, language: str) -> InlineKeyboardMarkup:
    """The press that asks the owner of a cameo; `code` finds the request again."""
    label = say(language, "button-ask-handle", **refused.figures)
    data = to_data(Press(Button.ASK_OWNERS, code))
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


def try_it(language: str) -> InlineKeyboardMarkup:
    """One press to a first clip."""
    label = f"🎬 {say(language, 'try-prompt')}"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=TRY)]])
