"""What a moderator's command or button does, and the sentence that says it was done.

The same on every platform: each asks the studio once. Adapters find the clip and show the answer.
"""

from collections.abc import Awaitable, Callable, Mapping

from bots.studio import moderating
from bots.studio.asker import Asker
from bots.words import moderation as words
from bots.words import say
from storage import people
from storage.clips import Clip
from storage.room import Room
from storage.sanctions import SanctionKind
from storage.spaces import Strictness

#: Hours of the mute that is one press away.
USUAL_HOURS = 24

Act = Callable[[Room, Asker, Clip], Awaitable[str]]


async def release(room: Room, asker: Asker, clip: Clip) -> str:
    """A held clip is shown after all. Raises a Refusal, as all of these do."""
    await moderating.release(room, asker, clip)
    return say(asker.member.language, "mod-released", code=clip.code)


async def dismiss(room: Room, asker: Asker, clip: Clip) -> str:
    """Reports of a standing clip are set aside."""
    await moderating.dismiss(room, asker, clip)
    return say(asker.member.language, "mod-dismissed", code=clip.code)


async def hide(room: Room, asker: Asker, clip: Clip) -> str:
    """The clip leaves this space."""
    await moderating.hide(room, asker, clip)
    return say(asker.member.language, "mod-hidden", code=clip.code)


async def show(room: Room, asker: Asker, clip: Clip) -> str:
    """A hidden clip comes back."""
    await moderating.show(room, asker, clip)
    return say(asker.member.language, "mod-shown", code=clip.code)


async def take_down(room: Room, asker: Asker, clip: Clip, *, descendants: bool) -> str:
    """The clip goes everywhere, with what grew from it if so."""
    count = await moderating.take_down(room, asker, clip, descendants=descendants)
    return say(asker.member.language, "mod-taken-down", code=clip.code, count=count)


async def sanction(
    room: Room,
    asker: Asker,
    clip: Clip,
    kind: SanctionKind,
    *,
    said: str,
    hours: float | None = None,
) -> str:
    """The clip's maker is warned, muted or banned."""
    maker = await people.get(room.database.read, clip.member_id)
    made = await moderating.sanction(room, asker, maker, kind, words=said, hours=hours)
    return words.sanctioned(asker.member.language, made, name=maker.name)


async def lift(room: Room, asker: Asker, sanction_id: int) -> str:
    """A mute or a ban ends before its time."""
    lifted = await moderating.lift(room, asker, sanction_id)
    member = await people.get(room.database.read, lifted.member_id)
    return say(asker.member.language, "mod-lifted", name=member.name)


async def answer(room: Room, asker: Asker, code: str, *, grant: bool) -> str:
    """An appeal against a refusal is granted or not."""
    found = await moderating.answer(room, asker, code, grant=grant)
    member = await people.get(room.database.read, found.member_id)
    key = "mod-granted" if grant else "mod-denied"
    return say(asker.member.language, key, name=member.name)


async def set_strictness(room: Room, asker: Asker, level: str, *, for_adults: bool = False) -> str:
    """What may be asked for here is set. `level` is one of Strictness."""
    await moderating.set_strictness(room, asker, Strictness(level), for_adults=for_adults)
    return say(asker.member.language, f"mod-strictness-{level}")


async def appeals(room: Room, asker: Asker) -> list[str]:
    """What members say against mutes, bans and refusals, a paragraph each."""
    language = asker.member.language
    told = [words.appeal(language, each) for each in await moderating.appeals(room, asker)]
    for refused in await moderating.refused(room, asker):
        member = await people.get(room.database.read, refused.member_id)
        told.append(words.refused(language, refused, name=member.name))
    return told


async def _take_down_alone(room: Room, asker: Asker, clip: Clip) -> str:
    return await take_down(room, asker, clip, descendants=False)


async def _take_down_all(room: Room, asker: Asker, clip: Clip) -> str:
    return await take_down(room, asker, clip, descendants=True)


async def _mute(room: Room, asker: Asker, clip: Clip) -> str:
    said = say(asker.member.language, "mod-usual-words")
    return await sanction(room, asker, clip, SanctionKind.MUTE, said=said, hours=USUAL_HOURS)


#: What one press or one word does, by the name that stands in a button's data.
ACTS: Mapping[str, Act] = {
    "release": release,
    "dismiss": dismiss,
    "hide": hide,
    "show": show,
    "takedown": _take_down_alone,
    "takedown-all": _take_down_all,
    "mute": _mute,
}


def offered(case: moderating.Case) -> tuple[str, ...]:
    """The acts that stand under a clip that waits."""
    return ("release" if case.hold else "dismiss", "takedown", "takedown-all", "mute")
