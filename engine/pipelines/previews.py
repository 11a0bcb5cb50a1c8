"""How unfinished clips look: latents to small pictures, by a product with one small matrix.

The matrix is fitted once to a pipeline's own autoencoder. A preview costs the device next to
nothing and never runs the autoencoder.
"""

from dataclasses import dataclass

import PIL.Image
import torch
from diffusers import DiffusionPipeline
from torch import Tensor

from engine.pipelines.few_steps import FewSteps

#: A preview's longer side, pixels.
PREVIEW = 320
#: Colours whose latents tell how latents look: every mix of three levels a channel.
_LEVELS = (-0.9, 0.0, 0.9)


@dataclass(frozen=True)
class Colours:
    """How latents look: one matrix from channels to red, green and blue."""

    #: (channels + 1, 3); the last row is added.
    matrix: Tensor

    def picture(self, latents: Tensor) -> PIL.Image.Image:
        """A frame's latents, (channels, rows, columns), as a small picture."""
        flat = latents.float().flatten(1).T
        seen = flat @ self.matrix[:-1] + self.matrix[-1]
        pixels = ((seen.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
        image = PIL.Image.fromarray(pixels.reshape(*latents.shape[1:], 3).numpy())
        scale = PREVIEW / max(image.size)
        return image.resize((round(image.width * scale), round(image.height * scale)))


@torch.no_grad()
def colours(pipe: DiffusionPipeline) -> Colours:
    """Fit the look of a pipeline's latents: plain colours through its autoencoder, least squares.

    It takes one small call of the autoencoder and later costs a preview a small product.
    """
    levels = torch.tensor(_LEVELS)
    seen = torch.cartesian_prod(levels, levels, levels)
    vae = pipe.vae
    side = 2 * pipe.video_processor.config.vae_scale_factor
    flat = seen[:, :, None, None, None].expand(-1, -1, 1, side, side)
    device = pipe._execution_device
    latents = [
        vae.encode(one[None].to(device, vae.dtype)).latent_dist.mode()[0].mean((1, 2, 3))
        for one in flat
    ]
    known = normalised(pipe, torch.stack(latents).float().cpu())
    known = torch.cat([known, torch.ones(len(known), 1)], dim=1)
    return Colours(torch.linalg.lstsq(known, seen, driver="gelsd").solution)


def normalised(pipe: DiffusionPipeline, latents: Tensor) -> Tensor:
    """The autoencoder's latents, (n, channels), as the transformer sees them."""
    vae = pipe.vae
    known = dict(vae.named_buffers())
    if "latents_mean" in known:
        mean, std = known["latents_mean"].float().cpu(), known["latents_std"].float().cpu()
        scaled: Tensor = (latents - mean) * float(vae.config.scaling_factor) / std
        return scaled
    mean, std = torch.tensor(vae.config.latents_mean), torch.tensor(vae.config.latents_std)
    return (latents - mean) / std


def clean_guess(scheduler: object, latents: Tensor) -> Tensor:
    """The scheduler's last guess of the clean latents, or the latents where it keeps none."""
    if isinstance(scheduler, FewSteps) and scheduler.guess is not None:
        made: Tensor = scheduler.guess
        return made
    kept = getattr(scheduler, "model_outputs", None)
    # UniPC keeps its guesses, already turned from velocities into clean latents.
    if kept and kept[-1] is not None and kept[-1].shape == latents.shape:
        guess: Tensor = kept[-1]
        return guess
    return latents
