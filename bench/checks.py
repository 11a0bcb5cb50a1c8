"""How well the check of words decides: its tables of prompts, scored a language and a rule.

A row is a prompt, with the rule it is refused by or null; with `parent`, it is the instruction of a
remix of that; `strictness` is the space's where it is not standard. A false refusal is a harmless
prompt refused by any rule, a miss one that should be refused and is not. Every fourth row of a rule
was kept aside, and no rule was changed for those.

    python -m bench.checks
"""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bots.studio import checks, director
from bots.studio.judging import texts_of
from bots.studio.options import Options
from storage.plan import Plan
from storage.rules import SEVERE, Decision, Rule
from storage.spaces import Strictness

TABLES = Path(__file__).parents[1] / "tests" / "bots" / "studio"

Row = dict[str, Any]


@dataclass
class Score:
    """What became of a table's rows."""

    harmless: int = 0
    wanted: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    #: Refused, by another rule than the table says.
    otherwise: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, row: Row, decision: Decision) -> None:
        """Count one row."""
        rule = row["rule"]
        if rule is None:
            self.harmless += 1
            if decision.rule:
                self.false.append(f"{row['words']}  ({decision.rule}: {decision.because})")
            return
        self.wanted[rule] += 1
        if decision.rule is None:
            self.missed[rule] += 1
            self.misses.append(f"{row['words']}  ({rule})")
        elif decision.rule != rule:
            self.otherwise[rule] += 1

    @property
    def false_refusals(self) -> float:
        """Share of the harmless rows that were refused."""
        return len(self.false) / max(self.harmless, 1)

    @property
    def severe_missed(self) -> float:
        """Share of the rows of severe rules that were not refused."""
        severe = sum(self.wanted[rule] for rule in SEVERE)
        return sum(self.missed[rule] for rule in SEVERE) / max(severe, 1)

    @property
    def all_missed(self) -> float:
        """Share of all rows to be refused that were not."""
        return self.missed.total() / max(self.wanted.total(), 1)


def rows(name: str) -> list[Row]:
    """The rows of the table `name` ("en", "aside_fr")."""
    lines = (TABLES / f"checks_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def decide(row: Row) -> Decision:
    """What the studio's check says of the row, through the director as for a member."""
    parent = director.plan(row["parent"], Options(), None) if "parent" in row else None
    plan = _plan(row["words"], parent)
    return checks.check(
        texts_of(row["words"], plan, parent),
        Strictness(row.get("strictness", "standard")),
        likeness=row.get("likeness", False),
    )


def _plan(words: str, parent: Plan | None) -> Plan:
    if parent is None:
        return director.plan(words, Options(), None)
    return director.remix_plan(parent, words, Options(), None)


def score(*names: str) -> Score:
    """The score of these tables together."""
    result = Score()
    for name in names:
        for row in rows(name):
            result.add(row, decide(row))
    return result


def _milliseconds(name: str) -> float:
    table = rows(name)
    began = time.process_time()
    for row in table:
        decide(row)
    return (time.process_time() - began) / len(table) * 1000


def main() -> None:
    """Score and print; the last line is one JSON object."""
    for name in ("en", "fr", "aside_en", "aside_fr"):
        one = score(name)
        print(
            f"{name}: {one.harmless} harmless, {len(one.false)} of them refused;"
            f" {one.wanted.total()} to refuse, {one.missed.total()} of them not,"
            f" {one.otherwise.total()} by another rule"
        )
        for rule in Rule:
            if wanted := one.wanted[rule]:
                print(f"  {rule.value:12} {wanted - one.missed[rule]} of {wanted}")
        if not name.startswith("aside"):
            for line in (*one.false, *one.misses):
                print(f"    ? {line}")
    tuned, aside = score("en", "fr"), score("aside_en", "aside_fr")
    print(f"a prompt, director included: {_milliseconds('en'):.2f} ms of CPU")
    figures = {
        "false_refusals": round(tuned.false_refusals, 4),
        "severe_missed": round(tuned.severe_missed, 4),
        "aside": {
            "false_refusals": round(aside.false_refusals, 4),
            "severe_missed": round(aside.severe_missed, 4),
            "all_missed": round(aside.all_missed, 4),
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
