"""Casting: from names in a plan to the cameos they stand for, from a missing consent to words.

Naming a handle is never enough: storage/consent.py decides, as the request is accepted.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from bots.studio import director
from bots.studio.asker import Asker
from bots.studio.director import ME
from bots.studio.errors import CameoKeptFromYou, CameoNotYours, NoCameoOfYours, NoSuchCameo
from storage import cameos
from storage.cameos import Cameo, CameoKind
from storage.consent import NoConsent, Why
from storage.plan import Plan
from storage.requests import Casting
from storage.room import Room


async def find(room: Room, asker: Asker, plan: Plan, *, ask: bool) -> list[Casting]:
    """The cameos that the plan names, each once. Raises NoSuchCameo or NoCameoOfYours.

    With `ask`, owners are asked whose policy does not cover the member.
    """
    read = room.database.read
    usable = {
        cameo.id
        for cameo in await cameos.usable_by(
            read, asker.member.id, space_id=asker.space.id, most=10_000
        )
    } if ask else set()  # fmt: skip
    found: dict[int, Casting] = {}
    for handle in plan.cast:
        cameo = await _called(room, asker, handle)
        found[cameo.id] = Casting(cameo, ask=ask and cameo.id not in usable)
    return list(found.values())


def including(plan: Plan, cameo: Cameo | None) -> Plan:
    """The plan with the cameo in its cast: who is in the picture it starts from plays in it."""
    if cameo is None or cameo.handle is None or cameo.handle in plan.cast:
        return plan
    return replace(plan, cast=(*plan.cast, cameo.handle))


async def by_name(room: Room, asker: Asker, words: str) -> str:
    """The words with "me" as the member's own handle: to whoever remixes them it means the same.

    Somebody without a cameo of themselves stays "me", and is refused when they are looked for.
    """
    own = await _of_themselves(room, asker)
    return director.by_name(words, own.handle) if own and own.handle else words


async def usable(room: Room, asker: Asker, typed: str, *, most: int = 25) -> list[Cameo]:
    """Cameos that the member may ask for here and whose handle begins so, their own first."""
    beginning = typed.strip().removeprefix("@").lower()
    known = await cameos.usable_by(
        room.database.read, asker.member.id, space_id=asker.space.id, most=10_000
    )
    found = [each for each in known if (each.handle or "").lower().startswith(beginning)]
    return found[:most]


@contextmanager
def refusing(cast: Sequence[Casting]) -> Iterator[None]:
    """Within it, a missing consent of one of the cast becomes the words for it."""
    try:
        yield
    except NoConsent as none:
        lack = none.lacks[0]
        handle = lack.handle or "?"
        if lack.why is Why.NOT_ALLOWED:
            cameo = next(each.cameo for each in cast if each.cameo.id == lack.cameo_id)
            raise CameoNotYours(
                handle=handle,
                restricted=int(bool(cameo.restrictions)),
                restrictions=cameo.restrictions,
            ) from none
        if lack.why is Why.GONE:
            raise NoSuchCameo(handle=handle) from none
        raise CameoKeptFromYou(handle=handle) from none


async def _called(room: Room, asker: Asker, handle: str) -> Cameo:
    read = room.database.read
    if handle != ME:
        cameo = await cameos.by_handle(read, handle)
        if cameo is None:
            raise NoSuchCameo(handle=handle)
        return cameo
    own = await _of_themselves(room, asker)
    if own is None:
        raise NoCameoOfYours()
    return own


async def _of_themselves(room: Room, asker: Asker) -> Cameo | None:
    mine = await cameos.of_member(room.database.read, asker.member.id)
    return mine[0] if mine and mine[0].kind is CameoKind.PERSON else None
