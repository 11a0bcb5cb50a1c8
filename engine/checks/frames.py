"""A look at a finished film's frames: what not everyone may see waits for a moderator.

It is done in the senses' process apart, off the device, after the film is encoded. It fails closed:
a film that can't be looked at is held. Presets whose frames can't show such things say so and are
left out, which spares their clips the second that a look takes.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from senses import asking
from senses.nudity import EXPLICIT, REVEALING
from senses.values import Exposure, Unfit
from storage.clips import Clip
from storage.holds import HoldReason
from storage.spaces import Strictness

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """Why a film is to be held."""

    reason: HoldReason
    #: The figures that decided.
    detail: Mapping[str, str | int | float]


async def look(film: Path, clip: Clip, strictness: Strictness) -> Finding | None:
    """Why the clip's film is to be held in a space of that strictness; None to let it go.

    What is explicit is held everywhere but in spaces for adults, and there too where a person's
    likeness is in it; what is only revealing is held in strict spaces, and with a likeness.
    """
    shown = await asking.frames_shown(film)
    if isinstance(shown, Unfit):
        log.warning("a film could not be looked at: %s", shown.reason, extra={"clip": clip.code})
        return Finding(HoldReason.UNSEEN, {"why": str(shown.reason)})
    likeness = bool(clip.plan.cast)
    if strictness is not Strictness.ADULT or likeness:
        worst = max(shown, key=lambda each: each.explicit)
        if worst.explicit >= EXPLICIT:
            return _nudity(worst, worst.explicit)
    if strictness is Strictness.STRICT or likeness:
        worst = max(shown, key=lambda each: each.revealing)
        if worst.revealing >= REVEALING:
            return _nudity(worst, worst.revealing)
    return None


def _nudity(frame: Exposure, score: float) -> Finding:
    detail = {"at": round(frame.at, 1), "score": round(score, 2)}
    return Finding(HoldReason.NUDITY, detail)
