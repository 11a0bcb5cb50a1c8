"""The buttons under our messages: what they do and the few bytes that carry it.

The same on every platform, so that a press finds its clip after any restart: nothing is kept in
memory. A button's data is its name, its clip's code and, for a cameo's owner, the
cameo's number: under Telegram's 64 bytes.
"""

from dataclasses import dataclass
from enum import StrEnum


class Button(StrEnum):
    """What a press asks for."""

    REMIX = "remix"
    AGAIN = "again"
    EXTEND = "extend"
    CHAIN = "chain"
    TREE = "tree"
    INFO = "info"
    DELETE = "delete"
    REPORT = "report"
    CANCEL = "cancel"
    #: Answers of a cameo's owner who is asked about a clip.
    #: Yes to the prompt, and yes to the finished clip: the one is never taken for the other.
    APPROVE = "approve"
    APPROVE_DRAFT = "approve-draft"
    REFUSE = "refuse"
    REFUSE_AND_BLOCK = "block"
    #: Ask the owners after all whose policy does not cover the request; the code is that of
    #: bots/studio/cameo/refused.py.
    ASK_OWNERS = "ask"


#: Digits of a cameo's number at most.
MOST_DIGITS = 15

#: Under a clip, in order; adapters may fold the last ones into a menu.
UNDER_A_CLIP = (
    Button.REMIX,
    Button.AGAIN,
    Button.EXTEND,
    Button.CHAIN,
    Button.TREE,
    Button.INFO,
    Button.DELETE,
    Button.REPORT,
)
#: How many of UNDER_A_CLIP stand in the open.
IN_THE_OPEN = 4
UNDER_PROGRESS = (Button.CANCEL,)
UNDER_A_PROMPT = (Button.APPROVE, Button.REFUSE, Button.REFUSE_AND_BLOCK)
UNDER_A_DRAFT = (Button.APPROVE_DRAFT, Button.REFUSE, Button.REFUSE_AND_BLOCK)
#: Those that act on a cameo in a clip.
OF_AN_OWNER = frozenset({*UNDER_A_PROMPT, *UNDER_A_DRAFT})


@dataclass(frozen=True)
class Press:
    """A button, pressed on a clip."""

    button: Button
    #: The clip's code.
    code: str
    #: The id of the cameo that is asked about, for the buttons of its owner.
    cameo: int | None = None


def to_data(press: Press) -> str:
    """What the platform keeps with the button."""
    of_cameo = "" if press.cameo is None else f":{press.cameo}"
    return f"{press.button}:{press.code}{of_cameo}"


def from_data(data: str) -> Press | None:
    """The press that a platform hands back; None for data that is not ours."""
    name, _, rest = data.partition(":")
    code, _, cameo = rest.partition(":")
    if name not in set(Button) or not code or len(code) > 8:
        return None
    button = Button(name)
    if button not in OF_AN_OWNER:
        return None if cameo else Press(button, code)
    if not (cameo.isascii() and cameo.isdecimal() and len(cameo) <= MOST_DIGITS):
        return None
    return Press(button, code, int(cameo))
