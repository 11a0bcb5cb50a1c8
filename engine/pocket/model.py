"""Pocket's networks and the loss they are trained with, and their export as a pipeline folder.

The transformer is diffusers' WanTransformer3DModel that knows where each token is; the pipeline is
its WanPipeline, unmodified.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from diffusers import UniPCMultistepScheduler, WanPipeline
from torch import Tensor, nn
from transformers import BertModel, PreTrainedTokenizerFast

from engine.pocket.codec import (
    CHANNELS,
    COLUMNS,
    MOTIONS,
    ROWS,
    SPRITES,
    Layer,
    PocketCodec,
    area,
)
from engine.pocket.data import Batch
from engine.pocket.text import TEXT_DIM, new_encoder
from engine.pocket.transformer import PocketTransformer

#: Sigma shift of training and sampling.
SHIFT = 3.0
#: How much each layer's error counts; what words say most about counts most.
_WEIGHTS = {
    Layer.BACKGROUND: 0.8,
    **dict(zip(SPRITES, (1.8, 2.0, 2.0), strict=True)),
    **dict(zip(MOTIONS, (1.8, 1.8, 1.8), strict=True)),
    Layer.CAMERA: 1.5,
    Layer.LIGHT: 1.5,
}
#: Weight of each reading task that helps the text encoder along.
_READING = 0.03


class Pocket(nn.Module):
    """Text encoder, transformer, and the reading heads that are dropped on export."""

    def __init__(self, vocabulary: int, labels: Sequence[int], *, layers: int, width: int) -> None:
        super().__init__()
        self.text: BertModel = new_encoder(vocabulary)
        self.transformer = PocketTransformer(
            patch_size=(1, 1, 1),
            num_attention_heads=width // 48,
            attention_head_dim=48,
            in_channels=CHANNELS,
            out_channels=CHANNELS,
            text_dim=TEXT_DIM,
            freq_dim=128,
            ffn_dim=3 * width,
            num_layers=layers,
            rows=ROWS,
            columns=COLUMNS,
        )
        self.reading = nn.Linear(TEXT_DIM, sum(labels))
        self._labels = list(labels)
        weights = torch.ones(ROWS, COLUMNS)
        for layer, weight in _WEIGHTS.items():
            weights[area(layer)] = weight
        self.register_buffer("weights", weights / weights.mean(), persistent=False)
        self._start_gently()

    def _start_gently(self) -> None:
        """Predict the mean at first, let the time matter little, and every block count."""
        with torch.no_grad():
            self.transformer.proj_out.weight.zero_()
            self.transformer.proj_out.bias.zero_()
            self.transformer.condition_embedder.time_proj.weight.mul_(0.1)
            for block in self.transformer.blocks:
                block.scale_shift_table[:, [2, 5]] = 0.5

    def forward(
        self, noisy: Tensor, sigma: Tensor, ids: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The clean latents predicted, and the reading's logits."""
        words = self.text(input_ids=ids, attention_mask=mask).last_hidden_state
        read = self.reading(words[:, 0])
        # As the pipeline does it: what is after the words is zero.
        words = words * mask[..., None].to(words.dtype)
        clean = self.transformer(
            hidden_states=noisy,
            timestep=sigma * 1000,
            encoder_hidden_states=words,
            return_dict=False,
        )[0]
        return clean, read

    def loss(self, batch: Batch, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """The loss to descend, and its two parts: of the picture, and of the reading."""
        n = len(batch.latents)
        sigma = draw_sigmas(n, generator).to(batch.latents.device)
        noise = torch.randn(batch.latents.shape, generator=generator).to(batch.latents.device)
        s = sigma.view(-1, 1, 1, 1, 1)
        clean, read = self(batch.latents * (1 - s) + noise * s, sigma, batch.ids, batch.mask)
        error = (clean.float() - batch.latents).square().mean(1)[:, 0] * self.weights
        picture = (error.mean((1, 2)) / sigma.clamp_min(0.2).square()).mean()
        reading = torch.stack(
            [
                nn.functional.cross_entropy(logits.float(), batch.labels[:, i])
                for i, logits in enumerate(read.split(self._labels, 1))
            ]
        ).sum()
        return picture + _READING * reading, picture.detach(), reading.detach()


def draw_sigmas(count: int, generator: torch.Generator) -> Tensor:
    """Noise levels to train at: half logit-normal, a tenth uniform, both shifted as in sampling.

    The rest is nearly pure noise. There the first guess is made, which words alone can tell and
    all later steps keep: trained rarely so, the model reads an hour or a weather into the noise.
    """
    normal = torch.randn(count, generator=generator).sigmoid()
    uniform = torch.rand(count, generator=generator)
    chosen = torch.rand(count, generator=generator)
    s = torch.where(chosen < 0.5, normal, uniform)
    shifted = (SHIFT * s / (1 + (SHIFT - 1) * s)).clamp(0.002, 1)
    return torch.where(chosen > 0.6, 0.9 + 0.1 * uniform, shifted)


def pipeline(model: Pocket, codec: PocketCodec, tokenizer: PreTrainedTokenizerFast) -> WanPipeline:
    """The standard pipeline around these parts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pipe = WanPipeline(
            tokenizer=tokenizer,
            text_encoder=model.text,
            vae=codec,
            scheduler=UniPCMultistepScheduler(
                prediction_type="sample", use_flow_sigmas=True, flow_shift=SHIFT
            ),
            transformer=model.transformer,
        )
    pipe.set_progress_bar_config(disable=True)
    return pipe


def export(
    model: Pocket, codec: PocketCodec, tokenizer: PreTrainedTokenizerFast, folder: Path
) -> None:
    """Write the pipeline folder: safetensors only, weights in half precision."""
    pipe = pipeline(model, codec, tokenizer)
    pipe.to(torch.float16)
    pipe.save_pretrained(folder, safe_serialization=True)
    pipe.to(torch.float32)
