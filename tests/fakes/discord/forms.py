"""Forms (modals): what a person sees of one, and what is sent when they press Submit.

Checks what Discord's app checks: required fields, lengths, choices, numbers of files. What a
person can't fill in raises NotThere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .desk import Interaction
from .options import NotThere, resolve_file, resolve_user
from .things import Json, User, walk
from .world import World

_TEXT_INPUT, _STRING_SELECT, _FILE_UPLOAD = 4, 3, 19
_USER_SELECTS = (5, 7)
_RADIO, _CHECKBOXES, _CHECKBOX = 21, 22, 23
_LABEL, _ROW, _TEXT = 18, 1, 10


@dataclass(frozen=True)
class Modal:
    """A form on a person's screen."""

    interaction: Interaction
    title: str
    components: list[Json]

    @property
    def fields(self) -> dict[str, Json]:
        """Its inputs by what is written above them."""
        labels: dict[str, Json] = {}
        for component in self.components:
            if component["type"] == _LABEL:
                labels[component["label"]] = component["component"]
            elif component["type"] == _ROW:
                for entry in component["components"]:
                    labels[entry.get("label") or entry["custom_id"]] = entry
        return labels

    @property
    def text(self) -> str:
        """Every word on it besides what is filled in."""
        labels = [c.get("description") or "" for c in self.components]
        texts = [c["content"] for c in walk(self.components) if c["type"] == _TEXT]
        return "\n".join([self.title, *self.fields, *filter(None, labels), *texts])

    def value(self, label: str) -> str:
        """What a text field is filled in with at first."""
        return str(self._field(label).get("value") or "")

    def submission(self, world: World, given: dict[str, object]) -> Json:
        """The interaction data of this form filled in with `given`, the rest left as it is."""
        answers = {self._field(label)["custom_id"]: value for label, value in given.items()}
        resolved: Json = {}
        names = {field["custom_id"]: label for label, field in self.fields.items()}

        def filled(field: Json) -> Json:
            name, custom_id = names[field["custom_id"]], field["custom_id"]
            value = answers.get(custom_id, _at_first(field))
            sent = {"type": field["type"], "id": field["id"], "custom_id": custom_id}
            return sent | self._filled(world, name, field, value, resolved)

        components: list[Json] = []
        for component in self.components:
            sent: Json = {"type": component["type"], "id": component["id"]}
            if component["type"] == _LABEL:
                sent["component"] = filled(component["component"])
            elif component["type"] == _ROW:
                sent["components"] = [filled(field) for field in component["components"]]
            components.append(sent)
        assert self.interaction.modal is not None
        data: Json = {"custom_id": self.interaction.modal["custom_id"], "components": components}
        return {**data, "resolved": resolved} if resolved else data

    def _field(self, label: str) -> Json:
        for name, field in self.fields.items():
            if label in (name, field["custom_id"]):
                return field
        raise NotThere(f"the form {self.title!r} has no {label!r}, only {list(self.fields)}")

    def _filled(self, world: World, name: str, field: Json, value: object, resolved: Json) -> Json:
        kind = field["type"]
        required = field.get("required", True) is not False
        if kind == _TEXT_INPUT:
            return {"value": _text(name, field, value, required)}
        if kind == _CHECKBOX:
            return {"value": bool(value)}
        chosen = value if isinstance(value, list) else [] if value is None else [value]
        if kind == _RADIO:
            _count(name, len(chosen), 1 if required else 0, 1)
            return {"value": _picked(name, field, chosen)[0] if chosen else None}
        least = field.get("min_values")
        least = 1 if least is None else least
        most = field.get("max_values") or (len(field["options"]) if kind == _CHECKBOXES else 1)
        if chosen or required:
            _count(name, len(chosen), least, most)
        if kind == _FILE_UPLOAD:
            return {
                "values": [resolve_file(world, f, resolved) for f in chosen if isinstance(f, tuple)]
            }
        if kind in _USER_SELECTS:
            here = self.interaction.channel
            people = [p for p in chosen if isinstance(p, User)]
            return {"values": [resolve_user(p, here, resolved) for p in people]}
        return {"values": _picked(name, field, chosen)}


def _at_first(field: Json) -> object:
    """What a field holds before a person touches it."""
    if field["type"] == _TEXT_INPUT:
        return field.get("value") or ""
    if field["type"] == _CHECKBOX:
        return field.get("default", False)
    return [option["value"] for option in field.get("options") or [] if option.get("default")]


def _text(name: str, field: Json, value: object, required: bool) -> str:
    if not isinstance(value, str):
        raise NotThere(f"{name!r} takes text, not {value!r:.60}")
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if required:
        least = max(least, 1)
    if (value or required) and not least <= len(value) <= most:
        raise NotThere(f"{name!r} takes {least} to {most} characters, not {len(value)}")
    return value


def _count(name: str, count: int, least: int, most: int) -> None:
    if not least <= count <= most:
        raise NotThere(f"{name!r} takes {least} to {most}, not {count}")


def _picked(name: str, field: Json, chosen: list[Any]) -> list[str]:
    return pick(name, field.get("options") or [], chosen)


def pick(name: str, options: list[Json], chosen: list[Any]) -> list[str]:
    """Values of the options that a person picked by label or value."""
    values: list[str] = []
    for wanted in chosen:
        found = next((o for o in options if wanted in (o["label"], o["value"])), None)
        if found is None:
            raise NotThere(f"{name!r} offers {[o['label'] for o in options]}, not {wanted!r}")
        values.append(found["value"])
    return values
