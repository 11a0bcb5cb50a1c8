"""What a remix means: the parent's scene with the words worked in, and the layers that changes.

Only those layers are made anew; every other token of the parent is kept as it is.
"""

from dataclasses import dataclass, replace

from engine.pocket.codec import MOTIONS, SPRITES, Layer
from engine.pocket.world.scene import MAX_ACTORS, Actor, Reading, Scene


@dataclass(frozen=True)
class Edit:
    """A scene made from a parent's."""

    scene: Scene
    #: For each actor of `scene`, the parent's slot it comes from, or None where it is new.
    origins: tuple[int | None, ...]


def worked_in(parent: Scene, reading: Reading) -> Edit:
    """The parent's scene with what the words say; what they don't say stays."""
    kept = [(a, i) for i, a in enumerate(parent.actors) if a.subject not in reading.removed]
    cast: list[tuple[Actor, int | None]] = list(kept)
    left = list(range(len(cast)))
    for at, wanted in enumerate(reading.scene.actors):
        new = reading.another and at == 0
        same = [i for i in left if cast[i][0].subject == wanted.subject and not new]
        meant = same if _named_once(reading, wanted) else same[:1]
        if not meant and not reading.adds and at < len(cast):
            meant = [at]
        for slot in meant:
            cast[slot] = (_over(cast[slot][0], wanted), cast[slot][1])
        left = [i for i in left if i not in meant]
        if not meant and len(cast) < MAX_ACTORS:
            cast.append((wanted, None))
    if cast and reading.colour:
        cast[0] = (replace(cast[0][0], colour=reading.colour), cast[0][1])
    if reading.motion:
        cast = [(replace(a, motion=reading.motion), i) for a, i in cast]
    said = reading.scene
    scene = Scene(
        tuple(a for a, _ in cast),
        place=said.place or parent.place,
        time=said.time or parent.time,
        weather=said.weather or parent.weather,
        camera=said.camera or parent.camera,
    )
    return Edit(scene, tuple(i for _, i in cast))


def _named_once(reading: Reading, wanted: Actor) -> bool:
    """Whether all of a kind are meant: "the robots", and not "a red robot and a blue robot"."""
    return [a.subject for a in reading.scene.actors].count(wanted.subject) == 1


def _over(actor: Actor, wanted: Actor) -> Actor:
    return Actor(wanted.subject, wanted.colour or actor.colour, wanted.motion or actor.motion)


def new_layers(parent: Scene, edit: Edit) -> frozenset[Layer]:
    """The layers to make anew. None at all when the words asked for nothing Pocket knows."""
    layers: set[Layer] = set()
    scene = edit.scene
    if scene.place is not parent.place:
        layers.add(Layer.BACKGROUND)
    if scene.time is not parent.time or scene.weather is not parent.weather:
        layers.add(Layer.LIGHT)
    if scene.camera is not parent.camera:
        layers.add(Layer.CAMERA)
    regrouped = len(scene.actors) != len(parent.actors)
    for slot, (actor, origin) in enumerate(zip(scene.actors, edit.origins, strict=True)):
        before = parent.actors[origin] if origin is not None else None
        if before is None or (actor.subject, actor.colour) != (before.subject, before.colour):
            layers.add(SPRITES[slot])
        if before is None or actor.motion is not before.motion or regrouped:
            layers.add(MOTIONS[slot])
    return frozenset(layers)
