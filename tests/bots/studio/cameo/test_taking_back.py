"""Deciding and taking back: what no longer has consent is gone everywhere, at once, for good."""

import io
import json
import time
import zipfile

import pytest

from bots import parcels
from bots.studio import making
from bots.studio.asker import Asker
from bots.studio.cameo import asking, enrolling, exporting, owning, seeing, taking_back
from bots.studio.errors import (
    NoCameoCalled,
    NoCameoOfYours,
    NoSuchClip,
    SureToNarrow,
    TooManyWords,
)
from bots.studio.making import Ask
from bots.words import cameo as cameo_words
from storage import cameos, clips, consent_log, deliveries, jobs, people, posts
from storage.cameos import Cameo, Policy, StandingWith
from storage.clips import Clip
from storage.consent_log import Act
from storage.jobs import JobState
from storage.people import Platform
from storage.room import Room
from storage.vault import Unreadable
from tests.bots.studio.cameo.conftest import Enrols
from tests.rooms import a_member, a_space, an_engine_renders


@pytest.fixture
async def cameo(room: Room, ana: Asker, enrol: Enrols) -> Cameo:
    """Ana's, for everyone."""
    made = await enrol(ana)
    await owning.set_policy(room, ana, made, policy=Policy.EVERYONE, ask_first=False)
    return await cameos.get(room.database.read, made.id)


async def _posted(room: Room, maker: Asker, parent: Clip | None = None) -> Clip:
    """A clip with Ana in it, rendered and posted where it was asked for."""
    ask = Ask(f"{maker.member.id}:{time.time_ns()}")
    if parent:
        await making.remix(room, maker, parent, "make it night", ask)
    else:
        await making.create(room, maker, "@ana on the beach", ask)
    clip = await an_engine_renders(room)
    assert clip is not None
    async with room.database.transaction() as tx:
        (owed,) = await deliveries.of_clip(tx, clip.id)
        await deliveries.sending(tx, owed.id)
        assert await deliveries.sent(tx, owed, message=f"m{clip.id}", now=1.0)
        await posts.add(tx, owed.space_id, f"m{clip.id}", clip.id, holds_clip=True, now=1.0)
    return clip


async def _gone(room: Room, *gone: Clip) -> bool:
    """Whether nothing stands of the clips but a way to take their posts down."""
    owed = {post.clip_id for post in await posts.owed_removal(room.database.read)}
    for clip in gone:
        now = await clips.get(room.database.read, clip.id)
        assert clip.master is not None
        if now.deleted_at is None or now.words or clip.id not in owed:
            return False
        if room.media.path(clip.master).exists():
            return False
    return True


async def _told(room: Room) -> list[str]:
    """The words owed to makers."""
    found = []
    for owed in await deliveries.outbox(room.database.read, now=time.time()):
        parcel = await parcels.for_delivery(room, owed)
        assert parcel is not None
        found.append(parcel.text)
    return found


async def test_narrowing_asks_whether_the_owner_is_sure_and_changes_nothing_before(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _posted(room, ben)
    with pytest.raises(SureToNarrow) as sure:
        await owning.set_policy(room, ana, cameo, policy=Policy.ME, ask_first=False)
    assert sure.value.figures == {"count": 1}
    assert (await cameos.get(room.database.read, cameo.id)).policy is Policy.EVERYONE
    assert not await _gone(room, clip)
    count = await owning.set_policy(room, ana, cameo, policy=Policy.ME, ask_first=False, sure=True)
    assert count == 1
    assert await _gone(room, clip)


async def test_a_clip_taken_back_goes_with_what_grew_from_it_and_still_holds_her(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    first = await _posted(room, ben)
    night = await _posted(room, cy, first)
    await making.remix(room, cy, night, "without @ana, a red fox", Ask("fox"))
    fox = await an_engine_renders(room)
    assert fox is not None
    other = await _posted(room, ben)
    found = await taking_back.by_code(room, ana, first.code, cameo)
    assert await taking_back.clip(room, ana, found, cameo) == 2
    assert await _gone(room, first, night)
    assert (await clips.get(room.database.read, fox.id)).master is not None
    assert (await clips.get(room.database.read, other.id)).master is not None
    with pytest.raises(NoSuchClip):
        await taking_back.by_code(room, ana, first.code, cameo)
    with pytest.raises(NoSuchClip):
        await taking_back.by_code(room, ana, fox.code, cameo)


async def test_taking_a_member_back_keeps_them_out(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    theirs, others = await _posted(room, ben), await _posted(room, cy)
    assert await taking_back.member(room, ana, cameo, ben.member) == 1
    assert await _gone(room, theirs)
    assert not await _gone(room, others)
    owned = await seeing.owned(room, cameo)
    assert [(who.name, stands) for who, stands in owned.people] == [("ben", StandingWith.BLOCKED)]


async def test_taking_everything_back_leaves_the_owners_own(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    own, theirs = await _posted(room, ana), await _posted(room, ben)
    waiting = await making.create(room, ben, "@ana on the moon", Ask("w"))
    assert await taking_back.everything(room, ana, cameo) == 2
    assert await _gone(room, theirs)
    assert (await clips.get(room.database.read, own.id)).master is not None
    assert (await cameos.get(room.database.read, cameo.id)).policy is Policy.ME
    job = await jobs.of_clip(room.database.read, waiting.clip.id)
    assert job.state is JobState.CANCELLED
    assert await an_engine_renders(room) is None


async def test_makers_of_posted_clips_read_so_once_however_many_went(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    for _ in range(3):
        newest = await _posted(room, ben)
    one = await _posted(room, cy)
    await _posted(room, ana)
    await taking_back.everything(room, ana, cameo)
    assert sorted(await _told(room)) == sorted(
        [
            f"{newest.code} and other clips of yours were taken down:"
            " someone who plays in them took their likeness back.",
            f"{one.code} was taken down: someone who plays in it took their likeness back.",
        ]
    )


async def test_erasing_leaves_nothing_that_can_be_read_and_frees_the_name(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo, enrol: Enrols
) -> None:
    own, theirs = await _posted(room, ana), await _posted(room, ben)
    files = await cameos.parts(room.database.read, cameo.id)
    backup = {sha256: room.media.path(sha256).read_bytes() for sha256 in files.values()}
    assert await taking_back.erase(room, ana, cameo) == 2
    assert await _gone(room, own, theirs)
    assert not any(room.media.path(sha256).exists() for sha256 in files.values())
    assert cameo.key_id
    for part, sha256 in files.items():
        with pytest.raises(Unreadable):
            room.vault.open(cameo.key_id, backup[sha256], label=part)
    with pytest.raises(NoCameoOfYours):
        await owning.mine(room, ana, None)
    again = await enrol(ben, "ana")
    assert again.id != cameo.id


async def test_who_left_the_space_or_comes_by_a_linked_account_decides_all_the_same(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo
) -> None:
    clip = await _posted(room, ben)
    phone = await a_member(room, "ana's phone", platform=Platform.DISCORD)
    elsewhere = await a_space(room, "far away", platform=Platform.DISCORD)
    async with room.database.transaction() as tx:
        code = await people.new_link_code(tx, ana.member.id, now=time.time())
        joined = await people.redeem_link_code(tx, code, phone.id, now=time.time())
    assert joined is not None
    asker = Asker(joined, elsewhere)
    found = await taking_back.by_code(room, asker, clip.code, await owning.mine(room, asker, None))
    assert await taking_back.clip(room, asker, found, cameo) == 1


async def test_only_the_owner_decides(room: Room, ana: Asker, ben: Asker, cameo: Cameo) -> None:
    clip = await _posted(room, ben)
    for act in (
        owning.set_policy(room, ben, cameo, policy=Policy.ME, ask_first=False, sure=True),
        owning.keep_out(room, ben, cameo, ana.member),
        owning.set_words(room, ben, cameo, restrictions="", looks=""),
        owning.by_id(room, ben, cameo.id),
        owning.mine(room, ben, "ana"),
        taking_back.by_code(room, ben, clip.code, cameo),
        taking_back.clip(room, ben, clip, cameo),
        taking_back.everything(room, ben, cameo),
        taking_back.erase(room, ben, cameo),
        exporting.archive(room, ben),
        seeing.picture_of(room, ben, cameo),
    ):
        with pytest.raises(NoCameoOfYours):
            await act
    with pytest.raises(NoCameoCalled):
        await owning.mine(room, ana, "@rex")
    with pytest.raises(TooManyWords):
        await owning.set_words(room, ana, cameo, restrictions="x" * 301, looks="")


async def test_the_overview_shows_every_use_drafts_included_and_what_is_still_owed(
    room: Room, ana: Asker, ben: Asker, cy: Asker, cameo: Cameo
) -> None:
    posted = await _posted(room, ben)
    await _posted(room, cy, posted)
    await owning.set_policy(room, ana, cameo, policy=Policy.EVERYONE, ask_first=True)
    await making.create(room, ben, "@ana on the moon", Ask("d"))
    for question in await asking.open(room, ana):
        await asking.answer(room, ana, question.clip.code, cameo.id, yes=True)
    draft = await an_engine_renders(room)
    assert draft is not None
    gone = await _posted_gone(room, ana, ben, cameo)
    seen = await seeing.overview(room, ana)
    (owned,) = seen.cameos
    assert [use.clip.code for use in owned.uses][:1] == [draft.code]
    assert owned.uses[0].is_draft
    (used,) = [use for use in owned.uses if use.clip.id == posted.id]
    assert (used.maker.name, used.remixes) == ("ben", 1)
    assert [each.platform for each in used.posted] == [Platform.TELEGRAM]
    assert [(each.removal_owed, each.refused) for each in owned.owed] == [(True, 1)]
    assert [each.clip.id for each in seen.questions] == [draft.id]
    assert gone.id not in [use.clip.id for use in owned.uses]
    assert "not shown yet" in cameo_words.use("en", owned.uses[0])
    assert f"{posted.code} · by ben" in cameo_words.use("en", used)
    assert "and one remix" in cameo_words.use("en", used)


async def _posted_gone(room: Room, ana: Asker, ben: Asker, cameo: Cameo) -> Clip:
    """A clip taken back whose platform refused to take the post down."""
    await owning.set_policy(room, ana, cameo, policy=Policy.EVERYONE, ask_first=False)
    clip = await _posted(room, ben)
    await taking_back.clip(room, ana, clip, cameo)
    async with room.database.transaction() as tx:
        (post,) = await posts.owed_removal(tx)
        await posts.removal_refused(tx, post, next_at=time.time() + 30)
    assert await posts.owed_removal(room.database.read, now=time.time()) == []
    return clip


async def test_the_archive_holds_what_is_kept_and_no_draft_of_somebody_else(
    room: Room, ana: Asker, ben: Asker, cameo: Cameo, enrol: Enrols
) -> None:
    bens = await enrol(ben)
    own = await _posted(room, ana)
    await making.create(room, ana, "@ben on the moon", Ask("b", ask_owners=True))
    for question in await asking.open(room, ben):
        await asking.answer(room, ben, question.clip.code, bens.id, yes=True)
    draft = await an_engine_renders(room)
    assert draft is not None
    content = zipfile.ZipFile(io.BytesIO(await exporting.archive(room, ana)))
    names = set(content.namelist())
    assert {"ana/front.jpg", "ana/voice.wav", "ana/face.json", f"clips/{own.code}.mp4"} <= names
    assert f"clips/{draft.code}.mp4" not in names
    assert content.read("ana/voice.wav") == b"RIFF a voice"
    told = json.loads(content.read("about-you.json"))
    assert told["cameos"][0]["policy"] == "everyone"
    assert [each["act"] for each in told["cameos"][0]["record"]][:2] == ["enrolled", "policy"]
    entries = await consent_log.of_cameo(room.database.read, cameo.id)
    assert entries[-1].act is Act.EXPORTED


async def test_keys_and_challenges_that_lead_to_nothing_are_destroyed(
    room: Room, ana: Asker, cameo: Cameo, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enrolling.begin(room, ana)
    left_by_a_kill = room.vault.new_key()
    await asking.sweep_keys(room)
    assert left_by_a_kill in room.vault.keys()  # noqa: SIM118
    monkeypatch.setattr(asking, "UNNAMED_SECONDS", -1.0)
    await asking.sweep_keys(room)
    await asking.forget_challenges(room, now=time.time() + 3600)
    assert room.vault.keys() == {cameo.key_id}
