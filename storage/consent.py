"""Consent: the one place that says whether everyone in a clip agrees to it, at this moment.

It is asked three times: when a request is accepted, when its render starts (and ends), and when it
is posted. It fails closed: what is not written down as consent is none.
"""

from dataclasses import dataclass
from enum import StrEnum

from aiosqlite import Connection, Row

from storage.approvals import ApprovalState
from storage.cameos import Policy, StandingWith
from storage.rows import many


class Moment(StrEnum):
    """When consent is asked for."""

    #: A request is accepted: owners may still be asked.
    ACCEPT = "accept"
    #: The device is about to render the likeness, or has.
    RENDER = "render"
    #: The clip is about to be shown to anyone but its maker's owners of cameos.
    POST = "post"


class Why(StrEnum):
    """Why someone's consent is missing."""

    #: The cameo was erased, or the plan names somebody whom no use is kept of.
    GONE = "gone"
    #: The owner keeps the maker out.
    BLOCKED = "blocked"
    #: The policy does not cover the maker here, and the owner was not asked.
    NOT_ALLOWED = "not_allowed"
    #: The owner was asked and has not answered.
    ASKED = "asked"
    #: The owner said no, let the time run out, or took their yes back.
    REFUSED = "refused"


@dataclass(frozen=True)
class Lack:
    """One person whose consent a clip lacks."""

    #: None for a name in the plan's cast that stands for no cameo.
    cameo_id: int | None
    #: None once erased.
    handle: str | None
    why: Why


class NoConsent(Exception):
    """A clip may not be accepted: someone in it does not agree."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__(", ".join(lack.why for lack in lacks))
        self.lacks = lacks


async def lacking(db: Connection, clip_id: int, moment: Moment) -> list[Lack]:
    """Everyone whose consent the clip lacks at this moment; empty when all agree.

    The maker's own cameos need no more than the request itself. A clip about which the owner was
    asked is covered by their answer, any other by the cameo's policy.
    """
    rows = await many(
        db,
        "SELECT cameos.*, clips.member_id AS maker, standing,"
        " EXISTS (SELECT 1 FROM cameo_spaces WHERE cameo_spaces.cameo_id = cameos.id"
        "   AND cameo_spaces.space_id = clips.space_id) AS in_space,"
        " (SELECT state FROM approvals WHERE approvals.clip_id = clips.id"
        "   AND approvals.cameo_id = cameos.id AND stage = 'prompt') AS prompt,"
        " (SELECT state FROM approvals WHERE approvals.clip_id = clips.id"
        "   AND approvals.cameo_id = cameos.id AND stage = 'draft') AS draft"
        " FROM uses JOIN clips ON clips.id = uses.clip_id JOIN cameos ON cameos.id = uses.cameo_id"
        " LEFT JOIN cameo_people ON cameo_people.cameo_id = cameos.id"
        "   AND cameo_people.member_id = clips.member_id"
        " WHERE uses.clip_id = ? ORDER BY place",
        (clip_id,),
    )
    found = [
        Lack(row["id"], row["handle"], why)
        for row in rows
        if (why := _why(row, moment)) is not None
    ]
    return found + await _unknown(db, clip_id, known=len(rows))


def _why(row: Row, moment: Moment) -> Why | None:
    if row["erased_at"] is not None:
        return Why.GONE
    if row["maker"] == row["member_id"]:
        return None
    if row["standing"] == StandingWith.BLOCKED:
        return Why.BLOCKED
    if row["prompt"] is None:
        return None if _allows(row) else Why.NOT_ALLOWED
    if moment is Moment.ACCEPT and row["prompt"] == ApprovalState.ASKED:
        return None
    answers = (row["prompt"], row["draft"]) if moment is Moment.POST else (row["prompt"],)
    return next((why for answer in answers if (why := _missing(answer))), None)


def _allows(row: Row) -> bool:
    match Policy(row["policy"]):
        case Policy.ME:
            return False
        case Policy.APPROVED:
            return bool(row["standing"] == StandingWith.GRANTED)
        case Policy.SPACE:
            return bool(row["in_space"])
        case Policy.EVERYONE:
            return True


def _missing(answer: str | None) -> Why | None:
    if answer == ApprovalState.APPROVED:
        return None
    return Why.ASKED if answer in (None, ApprovalState.ASKED) else Why.REFUSED


async def _unknown(db: Connection, clip_id: int, *, known: int) -> list[Lack]:
    """Names in the plan's cast beyond the uses that are kept: nobody agreed for those."""
    rows = await many(
        db,
        "SELECT value FROM clips, json_each(coalesce(json_extract(plan, '$.cast'), '[]'))"
        " WHERE clips.id = ?",
        (clip_id,),
    )
    return [Lack(None, str(row["value"]), Why.GONE) for row in rows[known:]]
