"""Contact sheets: prompts down, frames across, so that people can look at what a model makes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import torch
from diffusers import WanPipeline

from engine.pocket.render import draw, grid_for
from engine.pocket.text import MAX_TOKENS
from engine.pocket.vocabulary import decided, exact, parse

#: What `WanPipeline` is called with so that the latent is 11 × 12 tokens, one frame deep.
CALL = {"height": 176, "width": 192, "num_frames": 1, "max_sequence_length": MAX_TOKENS}

PROMPTS: tuple[str, ...] = (
    "a cat hopping, in a meadow, by day",
    "a blue dragon flies in circles, in the mountains, at sunset, push in",
    "a red car drives to the right, in the city, at night, pan right",
    "a penguin dancing in a snowy land while it snows",
    "a robot walking left in the desert at dusk",
    "a mermaid and a fish underwater",
    "an astronaut jumping on the moon, handheld camera",
    "a green ghost rises in a forest in the fog at night",
    "two friends: a dog hopping and a rabbit spinning, on the beach",
    "a boat on the sea at dawn, the camera pulls back",
    "a pink elephant dances in the rain, in a park",
    "a ufo comes down in a meadow at night, tilt down",
)


def sheet(
    pipe: WanPipeline,
    prompts: Sequence[str],
    *,
    seed: int,
    steps: int = 8,
    guidance: float = 1.0,
    columns: int = 5,
    zoom: int = 2,
) -> PIL.Image.Image:
    """One row a prompt, `columns` frames over 4 seconds, 128 × 72 each, times `zoom`."""
    grid = grid_for(768, 432)
    rows = []
    for i, prompt in enumerate(prompts):
        latents = pipe(
            exact(decided(parse(prompt).scene, seed + i)),
            num_inference_steps=steps,
            guidance_scale=guidance,
            output_type="latent",
            generator=torch.Generator().manual_seed(seed + i),
            **CALL,
        ).frames
        layers = pipe.vae.layers(latents[0])
        shares = np.linspace(0, 1, columns)
        row = np.concatenate([draw(layers, grid, share=s, at=4 * s, length=4) for s in shares], 1)
        rows.append(_labelled(row.repeat(zoom, 0).repeat(zoom, 1), prompt))
    return PIL.Image.fromarray(np.concatenate(rows))


def _labelled(row: np.ndarray, prompt: str) -> np.ndarray:
    image = PIL.Image.new("RGB", (row.shape[1], row.shape[0] + 14), (30, 28, 40))
    image.paste(PIL.Image.fromarray(row), (0, 14))
    PIL.ImageDraw.Draw(image).text((4, 1), prompt, fill=(235, 235, 235))
    return np.asarray(image)


def save_sheet(pipe: WanPipeline, path: Path, *, seed: int = 1) -> None:
    """The standard prompts, drawn to a PNG."""
    sheet(pipe, PROMPTS, seed=seed).save(path, optimize=True)
