"""Whole messages from the studio's values, in a member's language, as plain text."""

import re
from collections.abc import Iterable

from bots.buttons import Button
from bots.studio.director import ME
from bots.studio.errors import AgainstARule, Refusal
from bots.studio.looking import Chain, Info, Tree
from bots.studio.queue import Standing
from bots.words import say
from storage.clips import Clip
from storage.jobs import Figures, JobState
from storage.lineage import Branch
from storage.offers import Known, Offer
from storage.people import Platform
from storage.plan import Line, Mark, Music

#: Characters of a clip's words under a clip and in a list: a caption holds 1024 on Telegram.
CAPTION_WORDS = 400
LINE_WORDS = 60
#: Marks, lines and sounds told of at most, and the characters of each.
MOST_TOLD = 3
TOLD_WORDS = 40
BAR_CELLS = 12


def shorten(words: str, most: int) -> str:
    """The words on one line, at most `most` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def wait(language: str, seconds: float) -> str:
    """About how long, rounded as people would say it."""
    if seconds < 1:
        return say(language, "any-moment")
    if seconds < 90:
        rounded = round(seconds) if seconds < 20 else round(seconds / 5) * 5
        return say(language, "about-seconds", seconds=rounded)
    if seconds < 5400:
        return say(language, "about-minutes", minutes=round(seconds / 60))
    return say(language, "about-hours", hours=round(seconds / 3600))


def standing(language: str, job: Standing) -> str:
    """Where a job stands: its place, or its bar."""
    if job.state is JobState.RENDERING:
        return _rendering(language, job)
    if job.held:
        return say(language, "progress-held")
    if job.waits_for:
        asked = say(language, "progress-asked", names=handles(job.waits_for))
        if not job.unreached:
            return asked
        return f"{asked}\n{say(language, 'progress-unreached', names=handles(job.unreached))}"
    if job.engine_away:
        return say(language, "progress-away")
    return say(language, "progress-waiting", place=job.place, wait=wait(language, job.seconds))


def progress(language: str, clip: Clip, job: Standing) -> str:
    """The message that a member watches while the clip is made, what was understood included."""
    return "\n".join(
        (
            f"{clip.code} · {shorten(clip.words or clip.plan.prompt, CAPTION_WORDS)}",
            understood(language, clip),
            standing(language, job),
        )
    )


def understood(language: str, clip: Clip) -> str:
    """What the director understood of the words and their options, on one line."""
    plan = clip.plan
    cameras = [plan.camera, *(shot.camera for shot in plan.shots)]
    told = [_options(language, clip)]
    told += [_named(language, "camera", each) for each in dict.fromkeys(cameras) if each]
    told += [_named(language, "light", each) for each in plan.light]
    if plan.shots:
        told.append(say(language, "understood-shots", count=len(plan.shots)))
    told += [_mark(language, mark) for mark in plan.marks[:MOST_TOLD]]
    told += [_line(language, line) for line in plan.lines[:MOST_TOLD]]
    told += [say(language, "understood-you") if who == ME else f"@{who}" for who in plan.cast]
    told += [_sound(language, each) for each in plan.sounds[:MOST_TOLD]]
    if plan.silent:
        told.append(say(language, "understood-silent"))
    elif plan.music:
        key = "understood-music" if plan.music is Music.YES else "understood-no-music"
        told.append(say(language, key))
    return " · ".join(told)


def _options(language: str, clip: Clip) -> str:
    figures = {
        "seconds": _number(clip.plan.seconds),
        "aspect": clip.plan.aspect.value,
        "seed": str(clip.seed),
    }
    if clip.plan.style:
        style = _named(language, "style", clip.plan.style)
        return say(language, "understood-style", style=style, **figures)
    return say(language, "understood", **figures)


def _named(language: str, kind: str, name: str) -> str:
    """A camera, light or look in the language; a look that only a preset knows as it is."""
    try:
        return say(language, f"{kind}-{re.sub(r'[^a-z0-9]+', '-', name.lower())}")
    except LookupError:
        return name


def _mark(language: str, mark: Mark) -> str:
    what = shorten(mark.what, TOLD_WORDS)
    return say(language, "understood-mark", what=what, seconds=_number(mark.at))


def _line(language: str, line: Line) -> str:
    words = shorten(line.words, TOLD_WORDS)
    if line.speaker is None:
        return say(language, "understood-said", words=words)
    speaker = shorten(line.speaker, TOLD_WORDS)
    return say(language, "understood-line", words=words, speaker=speaker)


def _sound(language: str, sound: str) -> str:
    return say(language, "understood-sound", what=shorten(sound, TOLD_WORDS))


def caption(language: str, clip: Clip, *, maker: str, parent: str | None) -> str:
    """What stands under a posted clip; `parent` is its parent's code."""
    signed = [made(language, clip, maker=maker, parent=parent), *cast(language, clip)]
    lines = [shorten(clip.words, CAPTION_WORDS), " · ".join(signed), *notes(language, clip)]
    return "\n".join(line for line in lines if line)


def cast(language: str, clip: Clip) -> list[str]:
    """Who plays in the clip, as one remark; none for a clip with nobody in it."""
    return [say(language, "with-cast", names=handles(clip.plan.cast))] if clip.plan.cast else []


def handles(names: Iterable[str]) -> str:
    """Cameos as people type them."""
    return ", ".join(f"@{name}" for name in names)


def notes(language: str, clip: Clip) -> list[str]:
    """What the clip's render has to tell, a sentence each."""
    return [say(language, f"note-{note.code.value}", **note.figures) for note in clip.notes]


def with_cast(language: str, words: str, cast: str | None) -> str:
    """The words with the cameos that were named beside them, as people type them."""
    named = [f"@{each}" for each in re.findall(r"[\w.-]+", cast or "")]
    missing = [each for each in named if each.lower() not in words.lower()]
    if not missing:
        return words
    handles = ", ".join(missing)
    return say(language, "words-with", words=words, names=handles) if words else handles


def help(language: str, offer: Offer | None) -> str:
    """What a member can say, and what the preset on offer can draw."""
    lines = [say(language, "help")]
    if offer and offer.takes_picture:
        lines.append(say(language, "help-picture"))
    if offer and offer.knows:
        lines += ["", say(language, "help-knows", title=offer.title)]
        lines += [_known(language, known) for known in offer.knows]
    return "\n".join(lines)


def made(language: str, clip: Clip, *, maker: str, parent: str | None) -> str:
    """The clip's code, who made it, and from which parent."""
    figures = {"code": clip.code, "maker": maker} | ({"parent": parent} if parent else {})
    return say(language, f"made-{clip.kind.value}", **figures)


def failure(language: str, clip: Clip, error: str, figures: Figures) -> str:
    """Why the clip does not come."""
    try:
        return say(language, f"failed-{error.replace('_', '-')}", code=clip.code, **figures)
    except LookupError:
        return say(language, "failed-other", code=clip.code)


def refusal(language: str, refused: Refusal) -> str:
    """Why the request can't be granted, and what to do."""
    figures = {
        name: _number(value) if isinstance(value, float) else value
        for name, value in refused.figures.items()
    }
    sentence = say(language, refused.key, **figures)
    if isinstance(refused, AgainstARule):
        return f"{sentence}\n{say(language, 'refusal-code', **figures)}"
    return sentence


def queue(language: str, mine: list[tuple[Clip, Standing]]) -> str:
    """The member's clips on the way."""
    if not mine:
        return say(language, "queue-empty")
    lines = [
        say(
            language,
            "queue-line",
            code=clip.code,
            standing=standing(language, job),
            words=shorten(clip.words or clip.plan.prompt, LINE_WORDS),
        )
        for clip, job in mine
    ]
    return "\n".join([say(language, "queue-title", count=len(mine)), *lines])


def info(language: str, found: Info) -> str:
    """What a clip is."""
    clip = found.clip
    lines = [
        say(language, "info-title", code=clip.code, words=shorten(clip.words, CAPTION_WORDS)),
        say(
            language,
            "info-made",
            maker=found.maker.name,
            seconds=_number(clip.seconds or clip.plan.seconds),
            aspect=clip.plan.aspect.value,
            seed=str(clip.seed),
            preset=clip.preset,
        ),
        say(language, "progress-asked", names=handles(found.waits_for))
        if found.waits_for
        else say(language, f"state-{found.state.value}"),
    ]
    lines += cast(language, clip)
    if found.parent:
        lines.append(say(language, "info-parent", parent=found.parent))
    lines.append(say(language, "info-tree", count=found.tree_size))
    return "\n".join(lines)


def chain(language: str, found: Chain) -> str:
    """How a clip came to be, the first clip first."""
    lines = [say(language, "chain-title", code=found.clip.code)]
    if found.left_out:
        lines.append(say(language, "chain-left-out", count=found.left_out))
    lines += [f"{'└ ' if step else ''}{branch(language, link)}" for step, link in
              enumerate(found.links, found.left_out)]  # fmt: skip
    return "\n".join(lines)


def tree(language: str, found: Tree) -> str:
    """All that grew from a first clip, each clip under its parent."""
    lines = [say(language, "tree-title", count=found.size, code=found.branches[0].code)]
    lines += _by_parent(language, found.branches)
    if left := found.size - len(found.branches):
        lines.append(say(language, "more-clips", count=left))
    return "\n".join(lines)


def branch(language: str, link: Branch) -> str:
    """One clip of a chain or a tree, on one line."""
    platform = platform_name(language, link.platform)
    if link.deleted:
        return say(language, "branch-deleted")
    if not link.seen:
        return say(language, "branch-unseen", platform=platform)
    words = shorten(link.words, LINE_WORDS)
    return say(language, "branch", code=link.code, words=words, maker=link.maker, platform=platform)


def platform_name(language: str, platform: Platform) -> str:
    """What members call the platform."""
    return say(language, f"platform-{platform.value}")


def label(language: str, button: Button) -> str:
    """What stands on a button."""
    return say(language, f"button-{button.value}")


def _known(language: str, known: Known) -> str:
    """One group of things that can be drawn; a group of an owner's own is called as it is."""
    try:
        group = say(language, f"knows-{known.group}")
    except LookupError:
        group = known.group
    return say(language, "knows-line", group=group, names=", ".join(known.names[language]))


def _rendering(language: str, job: Standing) -> str:
    if not job.steps:
        return say(language, "progress-starting")
    if job.step >= job.steps:
        return say(language, "progress-finishing")
    done = job.step / job.steps
    filled = round(done * BAR_CELLS)
    return say(
        language,
        "progress-rendering",
        bar="▓" * filled + "░" * (BAR_CELLS - filled),
        percent=round(done * 100),
        wait=wait(language, job.seconds),
    )


def _by_parent(language: str, branches: list[Branch]) -> list[str]:
    """A line a branch, each below its parent, without recursing: a tree may be deep."""
    children: dict[int | None, list[Branch]] = {}
    ids = {each.id for each in branches}
    for each in branches:
        children.setdefault(each.parent_id if each.parent_id in ids else None, []).append(each)
    lines = []
    stack = [(each, 0) for each in reversed(children.get(None, []))]
    while stack:
        each, depth = stack.pop()
        indent = "　" * min(depth, 8) + ("└ " if depth else "")
        lines.append(f"{indent}{branch(language, each)}")
        stack += [(child, depth + 1) for child in reversed(children.get(each.id, []))]
    return lines


def _number(value: float) -> str:
    return f"{value:g}"
