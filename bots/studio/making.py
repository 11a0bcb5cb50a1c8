"""Making clips: create, remix, vary, extend. Each ends in one transaction that accepts the request.

It relies on the director for the plan and on storage for the rest. It never renders and never
writes to a chat: the engine and the outbox take it from the rows.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bots.studio import (
    appealing,
    casting,
    choosing,
    director,
    finding,
    judging,
    limits,
    picture_checks,
    pictures,
)
from bots.studio.asker import Asker
from bots.studio.cameo import restricting
from bots.studio.director import rewriting
from bots.studio.errors import (
    CastNotTaken,
    FilmTooLong,
    NoWords,
    PictureNeedsWords,
    PictureNotTaken,
    PictureNotUsed,
)
from bots.studio.options import SEEDS, Options, parse
from bots.studio.pictures import Fetch
from storage import media, offers, requests, timings
from storage.cameos import Cameo
from storage.clips import Clip, ClipKind, NewClip
from storage.media import Media
from storage.offers import Offer
from storage.plan import Plan
from storage.requests import Accepted
from storage.room import Room
from storage.rules import Decision

#: GPU seconds of a clip when no engine has ever said.
UNKNOWN_COST = 10.0


@dataclass(frozen=True)
class Ask:
    """How a request came in."""

    #: The platform's id of it: the same request again is the same clip.
    key: str
    #: The platform's id of the message that asked, for the post to reply to.
    reply_to: str | None = None
    #: A way to answer that expires, kept for the platform's adapter.
    handle: Mapping[str, str] | None = None
    #: Options given beside the words (a slash command's); they win over those in the words.
    options: Options = field(default_factory=Options)
    #: False where nothing is to be posted (the API).
    post: bool = True
    #: Gets the picture that came along, to start from.
    picture: Fetch | None = None
    #: The member wants owners asked whose policy does not cover them.
    ask_owners: bool = False


async def create(room: Room, asker: Asker, words: str, ask: Ask) -> Accepted:
    """A first clip from words. Raises a Refusal."""
    limits.check_length(words, room.settings.limits)
    known = await offers.all_known(room.database.read)
    prompt, options = parse(words, _styles(known))
    options = ask.options.over(options)
    if not prompt:
        raise PictureNeedsWords() if ask.picture else NoWords()
    offer = await choosing.choose(
        room.database.read, known, options, room.settings.preset, ClipKind.CREATE
    )
    plan = director.plan(await casting.by_name(room, asker, prompt), options, offer)
    decision = await _judge(room, asker, ask, words, plan)
    picture, pictured = await _picture(room, asker, ask, offer)
    plan = casting.including(plan, pictured)
    wish = _Wish(ClipKind.CREATE, words, plan, options, offer, decision, picture=picture)
    return await _accept(room, asker, ask, wish)


async def remix(room: Room, asker: Asker, parent: Clip, words: str, ask: Ask) -> Accepted:
    """A remix of a finished clip by an instruction. Raises a Refusal."""
    return await _from_parent(room, asker, parent, words, ask, ClipKind.REMIX, director.remix_plan)


async def rewrite(room: Room, asker: Asker, parent: Clip, words: str, ask: Ask) -> Accepted:
    """A remix by words that take the place of the parent's. Raises a Refusal."""
    direct = director.rewritten_plan
    return await _from_parent(room, asker, parent, words, ask, ClipKind.REMIX, direct)


async def vary(room: Room, asker: Asker, parent: Clip, ask: Ask) -> Accepted:
    """The same words with another seed. Raises a Refusal."""
    await finding.parent(room, asker, parent)
    if ask.picture:
        raise PictureNotUsed()
    read = room.database.read
    known = await offers.all_known(read)
    offer = await choosing.choose(read, known, ask.options, parent.preset, ClipKind.VARIATION)
    plan = director.variation_plan(parent.plan)
    # The space may be another one, and stricter.
    decision = await _judge(room, asker, ask, parent.words, plan, parent)
    # What was made from a picture is made from it again.
    picture = await media.find(read, parent.picture) if parent.picture else None
    wish = _Wish(
        ClipKind.VARIATION, parent.words, plan, ask.options, offer, decision, parent, picture
    )
    return await _accept(room, asker, ask, wish)


async def extend(room: Room, asker: Asker, parent: Clip, words: str, ask: Ask) -> Accepted:
    """The clip going on where it ended, with or without new words. Raises a Refusal."""
    most = room.settings.limits.film_seconds
    if ask.picture:
        raise PictureNotUsed()

    def direct(before: Plan, words: str, options: Options, offer: Offer | None) -> Plan:
        plan = director.extension_plan(before, words, options, offer)
        if (parent.seconds or before.seconds) + plan.seconds > most:
            raise FilmTooLong(code=parent.code, most=most)
        return plan

    return await _from_parent(room, asker, parent, words, ask, ClipKind.EXTENSION, direct)


@dataclass(frozen=True)
class _Wish:
    kind: ClipKind
    words: str
    plan: Plan
    options: Options
    offer: Offer | None
    #: None for a request that was accepted before.
    decision: Decision | None
    parent: Clip | None = None
    #: What it starts from, in the media folder.
    picture: Media | None = None


async def _from_parent(
    room: Room,
    asker: Asker,
    parent: Clip,
    words: str,
    ask: Ask,
    kind: ClipKind,
    direct: Callable[[Plan, str, Options, Offer | None], Plan],
) -> Accepted:
    await finding.parent(room, asker, parent)
    limits.check_length(words, room.settings.limits)
    known = await offers.all_known(room.database.read)
    instruction, options = parse(words, _styles(known))
    options = ask.options.over(options)
    if not instruction and options.style:
        instruction = f"{options.style} style"
    if not instruction and kind is ClipKind.REMIX:
        raise PictureNeedsWords() if ask.picture else NoWords()
    offer = await choosing.choose(room.database.read, known, options, parent.preset, kind)
    instruction = await casting.by_name(room, asker, instruction)
    plan = direct(parent.plan, instruction, options, offer)
    if direct is director.remix_plan:
        remix = rewriting.Remix(parent.plan, instruction, options, offer, plan)
        plan = await rewriting.reworded(remix, room.settings.director.model)
    decision = await _judge(room, asker, ask, words, plan, parent)
    picture, pictured = await _picture(room, asker, ask, offer)
    plan = casting.including(plan, pictured)
    wish = _Wish(kind, words, plan, options, offer, decision, parent, picture)
    return await _accept(room, asker, ask, wish)


async def _judge(
    room: Room, asker: Asker, ask: Ask, words: str, plan: Plan, parent: Clip | None = None
) -> Decision | None:
    """What the check of all the words decided, those of the parent included. Raises a Refusal."""
    return await judging.judge(
        room,
        asker,
        words,
        plan,
        request_key=ask.key,
        parent=parent.plan if parent else None,
        picture=ask.picture is not None or bool(parent and parent.picture),
    )


async def _picture(
    room: Room, asker: Asker, ask: Ask, offer: Offer | None
) -> tuple[Media | None, Cameo | None]:
    """The picture that came along, in the media folder, and the asker's cameo if it shows them.

    Raises a Refusal.
    """
    if ask.picture is None:
        return None, None
    if offer and not offer.takes_picture:
        known = await offers.all_known(room.database.read)
        able = choosing.names(each for each in known if each.takes_picture)
        raise PictureNotTaken(title=offer.title, offered=able or "none")
    # Who may ask for nothing now need not fill the disk either.
    await limits.check(room.database.read, asker, room.settings.limits, now=time.time())
    kept = await pictures.keep(room, await ask.picture())
    return kept, await picture_checks.check(room, asker, kept)


async def _accept(room: Room, asker: Asker, ask: Ask, wish: _Wish) -> Accepted:
    preset = wish.offer.preset if wish.offer else wish.options.preset or room.settings.preset
    seed = wish.options.seed if wish.options.seed is not None else secrets.randbelow(SEEDS)
    await appealing.show_warning(room, asker)
    cast = await casting.find(room, asker, wish.plan, ask=ask.ask_owners)
    await _check_cast(room, wish.offer, len(cast))
    for each in cast:
        restricting.check(each.cameo, wish.plan, maker=asker.member.id)
    new = NewClip(
        member_id=asker.member.id,
        space_id=asker.space.id,
        kind=wish.kind,
        words=wish.words,
        plan=replace(wish.plan, cast=tuple(each.cameo.handle or "" for each in cast)),
        preset=preset,
        seed=seed,
        request_key=ask.key,
        parent=wish.parent,
        picture=wish.picture.sha256 if wish.picture else None,
        decision=wish.decision,
    )
    cost = await _cost(room, wish)
    now = time.time()
    async with room.database.transaction() as tx:
        if not await requests.known(tx, ask.key):
            await appealing.check(tx, asker, now=now)
            await limits.check(tx, asker, room.settings.limits, now=now)
        if wish.picture:
            await media.record(tx, wish.picture, now=now)
        with casting.refusing(cast):
            return await requests.accept(
                tx,
                new,
                cost=cost,
                max_bytes=asker.space.max_bytes if ask.post else None,
                reply_to=ask.reply_to,
                handle=ask.handle,
                cast=cast,
                now=now,
            )


async def _check_cast(room: Room, offer: Offer | None, count: int) -> None:
    """Raise CastNotTaken where the preset can't show so many of them."""
    if offer is None or count <= offer.takes_cast:
        return
    known = await offers.all_known(room.database.read)
    able = sorted(each.preset for each in known if each.takes_cast >= count)
    raise CastNotTaken(title=offer.title, most=offer.takes_cast, offered=", ".join(able) or "none")


async def _cost(room: Room, wish: _Wish) -> float:
    """GPU seconds expected, from the timings of this machine."""
    if wish.offer is None:
        return UNKNOWN_COST
    width, height = wish.offer.sizes[wish.plan.aspect]
    frames = round(wish.plan.seconds * wish.offer.fps)
    work = timings.work(width=width, height=height, frames=frames, steps=wish.offer.steps)
    otherwise = wish.offer.expected * wish.plan.seconds / wish.offer.usual
    return await timings.estimate(
        room.database.read, wish.offer.preset, work=work, otherwise=otherwise
    )


def _styles(known: list[Offer]) -> set[str]:
    return {style for offer in known for style in offer.styles}
