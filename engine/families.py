"""Loading pipeline families: from a preset to the pipeline that renders it, on this device.

Presets of one checkpoint share one load. A preset whose family can't be loaded is logged and not
offered: the others go on.
"""

import importlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.pipelines.family import Family, Load
from engine.presets import Preset

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """A preset that this engine can render."""

    preset: Preset
    family: Family


def load_all(presets: Mapping[str, Preset], device: str) -> dict[str, Loaded]:
    """Load what the presets name on `device` ("auto", "cpu", "cuda"). Blocks, for long."""
    chosen = _device(device)
    families: dict[tuple[str, Path], Family] = {}
    loaded = {}
    for name, preset in presets.items():
        key = preset.family, preset.checkpoint
        try:
            if key not in families:
                families[key] = _load(preset)(preset.checkpoint, chosen)
        except Exception:
            log.exception("can't load the preset %s", name)
            continue
        loaded[name] = Loaded(preset, families[key])
        log.info("loaded the preset %s on %s", name, chosen)
    return loaded


def _load(preset: Preset) -> Load:
    """The loader of the family's module: one of ours, or an owner's own by its dotted name."""
    name = preset.family if "." in preset.family else f"engine.pipelines.{preset.family}"
    load: Load = importlib.import_module(name).load
    return load


def _device(wanted: str) -> str:
    if wanted != "auto":
        return wanted
    import torch  # Slow to import, and only needed to look for a GPU.

    return "cuda" if torch.cuda.is_available() else "cpu"
