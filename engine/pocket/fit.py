"""Fits the codec to the world: the two PCAs, the codes' means and spreads, the sprite palette.

Deterministic by seed; takes seconds. The trainer calls it once and keeps the result.
"""

import numpy as np
import torch
from torch import Tensor

from engine.pocket.codec import (
    CHANNELS,
    PALETTE,
    PocketCodec,
    ground_blocks,
    sprite_blocks,
)
from engine.pocket.world.motion import actor_codes, camera_code, light_code
from engine.pocket.world.palette import DAY
from engine.pocket.world.places import paint
from engine.pocket.world.sampling import completed, said_scene
from engine.pocket.world.scene import Colour, Place
from engine.pocket.world.sprites import INK, sprite


@torch.no_grad()
def fit_codec(subjects: tuple[str, ...], seed: int) -> PocketCodec:
    """A codec for a world of those subjects."""
    rng = np.random.default_rng(seed)
    codec: PocketCodec = PocketCodec(subjects=subjects)
    grounds = np.stack([paint(place, rng) for place in Place for _ in range(60)])
    blocks = ground_blocks(torch.from_numpy(DAY[grounds])).reshape(-1, len(codec.ground_mean))
    _pca(blocks, codec.ground_mean, codec.ground_basis, codec.ground_scale, power=0.6)
    art = np.stack([sprite(name, colour) for name in subjects for colour in Colour])
    _pca(
        sprite_blocks(torch.from_numpy(art)).reshape(-1, len(codec.sprite_mean)),
        codec.sprite_mean,
        codec.sprite_basis,
        codec.sprite_scale,
        power=0.5,
    )
    codec.sprite_palette.copy_(_palette(art, rng))
    _fit_codes(codec, subjects, rng)
    codec.eval()
    return codec


def _pca(blocks: Tensor, mean: Tensor, basis: Tensor, scale: Tensor, *, power: float) -> None:
    """Components by size; each is divided by its spread to that power, and all of it brought to 1.

    At 1 every component would weigh the same, at 0 as in the picture; between, the large ones
    still come first in sampling but not so early that words can't steer them.
    """
    mean.copy_(blocks.mean(0))
    centred = blocks - mean
    values, vectors = torch.linalg.eigh((centred.T @ centred / len(blocks)).double())
    values, vectors = values.flip(0)[:CHANNELS].clamp_min(1e-6), vectors.flip(1)[:, :CHANNELS]
    basis.copy_(vectors.float())
    spread = values.sqrt().float()
    left = spread ** (1 - power)
    scale.copy_(spread**power * left.square().mean().sqrt())


def _palette(art: np.ndarray, rng: np.random.Generator) -> Tensor:
    """97 colours by k-means over the pixels of all sprites, the ink among them, in -1 to 1."""
    pixels = art[art[..., 3] > 0][:, :3]
    pixels = pixels[~(pixels == INK).all(1)]
    sample = torch.from_numpy(pixels[rng.choice(len(pixels), 40_000)]).float()
    centres = sample[torch.from_numpy(rng.choice(len(sample), PALETTE - 1, replace=False))]
    for _ in range(25):
        nearest = torch.cdist(sample, centres).argmin(1)
        total = torch.zeros_like(centres).index_add_(0, nearest, sample)
        count = torch.bincount(nearest, minlength=len(centres))[:, None]
        centres = torch.where(count > 0, total / count.clamp_min(1), centres)
    return torch.cat([centres, torch.tensor([INK]).float()]) / 127.5 - 1


def _fit_codes(codec: PocketCodec, subjects: tuple[str, ...], rng: np.random.Generator) -> None:
    actors, cameras, lights = [], [], []
    for _ in range(3000):
        scene = completed(said_scene(rng, subjects), rng)
        assert scene.camera
        assert scene.time
        assert scene.weather
        actors += actor_codes(scene, rng)
        cameras.append(camera_code(scene.camera, rng))
        lights.append(light_code(scene.time, scene.weather, rng))
    for name, rows in (("actor", actors), ("camera", cameras), ("light", lights)):
        values = torch.from_numpy(np.stack(rows))
        getattr(codec, f"{name}_mean").copy_(values.mean(0))
        getattr(codec, f"{name}_std").copy_(values.std(0).clamp_min(1e-3))
