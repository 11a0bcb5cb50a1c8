"""How a check in the decoding process says that a file won't do: it never leaves that process."""

from senses.values import Reason, Unfit


class Spoiled(Exception):
    """The file won't do; `unfit` says why."""

    def __init__(self, reason: Reason, **figures: float) -> None:
        """`figures` by the names that `Reason` gives."""
        super().__init__(reason)
        self.unfit = Unfit(reason, figures)
