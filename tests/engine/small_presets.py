"""Reelroom's own presets on small weights: the files as they are, with another checkpoint and size.

What a preset says of its classes, sampler, adapters, types, quantisation, frames and sound stays.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from engine.presets import place
from tests.engine import tiny_models

#: Steps of those that are not made for few.
STEPS = 2

_MODELS: Mapping[str, Callable[[Path], None]] = {
    "fastwan-1.3b": tiny_models.wan,
    "wan-2.2-a14b-4step": partial(tiny_models.wan, experts=2),
    "wan-2.2-ti2v-5b": tiny_models.wan_5b,
    "wan-vace-1.3b": tiny_models.vace,
    "wan-vace-14b": tiny_models.vace,
    "ltx-2.5-int8": tiny_models.ltx2,
    "ltx-2.5-bf16": partial(tiny_models.ltx2, refined=True),
}


def bundled() -> list[str]:
    """The names of Reelroom's own presets."""
    files = Path(str(resources.files("engine.presets"))).glob("*.toml")
    return sorted(path.stem for path in files)


def shrink(name: str, home: Path) -> None:
    """Put the preset `name` into the room at `home`, on small weights. Pocket is small enough."""
    if name not in _MODELS:
        return
    file = Path(str(resources.files("engine.presets"))) / f"{name}.toml"
    preset = tomllib.loads(file.read_text())
    _MODELS[name](home / "small")
    for adapter in preset.get("adapters", ()):
        folder = place(adapter["repository"], adapter["revision"])
        _adapter(home / "models" / folder / adapter["file"])
    del preset["repository"], preset["revision"]
    preset |= {"checkpoint": "../small", "gpu_gb": 0, "expected": 1, "sizes": {"16:9": [128, 64]}}
    if "sampler" not in preset:
        preset["steps"] = STEPS
    if preset["weights"].get("quantisation") == "int8" and not find_spec("torchao"):
        del preset["weights"]["quantisation"]
    presets = home / "presets"
    presets.mkdir(exist_ok=True)
    lines = [f"{key} = {_toml(value)}" for key, value in preset.items()]
    (presets / f"{name}.toml").write_text("\n".join(lines))


def _adapter(path: Path) -> None:
    """Low-rank weights that fit the small transformers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    key = "transformer.blocks.0.attn1.to_q.lora_{}.weight"
    save_file({key.format("A"): torch.randn(4, 24), key.format("B"): torch.randn(24, 4)}, path)


def _toml(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {_toml(each)}' for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return json.dumps(value)
