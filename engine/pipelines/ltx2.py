"""LTX-2: picture and sound made together, from words, a picture or a film.

A clip starts from what stands at its first frames: a picture, or the last frames of what an
extension goes on from. A remix holds on to its parent's whole film, by what strength leaves of it.
Frame counts other than 8k + 1 are taken and give sound of another length than the picture, so that
the preset's rule is kept here too.
"""

import numpy as np
import PIL.Image
from diffusers import DiffusionPipeline
from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines.diffused import Call, Diffused, Made, to_pixels
from engine.pipelines.family import Request
from engine.pipelines.few_steps import with_generators
from engine.pipelines.loading import Pipelines, load_pipelines
from engine.pipelines.previews import clean_guess
from engine.pipelines.starting import strength_of
from engine.presets.shape import Preset, Task
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
    return Ltx2(load_pipelines(preset, device), preset)


class Ltx2(Diffused):
    """The loaded family."""

    #: 8k + 1, so that the parent's motion and sound go on.
    kept = 17
    tokens = 1024

    def __init__(self, pipes: Pipelines, preset: Preset) -> None:
        super().__init__(pipes, preset)
        self.sound_rate = int(pipes.first.vocoder.config.output_sampling_rate)

    def _call(self, call: Call) -> Made:
        request, text = call.request, call.text
        pipe = self._pipes.of(Task.TEXT if call.start is None else Task.CONTROL)
        with_generators(pipe, [call.generator])
        conditions = {} if call.start is None else {"conditions": self._conditions(call)}
        distilled = _NO_GUIDANCE if request.guidance <= 1 else {}
        made = pipe(
            prompt_embeds=text[0],
            prompt_attention_mask=text[1],
            negative_prompt_embeds=text[2],
            negative_prompt_attention_mask=text[3],
            height=request.height,
            width=request.width,
            num_frames=call.count,
            frame_rate=float(request.fps),
            num_inference_steps=request.steps,
            sigmas=list(self._preset.sampler.sigmas) if self._preset.sampler else None,
            guidance_scale=request.guidance,
            **distilled,
            **conditions,
            generator=call.generator,
            callback_on_step_end=call.on_step_end,
            output_type="pt",
        )
        sound = made.audio[0].float().cpu().numpy()
        return Made(to_pixels(made.frames[0]), np.asarray(_stereo(sound), np.float32))

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


def _stereo(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, n) or (2, n) as (2, n)."""
    return np.repeat(sound, 2, axis=0) if sound.shape[0] == 1 else sound[:2]
