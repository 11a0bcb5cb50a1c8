"""Loading a preset's pipelines: one load of the weights, a pipeline of diffusers for each task.

Only safetensors, only from this machine, never a repository's own code. What a preset says of
types, quantisation, offloading, attention, caches and adapters is done here, once, for every
family.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import diffusers
import torch
from diffusers import (
    DiffusionPipeline,
    FirstBlockCacheConfig,
    ModelMixin,
    PipelineQuantizationConfig,
)
from diffusers.hooks import apply_layerwise_casting
from torch import nn

from engine.pipelines.few_steps import FewSteps
from engine.presets.checkpoints import CheckpointError, check
from engine.presets.shape import Preset, Task, Weights

#: Parts that denoise, in the order in which they are used.
TRANSFORMERS = ("transformer", "transformer_2")
#: How much larger a second stage is, a side.
ENLARGED = 2
#: Change between two steps below which the first-block cache skips the rest of the blocks.
CACHE_THRESHOLD = 0.05


@dataclass
class Pipelines:
    """The loaded pipelines of a preset."""

    by_task: Mapping[Task, DiffusionPipeline]
    #: The one that was loaded; the others share its parts.
    first: DiffusionPipeline
    device: str
    offload: str

    def of(self, task: Task) -> DiffusionPipeline:
        """The pipeline for a task. Raises ValueError where the preset has none."""
        if task not in self.by_task:
            raise ValueError(f"the preset has no pipeline for {task}")
        return self.by_task[task]

    def relieve(self) -> bool:
        """Use less memory from now on, and more time. False where nothing is left to do."""
        vae = self.first.vae
        if not vae.use_tiling:
            vae.enable_tiling()
            return True
        if self.device == "cuda" and self.offload == "none":
            self.first.enable_model_cpu_offload()
            self.offload = "model"
            return True
        if self.device == "cuda" and self.offload == "model":
            self.first.remove_all_hooks()
            _offload_groups(self.first)
            self.offload = "group"
            return True
        return False

    def rest(self) -> None:
        """After a render, however it ended: parts go back, caches of steps are emptied."""
        for pipe in self.by_task.values():
            pipe.maybe_free_model_hooks()


def load_pipelines(preset: Preset, device: str) -> Pipelines:
    """Load what the preset names. Raises CheckpointError with a sentence. Blocks, for long."""
    check(preset)
    weights = preset.weights
    first = _first(preset)
    _check_numbers(first, preset)
    if preset.sampler:
        first.scheduler = FewSteps.of(preset.sampler, first.scheduler)
    _adapt(first, preset)
    for name in weights.quantised if weights.quantisation == "fp8" else ():
        if (part := getattr(first, name, None)) is not None:
            _keep_in_8_bits(part, getattr(torch, weights.dtypes.get(name, weights.dtype)))
    for transformer in _transformers(first):
        _speed_up(transformer, weights)
    if weights.tiled:
        first.vae.enable_tiling()
    _place(first, weights.offload, device)
    pipes = {task: _sibling(name, first) for task, name in preset.pipelines.items()}
    for pipe in pipes.values():
        pipe.set_progress_bar_config(disable=True)
    return Pipelines(pipes, first, device, weights.offload)


def _first(preset: Preset) -> DiffusionPipeline:
    weights = preset.weights
    types = {"default": weights.dtype, **weights.dtypes}
    options: dict[str, Any] = {}
    if weights.quantisation == "int8":
        options["quantization_config"] = _in_integers(weights)
    kind = _class(next(iter(preset.pipelines.values())), preset)
    try:
        return kind.from_pretrained(
            preset.folder,
            dtype={part: getattr(torch, name) for part, name in types.items()},
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            **options,
        )
    except (OSError, ValueError, KeyError) as error:
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckpointError(
            f"The checkpoint of {preset.name} is not one of {kind.__name__}: {line}"
        ) from error


def _check_numbers(pipe: DiffusionPipeline, preset: Preset) -> None:
    """Raise CheckpointError for sizes or frame counts that the model would change silently."""
    if hasattr(pipe, "vae_spatial_compression_ratio"):
        multiple, every = pipe.vae_spatial_compression_ratio, pipe.vae_temporal_compression_ratio
    else:
        transformer = next(_transformers(pipe))
        multiple = pipe.vae_scale_factor_spatial * transformer.config.patch_size[1]
        every = pipe.vae_scale_factor_temporal
    if preset.refine:
        multiple *= ENLARGED
    for width, height in preset.sizes.values():
        if width % multiple or height % multiple:
            raise CheckpointError(
                f"The preset {preset.name} offers {width} × {height}:"
                f" its model makes sides that are multiples of {multiple}."
            )
    if preset.frames.every % every or preset.frames.plus % every != 1:
        raise CheckpointError(
            f"The preset {preset.name} has a wrong frames rule:"
            f" its model makes {every}k + 1 frames."
        )


def _class(name: str, preset: Preset) -> type[DiffusionPipeline]:
    found = getattr(diffusers, name, None)
    if not (isinstance(found, type) and issubclass(found, DiffusionPipeline)):
        raise CheckpointError(f"The preset {preset.name} names {name}, which diffusers lacks.")
    return found


def _sibling(name: str, first: DiffusionPipeline) -> DiffusionPipeline:
    """A pipeline of another class over the same parts, as they are.

    diffusers' own `from_pipe` would bring all of them to one type.
    """
    if type(first).__name__ == name:
        return first
    kind: type[DiffusionPipeline] = getattr(diffusers, name)
    known = {**first.config, **first.components}
    wanted = inspect.signature(kind.__init__).parameters
    parts = {key: known[key] for key in wanted if key in known and key != "self"}
    if "transformer_2" in first.components and "transformer_2" not in wanted:
        # One expert alone: the second, which works where little noise is left.
        parts["transformer"] = first.transformer_2 or first.transformer
    return kind(**parts)


def _transformers(pipe: DiffusionPipeline) -> Iterator[ModelMixin]:
    for name in TRANSFORMERS:
        if (part := getattr(pipe, name, None)) is not None:
            yield part


def _in_integers(weights: Weights) -> PipelineQuantizationConfig:
    try:
        from torchao.quantization import Int8WeightOnlyConfig
    except ImportError:
        raise CheckpointError(
            "8-bit integers need torchao: pip install 'reelroom[int8]'."
        ) from None
    from diffusers import TorchAoConfig

    kept = {part: TorchAoConfig(Int8WeightOnlyConfig()) for part in weights.quantised}
    return PipelineQuantizationConfig(quant_mapping=kept)


def _keep_in_8_bits(part: nn.Module, compute: torch.dtype) -> None:
    if isinstance(part, ModelMixin):
        part.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=compute)
        return
    # A text encoder of transformers; its embeddings and norms are small and matter, and T5's `wo`
    # looks at the type that its weights are kept in and brings what it is given to that.
    kept = ("shared", "embed", "norm", r"\.wo$")
    apply_layerwise_casting(part, torch.float8_e4m3fn, compute, skip_modules_pattern=kept)


def _adapt(pipe: DiffusionPipeline, preset: Preset) -> None:
    """Add the adapters: into the weights where those can take it, beside them else."""
    for number, (adapter, file) in enumerate(
        zip(preset.adapters, preset.adapter_files, strict=True)
    ):
        name = f"adapter{number}"
        second = {"load_into_transformer_2": True} if adapter.part == "transformer_2" else {}
        pipe.load_lora_weights(
            str(file.parent), weight_name=file.name, adapter_name=name, local_files_only=True,
            use_safetensors=True, **second,
        )  # fmt: skip
        getattr(pipe, adapter.part).set_adapters([name], [adapter.scale])
    if preset.adapters and preset.weights.quantisation != "int8":
        pipe.fuse_lora(components=sorted({adapter.part for adapter in preset.adapters}))
        pipe.unload_lora_weights()


def _speed_up(transformer: ModelMixin, weights: Weights) -> None:
    if weights.attention:
        transformer.set_attention_backend(weights.attention)
    if weights.cache == "first-block":
        transformer.enable_cache(FirstBlockCacheConfig(threshold=CACHE_THRESHOLD))
    if weights.compile:
        transformer.compile_repeated_blocks(fullgraph=True)


def _place(pipe: DiffusionPipeline, offload: str, device: str) -> None:
    if device == "cpu" or offload == "none":
        pipe.to(device)
    elif offload == "model":
        pipe.enable_model_cpu_offload()
    else:
        _offload_groups(pipe)


def _offload_groups(pipe: DiffusionPipeline) -> None:
    pipe.enable_group_offload(
        onload_device=torch.device("cuda"),
        offload_device=torch.device("cpu"),
        offload_type="leaf_level",
        use_stream=True,
    )
