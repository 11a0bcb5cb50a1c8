"""Notes: what a render has to tell the member, as codes and figures; the words are the chat's.

A family gives them with its frames; they are kept on the clip and told under it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import TypeAdapter


class NoteCode(StrEnum):
    """What is told, and the figures that it carries beside `model`, the model's name."""

    #: `asked` can't be made: in its place is `en` (with its article), `fr` (without).
    STAND_IN = "stand-in"
    #: Nothing named in the prompt can be made: in its place is `en`, `fr`.
    CHOSEN = "chosen"
    #: No more than `most` can be in a scene: `asked`, a list, are not in it.
    LEFT_OUT = "left-out"
    #: Words that changed nothing: `asked`, a list.
    UNKNOWN = "unknown"
    #: The machine's memory held only `width` × `height` pixels. No model.
    SMALLER = "smaller"
    #: The face of the cameo `handle` came out as rather another's. No model.
    WEAK_LIKENESS = "weak-likeness"


@dataclass(frozen=True)
class Note:
    """One thing to tell."""

    code: NoteCode
    #: Names are in both languages, under the languages' codes.
    figures: Mapping[str, str | int | float] = field(default_factory=dict)


_NOTES = TypeAdapter(tuple[Note, ...])


def to_json(notes: Sequence[Note]) -> str | None:
    """The notes as they are kept on their clip; None for none."""
    return _NOTES.dump_json(tuple(notes)).decode() if notes else None


def from_json(text: str | None) -> tuple[Note, ...]:
    """The notes kept as `text`."""
    return _NOTES.validate_json(text) if text else ()
