"""A remix's words by a language model on this machine, where the owner has one. Off by default.

It only words what the rules understood. Its answer is read by the same rules and taken where they
find in it all that they found before: the same people, lines, moments, shots, sound. One that is
late, empty, long-winded, made up or means something else leaves the rules' own words. It relies on
transformers, loads safetensors alone and never a repository's code, and nothing waits for its load.
"""

import asyncio
import logging
import re
import threading
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bots.studio import director
from bots.studio.director.text import clean, fold
from bots.studio.options import Options
from storage.offers import Offer
from storage.plan import Plan

#: Seconds that a member waits for it at most.
SECONDS = 2.0
#: Tokens of the longest answer.
MOST_TOKENS = 160
#: An answer may be so many characters longer than what went into it.
LONGER = 120

_TASK = (
    "You rewrite the description of a short film so that a change is worked in. Keep all that the"
    " change does not touch, word for word. Answer with the new description alone, on one line."
)
_EXAMPLES = (
    (
        "a red fox in the snow, slow push in",
        "make it night",
        "a red fox in the snow at night, slow push in",
    ),
    (
        'a dog on the beach, it says "hello"',
        "a cat instead",
        'a cat on the beach, it says "hello"',
    ),
    (
        "un robot dans la rue sous la pluie",
        "en plein soleil",
        "un robot dans la rue en plein soleil",
    ),
)
#: Words of its own that an answer may have, and the share of the rules' words that it must have.
OWN_WORDS, KEPT_WORDS = 3, 0.6

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Remix:
    """A remix as the rules planned it, and what it was planned from."""

    parent: Plan
    #: The member's words, without options.
    instruction: str
    options: Options
    offer: Offer | None
    #: The rules' plan.
    plan: Plan


async def reworded(remix: Remix, folder: Path | None) -> Plan:
    """The remix's plan in the words of the model in `folder`, or the rules' plan."""
    if folder is None:
        return remix.plan
    model = writer(folder)
    try:
        async with asyncio.timeout(SECONDS):
            words = await model.written(remix.parent.prompt, remix.instruction)
    except TimeoutError:
        log.info("the director's model took too long")
        return remix.plan
    plan = _taken(remix, words) if words else None
    if words and plan is None:
        log.info("the director's model said something else: the rules' words stay")
    return plan or remix.plan


def _taken(remix: Remix, words: str) -> Plan | None:
    """The plan of the model's words where they say all that the rules understood."""
    words = clean(words)
    most = len(remix.parent.prompt) + len(remix.instruction) + LONGER
    if not any(letter.isalpha() for letter in words) or len(words) > most:
        return None
    if not _is_of_these(words, remix):
        return None
    given = director.rewritten_plan(remix.parent, words, remix.options, remix.offer)
    plan = replace(given, instruction=remix.plan.instruction)
    return plan if _means(plan, remix.plan) else None


def _is_of_these(words: str, remix: Remix) -> bool:
    """Whether the answer is made of the words that went into it, and leaves out few of the rules'.

    A model makes things up: somebody's name, another subject.
    """
    said, wanted = _content(words), _content(remix.plan.prompt)
    known = wanted | _content(remix.parent.prompt) | _content(remix.instruction)
    kept = len(said & wanted) >= KEPT_WORDS * len(wanted)
    return kept and len(said - known) <= OWN_WORDS


def _content(words: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", fold(words)) if len(word) > 2}


def _means(plan: Plan, rules: Plan) -> bool:
    """Whether all that the rules found in their words is in the plan, and nobody else plays."""
    same = all(
        getattr(plan, name) == getattr(rules, name)
        for name in (
            "seconds", "aspect", "style", "camera", "marks", "lines", "cast", "music", "silent",
        )
    )  # fmt: skip
    kept = set(rules.light) <= set(plan.light) and set(rules.sounds) <= set(plan.sounds)
    return same and kept and len(plan.shots) == len(rules.shots)


class Writer:
    """The model, loaded once on a thread of its own; one answer at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = asyncio.Lock()
        self._model: Any = None
        self._tokenizer: Any = None
        self._loaded = threading.Event()
        threading.Thread(target=self._load, name="director-model", daemon=True).start()

    async def written(self, parent: str, instruction: str) -> str | None:
        """What it makes of them; None while it is not loaded, or can't be."""
        if not self._loaded.is_set() or self._model is None:
            return None
        async with self._turn:
            return await asyncio.to_thread(self._write, parent, instruction)

    async def loaded(self) -> bool:
        """Wait for the load; False where it failed."""
        await asyncio.to_thread(self._loaded.wait)
        return self._model is not None

    def _load(self) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer  # Slow, and mostly not needed.

        kept = {"local_files_only": True, "trust_remote_code": False}
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(self._folder, **kept)
            model = AutoModelForCausalLM.from_pretrained(
                self._folder, use_safetensors=True, dtype="auto", **kept
            )
            self._model = model.eval()
        except (OSError, ValueError, KeyError, ImportError) as error:
            log.error("the director's model in %s can't be loaded: %s", self._folder, error)
        finally:
            self._loaded.set()

    def _write(self, parent: str, instruction: str) -> str:
        """Blocks, for SECONDS at most."""
        given = self._tokenizer(asked(self._tokenizer, parent, instruction), return_tensors="pt")
        given.pop("token_type_ids", None)
        made = self._model.generate(
            **given, do_sample=False, max_new_tokens=MOST_TOKENS, max_time=SECONDS,
            pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id or 0,
        )  # fmt: skip
        fresh = made[0, given["input_ids"].shape[1] :]
        said: str = self._tokenizer.decode(fresh, skip_special_tokens=True)
        line = next((line for line in said.splitlines() if line.strip()), "")
        return line.strip().removeprefix("Film now:").strip()


def asked(tokenizer: Any, parent: str, instruction: str) -> str:  # noqa: ANN401
    """What the model is given, in its own way of taking turns where it has one."""
    if tokenizer.chat_template:
        turns = [{"role": "system", "content": _TASK}]
        for before, change, after in _EXAMPLES:
            turns += [
                {"role": "user", "content": f"Film: {before}\nChange: {change}"},
                {"role": "assistant", "content": after},
            ]
        turns.append({"role": "user", "content": f"Film: {parent}\nChange: {instruction}"})
        made: str = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        return made
    shown = [f"Film: {a}\nChange: {b}\nFilm now: {c}\n" for a, b, c in _EXAMPLES]
    return "\n".join([_TASK, *shown, f"Film: {parent}\nChange: {instruction}\nFilm now:"])


@cache
def writer(folder: Path) -> Writer:
    """The one writer of a folder in this process."""
    return Writer(folder)
