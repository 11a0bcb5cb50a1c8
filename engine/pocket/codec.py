"""Pocket's codec: the "vae" of its pipeline, fixed arithmetic between layers and latent tokens.

A latent is 256 channels × 1 × 11 × 12 tokens: the background in 16 × 16 blocks, three sprites in
8 × 8 blocks, and short codes for the actors' motion, the camera and the light. Pictures go
through a PCA each; codes are standardised and repeated. Nothing here is trained by gradient.
"""

from enum import StrEnum

import numpy as np
import torch
from diffusers import ModelMixin
from diffusers.configuration_utils import ConfigMixin, register_to_config
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.pocket.clean import with_even_sky, without_mottle, without_specks
from engine.pocket.render import Layers, frames
from engine.pocket.world.motion import A, C, L
from engine.pocket.world.palette import DAY, MATERIALS, NUMBER, PLACE_MATERIALS
from engine.pocket.world.places import HEIGHT, WIDTH
from engine.pocket.world.scene import MAX_ACTORS
from engine.pocket.world.sprites import SIZE

#: Latent channels.
CHANNELS = 256
#: Tokens down and across.
ROWS, COLUMNS = 11, 12
_GROUND_BLOCK, _SPRITE_BLOCK = 16, 8
_GROUND_ROWS, _SPRITE_SIDE = HEIGHT // _GROUND_BLOCK, SIZE // _SPRITE_BLOCK
_GROUND_DIM = _GROUND_BLOCK**2 * 3
_SPRITE_DIM = _SPRITE_BLOCK**2 * 4
#: Sprite pixels are snapped to this many colours.
PALETTE = 192


class Layer(StrEnum):
    """A part of the latent that can be made anew while the others stay."""

    BACKGROUND = "background"
    SPRITE_1 = "sprite 1"
    SPRITE_2 = "sprite 2"
    SPRITE_3 = "sprite 3"
    MOTION_1 = "motion 1"
    MOTION_2 = "motion 2"
    MOTION_3 = "motion 3"
    CAMERA = "camera"
    LIGHT = "light"


SPRITES = (Layer.SPRITE_1, Layer.SPRITE_2, Layer.SPRITE_3)
MOTIONS = (Layer.MOTION_1, Layer.MOTION_2, Layer.MOTION_3)
_CODE_ROW = _GROUND_ROWS + _SPRITE_SIDE
_AREAS: dict[Layer, tuple[slice, slice]] = {
    Layer.BACKGROUND: (slice(0, _GROUND_ROWS), slice(0, COLUMNS)),
    **{
        layer: (slice(_GROUND_ROWS, _CODE_ROW), slice(4 * i, 4 * i + 4))
        for i, layer in enumerate(SPRITES)
    },
    **{layer: (slice(_CODE_ROW, ROWS), slice(2 * i, 2 * i + 2)) for i, layer in enumerate(MOTIONS)},
    Layer.CAMERA: (slice(_CODE_ROW, ROWS), slice(6, 9)),
    Layer.LIGHT: (slice(_CODE_ROW, ROWS), slice(9, 12)),
}


def area(layer: Layer) -> tuple[slice, slice]:
    """Rows and columns of the layer's tokens."""
    return _AREAS[layer]


class PocketCodec(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Layers ↔ latents, and latents → frames for a pipeline that asks for them."""

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        z_dim: int = CHANNELS,
        latents_mean: tuple[float, ...] = (0.0,) * CHANNELS,
        latents_std: tuple[float, ...] = (1.0,) * CHANNELS,
        scale_factor_temporal: int = 4,
        scale_factor_spatial: int = 16,
        seconds: float = 3.0,
        fps: int = 24,
        subjects: tuple[str, ...] = (),
    ) -> None:
        super().__init__()

        def table(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.zeros(*shape), requires_grad=False)

        self.ground_mean, self.ground_basis = table(_GROUND_DIM), table(_GROUND_DIM, z_dim)
        self.sprite_mean, self.sprite_basis = table(_SPRITE_DIM), table(_SPRITE_DIM, z_dim)
        # A basis carries no scale: a component is divided by its own before it becomes a latent.
        self.ground_scale, self.sprite_scale = table(z_dim), table(z_dim)
        self.actor_mean, self.actor_std = table(int(A.SIZE)), table(int(A.SIZE))
        self.camera_mean, self.camera_std = table(int(C.SIZE)), table(int(C.SIZE))
        self.light_mean, self.light_std = table(int(L.SIZE)), table(int(L.SIZE))
        self.sprite_palette = table(PALETTE, 3)

    # -- pictures

    def encode_ground(self, canvas: NDArray[np.uint8]) -> Tensor:
        """(n, 96, 192) material numbers → (n, z, 6, 12)."""
        return self.encode_picture(torch.from_numpy(DAY[canvas]))

    def encode_picture(self, rgb: Tensor) -> Tensor:
        """(n, 96, 192, 3) bytes, in daylight → (n, z, 6, 12)."""
        blocks = ground_blocks(rgb)
        z = (blocks - self.ground_mean) @ self.ground_basis / self.ground_scale
        return z.permute(0, 3, 1, 2)

    def encode_sprites(self, sprites: NDArray[np.uint8]) -> Tensor:
        """(n, 32, 32, 4) → (n, z, 4, 4)."""
        blocks = sprite_blocks(torch.from_numpy(np.ascontiguousarray(sprites)))
        z = (blocks - self.sprite_mean) @ self.sprite_basis / self.sprite_scale
        return z.permute(0, 3, 1, 2)

    def decode_ground(self, z: Tensor) -> NDArray[np.uint8]:
        """(z, 6, 12) → (96, 192) material numbers, all of one place."""
        flat = z.float().permute(1, 2, 0) * self.ground_scale @ self.ground_basis.T
        blocks = (flat + self.ground_mean).reshape(_GROUND_ROWS, COLUMNS, 16, 16, 3)
        rgb = blocks.permute(0, 2, 1, 3, 4).reshape(HEIGHT * WIDTH, 3)
        materials, is_place = _snapped(rgb)
        canvas = without_specks(without_specks(materials.reshape(HEIGHT, WIDTH)))
        return with_even_sky(canvas) if is_place else canvas

    def decode_sprite(self, z: Tensor) -> NDArray[np.uint8]:
        """(z, 4, 4) → (32, 32, 4), in colours of the palette."""
        flat = z.float().permute(1, 2, 0) * self.sprite_scale @ self.sprite_basis.T
        blocks = (flat + self.sprite_mean).reshape(_SPRITE_SIDE, _SPRITE_SIDE, 8, 8, 4)
        rgba = blocks.permute(0, 2, 1, 3, 4).reshape(SIZE, SIZE, 4)
        solid = rgba[..., 3] > 0
        nearest = torch.cdist(rgba[..., :3].reshape(-1, 3), self.sprite_palette).argmin(1)
        palette = ((self.sprite_palette + 1) * 127.5).round().numpy()
        plain = without_mottle(nearest.reshape(SIZE, SIZE).numpy(), solid.numpy(), palette)
        out = np.dstack([palette[plain], np.full((SIZE, SIZE), 255.0)]) * solid.numpy()[..., None]
        return np.asarray(out, np.uint8)

    # -- the whole latent

    def assemble(
        self, ground: Tensor, sprites: Tensor, actors: Tensor, camera: Tensor, light: Tensor
    ) -> Tensor:
        """Layers' latents and codes → (n, z, 1, 11, 12).

        `ground` (n, z, 6, 12), `sprites` (n, 3, z, 4, 4), `actors` (n, 3, A.SIZE), the others
        (n, C.SIZE) and (n, L.SIZE), in their own units.
        """
        z = ground.new_zeros(len(ground), CHANNELS, ROWS, COLUMNS)

        def put(layer: Layer, value: Tensor) -> None:
            z[(slice(None), slice(None), *_AREAS[layer])] = value

        put(Layer.BACKGROUND, ground)
        for i in range(MAX_ACTORS):
            put(SPRITES[i], sprites[:, i])
            put(MOTIONS[i], _spread((actors[:, i] - self.actor_mean) / self.actor_std, 2))
        put(Layer.CAMERA, _spread((camera - self.camera_mean) / self.camera_std, 3))
        put(Layer.LIGHT, _spread((light - self.light_mean) / self.light_std, 3))
        return z[:, :, None]

    def layers(self, latents: Tensor) -> Layers:
        """One clip's latents, (z, 1, 11, 12), → its layers."""
        z = latents[:, 0].float()

        def get(layer: Layer) -> Tensor:
            return z[(slice(None), *_AREAS[layer])]

        actors = [
            _gathered(get(m), int(A.SIZE)) * self.actor_std + self.actor_mean for m in MOTIONS
        ]
        camera = _gathered(get(Layer.CAMERA), int(C.SIZE)) * self.camera_std + self.camera_mean
        light = _gathered(get(Layer.LIGHT), int(L.SIZE)) * self.light_std + self.light_mean
        return Layers(
            canvas=self.decode_ground(get(Layer.BACKGROUND)),
            sprites=np.stack([self.decode_sprite(get(s)) for s in SPRITES]),
            actors=torch.stack(actors).numpy(),
            camera=camera.numpy(),
            light=light.numpy(),
        )

    def with_codes(self, latents: Tensor, actors: Tensor, camera: Tensor, light: Tensor) -> Tensor:
        """One clip's latents, (z, 1, 11, 12), with these codes instead of its own."""
        z = latents[None].clone()
        codes = self.assemble(
            z[:, :, 0, *_AREAS[Layer.BACKGROUND]],
            torch.stack([z[:, :, 0, *_AREAS[s]] for s in SPRITES], 1),
            actors[None],
            camera[None],
            light[None],
        )
        return codes[0]

    @torch.no_grad()
    def decode(self, z: Tensor, return_dict: bool = True) -> dict[str, Tensor] | tuple[Tensor]:
        """(n, z, 1, 11, 12) → ((n, 3, frames, 216, 384) in -1 to 1,), as pipelines call it."""
        count = round(self.config.seconds * self.config.fps)
        clips = []
        for latents in z:
            made = frames(
                self.layers(latents), count=count, fps=self.config.fps, width=384, height=216
            )
            stack = torch.from_numpy(np.stack(list(made))).permute(3, 0, 1, 2)
            clips.append(stack.to(z.dtype) / 127.5 - 1)
        video = torch.stack(clips)
        return {"sample": video} if return_dict else (video,)


def ground_blocks(rgb: Tensor) -> Tensor:
    """(n, 96, 192, 3) bytes → (n, 6, 12, 768) in -1 to 1."""
    n = len(rgb)
    cut = rgb.reshape(n, _GROUND_ROWS, 16, COLUMNS, 16, 3).permute(0, 1, 3, 2, 4, 5)
    return cut.reshape(n, _GROUND_ROWS, COLUMNS, -1).float() / 127.5 - 1


def sprite_blocks(rgba: Tensor) -> Tensor:
    """(n, 32, 32, 4) bytes → (n, 4, 4, 256); what is transparent is grey."""
    n = len(rgba)
    solid = rgba[..., 3:] > 127
    colour = (rgba[..., :3].float() / 127.5 - 1) * solid
    both = torch.cat([colour, solid.float() * 2 - 1], -1)
    cut = both.reshape(n, _SPRITE_SIDE, 8, _SPRITE_SIDE, 8, 4).permute(0, 1, 3, 2, 4, 5)
    return cut.reshape(n, _SPRITE_SIDE, _SPRITE_SIDE, -1)


def _spread(code: Tensor, tokens: int) -> Tensor:
    """(n, k) → (n, z, 1, tokens): the numbers over and over, until the tokens are full."""
    copies = -(-CHANNELS * tokens // code.shape[1])
    return (
        code.repeat(1, copies)[:, : CHANNELS * tokens]
        .reshape(-1, tokens, CHANNELS)
        .permute(0, 2, 1)[:, :, None]
    )


def _gathered(tokens: Tensor, size: int) -> Tensor:
    """(z, 1, tokens) → (size,): the mean of each number's copies."""
    flat = tokens[:, 0].T.reshape(-1)
    slot = torch.arange(len(flat)) % size
    total = torch.zeros(size).index_add_(0, slot, flat)
    return total / torch.bincount(slot, minlength=size)


def _snapped(rgb: Tensor) -> tuple[NDArray[np.uint8], bool]:
    """Each pixel's nearest material, of the place that fits the whole best, and if one does."""
    table = torch.from_numpy(DAY).float() / 127.5 - 1
    far = torch.cdist(rgb, table).square()
    choices = [torch.tensor([NUMBER[n] for n in names]) for names in PLACE_MATERIALS.values()]
    fits = [far[:, choice].min(1) for choice in choices]
    best = min(range(len(fits)), key=lambda i: float(fits[i].values.mean()))
    # A picture of someone's own is like none of the places: then any material may do.
    anything = far.min(1)
    if float(fits[best].values.mean()) > 3 * float(anything.values.mean()) + 0.01:
        return np.asarray(anything.indices.numpy().astype(np.uint8)), False
    return np.asarray(choices[best][fits[best].indices].numpy().astype(np.uint8)), True


assert len(MATERIALS) < 256, "a material number is a byte"
