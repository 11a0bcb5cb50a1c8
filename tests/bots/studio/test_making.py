"""Members create, remix, vary and extend; what can't be granted is refused in words for it."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bots.studio import deleting, errors, finding, linking, looking, making, queue
from bots.studio.asker import Arrival, Asker, sign_in
from bots.studio.making import Ask
from bots.studio.options import Options
from bots.words import tell
from storage import offers, posts
from storage.clips import Clip, ClipKind
from storage.jobs import JobState
from storage.offers import Offer, Reason, Withheld
from storage.people import Platform
from storage.plan import Aspect
from storage.room import Room
from tests.cameos import a_cameo
from tests.rooms import a_room, an_engine_renders

_OFFER = Offer(
    "pocket", "Pocket", frozenset(ClipKind), {Aspect.WIDE: (768, 432)}, 24, 8, 2, 10, 4, 2.0
)


async def _asker(room: Room, name: str = "ana", address: str = "here") -> Asker:
    arrival = Arrival(Platform.ROOM, name, name, "en", address, private=False, max_bytes=10 << 20)
    return await sign_in(room, arrival)


async def _offered(room: Room, offer: Offer = _OFFER) -> None:
    async with room.database.transaction() as tx:
        await offers.publish(tx, "e", [offer], now=time.time())


async def _clip(room: Room, asker: Asker, words: str = "a red fox") -> Clip:
    await making.create(room, asker, words, Ask(f"made:{words}:{time.time_ns()}"))
    clip = await an_engine_renders(room)
    assert clip is not None
    async with room.database.transaction() as tx:
        await posts.add(tx, asker.space.id, clip.code, clip.id, holds_clip=True, now=1)
    return clip


async def test_words_become_a_plan_with_the_options_taken_out(room: Room) -> None:
    accepted = await making.create(room, await _asker(room), "a red fox, 3s seed 4", Ask("k"))

    assert accepted.clip.plan.prompt == "a red fox"
    assert accepted.clip.plan.seconds == 3
    assert accepted.clip.seed == 4
    assert accepted.clip.words == "a red fox, 3s seed 4"


async def test_a_remix_keeps_the_parents_words_and_adds_its_own(room: Room) -> None:
    ana = await _asker(room)
    parent = await _clip(room, ana, "a red fox, 3s")

    made = (await making.remix(room, ana, parent, "same but at night", Ask("k"))).clip

    assert made.kind is ClipKind.REMIX
    assert made.plan.prompt == "a red fox, at night"
    assert made.plan.instruction == "same but at night"
    assert made.plan.seconds == 3
    assert (made.parent_id, made.root_id, made.depth) == (parent.id, parent.id, 1)


async def test_a_variation_has_the_same_plan_and_another_seed(room: Room) -> None:
    ana = await _asker(room)
    parent = await _clip(room, ana, "a red fox, seed 4")

    made = (await making.vary(room, ana, parent, Ask("k"))).clip

    assert made.plan == parent.plan
    assert made.seed != parent.seed


async def test_an_extension_goes_on_and_films_end_somewhere(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        ana = await _asker(room)
        parent = await _clip(room, ana)
        made = (await making.extend(room, ana, parent, "it sits down", Ask("k"))).clip
        assert made.plan.prompt == "a red fox, it sits down"
        with pytest.raises(errors.FilmTooLong):
            await making.extend(room, ana, parent, "60s", Ask("l"))


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", errors.NoWords),
        ("   \n ", errors.NoWords),
        ("8s 9:16", errors.NoWords),
        ("x" * 4000, errors.TooManyWords),
        ("a fox 14400 seconds", errors.LengthNotOffered),
        ("a fox 0s", errors.LengthNotOffered),
        ("a fox 9:16", errors.AspectNotOffered),
        ("a fox preset wan", errors.PresetUnknown),
        ("a fox quality pro", errors.QualityUnknown),
    ],
)
async def test_what_can_not_be_made_is_refused(
    room: Room, words: str, refusal: type[errors.Refusal]
) -> None:
    await _offered(room)

    with pytest.raises(refusal) as caught:
        await making.create(room, await _asker(room), words, Ask("k"))

    assert tell.refusal("fr", caught.value)


async def test_only_what_the_engine_offers_is_accepted(room: Room) -> None:
    ana = await _asker(room)
    parent = await _clip(room, ana)
    only_create = Offer(
        "pocket", "Pocket", frozenset({ClipKind.CREATE}), _OFFER.sizes, 24, 8, 2, 10, 4, 2.0
    )
    await _offered(room, only_create)

    await _offered(room, replace(_OFFER, preset="vace", title="VACE"))

    with pytest.raises(errors.KindNotOffered) as caught:
        await making.remix(room, ana, parent, "night", Ask("k"))

    assert "Pocket can't remix clips. This can: vace." in tell.refusal("en", caught.value)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.TOO_LARGE, "“big” needs a GPU with 80 GB, which this machine has not."),
        (Reason.NOT_FETCHED, "Whoever runs this machine can: reelroom fetch big"),
        (Reason.BROKEN, "“big” can't be loaded on this machine"),
    ],
)
async def test_a_preset_that_is_known_but_not_on_offer_says_why(
    room: Room, reason: Reason, said: str
) -> None:
    await _offered(room)
    async with room.database.transaction() as tx:
        await offers.withhold(tx, [Withheld("big", reason, 80.0)])

    with pytest.raises(errors.PresetNotHere) as caught:
        await making.create(room, await _asker(room), "a fox preset big", Ask("k"))

    assert said in tell.refusal("en", caught.value)
    assert "pocket" in tell.refusal("fr", caught.value)


async def test_a_preset_that_shows_no_cameos_says_which_one_does(room: Room) -> None:
    ana = await _asker(room)
    await a_cameo(room, ana.member)
    await _offered(room)
    with pytest.raises(errors.CastNotTaken) as refused:
        await making.create(room, ana, "@ana dances", Ask("k"))
    assert tell.refusal("en", refused.value) == "Pocket can't put cameos into a clip."

    await _offered(room, replace(_OFFER, preset="other", takes_cast=1))
    with pytest.raises(errors.CastNotTaken) as refused:
        await making.create(room, ana, "@ana dances", Ask("k"))
    assert tell.refusal("en", refused.value) == (
        "Pocket can't put cameos into a clip. This can: other."
        " Send the same words with “preset: …” and its name."
    )
    made = await making.create(room, ana, "@ana dances preset: other", Ask("k"))
    assert made.clip.plan.cast == ("ana",)


async def test_a_quality_chooses_the_quickest_preset_of_it_unless_the_usual_one_has_it(
    room: Room,
) -> None:
    await _offered(room, replace(_OFFER, quality="draft", expected=9.0))
    for name, quality, expected in (("a", "pro", 60), ("b", "pro", 30), ("c", "draft", 1)):
        await _offered(room, replace(_OFFER, preset=name, quality=quality, expected=expected))
    ana = await _asker(room)

    chosen = [
        (await making.create(room, ana, f"a fox, {words}", Ask(words))).clip.preset
        for words in ("quality pro", "qualité brouillon", "quality=pro preset c", "8s")
    ]

    assert chosen == ["b", "pocket", "c", "pocket"]


async def test_one_member_may_have_only_so_many_on_the_way(room: Room) -> None:
    ana, bo = await _asker(room), await _asker(room, "bo")
    for number in range(room.settings.limits.open_per_member):
        await making.create(room, ana, "a fox", Ask(f"k{number}"))

    with pytest.raises(errors.YourQueueIsFull):
        await making.create(room, ana, "a fox", Ask("one more"))
    await making.create(room, bo, "a fox", Ask("of another"))


async def test_a_request_seen_again_is_not_refused_by_a_limit_it_filled_itself(room: Room) -> None:
    ana = await _asker(room)
    for number in range(room.settings.limits.open_per_member):
        await making.create(room, ana, "a fox", Ask(f"k{number}"))

    assert (await making.create(room, ana, "a fox", Ask("k0"))).repeated


async def test_an_hour_holds_only_so_many(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "reelroom.toml").write_text("[limits]\nhourly_per_member = 1\n")
    async with a_room(tmp_path) as room:
        ana = await _asker(room)
        await _clip(room, ana)
        with pytest.raises(errors.YourHourIsFull) as caught:
            await making.create(room, ana, "a fox", Ask("k"))
        assert caught.value.figures["minutes"] == 60


async def test_a_clip_is_found_by_code_by_its_maker_anywhere_and_by_others_where_posted(
    room: Room,
) -> None:
    ana, bo = await _asker(room), await _asker(room, "bo")
    clip = await _clip(room, ana)

    assert await finding.by_code(room, await _asker(room, "ana", "elsewhere"), clip.code) == clip
    assert await finding.by_code(room, bo, f"#{clip.code.lower()}") == clip
    with pytest.raises(errors.NoSuchClip):
        await finding.by_code(room, await _asker(room, "bo", "elsewhere"), clip.code)


async def test_the_first_word_is_a_code_only_when_it_names_a_clip(room: Room) -> None:
    ana = await _asker(room)
    clip = await _clip(room, ana)

    assert await finding.split_code(room, ana, f"{clip.code} make it night") == (
        clip,
        "make it night",
    )
    assert await finding.split_code(room, ana, "make it night") == (None, "make it night")
    with pytest.raises(errors.NoSuchClip):
        await finding.split_code(room, ana, "#ZZZZ make it night")


async def test_a_clip_that_is_not_there_yet_is_not_remixed(room: Room) -> None:
    ana = await _asker(room)
    waiting = (await making.create(room, ana, "a fox", Ask("k"))).clip

    with pytest.raises(errors.ClipIsNotReady):
        await making.remix(room, ana, waiting, "night", Ask("l"))


async def test_a_deleted_clip_is_gone_for_all_and_its_remixes_stay(room: Room) -> None:
    ana, bo = await _asker(room), await _asker(room, "bo")
    clip = await _clip(room, ana)
    remix = (await making.remix(room, bo, clip, "night", Ask("k"))).clip

    with pytest.raises(errors.ClipIsNotYours):
        await deleting.delete(room, bo, clip)
    await deleting.delete(room, ana, clip)

    with pytest.raises(errors.ClipIsDeleted):
        await finding.by_code(room, ana, clip.code)
    assert clip.master is not None
    assert not room.media.path(clip.master).exists()
    assert [each.deleted for each in (await looking.chain(room, bo, remix)).links] == [True, False]
    assert [post.message for post in await posts.owed_removal(room.database.read)] == [clip.code]


async def test_the_queue_shows_places_and_waits(room: Room) -> None:
    ana, bo = await _asker(room), await _asker(room, "bo")
    for number in range(2):
        await making.create(room, ana, f"fox {number}", Ask(f"a{number}"))
    await making.create(room, bo, "a cat", Ask("b"))

    mine = await queue.of_member(room, ana)

    assert [standing.place for _, standing in mine] == [1, 3]
    assert mine[0][1].seconds < mine[1][1].seconds
    assert "Number 3 in line" in tell.queue("en", mine)


async def test_cancel_means_the_newest_unless_told_which(room: Room) -> None:
    ana, bo = await _asker(room), await _asker(room, "bo")
    first = (await making.create(room, ana, "one", Ask("1"))).clip
    second = (await making.create(room, ana, "two", Ask("2"))).clip

    with pytest.raises(errors.ClipIsNotYours):
        await queue.cancel(room, bo, first)
    assert await queue.cancel(room, ana, None) == second
    assert await queue.cancel(room, ana, first) == first
    with pytest.raises(errors.NothingToCancel):
        await queue.cancel(room, ana, None)
    with pytest.raises(errors.AlreadyOver):
        await queue.cancel(room, ana, first)


async def test_linked_accounts_are_one_person(room: Room) -> None:
    ana, also = await _asker(room), await _asker(room, "ana elsewhere", "elsewhere")
    clip = await _clip(room, ana)

    member, platforms = await linking.redeem(room, also, await linking.new_code(room, ana))

    again = await _asker(room, "ana elsewhere", "elsewhere")
    assert member == again.member == ana.member
    assert platforms == [Platform.ROOM]
    assert await finding.by_code(room, again, clip.code) == clip
    with pytest.raises(errors.LinkCodeUnknown):
        await linking.redeem(room, also, "WRONG234")


async def test_info_tells_what_a_clip_is(room: Room) -> None:
    ana = await _asker(room)
    clip = await _clip(room, ana, "a red fox, seed 4")

    found = await looking.info(room, clip)

    assert found.state is JobState.DONE
    assert "seed 4" in tell.info("en", found)
    assert "nothing grew from it yet" in tell.info("en", found)


async def test_a_tree_is_told_with_each_clip_under_its_parent(room: Room) -> None:
    ana = await _asker(room)
    root = await _clip(room, ana, "a fox")
    left = (await making.remix(room, ana, root, "night", Ask("l"))).clip
    right = (await making.remix(room, ana, root, "rain", Ask("r"))).clip

    lines = tell.tree("en", await looking.tree(room, ana, left)).splitlines()

    assert lines[0] == f"3 clips in the tree of {root.code}"
    assert [line.strip("　└ ")[:4] for line in lines[1:]] == [root.code, left.code, right.code]


async def test_options_beside_the_words_win(room: Room) -> None:
    made = await making.create(
        room, await _asker(room), "a fox 8s", Ask("k", options=Options(seconds=2))
    )

    assert made.clip.plan.seconds == 2
