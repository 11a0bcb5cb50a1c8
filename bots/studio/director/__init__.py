"""The director: from a member's words to a plan, at the moment of asking.

It reads by rules alone, in English and French, and relies on the options already taken out of the
words and on what the engine offers. What it does not know stays prompt. It never words a plan for
a model: each pipeline family does that.
"""

from collections.abc import Iterable
from dataclasses import replace

from bots.studio.director import cast, edits
from bots.studio.director.cast import ME, by_name
from bots.studio.director.reading import Reading, read
from bots.studio.director.text import clean, unique
from bots.studio.errors import AspectNotOffered, LengthNotOffered
from bots.studio.options import Options
from storage.offers import Offer
from storage.plan import Aspect, Plan

__all__ = [
    "ME",
    "by_name",
    "extension_plan",
    "plan",
    "remix_plan",
    "rewritten_plan",
    "variation_plan",
]

#: Seconds of a clip when no engine has said yet what it renders, and of the longest.
USUAL_SECONDS = 4.0
LONGEST_SECONDS = 20.0


def plan(prompt: str, options: Options, offer: Offer | None) -> Plan:
    """The plan of a first clip. Raises LengthNotOffered or AspectNotOffered."""
    prompt = clean(prompt)
    left, gone = cast.leaving(prompt)
    prompt = left or prompt
    said = read(prompt)
    usual = offer.usual if offer else USUAL_SECONDS
    seconds = (
        options.seconds if options.seconds is not None else said.seconds(usual, _longest(offer))
    )
    made = Plan(
        prompt=prompt,
        seconds=seconds,
        aspect=options.aspect or Aspect.WIDE,
        style=options.style or said.style,
    )
    directed = _directed(made, said)
    playing = tuple(handle for handle in directed.cast if handle.lower() not in gone)
    return _offered(replace(directed, cast=playing), offer)


def remix_plan(parent: Plan, instruction: str, options: Options, offer: Offer | None) -> Plan:
    """The parent's plan with an instruction ("make it night", "same but anime") worked in.

    Its prompt is the parent's words as they are now; its instruction is the member's own words.
    """
    instruction = clean(instruction)
    wish, gone = cast.leaving(instruction)
    before = cast.without(parent.prompt, gone) or parent.prompt
    before = edits.without_style(before) if options.style else before
    prompt = edits.rewritten(before, wish) if wish else before
    return _remixed(parent, prompt, instruction, options, offer, gone=gone)


def rewritten_plan(parent: Plan, words: str, options: Options, offer: Offer | None) -> Plan:
    """The parent's plan with `words` in place of its own: what a form with them filled in gives."""
    words = clean(words)
    return _remixed(parent, words, words, options, offer)


def variation_plan(parent: Plan) -> Plan:
    """The parent's plan as it is: only the seed will differ."""
    return replace(parent, instruction=None, strength=None)


def extension_plan(parent: Plan, words: str, options: Options, offer: Offer | None) -> Plan:
    """A plan for what comes next: the parent's world, going on, with new words if any.

    What was timed, cut or said in the parent is over; its light, look, cast and sound go on.
    """
    words = clean(words)
    said = read(words)
    usual = offer.usual if offer else USUAL_SECONDS
    seconds = (
        options.seconds if options.seconds is not None else said.seconds(usual, _longest(offer))
    )
    made = replace(
        parent,
        prompt=f"{parent.prompt}, {words}" if words else parent.prompt,
        instruction=words or None,
        seconds=seconds,
        strength=None,
        style=options.style or said.style or parent.style,
    )
    directed = replace(
        _directed(made, said),
        camera=said.camera or (None if said.segments else parent.camera),
        light=said.light or parent.light,
        cast=unique((*parent.cast, *said.cast)),
        sounds=said.heard.sounds or parent.sounds,
        music=said.heard.music or parent.music,
        silent=said.heard.silent or parent.silent,
    )
    return _offered(directed, offer)


def _remixed(
    parent: Plan,
    prompt: str,
    instruction: str,
    options: Options,
    offer: Offer | None,
    *,
    gone: frozenset[str] = frozenset(),
) -> Plan:
    said = read(prompt)
    # Who is named no more has left; who never was, in a picture say, goes on.
    gone |= cast.named_in(parent.prompt) - cast.named_in(prompt)
    stay = [handle for handle in parent.cast if handle.lower() not in gone]
    seconds = options.seconds
    if seconds is None:
        seconds = max(parent.seconds, said.seconds(parent.seconds, _longest(offer)))
    made = replace(
        parent,
        prompt=prompt,
        instruction=instruction,
        seconds=seconds,
        aspect=options.aspect or parent.aspect,
        style=options.style or _style(parent, said),
        strength=options.strength,
    )
    directed = _directed(made, said)
    return _offered(replace(directed, cast=_once((*stay, *said.cast))), offer)


def _once(handles: Iterable[str]) -> tuple[str, ...]:
    """Each handle once, whatever its case, as it was written first."""
    return tuple({handle.lower(): handle for handle in reversed(tuple(handles))}.values())[::-1]


def _style(parent: Plan, said: Reading) -> str | None:
    """The look that the words name; one that was an option beside the parent's words goes on."""
    before = read(parent.prompt).style
    chosen = parent.style != before
    return parent.style if chosen and said.style == before else said.style


def _directed(made: Plan, said: Reading) -> Plan:
    """The plan with what its words say."""
    return replace(
        made,
        camera=said.camera,
        light=said.light,
        shots=said.shots(made.seconds),
        marks=said.marks,
        lines=said.lines,
        cast=said.cast,
        sounds=said.heard.sounds,
        music=said.heard.music,
        silent=said.heard.silent,
    )


def _longest(offer: Offer | None) -> float:
    return offer.longest if offer else LONGEST_SECONDS


def _offered(made: Plan, offer: Offer | None) -> Plan:
    if offer is None:
        return made
    if not offer.shortest <= made.seconds <= offer.longest:
        raise LengthNotOffered(
            title=offer.title,
            shortest=offer.shortest,
            longest=offer.longest,
            asked=made.seconds,
        )
    if made.aspect not in offer.sizes:
        raise AspectNotOffered(
            title=offer.title, asked=made.aspect, offered=", ".join(sorted(offer.sizes))
        )
    return made
