"""Moderation: reports, holds, take-downs, sanctions and appeals, and the log that keeps them."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bots.studio import appealing, making, moderating, reporting
from bots.studio.asker import Asker, Authority
from bots.studio.errors import (
    AgainstARule,
    CanNotBeGranted,
    ClipIsElsewhere,
    NotAModerator,
    NothingToAppeal,
    PlaceNotForAdults,
    ReportedBefore,
    WarnedFirst,
    YouAreBanned,
    YouAreMuted,
)
from bots.studio.making import Ask
from storage import audit, clips, deliveries, people, posts, spaces
from storage.audit import Act
from storage.clips import Clip, ClipKind
from storage.errors import ErrorCode
from storage.reports import ReportReason
from storage.room import Room
from storage.sanctions import SanctionKind
from storage.spaces import Strictness
from tests.rooms import NOW, a_member, a_request, a_room, a_space, an_engine_renders


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ana(room: Room) -> Asker:
    """Who makes clips."""
    return Asker(await a_member(room, "ana"), await a_space(room))


@pytest.fixture
async def ben(room: Room) -> Asker:
    """Who sees them."""
    return Asker(await a_member(room, "ben"), await a_space(room))


@pytest.fixture
async def mod(room: Room) -> Asker:
    """Who moderates the space."""
    return Asker(await a_member(room, "mod"), await a_space(room), Authority.SPACE)


async def _posted(room: Room, asker: Asker, parent: Clip | None = None) -> Clip:
    """A clip of the asker's that was rendered and posted."""
    kind = ClipKind.REMIX if parent else ClipKind.CREATE
    await a_request(room, asker.member, asker.space, kind=kind, parent=parent)
    clip = await an_engine_renders(room)
    assert clip is not None
    async with room.database.transaction() as tx:
        for owed in await deliveries.of_clip(tx, clip.id):
            assert await deliveries.sending(tx, owed.id)
            owed = await deliveries.get(tx, owed.id)
            assert await deliveries.sent(tx, owed, message=f"m{owed.id}", now=NOW)
            await posts.add(tx, owed.space_id, f"m{owed.id}", clip.id, holds_clip=True, now=NOW)
    return clip


async def _owed_removal(room: Room) -> set[int]:
    return {post.clip_id for post in await posts.owed_removal(room.database.read)}


async def _in_outbox(room: Room) -> list[tuple[int, str | None]]:
    found = await deliveries.outbox(room.database.read, now=time.time())
    return [(each.clip_id, each.error) for each in found]


async def test_a_report_reaches_the_moderators_queue_with_the_makers_history(
    room: Room, ana: Asker, ben: Asker, mod: Asker
) -> None:
    clip = await _posted(room, ana)
    told = await reporting.report(room, ben, clip, reason=ReportReason.HATE, words="  not nice ")
    assert not told.held
    (case,) = await moderating.queue(room, mod)
    assert (case.clip.code, case.maker.name, case.history.clips) == (clip.code, "ana", 1)
    assert [(each.reason, each.words) for each in case.reports] == [(ReportReason.HATE, "not nice")]
    with pytest.raises(ReportedBefore):
        await reporting.report(room, ben, clip, reason=ReportReason.OTHER)


async def test_what_cannot_wait_is_out_of_sight_at_once_and_comes_back_when_released(
    room: Room, ana: Asker, ben: Asker, mod: Asker
) -> None:
    clip = await _posted(room, ana)
    told = await reporting.report(room, ben, clip, reason=ReportReason.LIKENESS)
    assert told.held
    assert await _owed_removal(room) == {clip.id}
    await moderating.release(room, mod, clip)
    async with room.database.transaction() as tx:
        for owed in await deliveries.to_fit(tx):
            await deliveries.fitted(tx, owed[0].id, sha256=str(clip.master))
    assert await _in_outbox(room) == [(clip.id, None)]
    assert await moderating.queue(room, mod) == []


async def test_a_clip_held_before_its_post_is_not_posted_until_it_is_released(
    room: Room, ana: Asker, ben: Asker, mod: Asker
) -> None:
    await a_request(room, ana.member, ana.space)
    clip = await an_engine_renders(room)
    assert clip is not None
    await reporting.report(room, ben, clip, reason=ReportReason.MINOR)
    assert await _in_outbox(room) == []
    await moderating.release(room, mod, clip)
    assert await _in_outbox(room) == [(clip.id, None)]


async def test_a_clip_once_released_is_not_held_again_for_the_same(
    room: Room, ana: Asker, ben: Asker, mod: Asker
) -> None:
    clip = await _posted(room, ana)
    await reporting.report(room, ben, clip, reason=ReportReason.MINOR)
    await moderating.release(room, mod, clip)
    cy = replace(ben, member=await a_member(room, "cy"))
    assert not (await reporting.report(room, cy, clip, reason=ReportReason.MINOR)).held
    assert [case.clip.id for case in await moderating.queue(room, mod)] == [clip.id]


async def test_enough_reports_of_any_kind_hold_a_clip(room: Room, ana: Asker, ben: Asker) -> None:
    clip = await _posted(room, ana)
    held = []
    for name in ("b", "c", "d"):
        asker = replace(ben, member=await a_member(room, name))
        told = await reporting.report(room, asker, clip, reason=ReportReason.OTHER)
        held.append(told.held)
    assert held == [False, False, True]


@pytest.mark.parametrize("descendants", [True, False])
async def test_a_take_down_reaches_every_post_and_what_grew_from_it_if_so(
    room: Room, ana: Asker, ben: Asker, mod: Asker, descendants: bool
) -> None:
    clip = await _posted(room, ana)
    remix = await _posted(room, ben, parent=clip)
    count = await moderating.take_down(room, mod, clip, descendants=descendants)
    gone = {clip.id, remix.id} if descendants else {clip.id}
    assert count == len(gone)
    assert await _owed_removal(room) == gone
    assert set(await _in_outbox(room)) == {(each, ErrorCode.TAKEN_DOWN) for each in gone}
    assert clip.master
    assert not room.media.path(clip.master).exists()
    assert ((await clips.get(room.database.read, remix.id)).deleted_at is not None) is descendants


async def test_moderators_of_another_space_hide_a_clip_there_and_no_more(
    room: Room, ana: Asker, mod: Asker
) -> None:
    clip = await _posted(room, ana)
    elsewhere = replace(mod, space=await a_space(room, "elsewhere"))
    async with room.database.transaction() as tx:
        await posts.add(tx, elsewhere.space.id, "there", clip.id, holds_clip=True, now=NOW)
    with pytest.raises(ClipIsElsewhere):
        await moderating.take_down(room, elsewhere, clip, descendants=False)
    await moderating.hide(room, elsewhere, clip)
    owed = await posts.owed_removal(room.database.read)
    assert [post.message for post in owed] == ["there"]


async def test_only_moderators_moderate(room: Room, ana: Asker, ben: Asker) -> None:
    clip = await _posted(room, ana)
    with pytest.raises(NotAModerator):
        await moderating.queue(room, ben)
    with pytest.raises(NotAModerator):
        await moderating.take_down(room, ben, clip, descendants=False)
    with pytest.raises(NotAModerator):
        await moderating.sanction(room, ben, ana.member, SanctionKind.BAN, words="no")


async def test_a_muted_member_asks_for_nothing_there_may_appeal_and_is_heard(
    room: Room, ana: Asker, mod: Asker
) -> None:
    made = await moderating.sanction(
        room, mod, ana.member, SanctionKind.MUTE, words="calm down", hours=2
    )
    with pytest.raises(YouAreMuted) as refused:
        await making.create(room, ana, "a fox", Ask("k1"))
    assert refused.value.figures == {"words": "calm down", "hours": 2}
    elsewhere = replace(ana, space=await a_space(room, "elsewhere"))
    await making.create(room, elsewhere, "a fox", Ask("k2"))

    await appealing.appeal(room, ana, "it was a joke")
    with pytest.raises(NothingToAppeal):
        await appealing.appeal(room, ana, "again")
    (appeal,) = await moderating.appeals(room, mod)
    assert (appeal.member.name, appeal.sanction.appeal) == ("ana", "it was a joke")
    await moderating.lift(room, mod, made.id)
    await making.create(room, ana, "a fox", Ask("k3"))
    assert await moderating.appeals(room, mod) == []


async def test_the_rooms_owner_bans_everywhere_and_linking_does_not_help(
    room: Room, ana: Asker, mod: Asker
) -> None:
    owner = replace(mod, authority=Authority.ROOM)
    await moderating.sanction(room, owner, ana.member, SanctionKind.BAN, words="enough")
    other = await a_member(room, "ana elsewhere")
    async with room.database.transaction() as tx:
        code = await people.new_link_code(tx, other.id, now=NOW)
        assert await people.redeem_link_code(tx, code, ana.member.id, now=NOW)
    with pytest.raises(YouAreBanned):
        await making.create(room, replace(ana, member=other), "a fox", Ask("k"))


async def test_a_warning_is_read_once_before_going_on(room: Room, ana: Asker, mod: Asker) -> None:
    await moderating.sanction(room, mod, ana.member, SanctionKind.WARNING, words="be kind")
    with pytest.raises(WarnedFirst):
        await making.create(room, ana, "a fox", Ask("k"))
    await making.create(room, ana, "a fox", Ask("k"))


async def test_an_appeal_against_a_refusal_lets_those_very_words_through_where_it_is_granted(
    room: Room, ana: Asker, mod: Asker
) -> None:
    words = "a naked woman dances"
    with pytest.raises(AgainstARule) as refused:
        await making.create(room, ana, words, Ask("k1"))
    code = str(refused.value.figures["code"])
    await appealing.appeal(room, ana, f"{code} it is a painting by Botticelli")
    (waiting,) = await moderating.refused(room, mod)
    assert (waiting.code, waiting.words) == (code, words)
    await moderating.answer(room, mod, code, grant=True)
    assert await moderating.refused(room, mod) == []
    await making.create(room, ana, words, Ask("k2"))
    with pytest.raises(AgainstARule):
        await making.create(room, ana, f"{words} on a table", Ask("k3"))
    with pytest.raises(AgainstARule):
        await making.create(room, replace(ana, member=await a_member(room, "b")), words, Ask("k4"))


async def test_what_no_place_allows_no_moderator_grants(room: Room, ana: Asker, mod: Asker) -> None:
    with pytest.raises(AgainstARule) as refused:
        await making.create(room, ana, "a naked child", Ask("k1"))
    code = str(refused.value.figures["code"])
    await appealing.appeal(room, ana, f"{code} please")
    with pytest.raises(CanNotBeGranted):
        await moderating.answer(room, mod, code, grant=True)
    await moderating.answer(room, mod, code, grant=False)
    with pytest.raises(AgainstARule):
        await making.create(room, ana, "a naked child", Ask("k2"))


async def test_a_space_is_for_adults_only_where_its_platform_or_the_owner_says_so(
    room: Room, mod: Asker
) -> None:
    with pytest.raises(PlaceNotForAdults):
        await moderating.set_strictness(room, mod, Strictness.ADULT)
    await moderating.set_strictness(room, mod, Strictness.STRICT)
    await moderating.set_strictness(room, mod, Strictness.ADULT, for_adults=True)
    found = await spaces.get(room.database.read, mod.space.id)
    assert found.strictness is Strictness.ADULT


async def test_every_act_is_in_a_log_that_shows_tampering(
    room: Room, ana: Asker, ben: Asker, mod: Asker
) -> None:
    clip = await _posted(room, ana)
    await reporting.report(room, ben, clip, reason=ReportReason.LIKENESS)
    await moderating.release(room, mod, clip)
    await moderating.take_down(room, mod, clip, descendants=False)
    found = await audit.newest(room.database.read, most=10)
    assert [(each.act, each.member_id) for each in reversed(found)] == [
        (Act.REPORTED, ben.member.id),
        (Act.HELD, None),
        (Act.RELEASED, mod.member.id),
        (Act.TAKEN_DOWN, mod.member.id),
    ]
    with pytest.raises(Exception, match="only added to"):
        async with room.database.transaction() as tx:
            await tx.execute("DELETE FROM audit WHERE id = 3")
    async with room.database.transaction() as tx:
        await tx.execute("DROP TRIGGER audit_is_never_shortened")
        await tx.execute("DELETE FROM audit WHERE id = 3")
    assert (await audit.verify(room.database.read)).broken_at == 4
