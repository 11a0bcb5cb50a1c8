"""How well the director reads: its table of prompts, scored a language and a field.

A row of the table is a prompt, or a parent's prompt and an instruction, and the plan expected. Each
thing expected and each thing found is an item of its field (a light, a mark with its second, a line
with its speaker, a shot with its words and second); a field's F1 counts items right, missed and
invented. `prompt` is a remix's rewritten words: right when all they must hold is there and nothing
that they must have lost. Case, accents, punctuation and articles make no difference.

    python -m bench.director
"""

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bots.studio import director
from bots.studio.director.text import fold
from bots.studio.options import Options, parse
from storage.plan import Aspect, Plan

TABLES = Path(__file__).parents[1] / "tests" / "bots" / "studio"
FIELDS = (
    "seconds", "aspect", "seed", "style", "camera", "light", "shots", "marks", "lines", "cast",
    "sounds", "music", "silent", "prompt",
)  # fmt: skip
_ARTICLES = re.compile(r"\b(?:a|an|the|le|la|les|un|une|des|du|some|l|d)\b")

Row = dict[str, Any]
Items = Counter[tuple[str, object]]


@dataclass
class Score:
    """Items right, missed and invented."""

    right: int = 0
    missed: int = 0
    invented: int = 0

    def add(self, wanted: Items, found: Items) -> None:
        """Count one row's items of one field."""
        both = (wanted & found).total()
        self.right += both
        self.missed += wanted.total() - both
        self.invented += found.total() - both

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / max(self.right + self.invented, 1)

    @property
    def recall(self) -> float:
        """Of what was wanted, the share that was found."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(2 * self.right + self.missed + self.invented, 1)


@dataclass
class Scores:
    """A table's scores."""

    whole: Score = field(default_factory=Score)
    fields: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    wrong: list[str] = field(default_factory=list)


def rows(name: str) -> list[Row]:
    """The rows of the table `name` ("en", "aside_fr")."""
    lines = (TABLES / f"prompts_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def made(row: Row) -> tuple[Plan, Options]:
    """The plan that the director makes of a row, and the options taken out of its words."""
    words, options = parse(row["words"])
    if "parent" not in row:
        return director.plan(words, options, None), options
    parent_words, before = parse(row["parent"])
    parent = director.plan(parent_words, before, None)
    return director.remix_plan(parent, words, options, None), options


def score(table: list[Row]) -> Scores:
    """The table's scores, a field and in all."""
    scores = Scores()
    for row in table:
        plan, options = made(row)
        wanted, found = expected(row), read(row, plan, options)
        for name in FIELDS:
            mine = Counter({k: n for k, n in wanted.items() if k[0] == name})
            theirs = Counter({k: n for k, n in found.items() if k[0] == name})
            scores.fields[name].add(mine, theirs)
            scores.whole.add(mine, theirs)
        if wanted != found:
            missed = [k for k in wanted if wanted[k] > found[k]]
            invented = [k for k in found if found[k] > wanted[k]]
            said = f"{row.get('parent', '')} + {row['words']}".lstrip(" +")
            scores.wrong.append(
                f"{said!r}\n    missed {missed}\n    invented {invented}\n    {plan.prompt!r}"
            )
    return scores


def expected(row: Row) -> Items:
    """The items that a row asks for."""
    items: Items = Counter()
    for name in ("seconds", "aspect", "seed", "style", "camera", "music", "silent"):
        if row.get(name):
            items[name, row[name]] += 1
    for name in ("light", "cast", "sounds"):
        items.update((name, _plain(each)) for each in row.get(name, ()))
    items.update(("marks", (at, _plain(what))) for at, what in row.get("marks", ()))
    for words, speaker, *at in row.get("lines", ()):
        items["lines", (_plain(words), _plain(speaker or ""), at[0] if at else None)] += 1
    for prompt, *more in row.get("shots", ()):
        items["shots", (_plain(prompt), more[0] if more else None, _second(more))] += 1
    if "has" in row:
        items["prompt", True] += 1
    return items


def read(row: Row, plan: Plan, options: Options) -> Items:
    """The items that a plan holds, in the measure of the row."""
    items: Items = Counter()
    usual = row.get("seconds", 0) if options.seconds is None and "parent" in row else 0
    if plan.seconds not in (director.USUAL_SECONDS, usual) or row.get("seconds") == plan.seconds:
        items["seconds", plan.seconds] += 1
    if plan.aspect is not Aspect.WIDE or row.get("aspect"):
        items["aspect", plan.aspect.value] += 1
    single = {"seed": options.seed, "style": plan.style, "camera": plan.camera}
    single |= {"music": plan.music, "silent": plan.silent or None}
    items.update((name, value) for name, value in single.items() if value is not None)
    items.update(("light", _plain(each)) for each in plan.light)
    items.update(("cast", _plain(each)) for each in plan.cast)
    items.update(("sounds", _plain(each)) for each in plan.sounds)
    items.update(("marks", (mark.at, _plain(mark.what))) for mark in plan.marks)
    for line in plan.lines:
        items["lines", (_plain(line.words), _plain(line.speaker or ""), line.at)] += 1
    told = row.get("shots", ())
    for n, shot in enumerate(plan.shots):
        more = told[n][1:] if n < len(told) else ()
        start = shot.start if more and more[0] is not None else None
        items["shots", (_plain(shot.prompt), start, shot.camera if _second(more) else None)] += 1
    if "has" in row:
        items["prompt", _holds(plan.prompt, row)] += 1
    return items


def _holds(prompt: str, row: Row) -> bool:
    plain = f" {_plain(prompt)} "
    kept = all(f" {_plain(each)} " in plain for each in row["has"])
    return kept and not any(f" {_plain(each)} " in plain for each in row.get("lacks", ()))


def _plain(words: str) -> str:
    bare = _ARTICLES.sub(" ", re.sub(r"[^\w@]+", " ", fold(words)))
    return " ".join(bare.split())


def _second(more: Any) -> str | None:  # noqa: ANN401
    return more[1] if len(more) > 1 else None


def _slowest() -> float:
    """CPU milliseconds for a remix of 4,000 characters by 4,000 others, both from the table."""
    words = ", ".join(row["words"] for row in rows("en"))[:4000]
    began = time.process_time()
    plan = director.plan(words, Options(), None)
    director.remix_plan(plan, words, Options(), None)
    return (time.process_time() - began) * 1000


def main() -> None:
    """Score and print; the last line is one JSON object."""
    figures: dict[str, float] = {}
    aside = Score()
    for name in ("en", "fr", "aside_en", "aside_fr"):
        scores = score(rows(name))
        print(f"{name}: F1 {scores.whole.f1:.3f} of {len(rows(name))} prompts")
        for each, field_score in scores.fields.items():
            print(
                f"  {each:8} precision {field_score.precision:.3f} recall {field_score.recall:.3f}"
                f" F1 {field_score.f1:.3f} of {field_score.right + field_score.missed}"
            )
        if name.startswith("aside"):
            aside.right += scores.whole.right
            aside.missed += scores.whole.missed
            aside.invented += scores.whole.invented
        else:
            figures[name] = round(scores.whole.f1, 3)
    print(
        f"4,000 characters of the table, planned and remixed by as many: {_slowest():.0f} ms of CPU"
    )
    print(json.dumps(figures | {"aside": round(aside.f1, 3)}))


if __name__ == "__main__":
    main()
