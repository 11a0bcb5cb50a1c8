"""What a member is told about a clip alone: its chain, tree, facts, and whether it may go."""

from collections.abc import Awaitable, Callable, Mapping

from bots.buttons import Button
from bots.discord import dress
from bots.discord.whispers import Said
from bots.studio import deleting, looking, queue
from bots.studio.asker import Asker
from bots.studio.errors import ClipIsNotYours
from bots.words import say, tell
from storage.clips import Clip
from storage.room import Room

Look = Callable[[Room, Asker, Clip], Awaitable[Said]]


async def chain(room: Room, asker: Asker, clip: Clip) -> Said:
    """How the clip came to be."""
    return Said(tell.chain(asker.member.language, await looking.chain(room, asker, clip)))


async def tree(room: Room, asker: Asker, clip: Clip) -> Said:
    """All that grew from the clip's first clip."""
    return Said(tell.tree(asker.member.language, await looking.tree(room, asker, clip)))


async def info(room: Room, asker: Asker, clip: Clip) -> Said:
    """What the clip is."""
    return Said(tell.info(asker.member.language, await looking.info(room, clip)))


async def ask_to_delete(room: Room, asker: Asker, clip: Clip) -> Said:
    """Whether its maker is sure. Raises ClipIsNotYours."""
    if clip.member_id != asker.member.id:
        raise ClipIsNotYours(code=clip.code)
    language = asker.member.language
    return Said(say(language, "delete-sure", code=clip.code), dress.sure(clip.code, language))


async def delete(room: Room, asker: Asker, clip: Clip) -> Said:
    """The clip goes. Raises ClipIsNotYours."""
    await deleting.delete(room, asker, clip)
    return Said(say(asker.member.language, "deleted", code=clip.code))


async def cancel(room: Room, asker: Asker, clip: Clip | None) -> Said:
    """The clip, or the member's newest open one, is called off. Raises a Refusal."""
    called_off = await queue.cancel(room, asker, clip)
    return Said(say(asker.member.language, "cancelled", code=called_off.code))


async def ask_what_is_wrong(room: Room, asker: Asker, clip: Clip) -> Said:
    """The reasons to choose from, for who reports the clip."""
    language = asker.member.language
    text = say(language, "report-ask", code=clip.code)
    return Said(text, dress.reasons(clip.code, language))


BY_COMMAND: Mapping[str, Look] = {
    "chain": chain,
    "tree": tree,
    "info": info,
    "delete": ask_to_delete,
}
BY_BUTTON: Mapping[Button, Look] = {
    Button.CHAIN: chain,
    Button.TREE: tree,
    Button.INFO: info,
    Button.DELETE: ask_to_delete,
    Button.CANCEL: cancel,
    Button.REPORT: ask_what_is_wrong,
}
