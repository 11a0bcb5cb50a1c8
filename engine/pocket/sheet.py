"""Contact sheets: prompts down, frames across, so that people can look at what a model makes.

`python -m engine.pocket.sheet PNG` draws the large one of the shipped weights.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import torch
from diffusers import WanPipeline

# Named in the pipeline folder: diffusers finds a component only in a module that is loaded.
import engine.pocket.codec
import engine.pocket.transformer  # noqa: F401
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

#: Forty for the sheet in `docs/`: every place, time, weather, motion and camera move at least once.
MANY: tuple[str, ...] = (
    *PROMPTS,
    "a rabbit hops through a forest at dawn",
    "a white horse runs to the right on the beach at sunset",
    "an owl flies up over a forest at night",
    "a whale jumps on the sea by day, push in",
    "a purple octopus dances underwater, pan left",
    "a train drives to the right in the mountains while it snows",
    "a green frog and a red frog hop in a meadow in the rain",
    "a dinosaur walks left in the desert at noon, tilt up",
    "a rocket takes off in the desert at night, tilt up",
    "a cupcake, a pizza and an apple dance in a park",
    "a wizard and a dragon in a forest in the fog",
    "a snowman shakes in a snowy land at night",
    "a yellow bus drives to the left in the city at dawn",
    "a butterfly circles among the flowers, handheld camera",
    "a ninja jumps in the city at night in the rain",
    "an alien and a robot dance on the moon",
    "a pink house spins in the mountains at sunset",
    "a blue balloon rises over the city at dawn, pull back",
    "a woman and a man walk to the right on the beach at dusk",
    "a guitar dances under palm trees at night",
    "a turtle stands still on the beach, push in",
    "a black cat and a white rabbit in the city at night, pan left",
    "an orange crab shakes on the sand",
    "a star falls into the sea at night",
    "an airplane flies to the left over the ocean at sunset",
    "a duck swims to the right on a lake in the fog",
    "an umbrella comes down in the rain, in the city",
    "a mushroom and a flower sway in the forest, tilt down",
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


def main() -> None:
    """Draw the large sheet of the shipped weights to the path given."""
    pipe = WanPipeline.from_pretrained(Path(__file__).parent / "weights", local_files_only=True)
    pipe.set_progress_bar_config(disable=True)
    made = sheet(pipe.to(torch.float32), MANY, seed=100, columns=6, zoom=1)
    made.save(sys.argv[1], optimize=True)


def save_sheet(pipe: WanPipeline, path: Path, *, seed: int = 1) -> None:
    """The standard prompts, drawn to a PNG."""
    sheet(pipe, PROMPTS, seed=seed).save(path, optimize=True)


if __name__ == "__main__":
    main()
