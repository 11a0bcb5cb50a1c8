"""The loop on Discord: prompt → progress → clip → remix → chain."""

from tests.bots.discord.conftest import Studio, holds
from tests.rooms import until


async def test_a_prompt_becomes_a_clip_and_a_reply_its_remix(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, bob = studio.server.user("ana"), studio.server.user("bob")
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox in the snow", seconds=2.0)
        assert not seen.ephemeral
        assert "a red fox in the snow" in seen.text
        assert seen.message is not None
        assert len(seen.message.buttons) == 1
        code = await studio.renders()
        clip = await channel.wait_for(lambda message: holds(message, code))
        assert ana in clip.pings
        assert len(clip.buttons) == 4
        await until(lambda: channel.messages == [clip])

        asked = await bob.say(channel, "make it night", reply_to=clip)
        remix_code = await studio.renders()
        remix = await channel.wait_for(lambda message: holds(message, remix_code))
        assert remix.reply_to is asked
        assert bob in remix.pings
        assert code in remix.text

        await studio.knows(remix)
        chain = await ana.press(remix, "🔗 Chain")
        assert chain.ephemeral
        assert code in chain.text
        assert remix_code in chain.text


async def test_the_remix_form_has_the_words_filled_in(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    async with studio.running():
        await ana.slash(channel, "create", prompt="a red fox")
        code = await studio.renders()
        clip = await channel.wait_for(lambda message: holds(message, code))
    async with studio.running():
        form = await ana.press(clip, "🎬 Remix")
        assert form.modal is not None
        assert form.modal.value("What should change?") == "a red fox"
        sent = await ana.submit_modal(form, {"What should change?": "a blue fox"})
        assert "a blue fox" in sent.text
        remix_code = await studio.renders()
        await channel.wait_for(lambda message: holds(message, remix_code))


async def test_a_direct_message_is_a_prompt(studio: Studio) -> None:
    ana = studio.server.user("ana")
    async with studio.running():
        asked = await ana.dm("a red fox")
        code = await studio.renders()
        clip = await ana.dm_channel.wait_for(lambda message: holds(message, code))
        assert clip.reply_to is asked


async def test_the_menus_remix_and_show_the_chain(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana", locale="fr")
    async with studio.running():
        await ana.slash(channel, "create", prompt="un renard roux")
        code = await studio.renders()
        clip = await channel.wait_for(lambda message: holds(message, code))
        await until(lambda: channel.messages == [clip])
        form = await ana.context_menu(clip, "Remixer")
        assert form.modal is not None
        assert code in (await ana.context_menu(clip, "Chaîne")).text
        told = await ana.select(clip, f"more:{code}", "info")
        assert told.ephemeral
        assert "un renard roux" in told.text


async def test_an_app_that_a_person_installed_answers_where_it_is_no_member(
    studio: Studio,
) -> None:
    channel = studio.server.guild("Elsewhere", bot=False).text_channel("general")
    ana = studio.server.user("ana", installed=True)
    async with studio.running():
        seen = await ana.slash(channel, "create", prompt="a red fox")
        code = await studio.renders()
        clip = await channel.wait_for(lambda message: holds(message, code))
        assert clip is seen.message
        assert channel.messages == [clip]
