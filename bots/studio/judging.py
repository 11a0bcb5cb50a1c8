"""Judging a request: its words, with those of the clip it comes from, before anything is made.

It relies on the checks for the decision, and keeps each refusal with a code to appeal by. A request
that was accepted before is not judged again.
"""

import asyncio
import time
from collections.abc import Iterator

from bots.studio import checks, errors
from bots.studio.asker import Asker
from bots.studio.errors import AgainstARule
from storage import refusals, requests, rights
from storage.plan import Plan
from storage.refusals import NewRefusal
from storage.room import Room
from storage.rules import Decision, Rule

#: Seconds between two looks for words to forget.
FORGOTTEN_EVERY = 3600.0
#: Characters shown of what decided.
FOUND_CHARACTERS = 40

#: Rules that no moderator can lift: what is refused by them stays refused.
NEVER_GRANTED = frozenset(
    {Rule.MINORS, Rule.FORCED, Rule.REAL_SEX, Rule.REAL_PERSON, Rule.PROTECTED}
)

_ERRORS: dict[Rule, type[AgainstARule]] = {
    Rule.MINORS: errors.MinorInSuchAScene,
    Rule.FORCED: errors.SexByForce,
    Rule.REAL_SEX: errors.SexWithRealPeople,
    Rule.HATE: errors.HatefulWords,
    Rule.SELF_HARM: errors.SelfHarmShown,
    Rule.HARM: errors.HarmTaught,
    Rule.FRAUD: errors.FraudOrFakeNews,
    Rule.SEXUAL: errors.SexualHere,
    Rule.GORE: errors.TooBloodyHere,
    Rule.REAL_PERSON: errors.RealPersonNamed,
    Rule.PROTECTED: errors.NameIsProtected,
}


def texts_of(words: str, plan: Plan, parent: Plan | None) -> Iterator[str]:
    """All words that a request stands for: as typed, as understood, and of what it comes from."""
    yield words
    yield from _texts(plan)
    if parent:
        yield from _texts(parent)


async def judge(
    room: Room,
    asker: Asker,
    words: str,
    plan: Plan,
    *,
    request_key: str,
    parent: Plan | None = None,
    picture: bool = False,
) -> Decision | None:
    """What lets the request through; None for one accepted before. Raises AgainstARule."""
    read = room.database.read
    if await requests.known(read, request_key):
        return None
    decision = checks.check(
        texts_of(words, plan, parent),
        asker.space.strictness,
        likeness=picture or bool(plan.cast or (parent and parent.cast)),
        allowed=await rights.allowed(read),
    )
    if decision.rule is None:
        return decision
    if decision.rule not in NEVER_GRANTED and await refusals.was_granted(
        read, asker.member.id, space_id=asker.space.id, words=words
    ):
        return decision
    new = NewRefusal(asker.member.id, asker.space.id, decision, words, request_key)
    async with room.database.transaction() as tx:
        kept = await refusals.keep(tx, new, now=time.time())
    raise _ERRORS[decision.rule](code=kept.code, found=decision.because[:FOUND_CHARACTERS])


async def forget_in_time(room: Room) -> None:
    """Forget the words of refusals once they are old, until cancelled; also while nobody asks."""
    while True:
        async with room.database.transaction() as tx:
            await refusals.forget_words(tx, now=time.time())
        await asyncio.sleep(FORGOTTEN_EVERY)


def _texts(plan: Plan) -> Iterator[str]:
    yield plan.prompt
    yield from filter(None, (plan.instruction, plan.style))
    yield from (shot.prompt for shot in plan.shots)
    yield from (mark.what for mark in plan.marks)
    for line in plan.lines:
        yield line.words
        yield from filter(None, (line.speaker,))
    yield from plan.sounds
