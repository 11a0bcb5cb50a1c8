"""Reports and moderation on Telegram: /report, /appeal and /mod, and their buttons.

A group's administrators moderate it; Telegram is asked at each command and each press. What waits
is shown to a moderator in private: a held clip is nobody else's to see.
"""

from dataclasses import replace

from telegram import (
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
)
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bots import moderation
from bots.buttons import MOST_DIGITS
from bots.studio import appealing, finding, moderating, reporting
from bots.studio.asker import Asker, Authority
from bots.studio.errors import NoSuchClip, NotAModerator
from bots.telegram import speaking
from bots.telegram.person import Person
from bots.telegram.places import CAPTION_CHARACTERS, TEXT_CHARACTERS, chat_of, cut
from bots.words import moderation as words
from bots.words import say
from storage import spaces
from storage.clips import Clip
from storage.reports import ReportReason
from storage.room import Room
from storage.sanctions import SanctionKind
from storage.spaces import Space, Strictness

#: Before a reason and a clip's code; before an act, a code and the space it is for.
REASON, ACT = "reason:", "mod:"
_ADMINISTRATORS = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


async def ask_what_is_wrong(bot: ExtBot[int], asker: Asker, message: Message, clip: Clip) -> None:
    """Put the reasons under the clip; nobody sees who presses one."""
    language = asker.member.language
    rows = [
        [
            InlineKeyboardButton(
                say(language, f"reason-{each.value}"),
                callback_data=f"{REASON}{each.value}:{clip.code}",
            )
        ]
        for each in ReportReason
    ]
    text = say(language, "report-ask", code=clip.code)
    await speaking.answer(bot, message, text, keys=InlineKeyboardMarkup(rows))


async def report(room: Room, asker: Asker, data: str) -> str:
    """A reason was pressed; returns the thanks. Raises a Refusal."""
    reason, _, code = data.removeprefix(REASON).partition(":")
    if reason not in set(ReportReason):
        raise NoSuchClip(code=code[:12])
    clip = await finding.by_code(room, asker, code)
    told = await reporting.report(room, asker, clip, reason=ReportReason(reason))
    return words.reported(asker.member.language, told)


async def appeal(room: Room, asker: Asker, said: str) -> str:
    """The member's words against a mute or a ban reach the moderators. Raises a Refusal."""
    await appealing.appeal(room, asker, said)
    return say(asker.member.language, "appealed")


async def obey(person: Person, clip: Clip | None, said: str) -> str:
    """Do what /mod and the words after it say; returns the answer. Raises a Refusal.

    `clip` is the one that the message replies to, which then need not be named.
    """
    if person.asker.space.private:
        return say(person.language, "mod-how")
    moderator = await _as_moderator(person)
    room, asker = moderator.room, moderator.asker
    act, _, rest = said.partition(" ")
    if not act:
        return await _show_what_waits(moderator)
    if act == "lift" and _is_id(rest.strip()):
        return await moderation.lift(room, asker, int(rest))
    if act in ("grant", "deny") and rest.strip():
        return await moderation.answer(room, asker, rest.strip(), grant=act == "grant")
    if act == "strictness" and rest.strip() in set(Strictness):
        return await moderation.set_strictness(room, asker, rest.strip())
    if clip is None:
        code, _, rest = rest.strip().partition(" ")
        if not code:
            return say(person.language, "mod-how")
        clip = await moderating.find(room, asker, code)
    if kind := _SANCTIONS.get(act):
        return await _sanction(moderator, clip, kind, rest)
    name = "takedown-all" if act == "takedown" and rest.strip() == "all" else act
    if name not in moderation.ACTS:
        return say(person.language, "mod-how")
    return await moderation.ACTS[name](room, asker, clip)


async def press(person: Person, data: str) -> str:
    """A moderator pressed a button; the next that waits follows. Raises a Refusal."""
    act, _, rest = data.removeprefix(ACT).partition(":")
    code, _, space_id = rest.partition(":")
    if act not in moderation.ACTS or not _is_id(space_id):
        return say(person.language, "expired-button")
    try:
        space = await spaces.get(person.room.database.read, int(space_id))
    except LookupError:
        return say(person.language, "expired-button")
    moderator = await _as_moderator(replace(person, asker=replace(person.asker, space=space)))
    clip = await moderating.find(person.room, moderator.asker, code)
    done = await moderation.ACTS[act](person.room, moderator.asker, clip)
    await _show_what_waits(moderator)
    return done


def _is_id(text: str) -> bool:
    """Whether the text could be the number of a row: what the other side sends may be anything."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


_SANCTIONS = {
    "warn": SanctionKind.WARNING,
    "mute": SanctionKind.MUTE,
    "ban": SanctionKind.BAN,
}


async def _sanction(moderator: Person, clip: Clip, kind: SanctionKind, rest: str) -> str:
    hours: float | None = None
    said = rest.strip()
    if kind is SanctionKind.MUTE:
        first, _, after = said.partition(" ")
        number = first.lower().removesuffix("h")
        known = number.isdecimal() and 0 < int(number) <= 8760
        hours, said = (int(number), after) if known else (moderation.USUAL_HOURS, said)
    said = said or say(moderator.language, "mod-usual-words")
    return await moderation.sanction(
        moderator.room, moderator.asker, clip, kind, said=said, hours=hours
    )


async def _as_moderator(person: Person) -> Person:
    """The person with what Telegram says they may decide in the group. Raises NotAModerator."""
    chat, _ = chat_of(person.asker.space.address)
    try:
        member = await person.bot.get_chat_member(chat, person.account)
    except (BadRequest, Forbidden) as error:
        raise NotAModerator() from error
    if member.status not in _ADMINISTRATORS:
        raise NotAModerator()
    return replace(person, asker=replace(person.asker, authority=Authority.SPACE))


async def _show_what_waits(moderator: Person) -> str:
    """Send the first clip that waits, and the appeals, to the moderator alone."""
    room, asker, language = moderator.room, moderator.asker, moderator.language
    cases = await moderating.queue(room, asker)
    appeals = await moderation.appeals(room, asker)
    if not cases and not appeals:
        return say(language, "mod-empty")
    try:
        if cases:
            await _send_case(moderator, cases)
        for text in appeals:
            await moderator.bot.send_message(moderator.account, cut(text, TEXT_CHARACTERS))
    except (Forbidden, BadRequest):
        # Bot API: a bot can't write to someone who never wrote to it.
        return say(language, "mod-alone")
    return say(language, "mod-sent")


async def _send_case(moderator: Person, cases: list[moderating.Case]) -> None:
    case, asker = cases[0], moderator.asker
    text = words.case(moderator.language, case, more=len(cases) - 1)
    keys = _keys(case, moderator.language, asker.space)
    path = moderator.room.media.path(case.clip.master) if case.clip.master else None
    if path is None or path.stat().st_size > asker.space.max_bytes:
        await moderator.bot.send_message(
            moderator.account, cut(text, TEXT_CHARACTERS), reply_markup=keys
        )
        return
    with path.open("rb") as film:
        await moderator.bot.send_video(
            moderator.account,
            InputFile(film, f"{case.clip.code}.mp4", read_file_handle=False),
            caption=cut(text, CAPTION_CHARACTERS),
            width=case.clip.width,
            height=case.clip.height,
            duration=max(1, round(case.clip.seconds or 1)),
            supports_streaming=True,
            reply_markup=keys,
        )


def _keys(case: moderating.Case, language: str, space: Space) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    say(language, f"mod-button-{act}"),
                    callback_data=f"{ACT}{act}:{case.clip.code}:{space.id}",
                )
            ]
            for act in moderation.offered(case)
        ]
    )
