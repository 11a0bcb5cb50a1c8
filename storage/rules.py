"""The rules of what may not be asked for, and what the check of a request decided.

The decision is kept with the clip as JSON, so that moderators can see why it was let through.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Rule(StrEnum):
    """What words were refused for; the first that applies, in this order, is told."""

    #: A minor in a sexual or a violent scene.
    MINORS = "minors"
    #: Sex without consent, or with animals.
    FORCED = "forced"
    #: Sexual content with a real person.
    REAL_SEX = "real-sex"
    HATE = "hate"
    SELF_HARM = "self-harm"
    #: Instructions for harm.
    HARM = "harm"
    #: Fraud, and made-up news of real people.
    FRAUD = "fraud"
    #: Sexual content where the space is not for adults.
    SEXUAL = "sexual"
    #: Bloodshed where the space is strict.
    GORE = "gore"
    #: A real person named without a cameo.
    REAL_PERSON = "real-person"
    #: A character or brand whose owner has allowed nothing here.
    PROTECTED = "protected"


#: Rules that no space, and no appeal without care, softens.
SEVERE = frozenset({Rule.MINORS, Rule.FORCED, Rule.REAL_SEX, Rule.HATE, Rule.SELF_HARM, Rule.HARM})


@dataclass(frozen=True)
class Decision:
    """What was decided of a request by its words."""

    #: None where nothing speaks against it.
    rule: Rule | None = None
    #: The words that decided, as they were typed; empty for none.
    because: str = ""
    #: How strict the space was.
    strictness: str = "standard"
    #: Families of words that were there and allowed ("suggestive", "gore").
    noticed: tuple[str, ...] = ()
    #: Names of characters and brands that their owners have allowed.
    allowed: tuple[str, ...] = ()


_DECISION = TypeAdapter(Decision)


def to_json(decision: Decision) -> str:
    """The decision as it is kept on its clip."""
    return _DECISION.dump_json(decision, exclude_defaults=True).decode()


def from_json(text: str | None) -> Decision | None:
    """The decision kept as `text`; None for a clip from before there were checks."""
    return _DECISION.validate_json(text) if text else None
