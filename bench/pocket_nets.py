"""The small networks of `bench/pocket_eye.py`, and how one of them is trained.

They take pictures as bytes, (n, height, width, channels), or codes as numbers, (n, size).
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

_BATCH = 64


class _Standard(nn.Module):
    """Numbers brought to one scale."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("spread", torch.ones(size))

    def forward(self, codes: Tensor) -> Tensor:
        return (codes - self.mean) / self.spread

    def learn(self, codes: Tensor) -> None:
        """Take the scale from examples."""
        self.mean.copy_(codes.mean(0))
        self.spread.copy_(codes.std(0).clamp_min(1e-3))


def of_codes(size: int, classes: int) -> nn.Sequential:
    """A network that names what numbers mean."""
    return nn.Sequential(
        _Standard(size), nn.Linear(size, 96), nn.ReLU(), nn.Linear(96, 96), nn.ReLU(),
        nn.Linear(96, classes),
    )  # fmt: skip


def of_pictures(
    channels: int,
    widths: Sequence[int],
    strides: Sequence[int],
    *,
    side: tuple[int, int],
    classes: int,
) -> nn.Sequential:
    """A network that names what pictures show; it has `side` cells when it decides."""
    # Two by two pixels side by side: all of them are seen, at a thirtieth of the cost.
    parts: list[nn.Module] = [nn.PixelUnshuffle(2)]
    before = 4 * channels
    for width, stride in zip(widths, strides, strict=True):
        parts += [
            nn.Conv2d(before, width, 3, stride, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        ]
        before = width
    return nn.Sequential(
        *parts,
        nn.AdaptiveAvgPool2d(side),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(before * side[0] * side[1], 160),
        nn.ReLU(),
        nn.Linear(160, classes),
    )


def fit(
    net: nn.Sequential, inputs: Tensor, labels: Tensor, *, sizes: Sequence[int], rounds: int
) -> None:
    """Train `net` to give each of the labels, (n, kinds), whose numbers of classes are `sizes`."""
    generator = torch.Generator().manual_seed(1)
    if isinstance(net[0], _Standard):
        net[0].learn(inputs)
    steps = rounds * (len(inputs) // _BATCH)
    adam = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, 4e-3, total_steps=steps)
    net.train()
    for step in range(steps):
        at = (step * _BATCH) % (len(inputs) - _BATCH)
        if at < _BATCH:
            order = torch.randperm(len(inputs), generator=generator)
        chosen = order[at : at + _BATCH]
        given = inputs[chosen]
        if given.dtype is torch.uint8:
            # Of cut-outs only: in a whole frame, lone pixels are snow.
            cut = given.shape[-1] == 3
            given = _noisy(scaled(given), generator) if cut else moving(given)
        with torch.autocast("cpu", torch.bfloat16, enabled=given.ndim == 4):
            made = net(given)
        loss = torch.stack(
            [
                nn.functional.cross_entropy(part, labels[chosen, i], label_smoothing=0.02)
                for i, part in enumerate(parts(made.float(), sizes))
            ]
        ).sum()
        adam.zero_grad()
        torch.autograd.backward(loss)
        adam.step()
        rate.step()
    net.eval()


def _noisy(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """With some pixels of other pictures, and a little light more or less."""
    n = len(pictures)
    other = pictures[torch.randperm(n, generator=generator)]
    swapped = torch.rand((n, 1, *pictures.shape[2:]), generator=generator) < 0.04
    light = 1 + 0.06 * torch.randn((n, 1, 1, 1), generator=generator)
    return torch.where(swapped, other, pictures) * light


def scaled(pictures: Tensor | NDArray[np.uint8]) -> Tensor:
    """(n, height, width, channels) bytes → (n, channels, height, width) in -1 to 1."""
    return torch.as_tensor(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def moving(pairs: Tensor | NDArray[np.uint8]) -> Tensor:
    """Pairs of frames, (n, height, width, 6), as the first and how the second differs from it."""
    now, after = scaled(pairs).chunk(2, 1)
    return torch.cat([now, 2 * (after - now)], 1)


def parts(values: Tensor, sizes: Sequence[int]) -> tuple[Tensor, ...]:
    """A network's outputs, by kind."""
    return torch.split(values, list(sizes), -1)
