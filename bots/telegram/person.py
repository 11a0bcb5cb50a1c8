"""Who wrote or pressed on Telegram, where, and how they are reached alone."""

from dataclasses import dataclass

from telegram.ext import ExtBot

from bots.studio.asker import Asker
from storage.room import Room


@dataclass(frozen=True)
class Person:
    """A person in one place, with what it takes to answer them."""

    room: Room
    bot: ExtBot[int]
    asker: Asker
    #: Telegram's id of them, which is also that of their private chat.
    account: int

    @property
    def language(self) -> str:
        """ "en" or "fr"."""
        return self.asker.member.language
