"""Reports and moderation on Discord: /report, /appeal, the group /mod, and their buttons.

Who may delete others' messages in a channel moderates it; Discord hides /mod from everyone else.
Everything is told to the one who asks alone: a held clip is shown to nobody else.
"""

from typing import Any

import discord
from discord import app_commands

from bots import moderation
from bots.discord import dress
from bots.discord.answers import Answers
from bots.discord.whispers import Said
from bots.discord.words import described, everywhere, worded
from bots.studio import appealing, finding, moderating, reporting
from bots.studio.asker import Asker
from bots.words import moderation as words
from bots.words import say
from storage.reports import ReportReason
from storage.room import Room
from storage.sanctions import SanctionKind
from storage.spaces import Strictness

#: Before the act and the code in the custom_id of a moderator's button.
ACT = "mod"
CUSTOM_IDS = frozenset({ACT, dress.REPORT})


def register(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    """Add the commands to the tree."""
    _add_for_members(tree, answers)
    _add_for_moderators(tree, answers)


async def component(
    answers: Answers, interaction: discord.Interaction, data: dict[str, Any]
) -> None:
    """A reason was chosen, or a moderator pressed a button."""
    name, _, rest = str(data.get("custom_id", "")).partition(":")
    chosen = str(next(iter(data.get("values") or [""])))

    async def work(asker: Asker) -> Said:
        if name == dress.REPORT:
            return await _report(answers.room, asker, rest, chosen)
        act, _, code = rest.partition(":")
        clip = await moderating.find(answers.room, asker, code)
        done = await moderation.ACTS[act](answers.room, asker, clip)
        following = await _waiting(answers.room, asker)
        return Said(f"{done}\n\n{following.text}", following.view, film=following.film)

    await answers.looking(interaction, work)


def _add_for_members(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room

    async def report(
        interaction: discord.Interaction,
        clip: str,
        reason: app_commands.Choice[str],
        said: str | None = None,
    ) -> None:
        async def work(asker: Asker) -> Said:
            return await _report(room, asker, clip, reason.value, said or "")

        await answers.looking(interaction, work)

    async def appeal(interaction: discord.Interaction, said: str) -> None:
        async def work(asker: Asker) -> Said:
            await appealing.appeal(room, asker, said)
            return Said(say(asker.member.language, "appealed"))

        await answers.looking(interaction, work)

    async def menu(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(asker: Asker) -> Said:
            clip = await finding.by_message(room, asker, str(message.id))
            language = asker.member.language
            text = say(language, "report-ask", code=clip.code)
            return Said(text, dress.reasons(clip.code, language))

        await answers.looking(interaction, work)

    choices = [
        app_commands.Choice(name=worded(f"reason-{each.value}"), value=each.value)
        for each in ReportReason
    ]
    chosen = app_commands.choices(reason=choices)(report)
    tree.add_command(everywhere(described("report", chosen, ("clip", "reason", "said"))))
    tree.add_command(everywhere(described("appeal", appeal, ("said",))))
    tree.add_command(
        everywhere(app_commands.ContextMenu(name=worded("menu-report"), callback=menu))
    )


def _add_for_moderators(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room
    group = app_commands.Group(
        name="mod",
        description=worded("command-mod"),
        guild_only=True,
        default_permissions=discord.Permissions(manage_messages=True),
    )

    async def queue(interaction: discord.Interaction) -> None:
        async def work(asker: Asker) -> Said:
            return await _waiting(room, asker)

        await answers.looking(interaction, work)

    def act(name: str) -> None:
        async def command(interaction: discord.Interaction, clip: str) -> None:
            async def work(asker: Asker) -> Said:
                found = await moderating.find(room, asker, clip)
                return Said(await moderation.ACTS[name](room, asker, found))

            await answers.looking(interaction, work)

        group.add_command(described(name, command, ("clip",)))

    async def takedown(interaction: discord.Interaction, clip: str, all: bool = False) -> None:
        async def work(asker: Asker) -> Said:
            found = await moderating.find(room, asker, clip)
            return Said(await moderation.take_down(room, asker, found, descendants=all))

        await answers.looking(interaction, work)

    async def lift(interaction: discord.Interaction, sanction: app_commands.Range[int, 1]) -> None:
        async def work(asker: Asker) -> Said:
            return Said(await moderation.lift(room, asker, sanction))

        await answers.looking(interaction, work)

    group.add_command(described("queue", queue, (), description="command-queue-of-moderation"))
    for name in ("release", "dismiss", "hide", "show"):
        act(name)
    group.add_command(described("takedown", takedown, ("clip", "all")))
    _add_sanctions(group, answers)
    group.add_command(described("lift", lift, ("sanction",)))
    _add_rules(group, answers)
    tree.add_command(group)


def _add_rules(group: app_commands.Group, answers: Answers) -> None:
    room = answers.room

    def answering(name: str, *, grant: bool) -> None:
        async def command(interaction: discord.Interaction, refusal: str) -> None:
            async def work(asker: Asker) -> Said:
                return Said(await moderation.answer(room, asker, refusal, grant=grant))

            await answers.looking(interaction, work)

        group.add_command(described(name, command, ("refusal",)))

    async def strictness(interaction: discord.Interaction, level: app_commands.Choice[str]) -> None:
        # Discord: threads have the age restriction of their channel.
        for_adults = bool(getattr(interaction.channel, "nsfw", False))

        async def work(asker: Asker) -> Said:
            said = await moderation.set_strictness(room, asker, level.value, for_adults=for_adults)
            return Said(said)

        await answers.looking(interaction, work)

    answering("grant", grant=True)
    answering("deny", grant=False)
    choices = [
        app_commands.Choice(name=worded(f"level-{each.value}"), value=each.value)
        for each in Strictness
    ]
    group.add_command(
        described("strictness", app_commands.choices(level=choices)(strictness), ("level",))
    )


def _add_sanctions(group: app_commands.Group, answers: Answers) -> None:
    room = answers.room

    async def about_maker(
        interaction: discord.Interaction,
        code: str,
        kind: SanctionKind,
        said: str,
        hours: float | None = None,
    ) -> None:
        async def work(asker: Asker) -> Said:
            clip = await moderating.find(room, asker, code)
            done = await moderation.sanction(room, asker, clip, kind, said=said, hours=hours)
            return Said(done)

        await answers.looking(interaction, work)

    async def warn(interaction: discord.Interaction, clip: str, said: str) -> None:
        await about_maker(interaction, clip, SanctionKind.WARNING, said)

    async def mute(
        interaction: discord.Interaction,
        clip: str,
        said: str,
        hours: app_commands.Range[int, 1, 8760] = moderation.USUAL_HOURS,
    ) -> None:
        await about_maker(interaction, clip, SanctionKind.MUTE, said, hours)

    async def ban(interaction: discord.Interaction, clip: str, said: str) -> None:
        await about_maker(interaction, clip, SanctionKind.BAN, said)

    group.add_command(described("warn", warn, ("clip", "said")))
    group.add_command(described("mute", mute, ("clip", "said", "hours")))
    group.add_command(described("ban", ban, ("clip", "said")))


async def _report(room: Room, asker: Asker, code: str, reason: str, said: str = "") -> Said:
    clip = await finding.by_code(room, asker, code)
    told = await reporting.report(room, asker, clip, reason=ReportReason(reason), words=said)
    return Said(words.reported(asker.member.language, told))


async def _waiting(room: Room, asker: Asker) -> Said:
    """The first clip that waits, with its film and what can be done; then the appeals."""
    language = asker.member.language
    cases = await moderating.queue(room, asker)
    appeals = await moderation.appeals(room, asker)
    if not cases:
        return Said("\n".join(appeals) or say(language, "mod-empty"))
    first = cases[0]
    text = "\n\n".join([words.case(language, first, more=len(cases) - 1), *appeals])
    master = room.media.path(first.clip.master) if first.clip.master else None
    fits = master is not None and master.stat().st_size <= asker.space.max_bytes
    return Said(text, _buttons(first, language), film=master if fits else None)


def _buttons(case: moderating.Case, language: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for act in moderation.offered(case):
        view.add_item(
            discord.ui.Button(
                label=say(language, f"mod-button-{act}"),
                custom_id=f"{ACT}:{act}:{case.clip.code}",
                style=discord.ButtonStyle.danger
                if act.startswith("takedown")
                else discord.ButtonStyle.secondary,
            )
        )
    view.stop()
    return view
