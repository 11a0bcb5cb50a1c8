"""Casting by plain words: who is meant, who may be, and what a remix keeps."""

import pytest

from bots.studio import casting, making
from bots.studio.asker import Asker
from bots.studio.cameo import owning
from bots.studio.errors import (
    CameoKeptFromYou,
    CameoNotYours,
    CameoRestricted,
    NoCameoOfYours,
    NoSuchCameo,
)
from bots.studio.making import Ask
from bots.words import tell
from storage import deliveries, uses
from storage.cameos import Policy
from storage.clips import Clip
from storage.room import Room
from tests.bots.studio.cameo.conftest import Enrols
from tests.rooms import an_engine_renders


@pytest.fixture
async def cast(room: Room, ana: Asker, ben: Asker, cy: Asker, enrol: Enrols) -> None:
    """Ana, Ben and Cy, each for everyone."""
    for asker in (ana, ben, cy):
        cameo = await enrol(asker)
        await owning.set_policy(room, asker, cameo, policy=Policy.EVERYONE, ask_first=False)


async def _made(room: Room, asker: Asker, words: str, parent: Clip | None = None) -> Clip:
    ask = Ask(f"{asker.member.id}:{words}:{parent.id if parent else 0}")
    if parent:
        accepted = await making.remix(room, asker, parent, words, ask)
    else:
        accepted = await making.create(room, asker, words, ask)
    held = await uses.cast_of(room.database.read, accepted.clip.id)
    assert accepted.clip.plan.cast == tuple(each.handle for each in held)
    made = await an_engine_renders(room)
    assert made is not None
    return made


@pytest.mark.usefixtures("cast")
async def test_me_is_the_one_who_asked_for_whoever_remixes_it(
    room: Room, ana: Asker, ben: Asker, cy: Asker
) -> None:
    first = await _made(room, ben, "@Ana and me playing tennis, then me at a press conference")
    assert first.plan.cast == ("ana", "ben")
    assert first.words.startswith("@Ana and me")
    assert "me " not in first.plan.prompt
    assert [shot.prompt for shot in first.plan.shots] == [
        "@Ana and @ben playing tennis",
        "@ben at a press conference",
    ]
    again = await _made(room, cy, "make it night", first)
    assert again.plan.cast == ("ana", "ben")
    joined = await _made(room, cy, "add me", again)
    assert joined.plan.cast == ("ana", "ben", "cy")


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("without @ana", ("ben", "cy")),
        ("remove @ANA and make it night", ("ben", "cy")),
        ("sans @ana, de nuit", ("ben", "cy")),
        ("take @ana and @cy out", ("ben",)),
        ("retire @ana et @ben", ("cy",)),
        ("take me out", ("ana", "cy")),
        ("make it night", ("ana", "ben", "cy")),
        ("same but anime", ("ana", "ben", "cy")),
    ],
)
async def test_who_is_named_to_be_left_out_plays_no_more(
    room: Room, ben: Asker, words: str, left: tuple[str, ...]
) -> None:
    first = await _made(room, ben, "@ana, @ben and @cy dancing on the beach")
    remix = await _made(room, ben, words, first)
    assert remix.plan.cast == left
    for gone in {"ana", "ben", "cy"} - set(left):
        assert f"@{gone}" not in remix.plan.prompt.lower()
    assert "dancing on the beach" in remix.plan.prompt


@pytest.mark.usefixtures("cast")
async def test_a_first_clip_without_somebody_is_without_them(room: Room, ben: Asker) -> None:
    clip = await _made(room, ben, "@ana without @cy on the beach")
    assert clip.plan.cast == ("ana",)
    assert clip.plan.prompt == "@ana on the beach"


@pytest.mark.usefixtures("cast")
async def test_a_variation_and_an_extension_keep_the_cast_and_need_consent_anew(
    room: Room, ana: Asker, ben: Asker, cy: Asker
) -> None:
    first = await _made(room, ben, "@ana on the beach")
    taken = await making.vary(room, cy, first, Ask("v"))
    assert taken.clip.plan.cast == ("ana",)
    longer = await making.extend(room, cy, first, "without @ana, the sun sets", Ask("e"))
    # The film that it goes on from still shows her.
    assert longer.clip.plan.cast == ("ana",)
    await owning.keep_out(room, ana, await owning.mine(room, ana, None), cy.member)
    for again in (
        making.vary(room, cy, first, Ask("v2")),
        making.extend(room, cy, first, "", Ask("e2")),
    ):
        with pytest.raises(CameoKeptFromYou):
            await again


async def test_unknown_and_unallowed_are_told_apart_and_nothing_is_queued(
    room: Room, ana: Asker, ben: Asker, enrol: Enrols
) -> None:
    cameo = await enrol(ana)
    with pytest.raises(NoSuchCameo):
        await making.create(room, ben, "@nobody on the moon", Ask("1"))
    with pytest.raises(NoCameoOfYours):
        await making.create(room, ben, "me on the moon", Ask("2"))
    with pytest.raises(CameoNotYours) as refused:
        await making.create(room, ben, "@ana on the moon", Ask("3"))
    assert "Shall I ask them?" in tell.refusal("en", refused.value)
    await owning.set_words(room, ana, cameo, restrictions="no kissing", looks="")
    with pytest.raises(CameoNotYours) as refused:
        await making.create(room, ben, "@ana on the moon", Ask("4"))
    assert "no kissing" in tell.refusal("en", refused.value)
    assert await an_engine_renders(room) is None


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    "words",
    [
        "@ana gives a speech for the presidential election",
        '@ana on a stage, she says "vote for our party"',
        "@ana embrasse quelqu'un sur la plage",
        "@ana walks, then @ana and @cy kissing",
    ],
)
async def test_what_an_owner_does_not_want_is_refused_in_the_whole_plan(
    room: Room, ana: Asker, ben: Asker, words: str
) -> None:
    cameo = await owning.mine(room, ana, None)
    await owning.set_words(room, ana, cameo, restrictions="no politics, no kissing", looks="")
    with pytest.raises(CameoRestricted) as refused:
        await making.create(room, ben, words, Ask("1"))
    assert "no politics, no kissing" in tell.refusal("en", refused.value)
    # Her own clips are her own business.
    await making.create(room, ana, words.replace("@cy", "a friend"), Ask("2"))
    await making.create(room, ben, "@ana rides a bike", Ask("3"))


@pytest.mark.usefixtures("cast")
async def test_new_restrictions_call_off_what_is_on_its_way(
    room: Room, ana: Asker, ben: Asker
) -> None:
    touched = await making.create(room, ben, "@ana kissing a frog", Ask("1"))
    other = await making.create(room, ben, "@ana rides a bike", Ask("2"))
    cameo = await owning.mine(room, ana, None)
    assert await owning.set_words(room, ana, cameo, restrictions="no kissing", looks="") == 1
    made = await an_engine_renders(room)
    assert made is not None
    assert made.id == other.clip.id
    (owed,) = await deliveries.of_clip(room.database.read, touched.clip.id)
    assert owed.error is not None


@pytest.mark.usefixtures("cast")
async def test_handles_are_offered_as_they_are_typed_to_those_who_may(
    room: Room, ana: Asker, ben: Asker
) -> None:
    assert [each.handle for each in await casting.usable(room, ben, "")] == ["ben", "ana", "cy"]
    assert [each.handle for each in await casting.usable(room, ben, "@A")] == ["ana"]
    await owning.keep_out(room, ana, await owning.mine(room, ana, None), ben.member)
    assert await casting.usable(room, ben, "an") == []


@pytest.mark.usefixtures("cast")
async def test_captions_and_facts_name_who_plays(room: Room, ben: Asker) -> None:
    clip = await _made(room, ben, "@ana and @cy on the beach")
    assert "with @ana, @cy" in tell.caption("en", clip, maker="ben", parent=None)
    assert "avec @ana, @cy" in tell.caption("fr", clip, maker="ben", parent=None)
