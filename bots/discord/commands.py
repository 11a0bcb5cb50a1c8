"""The slash commands and the two message menus, for servers, direct messages and people's own use.

Each one takes what was typed to one function of the studio. Names are the same in all languages,
so that the help holds; descriptions and menus are translated.
"""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bots.discord import arrivals, cameo, dress, looks, moderation
from bots.discord.answers import Answers
from bots.discord.choices import MOST_CHOICES, Choices, choices
from bots.discord.whispers import Said
from bots.discord.words import Callback, described, everywhere, worded
from bots.studio import casting, finding, linking, looking, making, queue
from bots.studio.asker import Asker
from bots.studio.making import Ask
from bots.studio.options import SEEDS, Options
from bots.words import say, tell
from storage import offers
from storage.clips import Clip
from storage.plan import Aspect
from storage.requests import Accepted
from storage.room import Room


def register(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    """Add every command to the tree."""
    _add_making(tree, answers)
    _add_looking(tree, answers)
    _add_own(tree, answers)
    _add_menus(tree, answers)
    moderation.register(tree, answers)
    cameo.register(tree, answers)


async def named(room: Room, asker: Asker, code: str | None) -> Clip:
    """The clip of this code, or the member's latest here."""
    if code and code.strip():
        return await finding.by_code(room, asker, code)
    return await finding.latest(room, asker)


def _add_making(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room

    async def create(
        interaction: discord.Interaction,
        prompt: str,
        style: str | None = None,
        aspect: app_commands.Choice[str] | None = None,
        seconds: app_commands.Range[float, 0.5, 60.0] | None = None,
        seed: app_commands.Range[int, 0, SEEDS - 1] | None = None,
        preset: str | None = None,
        picture: discord.Attachment | None = None,
        cast: str | None = None,
    ) -> None:
        options = Options(
            seconds=seconds,
            aspect=Aspect(aspect.value) if aspect else None,
            seed=seed,
            style=style.strip().lower() if style else None,
            preset=preset.strip().lower() if preset else None,
        )

        async def work(asker: Asker, ask: Ask) -> Accepted:
            words = tell.with_cast(asker.member.language, prompt, cast)
            return await making.create(room, asker, words, ask)

        await answers.making(interaction, work, options, picture)

    async def usable(interaction: discord.Interaction, typed: str) -> Choices:
        asker = await arrivals.of_interaction(room, interaction)
        found = await casting.usable(room, asker, typed)
        return [
            app_commands.Choice(name=f"@{each.handle}", value=each.handle or "")
            for each in found[:MOST_CHOICES]
        ]

    async def styles(_: discord.Interaction, typed: str) -> Choices:
        known = await offers.all_known(room.database.read)
        return choices({style: style for offer in known for style in offer.styles}, typed)

    async def presets(_: discord.Interaction, typed: str) -> Choices:
        known = await offers.all_known(room.database.read)
        return choices({offer.preset: f"{offer.preset} · {offer.title}" for offer in known}, typed)

    shapes = [app_commands.Choice(name=shape.value, value=shape.value) for shape in Aspect]
    create = app_commands.choices(aspect=shapes)(create)
    create = app_commands.autocomplete(style=styles, preset=presets, cast=usable)(create)
    # "with" is a word of Python's.
    create = app_commands.rename(cast="with")(create)
    options = ("prompt", "style", "aspect", "seconds", "seed", "preset", "picture", "cast")
    _add(tree, "create", create, options)

    async def remix(
        interaction: discord.Interaction,
        change: str | None = None,
        clip: str | None = None,
        picture: discord.Attachment | None = None,
        cast: str | None = None,
    ) -> None:
        async def work(asker: Asker, ask: Ask) -> Accepted:
            words, parent = tell.with_cast(asker.member.language, change or "", cast), None
            if not clip:
                parent, words = await finding.split_code(room, asker, words)
            parent = parent or await named(room, asker, clip)
            return await making.remix(room, asker, parent, words, ask)

        await answers.making(interaction, work, picture=picture)

    async def again(interaction: discord.Interaction, clip: str | None = None) -> None:
        async def work(asker: Asker, ask: Ask) -> Accepted:
            return await making.vary(room, asker, await named(room, asker, clip), ask)

        await answers.making(interaction, work)

    async def extend(
        interaction: discord.Interaction, clip: str | None = None, next: str | None = None
    ) -> None:
        async def work(asker: Asker, ask: Ask) -> Accepted:
            parent = await named(room, asker, clip)
            return await making.extend(room, asker, parent, next or "", ask)

        await answers.making(interaction, work)

    remix = app_commands.rename(cast="with")(app_commands.autocomplete(cast=usable)(remix))
    _add(tree, "remix", remix, ("change", "clip", "picture", "cast"))
    _add(tree, "again", again, ("clip",))
    _add(tree, "extend", extend, ("clip", "next"))


def _add_looking(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room

    def add(name: str, look: looks.Look) -> None:
        async def command(interaction: discord.Interaction, clip: str | None = None) -> None:
            async def work(asker: Asker) -> Said:
                return await look(room, asker, await named(room, asker, clip))

            await answers.looking(interaction, work)

        _add(tree, name, command, ("clip",))

    for name, look in looks.BY_COMMAND.items():
        add(name, look)


def _add_own(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room

    async def mine(interaction: discord.Interaction) -> None:
        async def work(asker: Asker) -> Said:
            found = await queue.of_member(room, asker)
            return Said(tell.queue(asker.member.language, found))

        await answers.looking(interaction, work)

    async def cancel(interaction: discord.Interaction, clip: str | None = None) -> None:
        async def work(asker: Asker) -> Said:
            chosen = await finding.by_code(room, asker, clip) if clip else None
            return await looks.cancel(room, asker, chosen)

        await answers.looking(interaction, work)

    async def open_clips(interaction: discord.Interaction, typed: str) -> Choices:
        asker = await arrivals.of_interaction(room, interaction)
        mine = await queue.of_member(room, asker)
        named = {
            c.code: f"{c.code} · {tell.shorten(c.words or c.plan.prompt, 60)}" for c, _ in mine
        }
        return choices(named, typed)

    async def link(interaction: discord.Interaction, code: str | None = None) -> None:
        async def work(asker: Asker) -> Said:
            language = asker.member.language
            if not code:
                fresh = await linking.new_code(room, asker)
                return Said(say(language, "link-code", code=fresh))
            _, platforms = await linking.redeem(room, asker, code)
            joined = ", ".join(tell.platform_name(language, each) for each in platforms)
            return Said(say(language, "linked", platforms=joined))

        await answers.looking(interaction, work)

    async def help(interaction: discord.Interaction) -> None:
        async def work(asker: Asker) -> Said:
            language = asker.member.language
            offer, picture = await looking.help(room, language)
            return Said(tell.help(language, offer), picture=picture)

        await answers.looking(interaction, work)

    _add(tree, "queue", mine, ())
    _add(tree, "cancel", app_commands.autocomplete(clip=open_clips)(cancel), ("clip",))
    _add(tree, "link", link, ("code",))
    _add(tree, "help", help, ())


def _add_menus(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    room = answers.room

    async def remix(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(asker: Asker) -> Said:
            clip = finding.finished(await finding.by_message(room, asker, str(message.id)))
            most = room.settings.limits.prompt_characters
            return Said("", form=dress.remix_form(clip, asker.member.language, most=most))

        await answers.looking(interaction, work)

    async def chain(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(asker: Asker) -> Said:
            return await looks.chain(
                room, asker, await finding.by_message(room, asker, str(message.id))
            )

        await answers.looking(interaction, work)

    menus: dict[str, Callable[[discord.Interaction, discord.Message], Any]] = {
        "menu-remix": remix,
        "menu-chain": chain,
    }
    for key, callback in menus.items():
        menu = app_commands.ContextMenu(name=worded(key), callback=callback)
        tree.add_command(everywhere(menu))


def _add(
    tree: app_commands.CommandTree[Any], name: str, callback: Callback, options: tuple[str, ...]
) -> None:
    tree.add_command(everywhere(described(name, callback, options)))
