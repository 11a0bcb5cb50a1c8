"""Muon: momentum whose update is made orthogonal, for the blocks' matrices.

torch.optim.Muon does the same, always in bfloat16, which processors without its units run ten
times slower; here the type is chosen, and matrices of one shape go through the iteration
together. Keller Jordan's constants.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

_A, _B, _C = 3.4445, -4.7750, 2.0315


class Muon(torch.optim.Optimizer):
    """For 2-D weights only; the learning rate is the update's spectral size for a square one."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float = 0.95,
        *,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        """`dtype` is what the iteration is computed in."""
        super().__init__(list(params), {"lr": lr, "momentum": momentum})
        self._dtype = dtype

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """One update of every weight that has a gradient; `closure` is not used."""
        for group in self.param_groups:
            shapes: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    shapes[weight.shape].append(weight)
            for shape, weights in shapes.items():
                updates = torch.stack([self._direction(w, group["momentum"]) for w in weights])
                size = max(1.0, shape[0] / shape[1]) ** 0.5
                for weight, update in zip(
                    weights, orthogonal(updates, dtype=self._dtype), strict=True
                ):
                    weight.add_(update, alpha=-group["lr"] * size)

    def _direction(self, weight: Tensor, momentum: float) -> Tensor:
        assert weight.grad is not None
        state: dict[str, Any] = self.state[weight]
        average = state.setdefault("momentum", torch.zeros_like(weight))
        average.lerp_(weight.grad, 1 - momentum)
        return weight.grad.lerp(average, momentum)


def orthogonal(stack: Tensor, steps: int = 5, *, dtype: torch.dtype) -> Tensor:
    """Each of (n, rows, columns) with its singular values brought near 1, by Newton–Schulz."""
    tall = stack.shape[1] > stack.shape[2]
    x = stack.mT if tall else stack
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(dtype)
    for _ in range(steps):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    result: Tensor = x.mT if tall else x
    return result.to(stack.dtype)
