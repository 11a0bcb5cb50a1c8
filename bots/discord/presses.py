"""Buttons, the menu "More…" and forms, told by their custom_id alone: they outlive any restart."""

from typing import Any

import discord

from bots.buttons import Button, Press, from_data
from bots.discord import cameo, cameo_forms, dress, looks, moderation
from bots.discord.answers import Answers
from bots.discord.dress import Submission
from bots.discord.whispers import Said
from bots.studio import finding, making
from bots.studio.asker import Asker
from bots.studio.making import Ask
from bots.words import say
from storage.requests import Accepted


class Presses:
    """Takes what members press and send in to the studio."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._room = answers.room

    async def component(self, interaction: discord.Interaction) -> None:
        """A button or the menu was used."""
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        name, _, code = custom_id.partition(":")
        if name in moderation.CUSTOM_IDS:
            await moderation.component(self._answers, interaction, data)
            return
        if key := cameo.key_of(custom_id):
            await cameo.component(self._answers, interaction, key)
            return
        if name == dress.SURE:
            await self._look(interaction, looks.delete, code)
            return
        if name == dress.MORE:
            custom_id = f"{next(iter(data.get('values') or ['']))}:{code}"
        await self._press(interaction, from_data(custom_id))

    async def form(self, interaction: discord.Interaction) -> None:
        """A form was sent in."""
        data: Any = interaction.data or {}
        if filled := cameo_forms.sent(interaction):
            await cameo.form(self._answers, interaction, filled)
            return
        sent = dress.submission(data)
        if sent is None:
            await self._too_old(interaction)
            return
        form: Submission = sent

        async def work(asker: Asker, ask: Ask) -> Accepted:
            parent = await finding.by_code(self._room, asker, form.code)
            make = {
                dress.CHANGE: making.remix,
                dress.REWRITE: making.rewrite,
                dress.NEXT: making.extend,
            }[form.form]
            return await make(self._room, asker, parent, form.words, ask)

        await self._answers.making(interaction, work)

    async def _press(self, interaction: discord.Interaction, press: Press | None) -> None:
        if press is None:
            await self._too_old(interaction)
        elif press.button is Button.AGAIN:
            await self._again(interaction, press.code)
        elif press.button is Button.ASK_OWNERS:
            await self._answers.asking(interaction, press.code)
        elif press.cameo is not None:
            await cameo.answer(self._answers, interaction, press)
        elif press.button in (Button.REMIX, Button.EXTEND):
            await self._open_form(interaction, press)
        else:
            await self._look(interaction, looks.BY_BUTTON[press.button], press.code)

    async def _again(self, interaction: discord.Interaction, code: str) -> None:
        async def work(asker: Asker, ask: Ask) -> Accepted:
            parent = await finding.by_code(self._room, asker, code)
            return await making.vary(self._room, asker, parent, ask)

        await self._answers.making(interaction, work)

    async def _open_form(self, interaction: discord.Interaction, press: Press) -> None:
        async def work(asker: Asker) -> Said:
            clip = finding.finished(await finding.by_code(self._room, asker, press.code))
            language = asker.member.language
            if press.button is Button.EXTEND:
                return Said("", form=dress.extend_form(clip, language))
            most = self._room.settings.limits.prompt_characters
            return Said("", form=dress.remix_form(clip, language, most=most))

        await self._answers.looking(interaction, work)

    async def _look(self, interaction: discord.Interaction, look: looks.Look, code: str) -> None:
        async def work(asker: Asker) -> Said:
            return await look(self._room, asker, await finding.by_code(self._room, asker, code))

        await self._answers.looking(interaction, work)

    async def _too_old(self, interaction: discord.Interaction) -> None:
        async def work(asker: Asker) -> Said:
            return Said(say(asker.member.language, "expired-button"))

        await self._answers.looking(interaction, work)
