"""What members read about cameos: the challenge, the questions, and what became of them."""

import time

from bots.studio.cameo.asking import Answered, Question
from bots.studio.cameo.seeing import Posted, Use
from bots.words import say
from bots.words.tell import CAPTION_WORDS, LINE_WORDS, handles, platform_name, shorten
from storage.approvals import Stage
from storage.jobs import JobState
from storage.people import Platform
from storage.spaces import Space


def question(language: str, asked: Question) -> str:
    """What the owner is asked: who wants what, where, and until when they may answer."""
    key = "ask-draft" if asked.stage is Stage.DRAFT else "ask-prompt"
    lines = [
        say(
            language,
            key,
            maker=asked.maker.name,
            handle=asked.cameo.handle or "?",
            words=shorten(asked.clip.words or asked.clip.plan.prompt, CAPTION_WORDS),
            place=_place(language, asked.space),
        )
    ]
    if asked.cameo.restrictions:
        lines.append(say(language, "ask-restrictions", restrictions=asked.cameo.restrictions))
    hours = max(1, round((asked.expires_at - time.time()) / 3600))
    return "\n".join([*lines, say(language, "ask-until", hours=hours)])


def answered(language: str, given: Answered) -> str:
    """What the owner reads after their answer."""
    asked = given.question
    figures = {
        "code": asked.clip.code,
        "maker": asked.maker.name,
        "handle": asked.cameo.handle or "?",
    }
    if given.blocked:
        said = say(language, "answered-blocked", **figures)
        return f"{said}\n{taken_down(language, given.taken_down)}" if given.taken_down else said
    if not given.yes:
        return say(language, "answered-no", **figures)
    if given.awaited:
        return say(language, "answered-waiting", names=handles(given.awaited), **figures)
    return say(language, f"answered-{asked.stage}-yes", **figures)


def taken_down(language: str, count: int) -> str:
    """How many clips went."""
    return say(language, "cameo-taken-down", count=count)


def use(language: str, seen: Use) -> str:
    """One clip that holds the cameo, on one line."""
    line = say(
        language,
        "cameo-use",
        code=seen.clip.code,
        maker=seen.maker.name,
        when=time.strftime("%Y-%m-%d", time.gmtime(seen.clip.created_at)),
        where=_where(language, seen),
        words=shorten(seen.clip.words or seen.clip.plan.prompt, LINE_WORDS),
    )
    if not seen.remixes:
        return line
    return f"{line} · {say(language, 'cameo-use-remixes', count=seen.remixes)}"


def _where(language: str, seen: Use) -> str:
    if seen.is_draft:
        return say(language, "cameo-use-draft")
    if seen.state is not JobState.DONE:
        return say(language, "cameo-use-making")
    if not seen.posted:
        return say(language, "cameo-use-nowhere")
    return ", ".join(dict.fromkeys(_posted(language, each) for each in seen.posted))


def _posted(language: str, post: Posted) -> str:
    name = platform_name(language, post.platform)
    if not post.removal_owed:
        return name
    key = "cameo-use-refused" if post.refused else "cameo-use-leaving"
    return say(language, key, platform=name)


def _place(language: str, space: Space) -> str:
    if space.private:
        return say(language, "place-private")
    if space.platform in (Platform.ROOM, Platform.API):
        return say(language, "place-room")
    return say(language, "place-group", platform=platform_name(language, space.platform))
