"""Checkpoints on this machine: whether one is there, whole, and of safetensors alone.

A pickle runs code when it is read, so that a checkpoint with one is refused, whatever else is in
it. Files are looked at by their headers: nothing is loaded here.
"""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open

from engine.presets import fetched
from engine.presets.shape import Preset

#: What a pipeline's folder has at its top.
INDEX = "model_index.json"
#: A file that `reelroom fetch` leaves until the whole checkpoint is there.
UNFINISHED = "reelroom-unfinished"
#: Ends of files that may be pickles.
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")


class CheckpointError(Exception):
    """A checkpoint can't be used; the message is one sentence that says why and what to do."""


def is_here(preset: Preset) -> bool:
    """Whether all that the preset renders with is on this machine, or it renders elsewhere."""
    if preset.is_remote:
        return True
    folder = preset.folder
    whole = folder.is_dir() and not (folder / UNFINISHED).exists()
    return whole and all(file.exists() for file in preset.adapter_files)


def check(preset: Preset) -> None:
    """Raise CheckpointError unless the preset's files look as they should. Blocks, briefly."""
    folder = preset.folder
    if not is_here(preset):
        how = f": reelroom fetch {preset.name}" if preset.repository else f" in {folder}"
        raise CheckpointError(f"The checkpoint of {preset.name} is not here{how}.")
    refuse_pickles(folder)
    if (record := fetched.read(folder)) and (gone := fetched.missing(folder, record)):
        raise CheckpointError(
            f"The checkpoint of {preset.name} is broken: {gone[0]} is not there as it was fetched."
            + _again(preset)
        )
    index = folder / INDEX
    try:
        json.loads(index.read_text())
    except (OSError, ValueError):
        raise CheckpointError(
            f"The checkpoint of {preset.name} is broken: {INDEX} is missing or can't be read."
            + _again(preset)
        ) from None
    for path in (*sorted(folder.rglob("*.safetensors")), *preset.adapter_files):
        check_file(path, of=preset)


def refuse_pickles(folder: Path) -> None:
    """Raise CheckpointError for a folder with a file that may run code when it is read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in PICKLES:
            raise CheckpointError(
                f"{path.relative_to(folder)} may be a pickle, which can run code when it is read:"
                " only safetensors are loaded."
            )


def check_file(path: Path, *, of: Preset) -> None:
    """Raise CheckpointError unless the safetensors file is as long as its header says."""
    try:
        with safe_open(path, framework="np"):
            return
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"The checkpoint of {of.name} is broken: {path.name} can't be read ({error})."
            + _again(of)
        ) from None


def _again(preset: Preset) -> str:
    return f" Fetch it again: reelroom fetch {preset.name}." if preset.repository else ""
