"""A clip's latents as they are kept for its remixes and extensions: one small safetensors file.

Beside the tokens it holds the scene that was read from the words, and the seconds already shown.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from pydantic import TypeAdapter
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

from engine.pocket.world.scene import Scene

_KEY = "pocket"


@dataclass(frozen=True)
class _Note:
    scene: Scene
    end: float


_NOTE = TypeAdapter(_Note)


@dataclass(frozen=True)
class Saved:
    """What is kept of a clip."""

    #: (z, 1, 11, 12), rounded to half precision.
    latents: Tensor
    scene: Scene
    #: Where on the clock the clip ended, seconds; an extension starts there.
    end: float


def rounded(latents: Tensor) -> Tensor:
    """As the latents will be read back, so that a clip and its remix share every bit they can."""
    return latents.half().float()


def to_bytes(saved: Saved) -> bytes:
    """The file's bytes, the same for the same value."""
    # One entry only: safetensors writes several in no particular order.
    note = _NOTE.dump_json(_Note(saved.scene, saved.end)).decode()
    return save({"latents": saved.latents.half().contiguous()}, {_KEY: note})


def read(path: Path) -> Saved | None:
    """The file at `path`; None where it is not one that Pocket wrote. Raises OSError."""
    with safe_open(path, "pt") as file:
        meta = file.metadata() or {}
        if _KEY not in meta:
            return None
        latents = file.get_tensor("latents").float()
    note = _NOTE.validate_json(meta[_KEY])
    return Saved(latents, note.scene, note.end)


def fits(latents: Tensor, like: torch.Size) -> bool:
    """Whether latents of an earlier Pocket have today's shape."""
    return latents.shape == like
