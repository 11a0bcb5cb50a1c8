"""Where a file comes from, in a member's language: a verdict in plain words, and its chain."""

from bots.studio.verifying import Step, Verdict
from bots.words import say
from storage.credentials import Standing


def verdict(language: str, found: Verdict) -> str:
    """What the file is, in a sentence or two."""
    match found.standing:
        case Standing.OURS:
            return _ours(language, found)
        case Standing.OTHERS:
            return say(language, "verify-others", signer=found.steps[-1].link.signer)
        case Standing.BROKEN:
            return say(language, "verify-broken")
        case Standing.NONE:
            if found.clip:
                return say(language, "verify-ours-before", code=found.clip.code)
            return say(language, "verify-none")


def step(language: str, told: Step) -> str:
    """One link of the chain, on one line."""
    link, story = told.link, told.link.story
    if story is None:
        if link.ours:
            return say(language, "step-ours", title=link.title)
        kind = "signed" if link.signer else "unsigned"
        key = f"step-{kind}-picture" if link.picture else f"step-{kind}"
        figures = {"title": link.title, "signer": link.signer}
        return say(language, key, **figures)
    words = say(language, f"step-{story.kind.value}", code=story.code, model=story.model)
    if story.likeness:
        words = say(language, "step-likeness", step=words)
    if told.clip and told.clip.deleted_at is not None:
        words = say(language, "step-deleted", step=words)
    return words


def whole(language: str, found: Verdict) -> str:
    """The verdict and the chain below it, as plain text."""
    lines = [verdict(language, found)]
    if len(found.steps) > 1 or any(each.link.story for each in found.steps):
        lines += ["", say(language, "verify-chain")]
        lines += [f"{number}. {step(language, each)}" for number, each in enumerate(found.steps, 1)]
    return "\n".join(lines)


def _ours(language: str, found: Verdict) -> str:
    last = found.steps[-1].link
    code = last.story.code if last.story else last.title
    if found.clip is None:
        return say(language, "verify-ours-unknown", code=code)
    key = "verify-ours" if found.clip.deleted_at is None else "verify-ours-deleted"
    return say(language, key, code=code)
