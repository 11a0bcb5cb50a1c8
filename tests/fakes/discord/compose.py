"""Makes a message out of a request body: the rules on content, files and components.

Relies on shapes.py having checked field by field; here are the rules that tie fields together.
Returns the fields of a Message and never posts anything.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .calls import ApiError, Upload
from .payloads import media_names
from .rest import invalid
from .shapes import Flaw
from .things import Attachment, Flag, Json, Message, User, walk
from .world import World

#: For bots; people with Nitro get 4,000, which is what the published shape says.
CONTENT_LIMIT = 2000
#: All text in a message's embeds together.
EMBED_TEXT_LIMIT = 6000
#: Components in one message, nested ones included (components V2).
COMPONENT_LIMIT = 40
_LINK_BUTTON, _PREMIUM_BUTTON = 5, 6
_SELECTS = (3, 5, 6, 7, 8)


def compose(
    world: World,
    body: Json,
    files: list[Upload],
    *,
    limit: int,
    before: Message | None = None,
    answers: User | None = None,
) -> dict[str, Any]:
    """The fields of the message that `body` asks for.

    `limit` is the largest file in bytes, `before` the message being edited, `answers` the author
    of the message replied to. ApiError when Discord would refuse.
    """
    body = {name: value for name, value in body.items() if value is not None or name in _CLEARS}
    content = body.get("content", before.content if before else "") or ""
    embeds = body.get("embeds", before.embeds if before else []) or []
    components = number(body.get("components", before.components if before else []) or [])
    flags = int(body.get("flags", 0)) | (before.flags if before else 0)
    attachments = _attachments(world, body, files, limit, before)
    flaws = [
        *_text_flaws(content, embeds),
        *_layout_flaws(components, flags, content, embeds),
        *_media_flaws(embeds + components, attachments),
    ]
    if flaws:
        raise invalid(*flaws)
    if not (content or embeds or components or attachments):
        raise ApiError(400, 50006, "Cannot send an empty message", flaw=True)
    return {
        "content": content,
        "embeds": embeds,
        "components": components,
        "attachments": attachments,
        "flags": flags & ~Flag.LOADING,
        "pings": _pings(world, content, body.get("allowed_mentions"), answers),
    }


#: Fields whose null means "take it away" in an edit.
_CLEARS = ("content", "embeds", "components", "attachments")


def number(components: list[Json]) -> list[Json]:
    """A copy of a layout in which each component has a numeric id, as Discord gives them."""
    made = copy.deepcopy(components)
    taken = {c["id"] for c in walk(made) if c.get("id")}
    fresh = (n for n in range(1, 1000) if n not in taken)
    for component in walk(made):
        if not component.get("id"):
            component["id"] = next(fresh)
    return made


def _attachments(
    world: World, body: Json, files: list[Upload], limit: int, before: Message | None
) -> list[Attachment]:
    """Old files that stay, then new ones. Discord: the limit holds for each file."""
    if any(len(upload.data) > limit for upload in files):
        raise ApiError(413, 40005, "Request entity too large")
    old = {a.id: a for a in before.attachments} if before else {}
    listed: list[Json] | None = body.get("attachments", [] if "attachments" in body else None)
    if listed is None:
        kept, described = list(old.values()), {}
    else:
        ids = [int(entry["id"]) for entry in listed]
        strangers = [i for i in ids if i not in old and i not in {f.index for f in files}]
        if strangers:
            where = ("attachments", "0", "id")
            raise invalid(Flaw(where, "ATTACHMENT_NOT_FOUND", f"No such file: {strangers}"))
        kept = [old[i] for i in ids if i in old]
        described = {int(entry["id"]): entry for entry in listed}
    if len(kept) + len(files) > 10:
        raise invalid(Flaw(("attachments",), "BASE_TYPE_MAX_LENGTH", "More than 10 files"))
    new = []
    for upload in sorted(files, key=lambda upload: upload.index):
        entry = described.get(upload.index, {})
        name = entry.get("filename") or upload.filename
        told = entry.get("description")
        new.append(world.new_attachment(name, upload.data, description=told))
    return kept + new


def _text_flaws(content: str, embeds: list[Json]) -> Iterator[Flaw]:
    if len(content) > CONTENT_LIMIT:
        message = f"Must be {CONTENT_LIMIT} or fewer in length."
        yield Flaw(("content",), "BASE_TYPE_MAX_LENGTH", message)
    total = 0
    for embed in embeds:
        total += len(embed.get("title") or "") + len(embed.get("description") or "")
        total += sum(len(f["name"]) + len(f["value"]) for f in embed.get("fields") or [])
        total += len((embed.get("footer") or {}).get("text", ""))
        total += len((embed.get("author") or {}).get("name", ""))
    if total > EMBED_TEXT_LIMIT:
        yield Flaw(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embeds hold too much text")


def _layout_flaws(
    components: list[Json], flags: int, content: str, embeds: list[Json]
) -> Iterator[Flaw]:
    where = ("components",)
    everything = list(walk(components))
    if flags & Flag.COMPONENTS_V2:
        if content or embeds:
            yield Flaw((), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "V2 has neither")
        if len(everything) > COMPONENT_LIMIT:
            yield Flaw(where, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Too many components")
    elif any(component["type"] != 1 for component in components):
        yield Flaw(where, "UNION_TYPE_CHOICES", "Only action rows without the V2 flag")
    elif len(components) > 5:
        yield Flaw(where, "BASE_TYPE_BAD_LENGTH", "At most 5 action rows")
    custom_ids = Counter(c["custom_id"] for c in everything if c.get("custom_id"))
    for custom_id, count in custom_ids.items():
        if count > 1:
            yield Flaw(where, "COMPONENT_CUSTOM_ID_DUPLICATED", f"{custom_id!r} twice")
    for component in everything:
        yield from _component_flaws(component)


def _component_flaws(component: Json) -> Iterator[Flaw]:
    where = ("components", str(component["id"]))
    kind = component["type"]
    if kind == 1:
        inside = component["components"]
        if any(c["type"] in _SELECTS for c in inside) and len(inside) > 1:
            yield Flaw(where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A menu fills its row")
    elif kind == 2:
        style = component["style"]
        if style == _LINK_BUTTON:
            if not component.get("url") or component.get("custom_id"):
                yield Flaw(where, "BUTTON_COMPONENT_INVALID", "A link has a url, no custom_id")
        elif style != _PREMIUM_BUTTON:
            if not component.get("custom_id") or component.get("url"):
                yield Flaw(where, "BUTTON_COMPONENT_INVALID", "A button has a custom_id, no url")
            if not (component.get("label") or component.get("emoji")):
                yield Flaw(where, "BUTTON_COMPONENT_INVALID", "A button has a label or emoji")
    elif kind in _SELECTS:
        yield from _select_flaws(component, where)


def _select_flaws(component: Json, where: tuple[str, ...]) -> Iterator[Flaw]:
    values = [option["value"] for option in component.get("options") or []]
    if len(set(values)) < len(values):
        yield Flaw(where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "A value twice")
    most = component.get("max_values") or 1
    if component["type"] == 3 and most > len(values):
        yield Flaw(where, "BASE_TYPE_BAD_LENGTH", "max_values exceeds the options")


def _media_flaws(things: list[Json], attachments: list[Attachment]) -> Iterator[Flaw]:
    names = {attachment.filename for attachment in attachments}
    for name in media_names(things):
        if name not in names:
            yield Flaw((), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", name)


def _pings(world: World, content: str, allowed: Json | None, answers: User | None) -> set[User]:
    """Whom the message notifies: everyone it names, unless `allowed_mentions` says less."""
    named = world.mentioned(content)
    replied = {answers} if answers is not None else set()
    if allowed is None:
        return named | replied
    if "users" not in (allowed.get("parse") or []):
        ids = {int(user_id) for user_id in allowed.get("users") or []}
        named = {user for user in named if user.id in ids}
    return named | (replied if allowed.get("replied_user") else set())
