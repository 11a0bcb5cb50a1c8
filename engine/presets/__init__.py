"""Presets: the ways of rendering that an engine offers, one TOML file each.

The files here come with Reelroom; an owner adds others, or replaces these by name, in the room's
`presets` folder. Each is validated as a whole, and a wrong key or value becomes one sentence.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.presets.shape import Preset

#: Keys that no file may have, and why.
_SET_HERE = {
    "name": "its file's name is its name",
    "adapter_files": "fetching sets it",
    "ledger": "the room's folder has it",
}


class PresetError(Exception):
    """A preset's file is wrong; the message is one sentence that names the file and the key."""


def load_all(room_folder: Path) -> Mapping[str, Preset]:
    """Every preset by its name: Reelroom's, and those in `room_folder`/presets, which win.

    Those with a repository have their checkpoint under `room_folder`/models, whether it has been
    fetched or not. Raises PresetError.
    """
    bundled = Path(str(resources.files("engine.presets")))
    files = {path.stem: path for path in sorted(bundled.glob("*.toml"))}
    files |= {path.stem: path for path in sorted((room_folder / "presets").glob("*.toml"))}
    models = room_folder / "models"
    return {name: load(path, models=models) for name, path in files.items()}


def load(path: Path, *, models: Path) -> Preset:
    """The preset in the file at `path`, its fetched parts in `models`. Raises PresetError."""
    try:
        values = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PresetError(f"The preset {path.name} can't be read: {error}.") from None
    for key, why in _SET_HERE.items():
        if key in values:
            raise PresetError(f"The preset {path.name} can't set '{key}': {why}.")
    try:
        preset = Preset(name=path.stem, **values)
    except ValidationError as error:
        raise PresetError(_sentence(path, error)) from None
    return preset.model_copy(update=_places(preset, path.parent, models))


def _places(preset: Preset, here: Path, models: Path) -> dict[str, object]:
    """Where the checkpoint and the adapters of a preset lie."""
    places: dict[str, object] = {
        "adapter_files": tuple(
            models / place(adapter.repository, adapter.revision) / adapter.file
            for adapter in preset.adapters
        ),
        "ledger": models.parent / "remote" / preset.name if preset.servers else None,
    }
    if preset.checkpoint is not None:
        places["checkpoint"] = (here / preset.checkpoint).resolve()
    elif preset.repository is not None:
        places["checkpoint"] = models / place(preset.repository, preset.revision)
    return places


def place(repository: str, revision: str) -> str:
    """The folder's name of a repository at a revision; of a commit the first letters do."""
    name = repository.replace("/", "--")
    if revision == "main":
        return name
    short = revision[:12] if is_commit(revision) else revision.replace("/", "--")
    return f"{name}@{short}"


def is_commit(revision: str) -> bool:
    """Whether it names one state for ever, and no branch or tag."""
    return re.fullmatch("[0-9a-f]{40}", revision) is not None


def _sentence(path: Path, error: ValidationError) -> str:
    first: Mapping[str, Any] = error.errors(include_input=False, include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"The preset {path.name} has a key that Reelroom does not know: '{key}'."
    if first["type"] == "missing":
        return f"The preset {path.name} lacks '{key}'."
    reason = str(first["msg"]).removeprefix("Value error, ")
    if not key:
        return f"The preset {path.name} is wrong: {reason[0].lower()}{reason[1:]}."
    return f"The preset {path.name} has a wrong '{key}': {reason[0].lower()}{reason[1:]}."
