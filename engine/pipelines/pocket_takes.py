"""The takes that make a Pocket clip: what each shot shows, keeps and makes anew.

Plain values and what can be done with them; pocket_script.py decides what they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines import pocket_shots
from engine.pipelines.pocket_shots import Key
from engine.pocket.codec import CHANNELS, COLUMNS, MOTIONS, ROWS, SPRITES, Layer, area
from engine.pocket.world.scene import Scene
from engine.sound.score import Tune
from storage.notes import Note

SHAPE = torch.Size((CHANNELS, 1, ROWS, COLUMNS))
EVERYTHING = frozenset(Layer)


@dataclass(frozen=True)
class Take:
    """A shot to be made."""

    scene: Scene
    #: Tokens to keep, (z, 1, 11, 12), and the layers that are not kept but made anew.
    known: Tensor
    fresh: frozenset[Layer]
    #: Seconds from the clip's beginning.
    start: float = 0.0
    #: Latents of the shot whose paths go on; for extensions.
    before: Tensor | None = None
    #: Slot → the sprite, (32, 32, 4), of who of the cast stands there.
    people: Mapping[int, NDArray[np.uint8]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Script:
    """A clip to be made."""

    takes: tuple[Take, ...]
    #: Tokens, (z, rows, columns), of what the parent showed, for takes that show it again.
    held: Mapping[Key, Tensor] = field(default_factory=dict)
    #: Seconds already shown by the parent of an extension.
    clock: float = 0.0
    notes: tuple[Note, ...] = ()
    #: The parent's tune, for what is the same film with a change, or goes on from it.
    tune: Tune | None = None
    #: Handle → the subject whose part they play.
    parts: Mapping[str, str] = field(default_factory=dict)


def without_people(latents: Tensor, take: Take) -> Tensor:
    """A take's latents as they are kept: with nobody's likeness in them."""
    for slot in take.people:
        blank = torch.zeros_like(latents[(slice(None), 0, *area(SPRITES[slot]))])
        latents = put(latents, SPRITES[slot], blank)
    return latents


def tokens(layers: frozenset[Layer]) -> Tensor:
    """Where those layers' tokens are, (11, 12)."""
    mask = torch.zeros(ROWS, COLUMNS, dtype=torch.bool)
    for layer in layers:
        mask[area(layer)] = True
    return mask


def hold(held: dict[Key, Tensor], scene: Scene, latents: Tensor, layers: frozenset[Layer]) -> None:
    """Remember what `layers` of a shot show, unless the same was held before."""
    for layer, key in pocket_shots.keys(scene).items():
        if layer in layers:
            held.setdefault(key, latents[(slice(None), 0, *area(layer))])


def filled(take: Take, held: Mapping[Key, Tensor]) -> Take:
    """The take with what is held of its scene kept instead of made anew."""
    known, fresh = take.known, take.fresh
    for layer, key in pocket_shots.keys(take.scene).items():
        if layer in fresh and key in held:
            known, fresh = put(known, layer, held[key]), fresh - {layer}
    return replace(take, known=known, fresh=fresh)


def put(latents: Tensor, layer: Layer, value: Tensor) -> Tensor:
    """The latents with one layer's tokens, (z, rows, columns), instead of their own."""
    changed = latents.clone()
    changed[(slice(None), 0, *area(layer))] = value
    return changed


def first_scene(made: Script, change: Callable[[Scene], Scene]) -> Script:
    """The script with its first shot's scene changed; whoever comes into it is made anew."""
    first = made.takes[0]
    scene = change(first.scene)
    added = len(scene.actors) - len(first.scene.actors)
    new = {layers[i] for i in range(len(scene.actors)) for layers in (SPRITES, MOTIONS)}
    fresh = first.fresh | new if added else first.fresh
    takes = [replace(first, scene=scene, fresh=fresh)]
    for take in made.takes[1:]:
        # A later shot that shows the first one's cast shows them too.
        same = take.scene.actors == first.scene.actors
        cast = scene.actors if same else take.scene.actors
        takes.append(replace(take, scene=replace(take.scene, actors=cast)))
    return replace(made, takes=tuple(takes))
