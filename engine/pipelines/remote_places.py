"""The servers of a remote preset: which has the least to do, which is left alone for now."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.pipelines.videos_api import NotReached, Refused, Server, Unanswered

#: Seconds that a server is left alone once it was not reached, doubled each time up to the longest.
REST_SECONDS = 2.0
LONGEST_REST = 60.0
#: Seconds for which what a server told of its queue is believed.
FRESH_SECONDS = 1.0


@dataclass
class Place:
    """A server and what is known of it."""

    server: Server
    #: Jobs of ours that are on it, and videos of anyone's that it had open when last looked at.
    ours: int = 0
    open: int = 0
    #: When it was looked at, and when it may be tried again, by the monotonic clock.
    seen_at: float = 0.0
    rests_until: float = 0.0
    #: Times in a row that it was not reached.
    failures: int = 0
    #: Videos that are made elsewhere since it fell silent, to be called off once it is back.
    abandoned: set[str] = field(default_factory=set)
    #: Held while it is asked for a clip, so that one of ours is not taken for another.
    asking: threading.Lock = field(default_factory=threading.Lock)

    def rest(self) -> None:
        """Leave it alone for a while."""
        seconds = min(REST_SECONDS * 2**self.failures, LONGEST_REST)
        self.failures += 1
        self.rests_until = time.monotonic() + seconds

    @property
    def is_awake(self) -> bool:
        """Whether it may be tried."""
        return self.rests_until <= time.monotonic()

    @property
    def load(self) -> int:
        """How much it has to do."""
        return max(self.ours, self.open)

    def look(self) -> None:
        """See how much the server has to do, unless that was seen just now."""
        if time.monotonic() - self.seen_at < FRESH_SECONDS:
            return
        try:
            self.open = sum(video.is_open for video in self.server.newest())
        except Refused:
            # It lists none.
            self.open = 0
        except (NotReached, Unanswered):
            self.rest()
        self.seen_at = time.monotonic()


def take_least_loaded(places: Sequence[Place], lock: threading.Lock) -> Place | None:
    """The server that is awake and has the least to do, with one more job of ours on it."""
    for place in places if len(places) > 1 else ():
        place.look()
    with lock:
        awake = [place for place in places if place.is_awake]
        if not awake:
            return None
        place = min(awake, key=lambda place: place.load)
        place.ours += 1
        return place
