"""The buttons under our messages: what they do and the few bytes that carry it.

The same on every platform, so that a press finds its clip after any restart: nothing is kept in
memory. A button's data is its name and its clip's code, under Telegram's 64 bytes.
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


@dataclass(frozen=True)
class Press:
    """A button, pressed on a clip."""

    button: Button
    #: The clip's code.
    code: str


def to_data(press: Press) -> str:
    """What the platform keeps with the button."""
    return f"{press.button}:{press.code}"


def from_data(data: str) -> Press | None:
    """The press that a platform hands back; None for data that is not ours."""
    name, _, code = data.partition(":")
    if name not in set(Button) or not code or len(code) > 8:
        return None
    return Press(Button(name), code)
