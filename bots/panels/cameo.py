"""The cameo panel: what its owner sees, and the keys under it.

It puts the studio's answers into text and keys. It asks the studio nothing and changes nothing.
"""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from bots.panels.panel import ROW, Deed, Form, FormKind, How, Item, Key, Labelled, Panel
from bots.studio.cameo.asking import Question
from bots.studio.cameo.enrolling import Begun
from bots.studio.cameo.seeing import Overview, Owned
from bots.studio.errors import HandleTaken, HandleUnfit, Refusal
from bots.words import cameo as words
from bots.words import panel as sentences
from bots.words import say, tell
from storage.cameos import Cameo, CameoKind, Policy, StandingWith
from storage.people import Member

#: Clips on one page of the list, and people.
CLIPS_A_PAGE = 8
PEOPLE_A_PAGE = 12
#: What the export is called where it is saved.
EXPORT_NAME = "cameo.zip"
_T = TypeVar("_T")


def nothing_yet(language: str) -> Panel:
    """For someone without a cameo: what one is, and how to make one."""
    text = say(language, "panel-none")
    return Panel(text, rows=_rows([[(Deed.ENROLL, "")], [(Deed.PET, "")]], language))


def challenge(language: str, begun: Begun, *, how: How, handle: str) -> Panel:
    """What to do before the camera; `handle` is what the cameo may be called."""
    minutes = max(1, round((begun.expires_at - time.time()) / 60))
    text = sentences.challenge(language, begun.challenge, minutes=minutes, how=how)
    rows = [[(Deed.FILMED, "")]] if how is How.FORM else []
    form = Form(FormKind.FILM, handle=handle) if how is How.PAGE else None
    return Panel(text, rows=_rows(rows, language), form=form)


def home(language: str, overview: Overview, cameo_id: int = 0) -> Panel:
    """One cameo of the member's, the one of themselves if none is named."""
    if not overview.cameos:
        return nothing_yet(language)
    shown = owned_of(overview, cameo_id)
    cameo = shown.cameo
    asked = of_cameo(overview.questions, cameo)
    rows = [
        [(Deed.CLIPS, "0"), *([(Deed.QUESTIONS, "")] if asked else [])],
        [(Deed.POLICY, ""), (Deed.PEOPLE, "0")],
        [(Deed.WORDS, ""), (Deed.EXPORT, "")],
    ]
    last = [_key(language, Deed.ERASE, cameo)]
    if cameo.kind is CameoKind.PERSON:
        last.insert(0, Labelled(Key(Deed.ENROLL), say(language, "panel-key-anew")))
    others = [
        Labelled(Key(Deed.HOME, each.cameo.id), f"@{each.cameo.handle}")
        for each in overview.cameos
        if each.cameo.id != cameo.id
    ]
    others.append(_key(language, Deed.PET))
    if all(each.cameo.kind is not CameoKind.PERSON for each in overview.cameos):
        others.append(_key(language, Deed.ENROLL))
    text = sentences.home(language, shown, questions=len(asked))
    return Panel(text, rows=(*_rows(rows, language, cameo), tuple(last), *_folded(others)))


def enrolled(language: str, cameo: Cameo, still: bytes | None, *, alone: bool) -> Panel:
    """A cameo that was just made: its picture, and who may use it."""
    key = "panel-made" if cameo.kind is CameoKind.PERSON else "panel-made-thing"
    if cameo.policy is not Policy.ME:
        key = "panel-made-again"
    text = "\n".join(
        (say(language, key, handle=cameo.handle or "?"), sentences.policy(language, cameo))
    )
    return Panel(text, rows=_policy_keys(language, cameo, alone=alone), picture=still)


def exported(language: str, cameo: Cameo, archive: bytes) -> Panel:
    """All that is kept about the owner, as a file."""
    back = (_key(language, Deed.HOME, cameo),)
    return Panel(say(language, "panel-exported"), rows=(back,), file=(EXPORT_NAME, archive))


def unfit(language: str, refused: Refusal, *, how: How) -> Panel:
    """Why a film or the name for it won't do, and how to go on."""
    named = how is How.CHAT and isinstance(refused, HandleTaken | HandleUnfit)
    on = "panel-film-rename" if named else f"panel-try-{how}"
    text = f"{tell.refusal(language, refused)}\n{say(language, on)}"
    again = [[(Deed.FILMED, "")], [(Deed.ENROLL, "")]] if how is How.FORM else [[(Deed.ENROLL, "")]]
    return Panel(text, rows=_rows(again, language))


def unfit_thing(language: str, refused: Refusal) -> Panel:
    """Why a pet or a thing can't be enrolled so, and how to go on."""
    rows = _rows([[(Deed.PET, "")], [(Deed.HOME, "")]], language)
    return Panel(tell.refusal(language, refused), rows=rows)


def policies(language: str, cameo: Cameo, *, alone: bool) -> Panel:
    """Who may use the cameo, and the other choices; `alone` with the bot nobody is "here"."""
    title = say(language, "panel-who", handle=cameo.handle or "?")
    text = f"{title}\n{sentences.policy(language, cameo)}"
    if alone:
        text += f"\n{say(language, 'panel-space-how')}"
    return Panel(text, rows=_policy_keys(language, cameo, alone=alone))


def clips(language: str, shown: Owned, page: int) -> Panel:
    """The clips that hold the cameo, each with a key that takes it back."""
    cameo = shown.cameo
    title = say(language, "panel-clips-title", handle=cameo.handle or "?", count=len(shown.uses))
    here, turning = _page(shown.uses, Deed.CLIPS, cameo, page, CLIPS_A_PAGE)
    items = [
        Item(
            words.use(language, each),
            Labelled(Key(Deed.TAKE_BACK, cameo.id, each.clip.code), f"🗑 {each.clip.code}"),
            clip=each.clip.code,
        )
        for each in here
    ]
    last = [_key(language, Deed.HOME, cameo)]
    if any(each.maker.id != cameo.member_id for each in shown.uses):
        last.append(_key(language, Deed.EVERYTHING, cameo))
    text = "\n".join([title, *sentences.owed(language, shown)])
    return Panel(text, tuple(items), (*turning, tuple(last)))


def people(language: str, shown: Owned, page: int, *, how: How) -> Panel:
    """Who was let in, is kept out, or made clips with the cameo."""
    cameo = shown.cameo
    known = people_of(shown)
    back = (_key(language, Deed.HOME, cameo),)
    hint = say(language, f"panel-people-{how.value}")
    if not known:
        return Panel(f"{say(language, 'panel-nobody')}\n{hint}", rows=(back,))
    here, turning = _page(known, Deed.PEOPLE, cameo, page, PEOPLE_A_PAGE)
    items = [
        Item(
            _person_line(language, shown, member),
            Labelled(Key(Deed.PERSON, cameo.id, str(member.id)), member.name[:30]),
        )
        for member in here
    ]
    title = say(language, "panel-people-title", handle=cameo.handle or "?")
    return Panel(f"{title}\n{hint}", tuple(items), (*turning, back))


def person(language: str, shown: Owned, member: Member) -> Panel:
    """One person, and what the owner can say about them."""
    cameo = shown.cameo
    standing = standing_of(shown, member.id)
    arg = str(member.id)
    deeds = [Deed.LET_IN, Deed.KEEP_OUT]
    if standing is StandingWith.GRANTED:
        deeds = [Deed.FORGET, Deed.KEEP_OUT]
    elif standing is StandingWith.BLOCKED:
        deeds = [Deed.LET_IN, Deed.FORGET]
    text = _person_line(language, shown, member)
    rows = [tuple(_key(language, deed, cameo, arg) for deed in deeds)]
    if standing is StandingWith.GRANTED and cameo.policy is Policy.ME:
        text += f"\n{say(language, 'panel-in-but-me')}"
        label = say(language, f"panel-policy-{Policy.APPROVED.value}")
        rows.append((Labelled(Key(Deed.POLICY, cameo.id, Policy.APPROVED.value), label),))
    if _made_by(shown, member.id):
        rows.append((_key(language, Deed.TAKE_BACK_FROM, cameo, arg),))
    rows.append((_key(language, Deed.PEOPLE, cameo, "0"),))
    return Panel(text, rows=tuple(rows))


def questions(language: str, cameo: Cameo, asked: Sequence[Question], film: Path | None) -> Panel:
    """The oldest question about the cameo that waits for its owner, with its answers.

    `film` is the draft that it is about.
    """
    waiting = of_cameo(asked, cameo)
    back = (_key(language, Deed.HOME, cameo),)
    if not waiting:
        return Panel(say(language, "panel-no-questions"), rows=(back,))
    first = waiting[0]
    text = words.question(language, first)
    if left := len(waiting) - 1:
        text += "\n" + say(language, "panel-questions-left", count=left)
    shown = (first.clip.code, film) if film else None
    return Panel(text, rows=(*_answers(language, first), back), film=shown)


def of_cameo(asked: Sequence[Question], cameo: Cameo) -> list[Question]:
    """The questions that are about the cameo."""
    return [each for each in asked if each.cameo.id == cameo.id]


def _answers(language: str, asked: Question) -> tuple[tuple[Labelled, ...], ...]:
    """The keys that answer a question."""
    # The stage goes along, so that a yes to a prompt is never one to a draft.
    code, cameo = f"{asked.clip.code}-{asked.stage}", asked.cameo
    return (
        (_key(language, Deed.YES, cameo, code), _key(language, Deed.NO, cameo, code)),
        (_key(language, Deed.NO_AND_BLOCK, cameo, code),),
    )


def sure(language: str, key: Key, text: str, *, back: Key) -> Panel:
    """Whether the member is sure of a deed that can't be taken back."""
    yes = Labelled(
        Key(key.deed, key.cameo, key.arg, sure=True), say(language, "panel-key-sure"), grave=True
    )
    no = Labelled(back, say(language, "panel-key-keep"))
    return Panel(text, rows=((yes,), (no,)))


def words_form(cameo: Cameo) -> Panel:
    """The form for looks and restrictions."""
    form = Form(FormKind.WORDS, cameo.id, cameo.handle or "", cameo.looks, cameo.restrictions)
    return Panel("", form=form)


def owned_of(overview: Overview, cameo_id: int) -> Owned:
    """The cameo of that id among the member's, else their first."""
    return next((each for each in overview.cameos if each.cameo.id == cameo_id), overview.cameos[0])


def standing_of(shown: Owned, member_id: int) -> StandingWith | None:
    """Where a member stands with the cameo."""
    return next((each for member, each in shown.people if member.id == member_id), None)


def people_of(shown: Owned) -> list[Member]:
    """Those let in or kept out, then those who made clips with it."""
    found = {member.id: member for member, _ in shown.people}
    for each in shown.uses:
        if each.maker.id != shown.cameo.member_id:
            found.setdefault(each.maker.id, each.maker)
    return list(found.values())


def _made_by(shown: Owned, member_id: int) -> int:
    return sum(each.maker.id == member_id for each in shown.uses)


def _person_line(language: str, shown: Owned, member: Member) -> str:
    return say(
        language,
        "panel-person",
        name=member.name,
        standing=sentences.standing(language, standing_of(shown, member.id)),
        count=_made_by(shown, member.id),
    )


def _policy_keys(language: str, cameo: Cameo, *, alone: bool) -> tuple[tuple[Labelled, ...], ...]:
    rows: list[tuple[Labelled, ...]] = []
    for policy in Policy:
        if policy is Policy.SPACE and alone:
            continue
        mark = "✓ " if policy is cameo.policy else ""
        label = mark + say(language, f"panel-policy-{policy.value}")
        rows.append((Labelled(Key(Deed.POLICY, cameo.id, policy.value), label),))
    if cameo.policy is not Policy.ME:
        mark = "✓ " if cameo.ask_first else ""
        label = mark + say(language, "panel-ask-first")
        rows.append(
            (Labelled(Key(Deed.ASK_FIRST, cameo.id, str(int(not cameo.ask_first))), label),)
        )
    # Discord: five rows.
    home = _key(language, Deed.HOME, cameo)
    rows[-1] = (*rows[-1], home)
    return tuple(rows)


def _page(
    all_: Sequence[_T], deed: Deed, cameo: Cameo, page: int, size: int
) -> tuple[Sequence[_T], tuple[tuple[Labelled, ...], ...]]:
    """What stands on one page, and the keys that turn it."""
    last = max(0, (len(all_) - 1) // size)
    page = min(page, last)
    turns = [(page - 1, "◀")] if page else []
    turns += [(page + 1, "▶")] if page < last else []
    keys = tuple(Labelled(Key(deed, cameo.id, str(number)), label) for number, label in turns)
    return all_[page * size : (page + 1) * size], (keys,) if keys else ()


def _rows(
    rows: Iterable[Iterable[tuple[Deed, str]]], language: str, cameo: Cameo | None = None
) -> tuple[tuple[Labelled, ...], ...]:
    return tuple(tuple(_key(language, deed, cameo, arg) for deed, arg in row) for row in rows)


def _folded(keys: list[Labelled]) -> tuple[tuple[Labelled, ...], ...]:
    return tuple(tuple(keys[at : at + ROW]) for at in range(0, len(keys), ROW))


def _key(language: str, deed: Deed, cameo: Cameo | None = None, arg: str = "") -> Labelled:
    grave = deed in (Deed.ERASE, Deed.EVERYTHING, Deed.NO_AND_BLOCK, Deed.TAKE_BACK_FROM)
    key = Key(deed, cameo.id if cameo else 0, arg)
    return Labelled(key, say(language, f"panel-key-{deed.value}"), grave=grave)
