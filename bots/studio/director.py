"""The director: from a member's words to a plan, at the moment of asking.

It relies on the options already taken out of the words and on what the engine offers. It never
words a plan for a model: each pipeline family does that.
"""

import re
from dataclasses import replace

from bots.studio.errors import AspectNotOffered, LengthNotOffered
from bots.studio.options import Options
from storage.offers import Offer
from storage.plan import Aspect, Plan

#: Seconds of a clip when no engine has said yet what it renders.
USUAL_SECONDS = 4.0

# "make it night", "now with rain", "the same but anime": what is left is what changes.
_LEAD = re.compile(
    r"^(?:(?:please|now|but|and|so|then|maintenant|mais|et|stp)[ ,]+)*"
    r"(?:(?:the )?same(?: thing| clip| scene)?(?: but)?"
    r"|(?:la )?m[êe]me chose(?: mais)?|pareil(?: mais)?"
    r"|make (?:it|this|that)|turn (?:it|this|that) into|change (?:it|this|that) (?:to|into)"
    r"|remix(?: it)?(?: as| with| into)?|with|fais(?:-| )(?:le|la|en)|mets(?:-| )(?:le|la)|avec)?"
    r"[ ,:]*",
    re.IGNORECASE,
)


def plan(prompt: str, options: Options, offer: Offer | None) -> Plan:
    """The plan of a first clip. Raises LengthNotOffered or AspectNotOffered."""
    usual = offer.usual if offer else USUAL_SECONDS
    made = Plan(
        prompt=prompt,
        seconds=options.seconds if options.seconds is not None else usual,
        aspect=options.aspect or Aspect.WIDE,
        style=options.style,
    )
    return _offered(made, offer)


def remix_plan(parent: Plan, instruction: str, options: Options, offer: Offer | None) -> Plan:
    """The parent's plan with an instruction ("make it night", "same but anime") worked in."""
    change = _LEAD.sub("", instruction, count=1).strip(" .") or instruction
    made = replace(
        parent,
        prompt=f"{parent.prompt}, {change}",
        instruction=change,
        seconds=options.seconds if options.seconds is not None else parent.seconds,
        aspect=options.aspect or parent.aspect,
        style=options.style or parent.style,
        strength=options.strength,
    )
    return _offered(made, offer)


def rewritten_plan(parent: Plan, words: str, options: Options, offer: Offer | None) -> Plan:
    """The parent's plan with `words` in place of its own: what a form with them filled in gives."""
    return replace(remix_plan(parent, words, options, offer), prompt=words, instruction=words)


def variation_plan(parent: Plan) -> Plan:
    """The parent's plan as it is: only the seed will differ."""
    return replace(parent, instruction=None, strength=None)


def extension_plan(parent: Plan, words: str, options: Options, offer: Offer | None) -> Plan:
    """A plan for what comes next: the parent's world, going on, with new words if any."""
    usual = offer.usual if offer else USUAL_SECONDS
    made = replace(
        parent,
        prompt=f"{parent.prompt}, {words}" if words else parent.prompt,
        instruction=words or None,
        seconds=options.seconds if options.seconds is not None else usual,
        strength=None,
    )
    return _offered(made, offer)


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
