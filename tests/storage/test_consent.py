"""Consent: who may use a likeness, asked at each moment, and what a change of mind does."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import (
    approvals,
    cameos,
    consent,
    consent_log,
    deliveries,
    jobs,
    people,
    posts,
    requests,
    takedown,
)
from storage.approvals import ApprovalState, Stage
from storage.cameos import Cameo, Policy, StandingWith
from storage.clips import ClipKind
from storage.consent import Moment, NoConsent, Why
from storage.deliveries import About, DeliveryState
from storage.errors import ErrorCode
from storage.people import Member
from storage.room import Room
from storage.spaces import Space
from tests.cameos import a_cameo, a_cast_request
from tests.rooms import NOW, a_member, a_room, a_space, an_engine_renders


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ana(room: Room) -> Member:
    return await a_member(room, "ana")


@pytest.fixture
async def ben(room: Room) -> Member:
    return await a_member(room, "ben")


@pytest.fixture
async def space(room: Room) -> Space:
    return await a_space(room)


async def _allow(room: Room, cameo: Cameo, policy: Policy, **more: bool | int) -> Cameo:
    async with room.database.transaction() as tx:
        await cameos.set_policy(
            tx,
            cameo,
            policy=policy,
            ask_first=bool(more.get("ask_first", False)),
            space_id=more.get("space_id"),
            now=NOW,
        )
        return await cameos.get(tx, cameo.id)


async def test_a_new_cameo_is_its_owners_alone(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await a_cameo(room, ana)
    await a_cast_request(room, ana, space, cameo)
    with pytest.raises(NoConsent) as refused:
        await a_cast_request(room, ben, space, cameo)
    assert [lack.why for lack in refused.value.lacks] == [Why.NOT_ALLOWED]


@pytest.mark.parametrize("policy", [Policy.APPROVED, Policy.SPACE, Policy.EVERYONE])
async def test_a_policy_lets_in_whom_it_names_and_nobody_else(
    room: Room, ana: Member, ben: Member, space: Space, policy: Policy
) -> None:
    elsewhere, cy = await a_space(room, "elsewhere"), await a_member(room, "cy")
    cameo = await _allow(room, await a_cameo(room, ana), policy, space_id=space.id)
    async with room.database.transaction() as tx:
        await cameos.stand(tx, cameo, ben.id, StandingWith.GRANTED, now=NOW)
    await a_cast_request(room, ben, space, cameo)
    if policy is Policy.APPROVED:
        with pytest.raises(NoConsent):
            await a_cast_request(room, cy, space, cameo)
    if policy is Policy.SPACE:
        with pytest.raises(NoConsent):
            await a_cast_request(room, ben, elsewhere, cameo)


async def test_who_is_kept_out_stays_out_whatever_the_policy_and_though_they_ask(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await _allow(room, await a_cameo(room, ana), Policy.EVERYONE)
    async with room.database.transaction() as tx:
        await cameos.stand(tx, cameo, ben.id, StandingWith.BLOCKED, now=NOW)
    for ask in (False, True):
        with pytest.raises(NoConsent) as refused:
            await a_cast_request(room, ben, space, cameo, ask=ask)
        assert refused.value.lacks[0].why is Why.BLOCKED


async def test_linking_accounts_does_not_let_in_who_is_kept_out(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    other = await a_member(room, "ben elsewhere")
    cameo = await a_cameo(room, ana)
    async with room.database.transaction() as tx:
        await cameos.stand(tx, cameo, ben.id, StandingWith.BLOCKED, now=NOW)
        await cameos.stand(tx, cameo, other.id, StandingWith.GRANTED, now=NOW)
        code = await people.new_link_code(tx, other.id, now=NOW)
        assert await people.redeem_link_code(tx, code, ben.id, now=NOW)
        assert await cameos.standings(tx, cameo.id) == {other.id: StandingWith.BLOCKED}


async def test_a_name_in_the_cast_that_stands_for_no_cameo_is_no_consent(
    room: Room, ana: Member, space: Space
) -> None:
    with pytest.raises(NoConsent) as refused:
        await a_cast_request(room, ana, space, cast=("ghost",))
    assert refused.value.lacks[0].why is Why.GONE


async def test_an_asked_for_clip_waits_for_both_answers_and_others_go_first(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ben, space, cameo, ask=True)
    other = await a_cast_request(room, ben, space)

    rendered = await an_engine_renders(room)
    assert rendered is not None
    assert rendered.id == other.clip.id
    assert await an_engine_renders(room) is None

    await _answer(room, asked.clip.id, cameo, Stage.PROMPT, yes=True)
    rendered = await an_engine_renders(room)
    assert rendered is not None
    assert rendered.id == asked.clip.id
    owed = await _outbox(room)
    assert (asked.clip.id, About.CLIP) not in owed
    assert (asked.clip.id, About.DRAFT) in owed

    await _answer(room, asked.clip.id, cameo, Stage.DRAFT, yes=True)
    assert (asked.clip.id, About.CLIP) in await _outbox(room)
    assert not await consent.lacking(room.database.read, asked.clip.id, Moment.POST)


async def test_a_no_to_the_draft_is_no_consent_to_post(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ben, space, cameo, ask=True)
    await _answer(room, asked.clip.id, cameo, Stage.PROMPT, yes=True)
    await an_engine_renders(room)
    await _answer(room, asked.clip.id, cameo, Stage.DRAFT, yes=False)
    lacks = await consent.lacking(room.database.read, asked.clip.id, Moment.POST)
    assert [lack.why for lack in lacks] == [Why.REFUSED]


async def test_no_answer_in_time_means_no(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ben, space, cameo, ask=True)
    later = NOW + approvals.APPROVAL_SECONDS
    late = await approvals.overdue(room.database.read, now=later)
    assert [approval.clip_id for approval in late] == [asked.clip.id]
    async with room.database.transaction() as tx:
        assert await approvals.answer(tx, late[0], yes=True, by=None, now=later)
    found = await approvals.find(room.database.read, asked.clip.id, cameo.id, Stage.PROMPT)
    assert found is not None
    assert found.state is ApprovalState.EXPIRED


async def test_ask_first_asks_also_those_whom_the_policy_lets_in(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await _allow(room, await a_cameo(room, ana), Policy.EVERYONE, ask_first=True)
    await a_cast_request(room, ben, space, cameo)
    assert await an_engine_renders(room) is None
    await a_cast_request(room, ana, space, cameo)
    assert await an_engine_renders(room) is not None


async def test_a_render_whose_person_changed_their_mind_is_not_kept(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await _allow(room, await a_cameo(room, ana), Policy.EVERYONE)
    accepted = await a_cast_request(room, ben, space, cameo)
    async with room.database.transaction() as tx:
        job = await jobs.claim(tx, "engine", ["pocket"], alone=True, now=time.time())
        assert job is not None
        assert not await requests.lacks_consent(tx, job, now=NOW)
    await _allow(room, cameo, Policy.ME)
    async with room.database.transaction() as tx:
        assert await requests.lacks_consent(tx, job, now=NOW)
    owed = await deliveries.of_clip(room.database.read, accepted.clip.id)
    assert [(each.state, each.error) for each in owed] == [
        (DeliveryState.READY, ErrorCode.NO_CONSENT)
    ]


async def test_taking_down_reaches_what_waits_what_is_made_and_what_is_posted(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await _allow(room, await a_cameo(room, ana), Policy.EVERYONE)
    made = await a_cast_request(room, ben, space, cameo)
    clip = await an_engine_renders(room)
    assert clip is not None
    waiting = await a_cast_request(
        room, ben, space, cameo, kind=ClipKind.REMIX, parent=clip, words="at night"
    )
    async with room.database.transaction() as tx:
        await posts.add(tx, space.id, "m1", clip.id, holds_clip=True, now=NOW)
    cameo = await _allow(room, cameo, Policy.ME)
    async with room.database.transaction() as tx:
        chosen = await takedown.uncovered(tx, cameo)
        files = await takedown.take_down(tx, chosen, ErrorCode.TAKEN_BACK, now=NOW)
    assert {each.id for each in chosen} == {made.clip.id, waiting.clip.id}
    assert clip.master in files
    assert [post.message for post in await posts.owed_removal(room.database.read)] == ["m1"]
    for accepted in (made, waiting):
        owed = await deliveries.of_clip(room.database.read, accepted.clip.id)
        assert owed[0].error == ErrorCode.TAKEN_BACK
    assert await an_engine_renders(room) is None


async def test_the_record_shows_what_was_changed_and_can_not_be_rewritten(
    room: Room, ana: Member, ben: Member, space: Space
) -> None:
    cameo = await _allow(room, await a_cameo(room, ana), Policy.EVERYONE)
    await a_cast_request(room, ben, space, cameo)
    whole = await consent_log.verify(room.database.read)
    assert (whole.entries, whole.broken_at) == (3, None)
    for statement in ("UPDATE consents SET member_id = 7", "DELETE FROM consents"):
        with pytest.raises(Exception, match="only added to"):
            async with room.database.transaction() as tx:
                await tx.execute(statement)
    async with room.database.transaction() as tx:
        await tx.execute("DROP TRIGGER consents_are_never_changed")
        await tx.execute("UPDATE consents SET at = at + 1 WHERE id = 2")
    assert (await consent_log.verify(room.database.read)).broken_at == 2


async def _answer(room: Room, clip_id: int, cameo: Cameo, stage: Stage, *, yes: bool) -> None:
    async with room.database.transaction() as tx:
        asked = await approvals.find(tx, clip_id, cameo.id, stage)
        assert asked is not None
        assert await approvals.answer(tx, asked, yes=yes, by=cameo.member_id, now=NOW)


async def _outbox(room: Room) -> list[tuple[int, About]]:
    found = await deliveries.outbox(room.database.read, now=time.time())
    return [(each.clip_id, each.about) for each in found]
