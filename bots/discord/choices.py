"""What autocomplete offers, within Discord's bounds."""

from collections.abc import Mapping

from discord import app_commands

#: Discord: choices that autocomplete may offer.
MOST_CHOICES = 25
#: Discord: characters of a choice's name.
CHOICE_CHARACTERS = 100

Choices = list[app_commands.Choice[str]]


def choices(named: Mapping[str, str], typed: str) -> Choices:
    """Values whose names hold what was typed, as Discord takes them."""
    wanted = typed.strip().lower()
    fitting = [(value, name) for value, name in named.items() if wanted in name.lower()]
    return [
        app_commands.Choice(name=name[:CHOICE_CHARACTERS], value=value)
        for value, name in fitting[:MOST_CHOICES]
    ]
