"""A Wan family with random weights a few dozen wide: diffusers' own pipeline on a test's budget."""

from pathlib import Path

import numpy as np
import PIL.Image
import torch
from diffusers import AutoencoderKLWan, UniPCMultistepScheduler, WanPipeline, WanTransformer3DModel
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

from engine.pipelines.family import OnStep, Rendered, Request

WORDS = ["<pad>", "<unk>", "a", "red", "fox", "in", "the", "snow"]


class TinyWan:
    """The family."""

    def __init__(self, pipe: WanPipeline) -> None:
        self._pipe = pipe

    def encode(self, request: Request) -> object:
        """The prompt's embeddings, made by the pipeline."""
        with torch.no_grad():
            prompt, _ = self._pipe.encode_prompt(
                request.plan.prompt, do_classifier_free_guidance=False, max_sequence_length=16
            )
        return prompt

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """A whole call of the pipeline; a Cancelled from `on_step` skips the decode."""

        def step_ended(
            pipe: WanPipeline, step: int, at: object, tensors: dict[str, torch.Tensor]
        ) -> dict[str, torch.Tensor]:
            latents = tensors["latents"]
            on_step(step + 1, lambda: _preview(latents))
            return tensors

        video = self._pipe(
            prompt_embeds=encoded,
            height=request.height,
            width=request.width,
            num_frames=request.frames,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            generator=torch.Generator().manual_seed(request.seed),
            output_type="np",
            callback_on_step_end=step_ended,
        ).frames[0]
        frames = ((frame * 255).round().astype(np.uint8) for frame in video)
        return Rendered(frames, len(video), request.fps, request.width, request.height)


def load(checkpoint: Path, device: str) -> TinyWan:
    """Random weights, the same each time; there is nothing at `checkpoint`."""
    torch.manual_seed(0)
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, "<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    pipe = WanPipeline(
        tokenizer=PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>"),
        text_encoder=UMT5EncoderModel(
            UMT5Config(
                vocab_size=len(WORDS), d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=4
            )
        ),
        vae=AutoencoderKLWan(base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1),
        scheduler=UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
        ),
        transformer=WanTransformer3DModel(
            patch_size=(1, 2, 2),
            num_attention_heads=2,
            attention_head_dim=12,
            in_channels=16,
            out_channels=16,
            text_dim=32,
            freq_dim=32,
            ffn_dim=32,
            num_layers=2,
        ),
    )
    for part in (pipe.text_encoder, pipe.transformer, pipe.vae):
        part.eval()
    pipe.set_progress_bar_config(disable=True)
    return TinyWan(pipe.to(device))


def _preview(latents: torch.Tensor) -> PIL.Image.Image:
    """The first three channels of a middle frame, as colours."""
    middle = latents[0, :3, latents.shape[2] // 2].clamp(-2, 2).add(2).mul(63.75)
    return PIL.Image.fromarray(middle.permute(1, 2, 0).to(torch.uint8).numpy())
