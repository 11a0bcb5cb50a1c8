"""What people type, and what those type who want to break something, made by Hypothesis."""

import json
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

TABLES = Path(__file__).parents[1] / "bots" / "studio"

#: What the parsers look for, and what breaks parsers.
_SHARDS = (
    "8s", "0s", "-3s", "1e9s", "99999999999999999999s", "9:16", "16:9", "1:1", "--ar 9:16",
    "seed 4", "seed 99999999999999999999", "--seed=", "--style x", "strength 0.5",
    "quality draft", "preset wan", "at 3s", "at 0:03", "at 99:99:99", "beat drop at 6s",
    "cut to", "1. a fox", "2) a cat", "[00:03]", '"hello" says the fox',
    "« bonjour » dit le renard", "“", "”", '"', "''", "@ana", "@", "@@", "#7K3F", "no music",
    "sans son", "make it", "same but", "replace the fox with", "then", "puis", "\n", "\r\n",
    "\t", "\x00", "\x01", "\u200b", "\u202e", "\ufeff", "\ud7ff", "e\u0301\u0301\u0301", "🦊",
    "🇫🇷", "👨‍👩‍👧", "ﷺ", "İ", "ẞ", "ǅ", "①", "½", "١٢", "a" * 300, "a " * 150, "(" * 80, "{}",
    "%s", "{ $x }", "</b>", "../..", "'; DROP TABLE clips;--", "NaN", "Infinity", "null", "-0",
    "1,5s", "push in", "zoom",
)  # fmt: skip


@cache
def _prompts() -> list[str]:
    """Prompts of the tables, as people write them."""
    found = []
    for name in ("prompts_en", "prompts_fr", "checks_en", "checks_fr"):
        lines = (TABLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["words"] for line in lines]
    return found


def typed() -> st.SearchStrategy[str]:
    """Words as members, and people who want to break something, type them."""
    shard = st.one_of(st.sampled_from(_SHARDS), st.sampled_from(_prompts()), st.text(max_size=40))
    joined = st.builds(
        lambda parts, glue: glue.join(parts), st.lists(shard, max_size=6), st.sampled_from(" ,.\n")
    )
    return joined.map(lambda text: text.encode("utf-8", "ignore").decode()[:2000])
