"""Reports and moderation on Discord, from a member's press to what a moderator does about it."""

from tests.bots.discord.conftest import Studio, holds
from tests.fakes.discord.people import Person
from tests.fakes.discord.things import Channel, Message
from tests.rooms import until


async def _clip(studio: Studio, person: Person, channel: Channel) -> Message:
    await person.slash(channel, "create", prompt="a red fox")
    code = await studio.renders()
    post = await channel.wait_for(lambda message: holds(message, code))
    await studio.knows(post)
    return post


def _code(post: Message) -> str:
    return post.attachments[0].filename.removesuffix(".mp4")


async def test_an_urgent_report_takes_a_clip_away_until_a_moderator_lets_it_be_seen(
    studio: Studio,
) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, ben, mod = (studio.server.user(name) for name in ("ana", "ben", "mod"))
    mod.moderates = True
    async with studio.running():
        post = await _clip(studio, ana, channel)
        asked = await ben.context_menu(post, "Report")
        assert asked.ephemeral
        assert asked.message
        told = await ben.select(
            asked.message, "Choose what is wrong", "Someone in it did not agree"
        )
        assert told.ephemeral
        assert "out of sight" in told.text
        await until(lambda: post.deleted)

        waiting = await mod.slash(channel, "mod queue")
        assert waiting.ephemeral
        assert "Someone in it did not agree" in waiting.text
        assert "Held: one report." in waiting.text
        assert waiting.message
        assert [file.filename for file in waiting.message.attachments] == ["clip.mp4"]
        done = await mod.press(waiting.message, "✅ Let it be seen")
        assert "free to be seen" in done.text
        assert "Nothing waits for you." in done.text
        async with studio.room.database.transaction() as tx:
            await tx.execute(
                "UPDATE deliveries SET state = 'ready',"
                " media = (SELECT master FROM clips WHERE clips.id = clip_id)"
                " WHERE state = 'waiting'"
            )
        again = await channel.wait_for(
            lambda message: holds(message, _code(post)) and message is not post
        )
        assert not again.deleted


async def test_a_moderator_takes_a_reported_clip_down_and_its_maker_is_told_and_appeals(
    studio: Studio,
) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana, ben, mod = (studio.server.user(name) for name in ("ana", "ben", "mod"))
    mod.moderates = True
    async with studio.running():
        post = await _clip(studio, ana, channel)
        code = _code(post)
        told = await ben.slash(channel, "report", clip=code, reason="Hate", said="look at 0:02")
        assert "Thank you" in told.text
        waiting = await mod.slash(channel, "mod queue")
        assert "look at 0:02" in waiting.text
        assert "look at 0:02" not in "".join(message.text for message in channel.messages)
        assert waiting.message
        done = await mod.press(waiting.message, "🗑 Take down")
        assert f"{code} is taken down everywhere." in done.text
        await until(lambda: post.deleted)
        await channel.wait_for("taken down by a moderator")

        muted = await mod.slash(channel, "mod mute", clip=code, said="be kind", hours=3)
        assert "was deleted" in muted.text
        post = await _clip(studio, ana, channel)
        muted = await mod.slash(channel, "mod mute", clip=_code(post), said="be kind", hours=3)
        assert "Ana asks for nothing here for 3 hours" in muted.text
        refused = await ana.slash(channel, "create", prompt="a blue fox")
        assert "be kind" in refused.text
        assert refused.ephemeral
        assert "reached the moderators" in (await ana.slash(channel, "appeal", said="sorry")).text
        heard = await mod.slash(channel, "mod queue")
        assert "“sorry”" in heard.text
        assert "may ask here again" in (await mod.slash(channel, "mod lift", sanction=1)).text
        await _clip(studio, ana, channel)


async def test_members_who_do_not_moderate_are_told_so(studio: Studio) -> None:
    channel = studio.server.guild("Film Club").text_channel("clips")
    ana = studio.server.user("ana")
    async with studio.running():
        post = await _clip(studio, ana, channel)
        for command in ("release", "hide", "takedown"):
            refused = await ana.slash(channel, f"mod {command}", clip=_code(post))
            assert "Only this place's moderators" in refused.text
        assert not post.deleted
