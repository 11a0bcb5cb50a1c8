"""Checks a request against the Bot API's own method and field facts (`spec.json`, Bot API 10.1).

Requests arrive as forms, so every value is text until its field says what it is; nested values
arrive as JSON. The result is a plain dict of typed values. An unknown field, a missing one or a
wrong type is refused, though Telegram itself lets some of these pass.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .errors import ApiError, violated

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    filename: str
    mime: str
    data: bytes


@cache
def _spec() -> Json:
    loaded: Json = json.loads(Path(__file__).with_name("spec.json").read_text())
    return loaded


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in _spec()["methods"]}


def method_named(name: str) -> str:
    """The method's proper name; Telegram reads names without regard to case.

    Raises ApiError 404 for a method that does not exist, and a violation for one that exists but
    that this fake leaves out.
    """
    proper = _names().get(name.lower())
    if proper is not None:
        return proper
    if name.lower() in {other.lower() for other in _spec()["other_methods"]}:
        raise violated(f"the fake server does not do {name}")
    raise ApiError(404, "Not Found: method not found", breaks_the_rules=True)


def typed_arguments(method: str, fields: dict[str, str], uploads: dict[str, Upload]) -> Json:
    """The request's fields with the types of the spec; uploads stand where they were sent.

    Raises a violation that names the field.
    """
    known: Json = _spec()["methods"][method]
    attached = {name for name in uploads if name not in known}
    for name in fields:
        if name not in known:
            raise violated(f'{method} has no parameter "{name}"')
    arguments: Json = {}
    for name, fact in known.items():
        if name in uploads:
            if "InputFile" not in fact["types"]:
                raise violated(f'parameter "{name}" of {method} takes no file')
            arguments[name] = uploads[name]
        elif name in fields and (fields[name] != "" or fact["required"]):
            arguments[name] = _from_text(fields[name], fact["types"], f"{method}.{name}")
        elif fact["required"]:
            raise violated(f'parameter "{name}" of {method} is required')
    _every_attachment_is_used(method, fields, attached)
    return arguments


def _every_attachment_is_used(method: str, fields: dict[str, str], attached: set[str]) -> None:
    for name in attached:
        if not any(f"attach://{name}" in value for value in fields.values()):
            raise violated(f'{method} carries a file "{name}" that nothing refers to')


def _from_text(text: str, types: list[str], where: str) -> object:
    """A form value as the first of `types` that it can be."""
    for kind in types:
        if kind == "Integer" and re.fullmatch(r"-?\d+", text):
            return int(text)
        if kind == "Float" and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text)
        if kind == "Boolean" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind in ("String", "InputFile"):
            return text
    if all(kind in ("Integer", "Float", "Boolean") for kind in types):
        raise violated(f"{where} must be {' or '.join(types)}, not {text[:60]!r}")
    try:
        value = json.loads(text)
    except ValueError as broken:
        raise violated(f"can't parse {where} JSON object") from broken
    check_value(value, types, where)
    return value


def check_value(value: object, types: list[str], where: str) -> None:
    """Raises a violation unless a JSON value is one of the spec's types."""
    if len(types) > 1 and isinstance(value, list):
        items = [kind.removeprefix("Array of ") for kind in types if kind.startswith("Array of ")]
        for index, item in enumerate(value):
            check_value(item, items, f"{where}[{index}]")
        return
    problems = [_problem(value, kind, where) for kind in types]
    if all(problems):
        raise violated(str(problems[0]))


def _problem(value: object, kind: str, where: str) -> str | None:
    """What is wrong with `value` as a `kind`, or None."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return f"{where} must be an Array"
        found = (
            _problem(item, kind.removeprefix("Array of "), f"{where}[{index}]")
            for index, item in enumerate(value)
        )
        return next((problem for problem in found if problem), None)
    scalars: dict[str, tuple[type, ...]] = {
        "String": (str,), "Boolean": (bool,), "Float": (int, float), "Integer": (int,),
    }  # fmt: skip
    if kind in scalars:
        wrong_bool = isinstance(value, bool) and kind != "Boolean"
        fits = isinstance(value, scalars[kind]) and not wrong_bool
        return None if fits else f"{where} must be of type {kind}"
    if kind not in _spec()["types"]:
        return f"{where} can't be a {kind}"
    return _object_problem(value, kind, where)


def _object_problem(value: object, kind: str, where: str) -> str | None:
    if not isinstance(value, dict):
        return f"{where} must be an Object ({kind})"
    fact: Json = _spec()["types"][kind]
    if "subtypes" in fact:
        chosen = next((s for s in fact["subtypes"] if type_value(kind, s) == value.get("type")), "")
        if not chosen:
            return f"{where} has an unknown type {value.get('type')!r} for {kind}"
        return _object_problem(value, chosen, where)
    for name, field in fact["fields"].items():
        if name not in value:
            if field["required"]:
                return f"{where}.{name} is required"
            continue
        try:
            check_value(value[name], field["types"], f"{where}.{name}")
        except ApiError as wrong:
            return wrong.description.removeprefix("Bad Request: ")
    unknown = next((name for name in value if name not in fact["fields"]), None)
    if unknown is not None:
        return f"{where}.{unknown} is not a field of {kind}"
    expected = _own_type(kind)
    if expected and value.get("type") != expected:
        return f"{where}.type must be {expected!r}"
    return None


def _own_type(kind: str) -> str:
    """The `type` that a member of a union must carry, "" for a type in no union."""
    for union, fact in _spec()["types"].items():
        if kind in fact.get("subtypes", ()):
            return type_value(union, kind)
    return ""


def type_value(union: str, subtype: str) -> str:
    """`InputMedia`, `InputMediaVideo` → `video`: how the Bot API names members of a union."""
    tail = subtype.removeprefix(union)
    return re.sub(r"(?<!^)([A-Z])", r"_\1", tail).lower()
