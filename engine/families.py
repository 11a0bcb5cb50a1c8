"""Pipeline families on this machine's device: loaded, shared, and put aside for one another.

Presets of one checkpoint share one load. As many stay loaded as the device's memory holds; beyond
that the one that was used longest ago goes. What can't be loaded is logged and no longer offered;
what needs more memory than the device has never is.
"""

import gc
import importlib
import logging
import os
import sys
from collections.abc import Mapping
from types import ModuleType

from engine.pipelines.family import Family
from engine.presets.checkpoints import CheckpointError, is_here
from engine.presets.shape import Preset
from storage.offers import Reason, Withheld

log = logging.getLogger(__name__)

#: What presets have to have in common to share a load.
_Key = tuple[object, ...]


class CannotLoad(Exception):
    """A preset's checkpoint can't be loaded; the message says why."""


class Families:
    """The families of the presets that this machine can render.

    `get` loads, and is called on the device's one thread only, so that nothing is put aside while
    it renders. One job at a time asks for its family, by `ready` and then by `get`.
    """

    def __init__(
        self, presets: Mapping[str, Preset], device: str, memory: float | None = None
    ) -> None:
        """`device` is "auto", "cpu" or "cuda"; `memory` is its GB, where that is decided."""
        self._device = chosen_device(device)
        self._memory = memory_gb(self._device) if memory is None else memory
        self._known = presets
        self._presets = {
            name: preset for name, preset in presets.items() if self._lacks(preset) is None
        }
        #: Loaded families, the one used longest ago first, and the GB that each takes.
        self._loaded: dict[_Key, tuple[Family, float]] = {}
        #: Why those that could not be loaded could not. Nothing loads them again.
        self._broken: dict[_Key, str] = {}
        #: Loads after the first that put another family aside.
        self.switches = 0

    def presets(self) -> Mapping[str, Preset]:
        """The presets on offer, by name."""
        return {n: p for n, p in self._presets.items() if _key(p) not in self._broken}

    def withheld(self) -> list[Withheld]:
        """The presets that are known and not on offer, and why."""
        lacking = {name: self._lacks(preset) for name, preset in self._known.items()}
        lacking |= {n: Reason.BROKEN for n in self._presets if n not in self.presets()}
        return [
            Withheld(name, reason, self._known[name].gpu_gb)
            for name, reason in lacking.items()
            if reason
        ]

    def _lacks(self, preset: Preset) -> Reason | None:
        """What this machine lacks for the preset."""
        if not fits(preset, self._device, self._memory):
            return Reason.TOO_LARGE
        return None if is_here(preset) else Reason.NOT_FETCHED

    def find(self, name: str) -> Preset:
        """The preset, on offer or not. Raises LookupError for one that is not of this machine."""
        return self._presets[name]

    def remote(self) -> Mapping[str, Preset]:
        """Those that other machines render."""
        return {name: preset for name, preset in self._presets.items() if preset.is_remote}

    def here(self) -> Mapping[str, Preset]:
        """Those that this machine's device renders, or would if it could load them."""
        return {name: preset for name, preset in self._presets.items() if not preset.is_remote}

    def most_at_once(self) -> int:
        """The most compatible jobs that any of them renders in one call."""
        return max((preset.batch for preset in self.here().values()), default=1)

    def start(self, first: str) -> None:
        """Load `first` and what fits beside it, so that the first jobs need not wait. Blocks."""
        for preset in sorted(self.here().values(), key=lambda preset: preset.name != first):
            if _key(preset) in self._loaded or self._fits(preset):
                try:
                    self.get(preset.name)
                except CannotLoad:
                    continue

    def is_loaded(self, name: str) -> bool:
        """Whether the preset renders without a load."""
        return _key(self._presets[name]) in self._loaded

    def ready(self, name: str) -> Family | None:
        """The preset's family where it is loaded."""
        preset = self._presets.get(name)
        if preset is None or _key(preset) not in self._loaded:
            return None
        return self._used(_key(preset))

    def get(self, name: str) -> Family:
        """The preset's family, loaded now where it was not. Blocks. Raises CannotLoad."""
        preset = self._presets.get(name)
        if preset is None:
            raise CannotLoad(f"the preset {name} is not on offer")
        key = _key(preset)
        if key in self._broken:
            raise CannotLoad(self._broken[key])
        if key not in self._loaded:
            self._make_room(preset)
            self._loaded[key] = self._load(preset), preset.gpu_gb
        return self._used(key)

    def _used(self, key: _Key) -> Family:
        """The loaded family, now the last to be put aside."""
        self._loaded[key] = self._loaded.pop(key)
        return self._loaded[key][0]

    def _load(self, preset: Preset) -> Family:
        try:
            family = _loader(preset, self._device)
        except Exception as error:
            # Whatever is wrong with a checkpoint, the other presets go on.
            self._broken[_key(preset)] = f"{preset.name}: {error}"
            if isinstance(error, CheckpointError):
                log.error("%s", error)
            else:
                log.exception("can't load the preset %s", preset.name)
            raise CannotLoad(self._broken[_key(preset)]) from error
        log.info("loaded the preset %s on %s", preset.name, self._device)
        return family

    def _fits(self, preset: Preset) -> bool:
        taken = sum(size for _, size in self._loaded.values())
        return taken + preset.gpu_gb <= self._memory

    def _make_room(self, preset: Preset) -> None:
        moved = False
        for key in list(self._loaded):
            if self._fits(preset):
                break
            # Those that take nothing to speak of would make no room.
            if self._loaded[key][1] > 0:
                del self._loaded[key]
                moved = True
        if moved:
            self.switches += 1
            log.info("switching to the preset %s, switch %d", preset.name, self.switches)
            free_memory()


def chosen_device(wanted: str) -> str:
    """The device that "auto" means here; any other is itself."""
    if wanted != "auto":
        return wanted
    import torch  # Slow to import, and only needed to look for a GPU.

    return "cuda" if torch.cuda.is_available() else "cpu"


def memory_gb(device: str) -> float:
    """Memory of the device in GB (10⁹ bytes): the first GPU's, or the machine's."""
    if device == "cpu":
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    import torch

    return float(torch.cuda.get_device_properties(0).total_memory) / 1e9


def fits(preset: Preset, device: str, gb: float) -> bool:
    """Whether a device with that much memory renders the preset in reasonable time."""
    if preset.gpu_gb == 0:
        return True
    return device != "cpu" and preset.gpu_gb <= gb


def free_memory() -> None:
    """Let go of what nothing refers to any more, on the device too."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def module_of(preset: Preset) -> ModuleType:
    """The module of the preset's family. Raises ImportError."""
    name = preset.family if "." in preset.family else f"engine.pipelines.{preset.family}"
    return importlib.import_module(name)


def _key(preset: Preset) -> _Key:
    return (
        preset.family,
        preset.checkpoint,
        preset.adapters,
        preset.servers,
        preset.weights.model_dump_json(),
        tuple(sorted(preset.pipelines.items())),
        preset.sampler,
        preset.refine,
    )


def _loader(preset: Preset, device: str) -> Family:
    """The family's module loads it: one of ours, or an owner's own by its dotted name.

    One with `load_preset` gets the whole preset; one with `load` needs only the folder.
    """
    module = module_of(preset)
    if hasattr(module, "load_preset"):
        family: Family = module.load_preset(preset, device)
    else:
        family = module.load(preset.folder, device)
    return family
