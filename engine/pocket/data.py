"""Training examples: a caption and the latent of what it says, made on the fly from banks.

Backgrounds and sprites are painted and encoded once; motion, camera and light are drawn anew
for every example. The same seed and step give the same batch.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from engine.pocket.codec import PocketCodec
from engine.pocket.text import MAX_TOKENS
from engine.pocket.world.captions import caption, exact
from engine.pocket.world.motion import actor_codes, camera_code, light_code
from engine.pocket.world.places import paint
from engine.pocket.world.sampling import completed, said_scene
from engine.pocket.world.scene import (
    MAX_ACTORS,
    Camera,
    Colour,
    Motion,
    Place,
    Scene,
    Time,
    Weather,
)
from engine.pocket.world.sprites import SIZE, sprite

#: Share of the captions in the wording that the engine uses; the rest are anyone's.
_EXACT = 0.75
_COLOURS, _MOTIONS = tuple(Colour), tuple(Motion)
_ENUMS = (tuple(Place), tuple(Time), tuple(Weather), tuple(Camera))


@dataclass(frozen=True)
class Batch:
    """One training batch of n examples."""

    #: Latents, (n, z, 1, 11, 12).
    latents: Tensor
    #: Word pieces and their mask, (n, MAX_TOKENS).
    ids: Tensor
    mask: Tensor
    #: What the words say, (n, labels): class numbers, 0 for unsaid; see `label_sizes`.
    labels: Tensor
    captions: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """Combinations of subject, colour and place that are never trained on."""

    #: One in this many is held out.
    one_in: int = 9

    def holds(self, scene: Scene) -> bool:
        """Whether any actor of the scene is in a held-out combination."""
        for actor in scene.actors:
            key = f"{actor.subject}|{actor.colour}|{scene.place}".encode()
            if sum(b * (i + 7) for i, b in enumerate(key)) % self.one_in == 0:
                return True
        return False


def fingerprint(subjects: Sequence[str], seed: int) -> str:
    """SHA-256 in hexadecimal of what the world draws and says for that seed.

    It covers every sprite in every colour, some backgrounds of every place and 2,000 captions with
    their codes: it changes when the data does, and not with the machine.
    """
    digest = hashlib.sha256()
    for name in subjects:
        for colour in Colour:
            digest.update(sprite(name, colour).tobytes())
    rng = np.random.default_rng(seed)
    for place in Place:
        for _ in range(20):
            digest.update(paint(place, rng).tobytes())
    for _ in range(2000):
        said = said_scene(rng, subjects)
        drawn = completed(said, rng)
        digest.update(f"{caption(said, rng)}\n{exact(drawn)}\n".encode())
        for code in actor_codes(drawn, rng):
            digest.update(np.round(code * 100).astype(np.int32).tobytes())
    return digest.hexdigest()


def label_sizes(subjects: Sequence[str]) -> list[int]:
    """Classes of each label, unsaid included: three a slot, then place, time, weather, camera."""
    slot = [len(subjects) + 1, len(_COLOURS) + 1, len(_MOTIONS) + 1]
    return slot * MAX_ACTORS + [len(e) + 1 for e in _ENUMS]


class World:
    """The banks, and batches drawn from them."""

    def __init__(
        self, codec: PocketCodec, tokenizer: PreTrainedTokenizerFast, *, seed: int, grounds: int
    ) -> None:
        """Paints `grounds` backgrounds a place; seconds for a few hundred."""
        self._codec, self._tokenizer, self._seed = codec, tokenizer, seed
        self._held = Held()
        self.subjects: tuple[str, ...] = tuple(codec.config.subjects)
        rng = np.random.default_rng(seed + 1)
        with torch.no_grad():
            self._grounds = {
                place: codec.encode_ground(
                    np.stack([paint(place, rng) for _ in range(grounds)])
                ).half()
                for place in Place
            }
            art = np.stack([sprite(name, c) for name in self.subjects for c in Colour])
            self._sprites = codec.encode_sprites(art)
            self._empty = codec.encode_sprites(np.zeros((1, SIZE, SIZE, 4), np.uint8))[0]

    def batch(self, step: int, size: int, *, dropped: float = 0.05) -> Batch:
        """The batch of that step; a share of `dropped` captions is left empty."""
        rng = np.random.default_rng((self._seed, step))
        scenes = [self._scenes(rng) for _ in range(size)]
        exactly = rng.random(size) < _EXACT
        words = [
            "" if rng.random() < dropped else exact(drawn) if plain else caption(said, rng)
            for (said, drawn), plain in zip(scenes, exactly, strict=True)
        ]
        fed = self._tokenizer(
            words,
            padding="max_length",
            max_length=MAX_TOKENS,
            truncation=True,
            return_tensors="pt",
        )
        labels = [
            self._labels((drawn if plain else said) if text else Scene())
            for (said, drawn), plain, text in zip(scenes, exactly, words, strict=True)
        ]
        return Batch(
            self.latents([drawn for _, drawn in scenes], rng),
            fed.input_ids,
            fed.attention_mask,
            torch.tensor(labels),
            tuple(words),
        )

    def latents(self, scenes: Sequence[Scene], rng: np.random.Generator) -> Tensor:
        """A drawing of each scene, which must say everything, as a latent."""
        grounds, sprites, actors, cameras, lights = [], [], [], [], []
        for scene in scenes:
            assert scene.place
            assert scene.camera
            assert scene.time
            assert scene.weather
            bank = self._grounds[scene.place]
            grounds.append(bank[int(rng.integers(len(bank)))])
            sprites.append(torch.stack(self._cast(scene)))
            actors.append(np.stack(actor_codes(scene, rng)))
            cameras.append(camera_code(scene.camera, rng))
            lights.append(light_code(scene.time, scene.weather, rng))
        with torch.no_grad():
            return self._codec.assemble(
                torch.stack(grounds).float(),
                torch.stack(sprites),
                *(torch.from_numpy(np.stack(codes)) for codes in (actors, cameras, lights)),
            )

    def _scenes(self, rng: np.random.Generator) -> tuple[Scene, Scene]:
        while True:
            said = said_scene(rng, self.subjects)
            drawn = completed(said, rng)
            if not self._held.holds(drawn):
                return said, drawn

    def _cast(self, scene: Scene) -> list[Tensor]:
        sprites = []
        for actor in scene.actors:
            assert actor.colour
            row = self.subjects.index(actor.subject) * len(_COLOURS)
            sprites.append(self._sprites[row + _COLOURS.index(actor.colour)])
        return sprites + [self._empty] * (MAX_ACTORS - len(sprites))

    def _labels(self, said: Scene) -> list[int]:
        out = []
        for i in range(MAX_ACTORS):
            actor = said.actors[i] if i < len(said.actors) else None
            out.append(1 + self.subjects.index(actor.subject) if actor else 0)
            out.append(1 + _COLOURS.index(actor.colour) if actor and actor.colour else 0)
            out.append(1 + _MOTIONS.index(actor.motion) if actor and actor.motion else 0)
        for value, choices in zip(
            (said.place, said.time, said.weather, said.camera), _ENUMS, strict=True
        ):
            out.append(1 + choices.index(value) if value else 0)
        return out
