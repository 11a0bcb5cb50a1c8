"""Formatted text as Telegram reads it: HTML to text with entities, and what it finds in plain text.

Offsets count UTF-16 units, as everywhere in the Bot API. The refusals carry the words of TDLib's
own HTML parser. Markdown is not done: the project writes HTML.
"""

import html
import re
from typing import Any

from .errors import violated

Entity = dict[str, Any]

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "a": "text_link", "span": "spoiler", "tg-emoji": "custom_emoji",
}  # fmt: skip
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s>]+)"
_START = re.compile(rf"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[\w-]+(?:={_VALUE})?)*)\s*>")
_END = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*)?\s*>")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_FOUND = [
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?\b")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{2,31}\b")),
    ("url", re.compile(r"https?://[^\s<>]+")),
    ("hashtag", re.compile(r"(?<![\w#])#\w+")),
]


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def entities_in(text: str) -> list[Entity]:
    """What Telegram marks by itself: commands, mentions, links, hashtags."""
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            span = {"offset": units(text[: match.start()]), "length": units(match.group())}
            found.append({"type": kind, **span})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def read(
    text: str, parse_mode: str | None, entities: list[Entity] | None
) -> tuple[str, list[Entity]]:
    """The text that people see and its entities. Raises a violation for text that can't be read."""
    if parse_mode is None or parse_mode == "":
        clean, marked = text, list(entities or [])
        _inside(clean, marked)
    elif parse_mode.lower() == "html":
        clean, marked = _parse_html(text)
    elif parse_mode.lower() in ("markdown", "markdownv2"):
        raise violated(f"the fake server does not read {parse_mode}")
    else:
        raise violated("unsupported parse_mode")
    return _trimmed(clean, marked)


def _inside(text: str, entities: list[Entity]) -> None:
    for entity in entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > units(text):
            raise violated(
                f"entity beginning at UTF-16 offset {entity['offset']} "
                f"ends after the end of the text at UTF-16 offset {units(text)}"
            )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space around a message; entities move along."""
    lead = units(text) - units(text.lstrip())
    clean = text.strip()
    end = units(clean)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    taken = [(e["offset"], e["offset"] + e["length"]) for e in kept if e["type"] in _VERBATIM]
    for entity in entities_in(clean):
        where = entity["offset"]
        if not any(start <= where < stop for start, stop in taken):
            kept.append(entity)
    return clean, sorted(kept, key=lambda e: (e["offset"], -e["length"]))


_VERBATIM = {"code", "pre", "text_link"}


def _parse_html(source: str) -> tuple[str, list[Entity]]:
    out: list[str] = []
    open_tags: list[tuple[str, int, Entity]] = []
    entities: list[Entity] = []
    at = 0
    while at < len(source):
        if source[at] == "<":
            if source.startswith("</", at):
                at = _close(source, at, out, open_tags, entities)
            else:
                at = _open(source, at, out, open_tags)
        elif match := _CHARACTER.match(source, at):
            out.append(html.unescape(match.group()))
            at = match.end()
        else:
            out.append(source[at])
            at += 1
    if open_tags:
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(out), entities


def _open(source: str, at: int, out: list[str], open_tags: list[tuple[str, int, Entity]]) -> int:
    byte = len(source[:at].encode())
    name = re.split(r"[\s>]", source[at + 1 :], maxsplit=1)[0].lower()
    match = _START.match(source, at)
    if name not in _TAGS:
        raise _unreadable(f'Unsupported start tag "{name}" at byte offset {byte}')
    if match is None:
        raise _unreadable(f"Unclosed start tag at byte offset {byte}")
    attributes = {
        key: html.unescape(double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(match.group(2))
    }
    entity: Entity = {"type": _TAGS[name]}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
    if name == "a":
        entity["url"] = attributes.get("href", "")
    if name == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    if name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    open_tags.append((name, units("".join(out)), entity))
    return match.end()


def _close(
    source: str,
    at: int,
    out: list[str],
    open_tags: list[tuple[str, int, Entity]],
    entities: list[Entity],
) -> int:
    byte = len(source[:at].encode())
    if not open_tags:
        raise _unreadable(f"Unexpected end tag at byte offset {byte}")
    match = _END.match(source, at)
    if match is None:
        raise _unreadable(f"Unclosed end tag at byte offset {byte}")
    name, start, entity = open_tags.pop()
    found = (match.group(1) or name).lower()
    if found != name:
        raise _unreadable(
            f'Unmatched end tag at byte offset {byte}, expected "</{name}>", found "</{found}>"'
        )
    length = units("".join(out)) - start
    if length:
        entities.append({**entity, "offset": start, "length": length})
    return match.end()


def _unreadable(why: str) -> Exception:
    return violated(f"can't parse entities: {why}")
