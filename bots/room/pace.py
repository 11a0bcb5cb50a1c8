"""How often one caller may call: leaky buckets, one a caller and kind of call.

They are in this process's memory and forgotten with it: what they guard against is a flood. How
many clips someone may ask for is another matter, and the studio's.
"""

import math
from collections import OrderedDict
from enum import Enum, auto

from aiolimiter import AsyncLimiter

#: Seconds in which the rates below are counted.
WINDOW = 60.0
#: Buckets kept; the one unused for longest goes first.
MOST_BUCKETS = 4096


class Call(Enum):
    """A kind of call."""

    LOOK = auto()
    ACT = auto()
    #: A file is received and looked at.
    FILE = auto()
    #: A key is tried at the door; a bearer of the right one does not come so far.
    KEY = auto()


#: How many of a kind one caller may make in WINDOW.
MOST: dict[Call, int] = {
    # Another room's engine asks about each of its jobs a few times a second.
    Call.LOOK: 6000,
    Call.ACT: 300,
    Call.FILE: 30,
    Call.KEY: 30,
}


class Pace:
    """Counts calls."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[Call, str], AsyncLimiter] = OrderedDict()

    async def wait(self, call: Call, caller: str) -> int:
        """Count a call; returns 0, or the seconds after which it may be made instead."""
        bucket = self._bucket(call, caller)
        if not bucket.has_capacity():
            return math.ceil(WINDOW / MOST[call])
        await bucket.acquire()
        return 0

    def _bucket(self, call: Call, caller: str) -> AsyncLimiter:
        bucket = self._buckets.setdefault((call, caller), AsyncLimiter(MOST[call], WINDOW))
        self._buckets.move_to_end((call, caller))
        while len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return bucket
