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


class DeviceLost(Exception):
    """The device can't be used by this process any more; another process can."""


def is_device_lost(error: BaseException) -> bool:
    """Whether every further call of the device would fail too.

    After an error in a kernel ("an illegal memory access was encountered") CUDA refuses all that
    comes, until the process ends.
    """
    if is_out_of_memory(error):
        return False
    return isinstance(error, RuntimeError) and "CUDA error" in str(error)


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
