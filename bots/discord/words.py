"""Commands as Discord's apps show them: named and described from the room's words."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bots.words import language_of, say


def worded(key: str) -> app_commands.locale_str:
    """The English sentence of `key`, which the translator finds again in other languages."""
    return app_commands.locale_str(say("en", key), key=key)


_C = TypeVar("_C")
Callback = Callable[..., Awaitable[None]]


def described(
    name: str, callback: Callback, options: tuple[str, ...], *, description: str | None = None
) -> app_commands.Command[Any, ..., None]:
    """A command described by the words `command-…`, its options by `option-…`."""
    told = app_commands.describe(**{each: worded(f"option-{each}") for each in options})
    return app_commands.Command(
        name=name,
        description=worded(description or f"command-{name}"),
        callback=told(callback),  # type: ignore[arg-type]
    )


def everywhere(command: _C) -> _C:
    """Installed by servers and by people; used in servers and any conversation."""
    installs = app_commands.allowed_installs(guilds=True, users=True)
    contexts = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    return contexts(installs(command))


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
