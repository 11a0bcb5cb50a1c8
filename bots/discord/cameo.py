"""Cameos on Discord: the group /cameo, its panels, its forms, and the answers to questions.

Everything is told to the owner alone, wherever they ask; questions come to them as direct messages.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bots.buttons import Press
from bots.discord import alone, arrivals, cameo_forms
from bots.discord.answers import Answers
from bots.discord.cameo_forms import Sent
from bots.discord.choices import Choices, choices
from bots.discord.whispers import Said
from bots.discord.words import described, everywhere, worded
from bots.panels import acts
from bots.panels.panel import Deed, FormKind, How, Key, Panel, from_data
from bots.studio.asker import Asker, somebody
from bots.studio.cameo import owning
from bots.studio.errors import FilmNotFetched
from bots.words import language_of, say
from storage import cameos
from storage.people import Platform
from storage.room import Room

#: How films are handed in on Discord.
HOW = How.FORM

_Shown = Callable[[Asker], Awaitable[Panel]]


def register(tree: app_commands.CommandTree[Any], answers: Answers) -> None:
    """Add the group to the tree."""
    room = answers.room
    group = app_commands.Group(name="cameo", description=worded("command-cameo"))

    async def own(_: discord.Interaction, typed: str) -> Choices:
        asker = await arrivals.of_interaction(room, _)
        mine = await cameos.of_member(room.database.read, asker.member.id)
        return choices({each.handle or "": f"@{each.handle}" for each in mine}, typed)

    def plain(name: str, key: Key) -> None:
        async def command(interaction: discord.Interaction) -> None:
            await show(answers, interaction, lambda asker: acts.press(room, asker, key, how=HOW))

        group.add_command(_command(name, command))

    def of_cameo(name: str, deed: Deed, arg: str = "") -> None:
        async def command(interaction: discord.Interaction, cameo: str | None = None) -> None:
            async def shown(asker: Asker) -> Panel:
                chosen = await owning.mine(room, asker, cameo)
                return await acts.press(room, asker, Key(deed, chosen.id, arg), how=HOW)

            await show(answers, interaction, shown)

        completed = app_commands.autocomplete(cameo=own)(command)
        group.add_command(_command(name, completed, ("cameo",)))

    plain("mine", Key(Deed.HOME))
    plain("enroll", Key(Deed.ENROLL))
    plain("pet", Key(Deed.PET))
    of_cameo("clips", Deed.CLIPS, "0")
    of_cameo("policy", Deed.POLICY)
    of_cameo("words", Deed.WORDS)
    of_cameo("erase", Deed.ERASE)
    plain("export", Key(Deed.EXPORT))
    group.add_command(_people(answers, own))
    tree.add_command(everywhere(group))


async def component(answers: Answers, interaction: discord.Interaction, key: Key) -> None:
    """A key of a panel was pressed."""
    await show(answers, interaction, lambda asker: acts.press(answers.room, asker, key, how=HOW))


async def form(answers: Answers, interaction: discord.Interaction, sent: Sent) -> None:
    """A form was sent in."""

    async def shown(asker: Asker) -> Panel:
        return await _FORMS[sent.kind](answers.room, interaction, asker, sent)

    meanwhile = say(language_of(str(interaction.locale)), "panel-film-looking")
    await show(answers, interaction, shown, meanwhile=meanwhile)


async def answer(answers: Answers, interaction: discord.Interaction, press: Press) -> None:
    """An owner answered a question that came to them."""

    async def work(asker: Asker) -> Said:
        return Said(await acts.answer(answers.room, asker, press))

    await answers.settling(interaction, work)


async def show(
    answers: Answers,
    interaction: discord.Interaction,
    shown: _Shown,
    *,
    meanwhile: str | None = None,
) -> None:
    """Show a panel to the one who asks alone; `meanwhile` where it takes long."""

    async def work(asker: Asker) -> Said:
        panel = await shown(asker)
        if panel.form:
            return Said("", form=cameo_forms.modal(panel.form, asker.member.language))
        return Said(panel.text, alone.view_of(panel), file=alone.file_of(panel))

    await answers.panel(interaction, work, meanwhile=meanwhile)


def key_of(custom_id: str) -> Key | None:
    """The key of a panel that the custom_id tells; None for another button's."""
    return from_data(custom_id)


def _people(answers: Answers, own: Callable[..., Any]) -> app_commands.Command[Any, ..., None]:
    """Who may use a cameo: all whom it concerns, or one that is named."""
    room = answers.room

    async def people(
        interaction: discord.Interaction,
        person: discord.User | None = None,
        cameo: str | None = None,
    ) -> None:
        async def shown(asker: Asker) -> Panel:
            chosen = await owning.mine(room, asker, cameo)
            key = Key(Deed.PEOPLE, chosen.id, "0")
            if person is not None and not person.bot:
                language = language_of(None)
                member = await somebody(
                    room, Platform.DISCORD, str(person.id), name=person.display_name,
                    language=language,
                )  # fmt: skip
                key = Key(Deed.PERSON, chosen.id, str(member.id))
            return await acts.press(room, asker, key, how=HOW)

        await show(answers, interaction, shown)

    completed = app_commands.autocomplete(cameo=own)(people)
    return _command("people", completed, ("person", "cameo"))


def _command(
    name: str, callback: Callable[..., Any], options: tuple[str, ...] = ()
) -> app_commands.Command[Any, ..., None]:
    return described(name, callback, options, description=f"command-cameo-{name}")


async def _enroll(room: Room, interaction: discord.Interaction, asker: Asker, sent: Sent) -> Panel:
    if sent.file is None:
        raise FilmNotFetched()
    home = await arrivals.home(room, interaction, asker)
    return await acts.enroll(
        room, asker, sent.file, handle=sent.handle, adult=sent.adult, home=home, how=HOW
    )


async def _enroll_thing(
    room: Room, interaction: discord.Interaction, asker: Asker, sent: Sent
) -> Panel:
    if sent.file is None:
        raise FilmNotFetched()
    home = await arrivals.home(room, interaction, asker)
    return await acts.enroll_thing(
        room, asker, sent.file, kind=sent.of, handle=sent.handle, home=home
    )


async def _word(room: Room, _: discord.Interaction, asker: Asker, sent: Sent) -> Panel:
    return await acts.word(
        room, asker, sent.cameo, looks=sent.looks, restrictions=sent.restrictions
    )


_FORMS = {FormKind.FILM: _enroll, FormKind.THING: _enroll_thing, FormKind.WORDS: _word}
