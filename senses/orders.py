"""What may be asked of the decoding process, and the shapes of its answers.

Both sides read these as JSON by pydantic: an answer of another shape is no answer.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from senses.values import Challenge, Enrolment, Exposure, Face, Thing, Unfit


@dataclass(frozen=True)
class WatchEnrolment:
    """Answered by Enrolment or Unfit."""

    path: Path
    challenge: Challenge
    kind: Literal["enrolment"] = "enrolment"


@dataclass(frozen=True)
class WatchThing:
    """Answered by Thing or Unfit."""

    path: Path
    kind: Literal["thing"] = "thing"


@dataclass(frozen=True)
class FacesIn:
    """Answered by faces or Unfit."""

    path: Path
    kind: Literal["faces"] = "faces"


@dataclass(frozen=True)
class LikenessIn:
    """Answered by a likeness, None or Unfit."""

    path: Path
    face: tuple[float, ...]
    kind: Literal["likeness"] = "likeness"


@dataclass(frozen=True)
class FramesShown:
    """Answered by exposures or Unfit."""

    path: Path
    kind: Literal["shown"] = "shown"


Order = WatchEnrolment | WatchThing | FacesIn | LikenessIn | FramesShown

ORDER: TypeAdapter[Order] = TypeAdapter(Order)
ENROLMENT: TypeAdapter[Enrolment | Unfit] = TypeAdapter(Enrolment | Unfit)
THING: TypeAdapter[Thing | Unfit] = TypeAdapter(Thing | Unfit)
FACES: TypeAdapter[tuple[Face, ...] | Unfit] = TypeAdapter(tuple[Face, ...] | Unfit)
SHOWN: TypeAdapter[tuple[Exposure, ...] | Unfit] = TypeAdapter(tuple[Exposure, ...] | Unfit)
LIKENESS: TypeAdapter[float | Unfit | None] = TypeAdapter(float | Unfit | None)
