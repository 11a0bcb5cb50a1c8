"""The plan: the director's reading of a prompt, the one value that bots write and engines read.

It is kept on the clip as JSON, so that a remix can start from its parent's plan. It holds what
is wanted, never how a model is told: each pipeline family words the plan for its own model.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Aspect(StrEnum):
    """The shape of the picture, width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"


@dataclass(frozen=True)
class Plan:
    """What a clip should be."""

    #: The whole wish in plain words, a remix's parent included. Never empty.
    prompt: str
    #: Length in seconds, more than 0.
    seconds: float
    #: Shape of the picture.
    aspect: Aspect = Aspect.WIDE
    #: A named look ("pixel", "anime"), or None for the preset's own.
    style: str | None = None
    #: The words of a remix alone ("make it night"), None for a first clip and for a variation.
    instruction: str | None = None
    #: How far a remix may leave its parent, 0 (not at all) to 1 (anew); None lets the preset say.
    strength: float | None = None


_PLAN = TypeAdapter(Plan)


def to_json(plan: Plan) -> str:
    """The plan as it is kept on its clip."""
    return _PLAN.dump_json(plan, exclude_none=True).decode()


def from_json(text: str) -> Plan:
    """The plan kept as `text`; raises pydantic's ValidationError when it is not one."""
    return _PLAN.validate_json(text)
