"""Names and descriptions of commands in the languages of Discord's apps, from the room's words."""

import discord
from discord import app_commands

from bots.words import language_of, say


def worded(key: str) -> app_commands.locale_str:
    """The English sentence of `key`, which the translator finds again in other languages."""
    return app_commands.locale_str(say("en", key), key=key)


class Translator(app_commands.Translator):
    """Gives Discord the French of what `worded` gave in English."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The words in the locale's language, None where it is not one of ours."""
        key = string.extras.get("key")
        if key is None or language_of(str(locale)) != "fr" or locale is not discord.Locale.french:
            return None
        return say("fr", key)
