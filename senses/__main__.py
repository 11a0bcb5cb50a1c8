"""The decoding process: one order from standard input, one answer to standard output, and an end.

Started by `senses.asking` for each file that a stranger sent. It is confined before it opens the
file, and knows nothing but the order: no settings, no tokens, no database.
"""

import sys

from senses import enrolment, limits, looking, networks, speech
from senses.orders import (
    ENROLMENT,
    FACES,
    LIKENESS,
    ORDER,
    SHOWN,
    THING,
    FacesIn,
    FramesShown,
    LikenessIn,
    Order,
    WatchEnrolment,
    WatchThing,
)
from senses.spoiled import Spoiled
from senses.values import Reason, Unfit


def main() -> None:
    """Answer the order."""
    order = ORDER.validate_json(sys.stdin.buffer.read())
    networks.warm_up()
    if isinstance(order, WatchEnrolment):
        speech.warm_up()
    limits.confine()
    sys.stdout.buffer.write(_answer(order))


def _answer(order: Order) -> bytes:
    try:
        match order:
            case WatchEnrolment(path=path, challenge=challenge):
                return ENROLMENT.dump_json(enrolment.watch(path, challenge))
            case WatchThing(path=path):
                return THING.dump_json(looking.watch_thing(path))
            case FacesIn(path=path):
                return FACES.dump_json(looking.faces_in(path))
            case LikenessIn(path=path, face=face):
                return LIKENESS.dump_json(looking.likeness_in(path, face))
            case FramesShown(path=path):
                return SHOWN.dump_json(looking.frames_shown(path))
    except Spoiled as spoiled:
        return LIKENESS.dump_json(spoiled.unfit)
    except MemoryError:
        return LIKENESS.dump_json(Unfit(Reason.TOO_HEAVY))


if __name__ == "__main__":
    main()
