"""Pocket's transformer: diffusers' Wan with a learned vector a token for where it is.

Wan knows places only as distances, which is enough for pictures. In Pocket's latent a token's
place says what it is (ground, sprite, code); in pure noise nothing else does.
"""

import torch
from diffusers import ModelMixin, WanTransformer3DModel
from diffusers.configuration_utils import register_to_config
from torch import Tensor, nn

# diffusers looks for `ModelMixin` in this very module to tell how its class is loaded.
__all__ = ["ModelMixin", "PocketTransformer"]


class PocketTransformer(WanTransformer3DModel):  # type: ignore[misc]
    """See `WanTransformer3DModel`; `rows` × `columns` is the one size of latent it takes."""

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        patch_size: tuple[int, int, int] = (1, 1, 1),
        num_attention_heads: int = 4,
        attention_head_dim: int = 48,
        in_channels: int = 256,
        out_channels: int = 256,
        text_dim: int = 192,
        freq_dim: int = 128,
        ffn_dim: int = 576,
        num_layers: int = 6,
        rows: int = 11,
        columns: int = 12,
    ) -> None:
        super().__init__(
            patch_size=patch_size,
            num_attention_heads=num_attention_heads,
            attention_head_dim=attention_head_dim,
            in_channels=in_channels,
            out_channels=out_channels,
            text_dim=text_dim,
            freq_dim=freq_dim,
            ffn_dim=ffn_dim,
            num_layers=num_layers,
        )
        width = num_attention_heads * attention_head_dim
        self.patch_embedding = _Placed(in_channels, width, rows, columns)


class _Placed(nn.Conv3d):
    """A token's embedding, and its place's added to it."""

    def __init__(self, channels: int, width: int, rows: int, columns: int) -> None:
        super().__init__(channels, width, kernel_size=1)
        self.place = nn.Parameter(torch.randn(1, width, 1, rows, columns) * 0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        """(n, channels, 1, rows, columns) → (n, width, 1, rows, columns)."""
        return super().forward(tokens) + self.place
