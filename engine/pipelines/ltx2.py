"""LTX-2: picture and sound made together, from words, a picture or a film.

A clip starts from what stands at its first frames: a picture, or the last frames of what an
extension goes on from. A remix holds on to its parent's whole film, by what strength leaves of it.
Where the preset has a second stage, the first one renders at half the size; its latents are
enlarged by a model of their own, noised in part, and denoised once more. The cast comes as pictures
beside the clip, for presets with an adapter that was trained to take them up.

Frame counts other than 8k + 1 are taken and give sound of another length than the picture, so that
the preset's rule is kept here too.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import PIL.Image
import PIL.ImageOps
import torch
from diffusers import DiffusionPipeline, LTX2LatentUpsamplePipeline
from diffusers.pipelines.ltx2.latent_upsampler import LTX2LatentUpsamplerModel
from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
from diffusers.pipelines.ltx2.pipeline_ltx2_ic_lora import LTX2ReferenceCondition
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines.cutting import cut_out
from engine.pipelines.diffused import Call, Diffused, Made, StepEnd, to_pixels
from engine.pipelines.family import Request
from engine.pipelines.few_steps import with_generators
from engine.pipelines.films import on_white
from engine.pipelines.loading import ENLARGED, Pipelines, load_pipelines
from engine.pipelines.previews import clean_guess
from engine.pipelines.starting import strength_of
from engine.presets.checkpoints import CheckpointError
from engine.presets.shape import Preset, Refine, Task
from storage.clips import ClipKind

#: Further guidances that a distilled model does without.
_NO_GUIDANCE = {
    "stg_scale": 0.0,
    "modality_scale": 1.0,
    "guidance_rescale": 0.0,
    "audio_guidance_scale": 1.0,
    "audio_stg_scale": 0.0,
    "audio_modality_scale": 1.0,
    "audio_guidance_rescale": 0.0,
}


def load_preset(preset: Preset, device: str) -> "Ltx2":
    """The family of an LTX-2 preset. Raises CheckpointError."""
    if preset.cast and Task.REFERENCE not in preset.pipelines:
        raise CheckpointError(
            f"The preset {preset.name} offers a cast: that needs a pipeline for `reference`."
        )
    pipes = load_pipelines(preset, device)
    return Ltx2(pipes, preset, _upsampler(preset, pipes) if preset.refine else None)


class Ltx2(Diffused):
    """The loaded family."""

    #: 8k + 1, so that the parent's motion and sound go on.
    kept = 17
    tokens = 1024

    def __init__(
        self, pipes: Pipelines, preset: Preset, upsampler: LTX2LatentUpsamplePipeline | None
    ) -> None:
        super().__init__(pipes, preset)
        self._upsampler = upsampler
        self.sound_rate = int(pipes.first.vocoder.config.output_sampling_rate)

    def _call(self, call: Call) -> Made:
        refine, sampler = self._preset.refine, self._preset.sampler
        levels = sampler.sigmas if sampler else None
        if refine is None:
            made = self._denoised(call, call.request, levels, call.on_step_end, "pt")
        else:
            made = self._refined(call, refine, levels)
        sound = made.audio[0].float().cpu().numpy()
        return Made(to_pixels(made.frames[0]), np.asarray(_stereo(sound), np.float32))

    def _refined(self, call: Call, refine: Refine, levels: Sequence[float] | None) -> Any:  # noqa: ANN401
        """Both stages. Source: diffusers' documentation of LTX-2, distilled checkpoint generation.

        The second takes the conditions again, so that what is to stay stays sharp, except a
        remix's: a whole film would take the place of all that the first stage made.
        """
        asked = call.request
        half = replace(asked, width=asked.width // ENLARGED, height=asked.height // ENLARGED)
        first_steps = asked.steps - len(refine.sigmas)
        small = self._denoised(call, half, levels, call.stepping(half, 0), "latent")
        assert self._upsampler is not None
        [latents] = self._upsampler(latents=small.frames, output_type="latent", return_dict=False)
        remix = call.first and asked.kind is ClipKind.REMIX
        return self._denoised(
            replace(call, start=None) if remix else call,
            asked,
            refine.sigmas,
            call.stepping(asked, first_steps),
            "pt",
            latents=latents,
            audio_latents=small.audio,
            noise_scale=refine.sigmas[0],
        )

    def _denoised(
        self,
        call: Call,
        request: Request,
        levels: Sequence[float] | None,
        on_step_end: StepEnd,
        output: str,
        **more: object,
    ) -> Any:  # noqa: ANN401
        """A call of a pipeline at the request's size; `levels` None leaves them to the model."""
        text = call.text
        pipe = self._pipes.of(_task(call))
        with_generators(pipe, [call.generator])
        conditions: dict[str, Any] = {}
        if call.start is not None:
            conditions["conditions"] = self._conditions(call)
        if request.players:
            conditions["reference_conditions"] = _references(request)
        distilled = _NO_GUIDANCE if request.guidance <= 1 else {}
        return pipe(
            prompt_embeds=text[0],
            prompt_attention_mask=text[1],
            negative_prompt_embeds=text[2],
            negative_prompt_attention_mask=text[3],
            height=request.height,
            width=request.width,
            num_frames=call.count,
            frame_rate=float(request.fps),
            num_inference_steps=len(levels) if levels else request.steps,
            sigmas=list(levels) if levels else None,
            guidance_scale=request.guidance,
            **distilled,
            **conditions,
            **more,
            generator=call.generator,
            callback_on_step_end=on_step_end,
            output_type=output,
        )

    def _conditions(self, call: Call) -> list[LTX2VideoCondition]:
        assert call.start is not None
        strength = 1.0
        if call.first and call.request.kind is ClipKind.REMIX:
            strength = 1 - strength_of(call.request, self._preset)
        frames = [PIL.Image.fromarray(frame) for frame in call.start]
        return [LTX2VideoCondition(frames=frames, index=0, strength=strength)]

    def _guess(self, pipe: DiffusionPipeline, latents: Tensor, request: Request) -> Tensor:
        packed = clean_guess(pipe.scheduler, latents)
        rows = request.height // pipe.vae_spatial_compression_ratio
        columns = request.width // pipe.vae_spatial_compression_ratio
        # A condition that is no first frame adds tokens behind the clip's own; ours never is.
        frames = packed.shape[1] // (rows * columns)
        unpacked: Tensor = pipe._unpack_latents(
            packed, frames, rows, columns,
            pipe.transformer_spatial_patch_size, pipe.transformer_temporal_patch_size,
        )  # fmt: skip
        return unpacked


def _task(call: Call) -> Task:
    if call.request.players:
        return Task.REFERENCE
    return Task.TEXT if call.start is None else Task.CONTROL


def _references(request: Request) -> list[LTX2ReferenceCondition]:
    """A picture of each of the cast on white, whole, in the clip's shape."""
    size = request.width, request.height
    stills = [on_white(cut_out(player.stills[0])) for player in request.players]
    shaped = [PIL.ImageOps.pad(still, size, color="white") for still in stills]
    return [LTX2ReferenceCondition(frames=[still]) for still in shaped]


def _upsampler(preset: Preset, pipes: Pipelines) -> LTX2LatentUpsamplePipeline:
    """What enlarges latents, beside the loaded parts. Raises CheckpointError."""
    assert preset.refine is not None
    first = pipes.first
    try:
        model = LTX2LatentUpsamplerModel.from_pretrained(
            preset.folder,
            subfolder=preset.refine.part,
            dtype=getattr(torch, preset.weights.dtype),
            use_safetensors=True,
            local_files_only=True,
        )
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"The checkpoint of {preset.name} has no {preset.refine.part} that can be read, which"
            " its second stage needs."
        ) from error
    # It is small beside the transformer, and stays on the device.
    return LTX2LatentUpsamplePipeline(first.vae, model.to(pipes.device))


def _stereo(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, n) or (2, n) as (2, n)."""
    return np.repeat(sound, 2, axis=0) if sound.shape[0] == 1 else sound[:2]
