"""Asking: the words first, then the film; one answer each; no answer in time means no."""

import time

import pytest

from bots import buttons, parcels
from bots.studio import finding, looking, making, queue
from bots.studio.asker import Asker
from bots.studio.cameo import asking, owning, refused
from bots.studio.errors import (
    CameoKeptFromYou,
    CameoNotYours,
    ClipIsNotReady,
    NothingAsked,
    SomethingElseAsked,
    WaitsForYes,
    WishForgotten,
)
from bots.studio.making import Ask
from bots.words import tell
from storage import approvals, clips, deliveries, jobs
from storage.approvals import APPROVAL_SECONDS, Stage
from storage.cameos import Cameo, Policy
from storage.clips import Clip
from storage.deliveries import About
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.requests import Accepted
from storage.room import Room
from tests.bots.studio.cameo.conftest import Enrols
from tests.rooms import an_engine_renders

WORDS = "@ana playing tennis on the beach"


@pytest.fixture
async def cameo(enrol: Enrols, ana: Asker) -> Cameo:
    return await enrol(ana)


async def _asked(room: Room, asker: Asker, key: str = "1") -> Clip:
    return (await making.create(room, asker, WORDS, Ask(key, ask_owners=True))).clip


async def _draft(room: Room, maker: Asker, owner: Asker, cameo: Cameo) -> Clip:
    """A finished clip whose film the owner has not agreed to yet."""
    clip = await _asked(room, maker)
    await asking.answer(room, owner, clip.code, cameo.id, yes=True, stage=Stage.PROMPT)
    made = await an_engine_renders(room)
    assert made is not None
    return made


async def _words_owed(room: Room, clip: Clip) -> str:
    """What the maker is going to read."""
    (owed,) = await deliveries.of_clip(room.database.read, clip.id)
    parcel = await parcels.for_delivery(room, owed)
    assert parcel is not None
    return parcel.text


async def test_a_refused_wish_can_be_asked_for_after_all(
    room: Room, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    wishes, ask = refused.Refused(), Ask("1")

    async def work(asker: Asker, ask: Ask) -> Accepted:
        return await making.create(room, asker, WORDS, ask)

    with pytest.raises(CameoNotYours):
        await work(ben, ask)
    code = wishes.keep(ben, ask, work)
    with pytest.raises(WishForgotten):
        wishes.take(cy, code)
    again, asking_now = wishes.take(ben, code)
    accepted = await again(ben, asking_now)
    assert await approvals.awaited(room.database.read) == {accepted.clip.id: ("ana",)}
    with pytest.raises(WishForgotten):
        wishes.take(ben, code)


async def test_only_the_newest_wishes_are_remembered(room: Room, ben: Asker) -> None:
    wishes = refused.Refused()

    async def work(asker: Asker, ask: Ask) -> Accepted:
        raise AssertionError

    first = wishes.keep(ben, Ask("0"), work)
    for number in range(refused.MOST_KEPT):
        wishes.keep(ben, Ask(str(number)), work)
    with pytest.raises(WishForgotten):
        wishes.take(ben, first)


async def test_the_question_tells_who_asks_where_what_and_until_when(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    await owning.set_words(room, ana, cameo, restrictions="no politics", looks="")
    clip = await _asked(room, ben)
    (owed,) = [
        each
        for each in await deliveries.outbox(room.database.read, now=time.time())
        if each.about is About.PROMPT
    ]
    assert owed.space_id == cameo.space_id
    parcel = await parcels.for_delivery(room, owed)
    assert parcel is not None
    assert (parcel.code, parcel.cameo, parcel.video) == (clip.code, cameo.id, None)
    assert parcel.buttons == buttons.UNDER_A_PROMPT
    for told in ("ben", "@ana", WORDS, "Telegram", "no politics", "24 hours"):
        assert told in parcel.text


async def test_the_maker_watches_whom_it_waits_for_and_has_no_place_in_the_line(
    room: Room, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    clip = await _asked(room, ben)
    other = (await making.create(room, cy, "a red fox", Ask("2"))).clip
    ((mine, standing),) = await queue.of_member(room, ben)
    assert (mine.id, standing.waits_for, standing.place) == (clip.id, ("ana",), 0)
    assert "Waiting for @ana to say yes" in tell.standing("en", standing)
    ((theirs, next_one),) = await queue.of_member(room, cy)
    assert (theirs.id, next_one.place) == (other.id, 1)
    assert "Waiting for @ana" in tell.info("en", await looking.info(room, clip))


async def test_a_draft_is_seen_by_its_owner_alone_and_nothing_comes_of_it(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    clip = await _draft(room, ben, ana, cameo)
    assert await finding.film(room, ana, clip) == clip
    with pytest.raises(WaitsForYes):
        await finding.film(room, ben, clip)
    with pytest.raises(ClipIsNotReady):
        await finding.film(room, cy, clip)
    for who in (ana, ben, cy):
        for make in (
            making.vary(room, who, clip, Ask("v")),
            making.remix(room, who, clip, "make it night", Ask("r")),
            making.extend(room, who, clip, "", Ask("e")),
        ):
            with pytest.raises((WaitsForYes, ClipIsNotReady)):
                await make
    owed = await deliveries.outbox(room.database.read, now=time.time())
    assert {each.about for each in owed if each.clip_id == clip.id} >= {About.DRAFT}
    assert About.CLIP not in {each.about for each in owed}
    ((_, standing),) = await queue.of_member(room, ben)
    assert standing.waits_for == ("ana",)


async def test_a_draft_is_shown_to_its_owner_with_the_same_question(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _draft(room, ben, ana, cameo)
    owed = await deliveries.outbox(room.database.read, now=time.time())
    (draft,) = [each for each in owed if each.about is About.DRAFT]
    parcel = await parcels.for_delivery(room, draft)
    assert parcel is not None
    assert parcel.video is not None
    assert parcel.video.path.read_bytes()
    assert (parcel.code, parcel.cameo) == (clip.code, cameo.id)
    assert parcel.buttons == buttons.UNDER_A_DRAFT


async def test_a_yes_to_the_words_is_never_one_to_the_film(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _draft(room, ben, ana, cameo)
    with pytest.raises(SomethingElseAsked):
        # The button under the words, pressed once more.
        await asking.answer(room, ana, clip.code, cameo.id, yes=True, stage=Stage.PROMPT)
    with pytest.raises(WaitsForYes):
        await finding.film(room, ben, clip)
    given = await asking.answer(room, ana, clip.code, cameo.id, yes=True, stage=Stage.DRAFT)
    assert given.yes
    assert await finding.film(room, ben, clip) == clip
    owed = await deliveries.outbox(room.database.read, now=time.time())
    assert About.CLIP in {each.about for each in owed}


@pytest.mark.parametrize("stage", Stage)
async def test_a_no_ends_it_kindly_at_either_stage(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo, stage: Stage
) -> None:
    clip = await _asked(room, ben)
    if stage is Stage.DRAFT:
        await asking.answer(room, ana, clip.code, cameo.id, yes=True)
        made = await an_engine_renders(room)
        assert made is not None
        film = made.master
    given = await asking.answer(room, ana, clip.code, cameo.id, yes=False)
    assert not given.yes
    assert await _words_owed(room, clip) == (
        f"@ana would rather not be in {clip.code}, so it won't come."
    )
    after = await clips.get(room.database.read, clip.id)
    assert (after.master, after.words) == (None, WORDS)
    assert (await jobs.of_clip(room.database.read, clip.id)).state is JobState.FAILED
    if stage is Stage.DRAFT:
        assert film is not None
        assert not room.media.path(film).exists()
    with pytest.raises(NothingAsked):
        await asking.answer(room, ana, clip.code, cameo.id, yes=True)
    assert await an_engine_renders(room) is None


async def test_no_answer_in_time_means_no_and_is_told_once(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _asked(room, ben)
    later = time.time() + APPROVAL_SECONDS + 1
    assert await asking.expire(room, now=later - 60) == 0
    assert await asking.expire(room, now=later) == 1
    assert await asking.expire(room, now=later) == 0
    assert "did not answer" in await _words_owed(room, clip)
    job = await jobs.of_clip(room.database.read, clip.id)
    assert (job.error, job.figures) == (ErrorCode.LIKENESS_UNANSWERED, {"handle": "ana"})
    assert await asking.open(room, ana) == []


async def test_never_again_keeps_the_maker_out(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _asked(room, ben)
    other = await _asked(room, ben, "2")
    given = await asking.answer(room, ana, clip.code, cameo.id, yes=False, block=True)
    assert given.blocked
    with pytest.raises(CameoKeptFromYou):
        await _asked(room, ben, "3")
    assert await asking.open(room, ana) == []
    assert await an_engine_renders(room) is None
    assert (await clips.get(room.database.read, other.id)).deleted_at is not None


async def test_nobody_answers_for_somebody_else(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    clip = await _asked(room, ben)
    for other in (ben, cy):
        with pytest.raises(NothingAsked):
            await asking.answer(room, other, clip.code, cameo.id, yes=True)
    with pytest.raises(NothingAsked):
        await asking.answer(room, ana, "ZZZZ", cameo.id, yes=True)
    with pytest.raises(NothingAsked):
        await asking.answer(room, ana, clip.code, 999, yes=True)
    assert len(await asking.open(room, ana)) == 1


@pytest.mark.parametrize("made", [False, True])
async def test_a_maker_can_call_off_what_waits_for_a_yes(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo, made: bool
) -> None:
    clip = await (_draft(room, ben, ana, cameo) if made else _asked(room, ben))
    assert (await queue.cancel(room, ben, None)).id == clip.id
    assert await asking.open(room, ana) == []
    assert await queue.of_member(room, ben) == []
    assert "called off" in await _words_owed(room, clip)
    assert (await clips.get(room.database.read, clip.id)).master is None
    asked = await deliveries.outbox(room.database.read, now=time.time() + 9)
    assert {each.about for each in asked} == {About.CLIP}


async def test_all_who_are_asked_have_to_agree(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo, enrol: Enrols
) -> None:
    others = await enrol(cy)
    ask = Ask("1", ask_owners=True)
    clip = (await making.create(room, ben, "@ana and @cy dancing on the beach", ask)).clip
    given = await asking.answer(room, ana, clip.code, cameo.id, yes=True)
    assert given.awaited == ("cy",)
    assert await an_engine_renders(room) is None
    await asking.answer(room, cy, clip.code, others.id, yes=True)
    assert await an_engine_renders(room) is not None
    await asking.answer(room, ana, clip.code, cameo.id, yes=True)
    with pytest.raises(WaitsForYes):
        await finding.film(room, ben, await clips.get(room.database.read, clip.id))
    await asking.answer(room, cy, clip.code, others.id, yes=False)
    assert (await clips.get(room.database.read, clip.id)).master is None


async def test_a_cameo_that_asks_first_asks_those_who_are_let_in_too(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    await owning.set_policy(room, ana, cameo, policy=Policy.EVERYONE, ask_first=True)
    clip = (await making.create(room, ben, WORDS, Ask("1"))).clip
    assert [each.clip.id for each in await asking.open(room, ana)] == [clip.id]
