"""What moderators and those who report read, from the studio's values, as plain text."""

from bots.studio.moderating import Appeal, Case
from bots.studio.reporting import Reported
from bots.words import say
from bots.words.tell import LINE_WORDS, shorten
from storage.refusals import Refused
from storage.reports import Report
from storage.sanctions import Sanction, SanctionKind

#: Reports of one clip told of at most.
MOST_REPORTS = 5


def case(language: str, found: Case, *, more: int | None = None) -> str:
    """A clip that waits, why, and what is known of its maker; `more` wait behind it.

    None says nothing of others.
    """
    clip, history = found.clip, found.history
    maker = found.maker.name
    lines = [
        say(
            language,
            "mod-case",
            code=clip.code,
            maker=maker,
            words=shorten(clip.words or clip.plan.prompt, LINE_WORDS * 4),
        )
    ]
    if found.parent:
        lines.append(say(language, "mod-chain", parent=found.parent))
    if found.hold:
        lines.append(say(language, f"mod-held-{found.hold.reason.value}", **found.hold.detail))
    lines += [_report(language, each) for each in found.reports[:MOST_REPORTS]]
    lines.append(
        say(
            language,
            "mod-history",
            maker=maker,
            clips=history.clips,
            gone=history.taken_down,
            sanctions=len(history.sanctions),
        )
    )
    if more is not None:
        lines.append(say(language, "mod-more", count=more))
    return "\n".join(lines)


def appeal(language: str, found: Appeal) -> str:
    """What a member says against a sanction."""
    return say(
        language,
        "mod-appeal",
        id=str(found.sanction.id),
        name=found.member.name,
        kind=say(language, f"mod-kind-{found.sanction.kind.value}"),
        words=found.sanction.words,
        appeal=found.sanction.appeal or "",
    )


def refused(language: str, found: Refused, *, name: str) -> str:
    """What a member says against a refusal of their words."""
    return say(
        language,
        "mod-refused",
        code=found.code,
        name=name,
        rule=say(language, f"rule-{found.rule.value.replace('_', '-')}"),
        because=found.because or "",
        words=shorten(found.words or "", LINE_WORDS * 4),
        appeal=shorten(found.appeal, LINE_WORDS * 4),
    )


def reported(language: str, told: Reported) -> str:
    """Thanks to who reported."""
    return say(language, "reported-held" if told.held else "reported", code=told.clip.code)


def sanctioned(language: str, made: Sanction, *, name: str) -> str:
    """What was done about a member."""
    if made.kind is SanctionKind.WARNING:
        return say(language, "mod-warned", name=name)
    if made.until is None:
        return say(language, "mod-banned", name=name, id=str(made.id))
    hours = max(1, round((made.until - made.made_at) / 3600))
    return say(language, "mod-muted", name=name, hours=hours, id=str(made.id))


def _report(language: str, report: Report) -> str:
    reason = say(language, f"reason-{report.reason.value}")
    if not report.words:
        return say(language, "mod-report", reason=reason)
    return say(language, "mod-report-words", reason=reason, words=report.words)
