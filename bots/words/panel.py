"""What an owner reads on the panel of a cameo; see bots/words/cameo.py for the rest."""

from bots.studio.cameo.seeing import Owned
from bots.words import say
from bots.words.tell import platform_name, shorten
from senses.values import Challenge
from storage.cameos import Cameo, Policy, StandingWith

#: Put after a digit it makes a key of it: nobody takes it for another.
_KEYCAP = "\ufe0f\u20e3"
#: Characters of the owner's own words in a panel.
OWN_WORDS = 200


def challenge(language: str, asked: Challenge, *, minutes: int, how: str) -> str:
    """What to say and do before the camera; `how` the film is handed in: form, chat or page."""
    digits = " ".join(f"{digit}{_KEYCAP}" for digit in asked.digits)
    turns = " · ".join(say(language, f"panel-turn-{turn}") for turn in asked.turns)
    asked_for = say(language, "panel-challenge", digits=digits, turns=turns)
    return f"{asked_for}\n{say(language, f'panel-challenge-{how}', minutes=minutes)}"


def home(language: str, found: Owned, *, questions: int) -> str:
    """A cameo at a glance."""
    cameo = found.cameo
    title = say(language, f"panel-title-{cameo.kind.value}", handle=cameo.handle or "?")
    lines = [title, policy(language, cameo), *own_words(language, cameo)]
    lines.append(say(language, "panel-clips", count=len(found.uses)))
    if questions:
        lines.append(say(language, "panel-questions", count=questions))
    return "\n".join([*lines, *owed(language, found)])


def owed(language: str, found: Owned) -> list[str]:
    """What still stands of clips that are gone; nothing where nothing does."""
    if not found.owed:
        return []
    platforms = dict.fromkeys(platform_name(language, each.platform) for each in found.owed)
    told = ", ".join(platforms)
    return [say(language, "cameo-owed", count=len(found.owed), platforms=told)]


def policy(language: str, cameo: Cameo) -> str:
    """Who may use it now, in one sentence."""
    first = "-first" if cameo.ask_first and cameo.policy is not Policy.ME else ""
    return say(language, f"panel-may-{cameo.policy.value}{first}")


def own_words(language: str, cameo: Cameo) -> list[str]:
    """What the owner wrote about it, a line each."""
    lines = []
    if cameo.looks:
        lines.append(say(language, "cameo-looks", words=shorten(cameo.looks, OWN_WORDS)))
    if cameo.restrictions:
        kept = shorten(cameo.restrictions, OWN_WORDS)
        lines.append(say(language, "cameo-restrictions", words=kept))
    return lines


def standing(language: str, with_: StandingWith | None) -> str:
    """Where somebody stands with the cameo."""
    return say(language, f"panel-standing-{with_.value if with_ else 'none'}")
