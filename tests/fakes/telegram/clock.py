"""The fake server's clock, and Telegram's flood control on it.

Limits as Telegram's FAQ for bots gives them: about one message a second a chat with short bursts
let through, 20 a minute in a group, 30 a second in all. Edits count, which is the careful reading.
"""

import math
import time
from dataclasses import dataclass, field

from .errors import too_many


@dataclass
class Clock:
    """Real time plus what tests have added."""

    ahead: float = 0.0
    """Seconds ahead of real time."""

    def now(self) -> float:
        """UTC seconds."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Lets time pass at once: buckets fill, callback queries grow old."""
        self.ahead += seconds


@dataclass
class Bucket:
    """A token bucket: `burst` at once, refilled at `rate` a second."""

    rate: float
    burst: float
    level: float
    at: float

    def wait(self, now: float, cost: float) -> float:
        """Seconds until `cost` is there, 0 when it is."""
        self.level = min(self.burst, self.level + max(now - self.at, 0) * self.rate)
        self.at = now
        return max(cost - self.level, 0) / self.rate


@dataclass
class Flood:
    """Flood control; every figure may be changed by a test, at any time before it is used."""

    clock: Clock
    chat_rate: float = 1.0
    """Messages a second in one chat."""
    chat_burst: float = 4.0
    group_per_minute: float = 20.0
    overall_rate: float = 30.0
    edits_count: bool = True
    refusals: int = 0
    """How many 429s it has answered."""
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def charge(self, chat_id: int, is_group: bool, messages: int = 1) -> None:
        """Counts messages about to be made; raises ApiError 429, counting nothing, if too many."""
        now = self.clock.now()
        buckets = [
            self._bucket("all", self.overall_rate, self.overall_rate, now),
            self._bucket(f"chat {chat_id}", self.chat_rate, self.chat_burst, now),
        ]
        if is_group:
            per_minute = self.group_per_minute
            buckets.append(self._bucket(f"group {chat_id}", per_minute / 60, per_minute, now))
        wait = max(bucket.wait(now, min(messages, bucket.burst)) for bucket in buckets)
        if wait > 0:
            self.refusals += 1
            raise too_many(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= messages

    def _bucket(self, name: str, rate: float, burst: float, now: float) -> Bucket:
        return self._buckets.setdefault(name, Bucket(rate, burst, burst, now))
