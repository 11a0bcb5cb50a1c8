"""A clip's latents as they are kept for its remixes and extensions: one small safetensors file.

Beside the tokens of each shot it holds the scene that was read from the words, when the shot
begins, the seconds already shown, and the tune that was played.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from pydantic import TypeAdapter, ValidationError
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

from engine.pocket.world.scene import Scene
from engine.sound.score import Tune

_KEY = "pocket shots"


@dataclass(frozen=True)
class Shot:
    """A stretch of a clip between two cuts."""

    #: (z, 1, 11, 12), rounded to half precision.
    latents: Tensor
    scene: Scene
    #: Seconds from the clip's beginning.
    start: float = 0.0


@dataclass(frozen=True)
class Saved:
    """What is kept of a clip."""

    #: In their order; one for a clip that does not cut.
    shots: tuple[Shot, ...]
    #: Where on the clock the clip ended, seconds; an extension starts there.
    end: float
    tune: Tune
    #: Handle → the subject whose part they play, for each of the cast.
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Note:
    scenes: tuple[Scene, ...]
    starts: tuple[float, ...]
    end: float
    tune: Tune
    parts: Mapping[str, str] = field(default_factory=dict)


_NOTE = TypeAdapter(_Note)


def rounded(latents: Tensor) -> Tensor:
    """As the latents will be read back, so that a clip and its remix share every bit they can."""
    return latents.half().float()


def to_bytes(saved: Saved) -> bytes:
    """The file's bytes, the same for the same value."""
    scenes, starts = zip(*((shot.scene, shot.start) for shot in saved.shots), strict=True)
    # One entry only: safetensors writes several in no particular order.
    note = _NOTE.dump_json(_Note(scenes, starts, saved.end, saved.tune, saved.parts)).decode()
    latents = torch.stack([shot.latents for shot in saved.shots]).half().contiguous()
    return save({"latents": latents}, {_KEY: note})


def read(path: Path) -> Saved | None:
    """The file at `path`; None where it is not one that this Pocket wrote. Raises OSError."""
    with safe_open(path, "pt") as file:
        meta = file.metadata() or {}
        if _KEY not in meta:
            return None
        latents = file.get_tensor("latents").float()
    try:
        note = _NOTE.validate_json(meta[_KEY])
    except ValidationError:
        # Another version's: its film can still be remixed by its pictures.
        return None
    shots = zip(latents, note.scenes, note.starts, strict=True)
    return Saved(tuple(Shot(*shot) for shot in shots), note.end, note.tune, note.parts)


def fits(saved: Saved, like: torch.Size) -> bool:
    """Whether latents of an earlier Pocket have today's shape."""
    return all(shot.latents.shape == like for shot in saved.shots)
