"""Checks a request against the shapes Discord publishes for its REST API v10.

Relies on shapes.json (paths, query fields and bodies as JSON Schema, cut from Discord's own
OpenAPI description). Knows nothing of channels or messages, and never changes what it checks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SHAPES_FILE = Path(__file__).with_name("shapes.json")
#: Fields that discord.py 2.7 sends where the description has none, and that Discord ignores:
#: `tts` on edits, `nsfw` on commands, and the upload's own index on new attachments.
IGNORED_FIELDS = frozenset({"tts", "nsfw"})

_SNOWFLAKE = re.compile(r"^(0|[1-9][0-9]*)$")
_INTEGER_RANGES = {"int32": 2**31, "int64": 2**63}
_TRUTHS = frozenset({"true", "false", "True", "False", "0", "1"})


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a request: where, Discord's own code for it, and in words."""

    where: tuple[str, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(self.where) or 'body'}: {self.message} ({self.code})"


@dataclass(frozen=True)
class Endpoint:
    """A method and path template of the API, with what it takes."""

    method: str
    template: str
    #: query field name to schema
    query: Json
    #: the body's schema, or None where no body is taken
    body: Json | None
    takes_files: bool


class Shapes:
    """The published request shapes, looked up by method and path."""

    def __init__(self, source: Path = SHAPES_FILE) -> None:
        text: Json = json.loads(source.read_text(encoding="utf-8"))
        self._schemas: Json = text["schemas"]
        self._endpoints = [
            Endpoint(
                method,
                template,
                entry.get("query", {}),
                entry.get("body"),
                entry.get("files", False),
            )
            for template, methods in text["paths"].items()
            for method, entry in methods.items()
        ]
        # Literal segments win over parameters: .../messages/@original before .../{message_id}.
        self._endpoints.sort(key=lambda e: e.template.count("{"))

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]] | None:
        """The endpoint that serves `path`, with its path parameters."""
        segments = path.strip("/").split("/")
        for endpoint in self._endpoints:
            if endpoint.method != method:
                continue
            params = _match(endpoint.template.strip("/").split("/"), segments)
            if params is not None:
                return endpoint, params
        return None

    def flaws(self, endpoint: Endpoint, query: dict[str, str], body: object) -> list[Flaw]:
        """Everything wrong with a request; an empty list when it is well formed."""
        found = list(self._query_flaws(endpoint, query))
        if endpoint.body is None:
            if body is not None:
                found.append(Flaw((), "UNEXPECTED_BODY", "This endpoint takes no body"))
        elif body is None:
            found.append(Flaw((), "BASE_TYPE_REQUIRED", "A body is required"))
        else:
            found.extend(self._flaws(endpoint.body, body, ()))
        return found

    def _query_flaws(self, endpoint: Endpoint, query: dict[str, str]) -> Iterator[Flaw]:
        for name, text in query.items():
            schema = endpoint.query.get(name)
            if schema is None:
                yield Flaw(("query", name), "UNKNOWN_FIELD", "Not a query field of this endpoint")
                continue
            schema = self._resolve(schema)
            if schema.get("type") == "boolean":
                if text not in _TRUTHS:
                    yield Flaw(("query", name), "BOOLEAN_TYPE_CONVERT", "Must be true or false")
            elif schema.get("type") == "integer":
                if not text.isdecimal():
                    yield Flaw(("query", name), "NUMBER_TYPE_COERCE", "Must be a number")
                else:
                    yield from _number_flaws(schema, int(text), ("query", name))
            elif schema.get("format") == "snowflake" and not _SNOWFLAKE.match(text):
                yield Flaw(("query", name), "NUMBER_TYPE_COERCE", "Must be a snowflake")

    def _resolve(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def _flaws(self, schema: Json, value: object, where: tuple[str, ...]) -> list[Flaw]:
        schema = self._resolve(schema)
        found: list[Flaw] = []
        for part in schema.get("allOf", ()):
            found.extend(self._flaws(part, value, where))
        choices = schema.get("oneOf") or schema.get("anyOf")
        if choices:
            found.extend(self._choice_flaws(choices, value, where))
        if "const" in schema and value != schema["const"]:
            found.append(Flaw(where, "BASE_TYPE_CHOICES", f"Must be {schema['const']!r}"))
        if "enum" in schema and value not in schema["enum"]:
            found.append(Flaw(where, "BASE_TYPE_CHOICES", f"Must be one of {schema['enum']}"))
        found.extend(self._typed_flaws(schema, value, where))
        return found

    def _choice_flaws(
        self, choices: list[Json], value: object, where: tuple[str, ...]
    ) -> list[Flaw]:
        """Flaws of the nearest branch: the one whose `type` is the value's, else the fewest."""
        branches = [self._resolve(choice) for choice in choices]
        if all("const" in branch for branch in branches):
            allowed = [branch["const"] for branch in branches]
            if value in allowed:
                return []
            return [Flaw(where, "BASE_TYPE_CHOICES", f"Must be one of {allowed}")]
        told = [branch for branch in branches if _speaks_of(branch, value)]
        results: list[list[Flaw]] = []
        for branch in told or branches:
            flaws = self._flaws(branch, value, where)
            if not flaws:
                return []
            results.append(flaws)
        return min(results, key=len)

    def _typed_flaws(self, schema: Json, value: object, where: tuple[str, ...]) -> Iterator[Flaw]:
        kinds = schema.get("type")
        if kinds is None:
            return
        names = [kinds] if isinstance(kinds, str) else kinds
        if schema.get("format") == "snowflake":
            # Discord also takes snowflakes as numbers.
            if isinstance(value, bool) or not _SNOWFLAKE.match(str(value)):
                yield Flaw(where, "NUMBER_TYPE_COERCE", f"{value!r} is not a snowflake")
            return
        if not any(_is_a(name, value) for name in names):
            yield Flaw(where, "BASE_TYPE_INVALID", f"{value!r:.60} is not {' or '.join(names)}")
        elif isinstance(value, str):
            yield from _length_flaws(schema, len(value), where, "Length", "Length")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from _number_flaws(schema, value, where)
        elif isinstance(value, list):
            yield from self._list_flaws(schema, value, where)
        elif isinstance(value, dict):
            yield from self._object_flaws(schema, value, where)

    def _list_flaws(self, schema: Json, value: list[Any], where: tuple[str, ...]) -> Iterator[Flaw]:
        yield from _length_flaws(schema, len(value), where, "Items", "Items")
        if schema.get("uniqueItems") and len({json.dumps(item) for item in value}) < len(value):
            yield Flaw(where, "SET_TYPE_ALREADY_CONTAINS_VALUE", "Holds the same value twice")
        for index, item in enumerate(value):
            yield from self._flaws(schema.get("items", {}), item, (*where, str(index)))

    def _object_flaws(self, schema: Json, value: Json, where: tuple[str, ...]) -> Iterator[Flaw]:
        properties: Json = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield Flaw((*where, name), "BASE_TYPE_REQUIRED", "This field is required")
        rest = schema.get("additionalProperties")
        if len(value) > schema.get("maxProperties", len(value)):
            yield Flaw(where, "BASE_TYPE_BAD_LENGTH", "Holds too many entries")
        for name, item in value.items():
            if name in properties:
                yield from self._flaws(properties[name], item, (*where, name))
            elif isinstance(rest, dict):
                yield from self._flaws(rest, item, (*where, name))
            elif properties and name not in IGNORED_FIELDS:
                yield Flaw((*where, name), "UNKNOWN_FIELD", "Not a field of this object")


def error_tree(flaws: list[Flaw]) -> Json:
    """Flaws in the nested form of Discord's `errors` (code 50035)."""
    tree: Json = {}
    for flaw in flaws:
        node = tree
        for step in flaw.where:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": flaw.code, "message": flaw.message})
    return tree


def _match(template: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(template) != len(segments):
        return None
    params: dict[str, str] = {}
    for pattern, segment in zip(template, segments, strict=True):
        if pattern.startswith("{"):
            if pattern.endswith("_id}") and not _SNOWFLAKE.match(segment):
                return None
            params[pattern[1:-1]] = segment
        elif pattern != segment:
            return None
    return params


def _speaks_of(branch: Json, value: object) -> bool:
    """Whether a branch is the one for this value's `type`, so its flaws are the telling ones."""
    if not isinstance(value, dict):
        return False
    kind = branch.get("properties", {}).get("type", {})
    return value.get("type") in kind.get("enum", ())


def _is_a(name: str, value: object) -> bool:
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case _:
            return isinstance(value, dict)


def _length_flaws(
    schema: Json, length: int, where: tuple[str, ...], low: str, high: str
) -> Iterator[Flaw]:
    least, most = schema.get(f"min{low}"), schema.get(f"max{high}")
    if least is not None and length < least:
        yield Flaw(where, "BASE_TYPE_BAD_LENGTH", f"Must be {least} or more in length")
    if most is not None and length > most:
        yield Flaw(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length")


def _number_flaws(schema: Json, value: float, where: tuple[str, ...]) -> Iterator[Flaw]:
    bound = _INTEGER_RANGES.get(schema.get("format", ""))
    least = schema.get("minimum", -bound if bound else None)
    most = schema.get("maximum", bound - 1 if bound else None)
    if least is not None and value < least:
        yield Flaw(where, "NUMBER_TYPE_MIN", f"Must be at least {least}")
    if most is not None and value > most:
        yield Flaw(where, "NUMBER_TYPE_MAX", f"Must be at most {most}")
