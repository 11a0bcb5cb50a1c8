"""Buttons under a clip, the hello, and the links that open the bot."""

from storage.room import Room
from tests.bots.telegram.conftest import Stage, a_film, playing
from tests.fakes.telegram import FakeTelegram


async def test_remix_asks_for_words_and_the_reply_is_the_remix(stage: Stage) -> None:
    ana = await a_film(stage)
    pressed = await ana.press(ana.private.posts[-1], "Remix")
    question = await ana.private.wait_for(lambda m: "What should change" in m.words)
    await ana.say(ana.private, "make it night", reply_to=question)

    remix = await stage.film(ana.private, after=question)

    assert pressed.answered
    assert "remixed" in remix.words
    assert question.markup == {"force_reply": True, "selective": True}


async def test_again_makes_another_take(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    pressed = await ana.press(clip, "Again")

    take = await stage.film(ana.private, after=clip)

    assert pressed.answered
    assert "another take" in take.words
    assert take.reply_to is clip


async def test_extend_goes_on_with_one_tap(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    pressed = await ana.press(clip, "Extend")

    longer = await stage.film(ana.private, after=clip)

    assert pressed.answered
    assert "what came next" in longer.words


async def test_chain_tree_and_info_answer_below_the_clip(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    assert (await ana.press(clip, "Chain")).answered
    assert (await ana.press(clip, "Tree")).answered
    assert (await ana.press(clip, "Info")).answered

    chain = await ana.private.wait_for(lambda m: "came to be" in m.words)
    tree = await ana.private.wait_for(lambda m: "stands alone" in m.words)
    info = await ana.private.wait_for(lambda m: "nothing grew from it" in m.words)
    assert chain.reply_to is tree.reply_to is info.reply_to is clip


async def test_buttons_still_work_after_a_restart(room: Room, server: FakeTelegram) -> None:
    async with playing(room, server) as stage:
        ana = await a_film(stage)
    async with playing(room, server) as stage:
        assert (await ana.press(ana.private.posts[-1], "Chain")).answered
        await ana.private.wait_for(lambda m: "came to be" in m.words)


async def test_only_its_maker_may_delete_a_clip(stage: Stage) -> None:
    ana, bob = stage.server.user("ana"), stage.server.user("bob")
    group = stage.server.group("films", [ana, bob])
    await ana.say(group, "/create a red fox")
    clip = await stage.film(group)

    refused = await bob.press(clip, "Delete")

    assert refused.alert
    assert "Only its maker" in refused.text
    assert not clip.deleted


async def test_the_hello_proposes_a_clip_and_one_press_makes_it(stage: Stage) -> None:
    ana = stage.server.user("ana")
    await ana.start()
    hello = await ana.private.wait_for(lambda m: "Tell me what to film" in m.words)
    assert (await ana.press(hello, "dragon")).answered

    clip = await stage.film(ana.private)

    assert "a blue dragon in the snow" in clip.words


async def test_start_shows_the_newest_clip_once_there_is_one(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    await ana.start()

    shown = await ana.private.wait_for(lambda m: m.video is not None, after=clip)
    await ana.say(ana.private, "make it night", reply_to=shown)
    remix = await stage.film(ana.private, after=shown)

    assert "remixed" in remix.words


async def test_a_deep_link_shows_a_clip_or_asks_what_to_change(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    code = clip.words.splitlines()[-1].split()[0]

    await ana.start(code)
    await ana.private.wait_for(lambda m: m.video is not None, after=clip)
    await ana.start(f"remix_{code}")
    await ana.private.wait_for(lambda m: f"What should change in {code}" in m.words)


async def test_a_link_code_joins_two_accounts(stage: Stage) -> None:
    ana = await a_film(stage)
    clip = ana.private.posts[-1]
    phone = stage.server.user("phone")
    await ana.say(ana.private, "/link")
    told = await ana.private.wait_for(lambda m: "/link " in m.words)
    await phone.start(f"link_{told.words.split()[-1]}")
    await phone.private.wait_for(lambda m: "Linked" in m.words)

    await phone.say(phone.private, f"/remix {clip.words.splitlines()[-1].split()[0]} at night")
    remix = await stage.film(phone.private)

    assert "remixed" in remix.words
    assert await stage.count("members") == 1


async def test_a_link_code_is_never_shown_in_a_group(stage: Stage) -> None:
    ana = stage.server.user("ana")
    group = stage.server.group("films", [ana])
    await ana.say(group, "/link")

    await group.wait_for(lambda m: "with me alone" in m.words)

    assert await stage.count("link_codes") == 0
