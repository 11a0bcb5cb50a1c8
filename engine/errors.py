"""Why a render can't be done, raised where it is found out and written to the job as a code."""

import sys

from storage.errors import ErrorCode
from storage.jobs import Figures


class CannotRender(Exception):
    """No further try would help."""

    def __init__(self, code: ErrorCode, figures: Figures) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the device or the machine had no memory left."""
    if isinstance(error, MemoryError):
        return True
    # A family without torch should not pay for its import here.
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(error, torch.OutOfMemoryError):
        return True
    # PyTorch's CPU allocator raises a plain RuntimeError with these words.
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
