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
    codec.sprite_palette.copy_(fit_palette(subjects))
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


def fit_palette(subjects: tuple[str, ...]) -> Tensor:
    """The sprites' colours by k-means, the ink last, (PALETTE, 3) in -1 to 1.

    Every sprite counts as much as another, its own colours ten times what the others do: those
    are few and everywhere, those are many, and a frog that is nearly green is a yellow one.
    """
    shades, weights = [], []
    for name in subjects:
        for colour in Colour:
            art = sprite(name, colour)
            seen = art[(art[..., 3] > 0) & ~(art[..., :3] == INK).all(-1)][:, :3]
            found, counts = np.unique(seen, axis=0, return_counts=True)
            shades.append(found)
            weights.append(counts / counts.sum() * (10 if colour is Colour.NATURAL else 1))
    points, where = np.unique(np.concatenate(shades), axis=0, return_inverse=True)
    weight = torch.from_numpy(np.bincount(where.reshape(-1), np.concatenate(weights)))
    centres = _means(torch.from_numpy(points).double(), weight, PALETTE - 1)
    return (torch.cat([centres, torch.tensor([INK]).double()]) / 127.5 - 1).float()


def _means(points: Tensor, weight: Tensor, count: int) -> Tensor:
    """Weighted k-means that begins with points far from one another; no chance is in it."""
    far = torch.full_like(weight, torch.inf)
    chosen = [int(weight.argmax())]
    while len(chosen) < count:
        far = torch.minimum(far, (points - points[chosen[-1]]).square().sum(1))
        chosen.append(int((far * weight.sqrt()).argmax()))
    centres = points[chosen].clone()
    for _ in range(25):
        nearest = torch.cdist(points, centres).argmin(1)
        total = torch.zeros_like(centres).index_add_(0, nearest, points * weight[:, None])
        counts = weight.new_zeros(count).index_add_(0, nearest, weight)[:, None]
        centres = torch.where(counts > 0, total / counts.clamp_min(1e-9), centres)
    return centres


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
