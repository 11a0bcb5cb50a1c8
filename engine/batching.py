"""Deciding how many compatible jobs to render at once: as many as was faster, learned from timings.

It is pure. A size that was never tried is tried once, after the clips alone were timed; from then
on what took the least of the device's time for a clip is done.
"""

from collections import deque
from collections.abc import Hashable
from statistics import median

#: Renders that a judgement looks back on.
WINDOW = 5
#: A batch has to be at least so much faster, as a share: it also makes its first clip wait.
GAIN = 0.03


class Pace:
    """What renders took, by what they were and how many were made at once."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[Hashable, int], deque[float]] = {}
        self._forbidden: dict[Hashable, int] = {}

    def best(self, work: Hashable, *, most: int) -> int:
        """How many clips of this `work` to render at once, 1 to `most`."""
        most = min(most, self._forbidden.get(work, most + 1) - 1)
        if most < 2 or not self._known(work, 1):
            return 1
        if not self._known(work, most):
            return most
        alone, together = self._of_one(work, 1), self._of_one(work, most)
        return most if together <= alone * (1 - GAIN) else 1

    def learn(self, work: Hashable, *, count: int, seconds: float) -> None:
        """`count` clips were rendered at once in `seconds` of the device."""
        kept = self._seconds.setdefault((work, count), deque(maxlen=WINDOW))
        kept.append(seconds / count)

    def forbid(self, work: Hashable, count: int) -> None:
        """So many at once are too many for the device's memory."""
        self._forbidden[work] = min(count, self._forbidden.get(work, count))

    def _known(self, work: Hashable, count: int) -> bool:
        return (work, count) in self._seconds

    def _of_one(self, work: Hashable, count: int) -> float:
        return median(self._seconds[work, count])
