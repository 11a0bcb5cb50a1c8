"""The whole loop through real processes: one person on Discord and Telegram, and a friend."""

import re
from pathlib import Path

from storage.clips import ClipKind
from storage.credentials import Standing, read
from storage.room_key import room_key
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import FakeTelegram
from tests.whole.running import a_running_room

#: Seconds in which a clip is there, on a slow machine.
CLIP_SECONDS = 90


async def test_a_chain_goes_from_discord_to_telegram_to_a_friend(tmp_path: Path) -> None:
    async with (
        FakeDiscord() as discord,
        FakeTelegram() as telegram,
        a_running_room(
            tmp_path,
            **discord.settings,
            TELEGRAM_TOKEN=telegram.token,
            REELROOM_TELEGRAM_API_URL=telegram.api_url,
        ),
    ):
        await discord.wait_ready(60)
        await discord.wait_for_command("create", 60)
        channel, ana = discord.guild("Film Club").text_channel("clips"), discord.user("ana")
        also_ana, bo = telegram.user("ana"), telegram.user("bo")
        group = telegram.group("Film Club", members=[also_ana, bo])

        # Ana links her accounts by a one-time code.
        told = await ana.slash(channel, "link")
        code = re.search(r"/link (\w{8})", told.text)
        assert code is not None
        await also_ana.say(also_ana.private, f"/link {code[1]}")
        await also_ana.private.wait_for(lambda said: "Linked" in (said.text or ""), CLIP_SECONDS)

        # She makes a clip on Discord,
        await ana.slash(channel, "create", prompt="a cat hopping in a meadow, 2s seed 4")
        # On a slow machine previews are shown first.
        post = await channel.wait_for(
            lambda said: any(each.filename.endswith(".mp4") for each in said.attachments),
            CLIP_SECONDS,
        )
        first = post.attachments[0].filename.removesuffix(".mp4")

        # remixes it on Telegram by its short code,
        await also_ana.say(group, f"/remix {first} make it night")
        remixed = await group.wait_for(lambda said: said.video is not None, CLIP_SECONDS)
        assert f"remixed {first}" in (remixed.caption or "")

        # and a friend there remixes that by a reply.
        await bo.say(group, "make it rain", reply_to=remixed)
        rained = await group.wait_for(
            lambda said: said.video is not None and "Bo remixed" in (said.caption or ""),
            CLIP_SECONDS,
        )
        assert rained.video is not None
        assert (rained.video.width, rained.video.height) == (768, 432)

        # The film as it came to him tells the whole chain, and is this room's.
        film = tmp_path / "saved from the chat.mp4"
        film.write_bytes(rained.video.data)
        found = read(film, room_key(tmp_path / "room").anchor)
        assert found.standing is Standing.OURS
        kinds = [link.story.kind for link in found.links if link.story]
        assert kinds == [ClipKind.CREATE, ClipKind.REMIX, ClipKind.REMIX]
        assert found.links[0].title == first

        # The tree shows all three, with their platforms, to the one who may see them.
        await also_ana.say(group, f"/tree {first}")
        tree = await group.wait_for(lambda said: "3 clips" in (said.text or ""), CLIP_SECONDS)
        lines = (tree.text or "").splitlines()[1:]
        assert [line.rsplit(", ", 1)[1] for line in lines] == ["Discord", "Telegram", "Telegram"]
        assert "make it rain" in lines[2]

    assert discord.violations == []
    assert telegram.violations == []
