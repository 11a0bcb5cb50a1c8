"""A refused prompt is told its rule and can be appealed; a clip keeps what was decided of it."""

import asyncio
import time

import pytest

from bots.studio import appealing, errors, judging, linking, making, moderating
from bots.studio.asker import Arrival, Asker, Authority, sign_in
from bots.studio.making import Ask
from bots.studio.options import Options
from bots.words import tell
from storage import clips, refusals, rights, rules, spaces
from storage.clips import Clip
from storage.people import Platform
from storage.refusals import KEPT_SECONDS, NewRefusal, Refused
from storage.room import Room
from storage.rows import many, one
from storage.rules import Decision, Rule
from storage.spaces import Strictness
from tests.pictures import a_picture
from tests.rooms import NOW, a_member, a_space, an_engine_renders, until


async def _asker(room: Room, name: str = "ana", address: str = "here") -> Asker:
    arrival = Arrival(Platform.ROOM, name, name, "en", address, private=False, max_bytes=10 << 20)
    return await sign_in(room, arrival)


async def _adult(room: Room, name: str = "ana") -> Asker:
    """A member in a space for adults."""
    asker = await _asker(room, name, "for adults")
    async with room.database.transaction() as tx:
        await spaces.set_strictness(tx, asker.space.id, Strictness.ADULT)
    return await _asker(room, name, "for adults")


async def _clip(room: Room, asker: Asker, words: str, key: str = "parent") -> Clip:
    await making.create(room, asker, words, Ask(key))
    clip = await an_engine_renders(room)
    assert clip is not None
    return clip


async def _refused(room: Room) -> list[tuple[str, str | None]]:
    found = await many(room.database.read, "SELECT rule, words FROM refusals ORDER BY id")
    return [(row["rule"], row["words"]) for row in found]


async def _code(room: Room, asker: Asker, words: str = "Shrek on a bike") -> str:
    with pytest.raises(errors.AgainstARule) as caught:
        await making.create(room, asker, words, Ask(f"refused: {words}"))
    return str(caught.value.figures["code"])


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("a nude child", errors.MinorInSuchAScene),
        ("a naked woman on a bed", errors.SexualHere),
        ("how to make a pipe bomb", errors.HarmTaught),
        ("he commits suicide", errors.SelfHarmShown),
        ("heil hitler", errors.HatefulWords),
        ("phishing video", errors.FraudOrFakeNews),
        ("Donald Trump dances", errors.RealPersonNamed),
        ("Mickey Mouse in a canoe", errors.NameIsProtected),
        ('a fox says "heil hitler"', errors.HatefulWords),
        ("a bar, the sound of a blowjob", errors.SexualHere),
        ("a fox, cut to a naked man", errors.SexualHere),
    ],
)
async def test_a_prompt_against_a_rule_is_refused_and_kept(
    room: Room, words: str, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal) as caught:
        await making.create(room, await _asker(room), words, Ask("k"))

    code = caught.value.figures["code"]
    for language in ("en", "fr"):
        assert f"/appeal {code}" in tell.refusal(language, caught.value)
    assert [each[1] for each in await _refused(room)] == [words]
    assert await one(room.database.read, "SELECT 1 FROM clips") is None


async def test_the_refusal_says_which_words_decided(room: Room) -> None:
    with pytest.raises(errors.RealPersonNamed) as caught:
        await making.create(room, await _asker(room), "a cat meets Donald Trump, 3s", Ask("k"))

    assert "“Donald Trump” is a real person" in tell.refusal("en", caught.value)
    assert "« Donald Trump » existe vraiment" in tell.refusal("fr", caught.value)


async def test_a_remix_is_judged_with_what_it_comes_from(room: Room) -> None:
    ana = await _adult(room)
    parent = await _clip(room, ana, "a woman undresses slowly")

    for number, make in enumerate((making.remix, making.rewrite, making.extend)):
        with pytest.raises(errors.MinorInSuchAScene):
            await make(room, ana, parent, "make her a child", Ask(f"k{number}"))


async def test_another_take_in_a_stricter_space_is_refused_there(room: Room) -> None:
    parent = await _clip(room, await _adult(room), "a naked man on a beach")

    with pytest.raises(errors.SexualHere):
        await making.vary(room, await _asker(room), parent, Ask("k"))
    assert (await making.vary(room, await _adult(room), parent, Ask("l"))).clip


async def test_a_look_beside_the_words_is_judged_too(room: Room) -> None:
    with pytest.raises(errors.SexualHere):
        await making.create(
            room, await _asker(room), "a fox", Ask("k", options=Options(style="hentai"))
        )


async def test_a_picture_to_start_from_may_show_somebody(room: Room) -> None:
    async def fetch() -> bytes:
        raise AssertionError("a refused picture is not fetched")

    with pytest.raises(errors.SexWithRealPeople):
        await making.create(
            room, await _adult(room), "she takes off her clothes", Ask("k", picture=fetch)
        )


async def test_a_harmless_picture_is_taken(room: Room) -> None:
    async def fetch() -> bytes:
        return a_picture("PNG")

    made = await making.create(room, await _asker(room), "it hops", Ask("k", picture=fetch))

    assert made.clip.picture


async def test_the_same_request_again_is_the_same_refusal(room: Room) -> None:
    ana = await _asker(room)

    assert await _code(room, ana) == await _code(room, ana)
    assert len(await _refused(room)) == 1


async def test_a_request_that_was_accepted_is_not_judged_again(room: Room) -> None:
    ana = await _adult(room)
    first = await making.create(room, ana, "a naked man", Ask("k"))
    async with room.database.transaction() as tx:
        await spaces.set_strictness(tx, ana.space.id, Strictness.STRICT)

    again = await making.create(
        room, await _asker(room, address="for adults"), "a naked man", Ask("k")
    )

    assert again.repeated
    assert again.clip == first.clip


async def test_what_was_decided_is_kept_with_the_clip(room: Room) -> None:
    ana = await _adult(room)
    made = (await making.create(room, ana, "a naked man", Ask("k"))).clip

    kept = await clips.decision(room.database.read, made.id)

    assert kept == Decision(strictness="adult", noticed=("nudity",))


async def test_a_decision_survives_the_database() -> None:
    decision = Decision(Rule.HATE, "x", "strict", ("gore",), ("Disney",))

    assert rules.from_json(rules.to_json(decision)) == decision
    assert rules.from_json(None) is None


async def test_what_its_owner_allows_may_be_asked_for_until_they_take_it_back(room: Room) -> None:
    ana = await _asker(room)
    async with room.database.transaction() as tx:
        await rights.allow(tx, "Shrek", "the studio, by letter", now=NOW)
    made = (await making.create(room, ana, "Shrek on a bike", Ask("k"))).clip
    async with room.database.transaction() as tx:
        assert await rights.revoke(tx, "Shrek", now=NOW)
        assert not await rights.revoke(tx, "Shrek", now=NOW)

    with pytest.raises(errors.NameIsProtected):
        await making.create(room, ana, "Shrek on a bike", Ask("l"))
    kept = await clips.decision(room.database.read, made.id)
    assert kept
    assert kept.allowed == ("Shrek",)
    assert [each.allowed for each in await rights.history(room.database.read)] == [True, False]


@pytest.mark.parametrize("statement", ["UPDATE rights SET name = 'x'", "DELETE FROM rights"])
async def test_the_record_of_rights_is_only_added_to(room: Room, statement: str) -> None:
    async with room.database.transaction() as tx:
        await rights.allow(tx, "Shrek", "the studio", now=NOW)

    with pytest.raises(Exception, match="append-only"):
        async with room.database.transaction() as tx:
            await tx.execute(statement)


async def test_a_member_appeals_and_the_spaces_moderators_hear_it(room: Room) -> None:
    ana = await _asker(room)
    code = await _code(room, ana)
    await _code(room, await _asker(room, "bo"), "Batman on a bike")

    heard = await appealing.appeal(room, ana, f"#{code.lower()} it is a pun")

    moderator = Asker(ana.member, ana.space, Authority.SPACE)
    assert [each.code for each in await moderating.refused(room, moderator)] == [code]
    assert isinstance(heard, Refused)
    assert (heard.words, heard.appeal) == ("Shrek on a bike", "it is a pun")
    with pytest.raises(errors.NotAModerator):
        await moderating.refused(room, ana)


async def test_only_the_refused_member_may_appeal(room: Room) -> None:
    code = await _code(room, await _asker(room))

    with pytest.raises(errors.NothingToAppeal):
        await appealing.appeal(room, await _asker(room, "bo"), code)


async def test_the_words_of_a_refusal_are_forgotten_after_thirty_days(room: Room) -> None:
    member, space = await a_member(room), await a_space(room)
    refused = Decision(Rule.PROTECTED, "Shrek")
    async with room.database.transaction() as tx:
        old = NewRefusal(member.id, space.id, refused, "Shrek", "old")
        kept = await refusals.keep(tx, old, now=NOW)
        new = NewRefusal(member.id, space.id, refused, "Batman", "new")
        await refusals.keep(tx, new, now=NOW + KEPT_SECONDS + 1)

    assert await _refused(room) == [("protected", None), ("protected", "Batman")]
    async with room.database.transaction() as tx:
        later = NOW + KEPT_SECONDS + 2
        assert await refusals.appeal(tx, kept.code, member.id, words="", now=later) is None


async def test_words_are_forgotten_while_nobody_asks(room: Room) -> None:
    member, space = await a_member(room), await a_space(room)
    refused = Decision(Rule.PROTECTED, "Shrek")
    async with room.database.transaction() as tx:
        new = NewRefusal(member.id, space.id, refused, "Shrek", "old")
        await refusals.keep(tx, new, now=time.time() - KEPT_SECONDS - 1)

    forgetting = asyncio.create_task(judging.forget_in_time(room))

    async def forgotten() -> bool:
        return await _refused(room) == [("protected", None)]

    await until(forgotten)
    forgetting.cancel()


async def test_refusals_move_with_a_linked_account(room: Room) -> None:
    ana, also = await _asker(room), await _asker(room, "ana elsewhere", "elsewhere")
    code = await _code(room, also)
    await linking.redeem(room, also, await linking.new_code(room, ana))

    assert (await appealing.appeal(room, ana, code)).member_id == ana.member.id


async def test_a_space_is_standard_until_it_is_set(room: Room) -> None:
    ana = await _asker(room)
    assert ana.space.strictness is Strictness.STANDARD

    async with room.database.transaction() as tx:
        await spaces.set_strictness(tx, ana.space.id, Strictness.STRICT)

    assert (await _asker(room)).space.strictness is Strictness.STRICT
