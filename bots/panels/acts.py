"""Pressing a key of the cameo panel: one question to the studio, and the panel that follows.

It decides nothing: what may be done is the studio's to say, and what takes clips down is asked
about first.
"""

import re
import unicodedata
from dataclasses import replace

from bots.buttons import Button, Press
from bots.panels import cameo as panels
from bots.panels.panel import Deed, Form, FormKind, How, Key, Panel
from bots.studio.asker import Asker
from bots.studio.cameo import (
    asking,
    enrolling,
    exporting,
    handles,
    owning,
    seeing,
    taking_back,
)
from bots.studio.cameo.seeing import Owned
from bots.studio.errors import HandleUnfit, OnlyForAdults, Refusal, SureToNarrow
from bots.studio.pictures import Fetch
from bots.words import cameo as words
from bots.words import say
from storage import cameos, people
from storage.approvals import Stage
from storage.cameos import Cameo, CameoKind, Policy
from storage.people import Member
from storage.room import Room
from storage.spaces import Space


async def home(room: Room, asker: Asker, cameo_id: int = 0) -> Panel:
    """Where the panel begins."""
    return panels.home(asker.member.language, await seeing.overview(room, asker), cameo_id)


async def press(room: Room, asker: Asker, key: Key, *, how: How) -> Panel:
    """What follows a pressed key. Raises a Refusal."""
    language = asker.member.language
    match key.deed:
        case Deed.HOME:
            return await home(room, asker, key.cameo)
        case Deed.ENROLL:
            begun = await enrolling.begin(room, asker)
            handle = await suggested(room, asker)
            return panels.challenge(language, begun, how=how, handle=handle)
        case Deed.FILMED:
            return Panel("", form=Form(FormKind.FILM, handle=await suggested(room, asker)))
        case Deed.PET:
            return Panel(say(language, "panel-pet-how"), form=Form(FormKind.THING, key.cameo))
        case _:
            return await _on_cameo(room, asker, key, how)


async def enroll(
    room: Room,
    asker: Asker,
    film: Fetch,
    *,
    handle: str,
    adult: bool,
    home: Space,
    how: How,
) -> Panel:
    """The member's cameo of themselves, or what to do better. Raises OnlyForAdults."""
    language = asker.member.language
    try:
        cameo = await enrolling.person(room, asker, film, handle=handle, adult=adult, home=home)
    except OnlyForAdults:
        raise
    except Refusal as refused:
        return panels.unfit(language, refused, how=how)
    still = await seeing.picture_of(room, asker, cameo)
    return panels.enrolled(language, cameo, still, alone=asker.space.private)


async def enroll_thing(
    room: Room, asker: Asker, file: Fetch, *, kind: CameoKind, handle: str, home: Space
) -> Panel:
    """A cameo of a pet or a thing of the member's, or why there is none."""
    language = asker.member.language
    try:
        cameo = await enrolling.thing(room, asker, file, kind=kind, handle=handle, home=home)
    except Refusal as refused:
        return panels.unfit_thing(language, refused)
    still = await seeing.picture_of(room, asker, cameo)
    return panels.enrolled(language, cameo, still, alone=asker.space.private)


async def word(
    room: Room, asker: Asker, cameo_id: int, *, looks: str | None, restrictions: str | None
) -> Panel:
    """Keep what the owner says about their cameo; None leaves it as it is. Raises a Refusal."""
    cameo = await owning.by_id(room, asker, cameo_id)
    await owning.set_words(
        room,
        asker,
        cameo,
        looks=cameo.looks if looks is None else looks,
        restrictions=cameo.restrictions if restrictions is None else restrictions,
    )
    return await home(room, asker, cameo.id)


async def answer(room: Room, asker: Asker, press: Press) -> str:
    """An owner answers a question that came to them; what they read then. Raises a Refusal."""
    stages = {Button.APPROVE: Stage.PROMPT, Button.APPROVE_DRAFT: Stage.DRAFT}
    given = await asking.answer(
        room,
        asker,
        press.code,
        press.cameo or 0,
        yes=press.button in stages,
        block=press.button is Button.REFUSE_AND_BLOCK,
        stage=stages.get(press.button),
    )
    return words.answered(asker.member.language, given)


async def suggested(room: Room, asker: Asker) -> str:
    """What a cameo of the member might be called: as it is now, else about as they are."""
    read, member = room.database.read, asker.member
    own = await cameos.of_member(read, member.id)
    if own and own[0].kind is CameoKind.PERSON:
        return own[0].handle or ""
    plain = unicodedata.normalize("NFKD", member.name).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", plain).strip("_").lower()
    for candidate in (name[: handles.LONGEST], f"{name[:12]}_{member.id}", f"cameo_{member.id}"):
        try:
            if await cameos.by_handle(read, handles.fit(candidate)) is None:
                return candidate
        except HandleUnfit:
            continue
    return ""


async def _on_cameo(room: Room, asker: Asker, key: Key, how: How) -> Panel:
    cameo = await _own(room, asker, key.cameo)
    language = asker.member.language
    key = replace(key, cameo=cameo.id)
    match key.deed:
        case Deed.CLIPS:
            return panels.clips(language, await seeing.owned(room, cameo), _number(key.arg))
        case Deed.PEOPLE:
            shown = await seeing.owned(room, cameo)
            return panels.people(language, shown, _number(key.arg), how=how)
        case Deed.QUESTIONS:
            return await _questions(room, asker, cameo)
        case Deed.POLICY | Deed.ASK_FIRST:
            return await _policy(room, asker, cameo, key)
        case Deed.WORDS:
            return panels.words_form(cameo)
        case Deed.EXPORT:
            return panels.exported(language, cameo, await _archive(room, asker, how))
        case Deed.YES | Deed.NO | Deed.NO_AND_BLOCK:
            return await _answer(room, asker, cameo, key)
        case Deed.PERSON | Deed.LET_IN | Deed.KEEP_OUT | Deed.FORGET:
            return await _person(room, asker, cameo, key, how)
        case _:
            return await _take_back(room, asker, cameo, key, how)


async def _archive(room: Room, asker: Asker, how: How) -> bytes:
    """All that is kept; nothing where the page will get it from an address of its own."""
    if how is How.PAGE:
        return b""
    most = min(exporting.MOST_FILM_BYTES, asker.space.max_bytes * 3 // 4)
    return await exporting.archive(room, asker, most_bytes=most)


async def _own(room: Room, asker: Asker, cameo_id: int) -> Cameo:
    """The member's cameo of that number; 0 is that of themselves."""
    if cameo_id == 0:
        return await owning.mine(room, asker, None)
    return await owning.by_id(room, asker, cameo_id)


async def _policy(room: Room, asker: Asker, cameo: Cameo, key: Key) -> Panel:
    language = asker.member.language
    if key.deed is Deed.POLICY and key.arg not in set(Policy):
        return panels.policies(language, cameo, alone=asker.space.private)
    policy = Policy(key.arg) if key.deed is Deed.POLICY else cameo.policy
    ask_first = key.arg == "1" if key.deed is Deed.ASK_FIRST else cameo.ask_first
    try:
        await owning.set_policy(
            room, asker, cameo, policy=policy, ask_first=ask_first, sure=key.sure
        )
    except SureToNarrow as narrow:
        text = say(language, "panel-sure-narrow", count=int(narrow.figures["count"]))
        return panels.sure(language, key, text, back=Key(Deed.POLICY, cameo.id))
    now = await cameos.get(room.database.read, cameo.id)
    return panels.policies(language, now, alone=asker.space.private)


async def _questions(room: Room, asker: Asker, cameo: Cameo) -> Panel:
    asked = panels.of_cameo(await asking.open(room, asker), cameo)
    draft = asked[0].clip if asked and asked[0].stage is Stage.DRAFT else None
    sha256 = (draft.posted or draft.master) if draft else None
    film = room.media.path(sha256) if sha256 else None
    return panels.questions(asker.member.language, cameo, asked, film)


async def _answer(room: Room, asker: Asker, cameo: Cameo, key: Key) -> Panel:
    code, _, stage = key.arg.partition("-")
    await asking.answer(
        room,
        asker,
        code,
        cameo.id,
        yes=key.deed is Deed.YES,
        block=key.deed is Deed.NO_AND_BLOCK,
        stage=Stage(stage) if stage in set(Stage) else None,
    )
    return await _questions(room, asker, cameo)


async def _person(room: Room, asker: Asker, cameo: Cameo, key: Key, how: How) -> Panel:
    member = await _somebody(room, cameo, key, how)
    if member is None:
        return await _on_cameo(room, asker, Key(Deed.PEOPLE, cameo.id), how)
    if key.deed is Deed.LET_IN:
        await owning.let_in(room, asker, cameo, member)
    elif key.deed is Deed.KEEP_OUT:
        await owning.keep_out(room, asker, cameo, member)
    elif key.deed is Deed.FORGET:
        await owning.forget(room, asker, cameo, member)
    return panels.person(asker.member.language, await seeing.owned(room, cameo), member)


async def _somebody(room: Room, cameo: Cameo, key: Key, how: How) -> Member | None:
    """Whom the key means; None for nobody, or who was linked to another member since.

    What the page sends may be made up: there it is only whom the cameo has to do with.
    """
    number = _number(key.arg)
    if how is How.PAGE:
        known = panels.people_of(await seeing.owned(room, cameo))
        return next((each for each in known if each.id == number), None)
    try:
        return await people.get(room.database.read, number)
    except LookupError:
        return None


async def _take_back(room: Room, asker: Asker, cameo: Cameo, key: Key, how: How) -> Panel:
    """What takes clips down, after a second press."""
    language = asker.member.language
    if not key.sure:
        return _ask_if_sure(language, await seeing.owned(room, cameo), key)
    if key.deed is Deed.ERASE:
        count = await taking_back.erase(room, asker, cameo)
        return Panel(say(language, "panel-erased", count=count))
    if key.deed is Deed.EVERYTHING:
        await taking_back.everything(room, asker, cameo)
    elif key.deed is Deed.TAKE_BACK_FROM:
        if member := await _somebody(room, cameo, key, how):
            await taking_back.member(room, asker, cameo, member)
    else:
        clip = await taking_back.by_code(room, asker, key.arg, cameo)
        await taking_back.clip(room, asker, clip, cameo)
    return panels.clips(language, await seeing.owned(room, cameo), 0)


def _ask_if_sure(language: str, shown: Owned, key: Key) -> Panel:
    cameo = shown.cameo
    by_others = sum(each.maker.id != cameo.member_id for each in shown.uses)
    theirs = sum(str(each.maker.id) == key.arg for each in shown.uses)
    back = Key(Deed.CLIPS, cameo.id, "0")
    match key.deed:
        case Deed.ERASE:
            handle, back = cameo.handle or "?", Key(Deed.HOME, cameo.id)
            text = say(language, "panel-sure-erase", handle=handle, count=len(shown.uses))
        case Deed.EVERYTHING:
            text = say(language, "panel-sure-all", count=by_others)
        case Deed.TAKE_BACK_FROM:
            text = say(language, "panel-sure-from", count=theirs)
            back = Key(Deed.PERSON, cameo.id, key.arg)
        case _:
            text = say(language, "panel-sure-clip", code=key.arg)
    return panels.sure(language, key, text, back=back)


def _number(arg: str) -> int:
    """A page or an id that came with a key; what is none is 0."""
    return int(arg) if arg.isdecimal() and len(arg) < 12 else 0
