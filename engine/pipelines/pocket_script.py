"""From a request to the takes that make its clip: what each shot shows, keeps and makes anew.

It reads words, the parent's kept layers and members' pictures, and never runs the model.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import av
import numpy as np
import torch
from torch import Tensor

from engine.pipelines import pocket_notes, pocket_pictures, pocket_shots
from engine.pipelines.family import Cutout, Parent, Request
from engine.pipelines.pocket_shots import PARTS, Key, Told
from engine.pocket import saved
from engine.pocket.codec import (
    CHANNELS,
    COLUMNS,
    MOTIONS,
    ROWS,
    SPRITES,
    Layer,
    PocketCodec,
    area,
)
from engine.pocket.render import grid_for
from engine.pocket.vocabulary import parse
from engine.pocket.world.scene import Actor, Reading, Scene
from engine.pocket.world.subjects import SUBJECTS
from engine.sound.score import Tune
from storage.clips import ClipKind
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


def script(request: Request, codec: PocketCodec) -> Script:
    """What to make. Raises OSError where the parent's or the member's file can't be read."""
    found = _found(request.parent) if request.parent else None
    if found is None or request.kind is ClipKind.CREATE:
        made = _afresh(request, codec)
    elif request.kind is ClipKind.VARIATION:
        takes = [Take(shot.scene, _zeros(), EVERYTHING, shot.start) for shot in found.shots]
        made = Script(tuple(takes))
    elif request.kind is ClipKind.EXTENSION:
        made = _going_on(request, found)
    else:
        made = _remixed(request, found)
    if found and request.kind in (ClipKind.REMIX, ClipKind.EXTENSION):
        made = replace(made, tune=found.tune)
    return _with_pictures(request, made, codec)


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
            known, fresh = _put(known, layer, held[key]), fresh - {layer}
    return replace(take, known=known, fresh=fresh)


def _afresh(request: Request, codec: PocketCodec) -> Script:
    """Scenes from words alone; over a foreign parent's picture where there is one."""
    plan, prompt = request.plan, request.plan.prompt
    shots = pocket_shots.told(plan, prompt)
    if request.picture:
        shots = tuple(replace(s, words=pocket_pictures.without_role(s.words)) for s in shots)
    readings = [parse(shot.words) for shot in shots]
    first = readings[0].scene
    if not (request.picture or request.references or request.parent):
        first = _cast_for(readings[0], prompt)
    made = _scripted(request, shots, readings, first)
    if request.parent is None:
        return made
    frame = _picture(request.parent.master, last=request.kind is ClipKind.EXTENSION)
    return _on_ground(request, made, frame, codec)


def _going_on(request: Request, found: saved.Saved) -> Script:
    """The parent's last shot, going on, and the shots that the words cut to."""
    assert request.parent is not None
    plan, last = request.plan, found.shots[-1]
    if plan.shots == request.parent.plan.shots:
        plan = replace(plan, shots=())
    shots = pocket_shots.told(plan, plan.instruction or "")
    readings = [parse(shot.words) for shot in shots]
    edit, layers = pocket_shots.edited(last.scene, readings[0], going_on=True)
    known = _recast(last.latents, edit.origins)
    first = Take(edit.scene, known, layers, 0.0, known)
    rest = _scripted(request, shots, readings, edit.scene)
    return replace(rest, takes=(first, *rest.takes[1:]), held=_held_of(found), clock=found.end)


def _remixed(request: Request, found: saved.Saved) -> Script:
    """Each of the parent's shots with the words worked in, or new shots of the parent's world."""
    assert request.parent is not None
    plan, before = request.plan, request.parent.plan
    if len(plan.shots) > 1 and len(plan.shots) != len(before.shots):
        shots = pocket_shots.told(plan, plan.prompt)
        readings = [parse(shot.words) for shot in shots]
        first = pocket_shots.edited(found.shots[0].scene, readings[0], going_on=True)[0].scene
        return replace(_scripted(request, shots, readings, first), held=_held_of(found))
    words = pocket_shots.told(replace(plan, shots=()), plan.instruction or "")[0].words
    reading, takes = parse(words), []
    casts = [shot.scene for shot in found.shots]
    for shot in found.shots:
        meant = pocket_shots.meant_for(shot.scene, reading, casts)
        changed = meant is not reading or request.picture is not None
        edit, layers = pocket_shots.edited(shot.scene, meant, going_on=changed)
        start = shot.start * plan.seconds / before.seconds
        takes.append(Take(edit.scene, _recast(shot.latents, edit.origins), layers, start))
    notes = pocket_notes.notes(plan, words, reading, takes[0].scene)
    return Script(tuple(takes), notes=notes)


def _scripted(
    request: Request, shots: Sequence[Told], readings: Sequence[Reading], first: Scene
) -> Script:
    """Every shot made anew, the world staying from one to the next."""
    scenes = pocket_shots.scenes(shots, readings, first)
    takes = tuple(
        Take(scene, _zeros(), EVERYTHING, shot.start)
        for scene, shot in zip(scenes, shots, strict=True)
    )
    words = " ".join(shot.words for shot in shots)
    reading = readings[0]
    for later in readings[1:]:
        reading = replace(
            reading,
            unknown=(*reading.unknown, *later.unknown),
            stand_ins=later.stand_ins | reading.stand_ins,
            left_out=(*reading.left_out, *later.left_out),
        )
    return Script(takes, notes=pocket_notes.notes(request.plan, words, reading, first))


def _with_pictures(request: Request, made: Script, codec: PocketCodec) -> Script:
    """The script with the cast's and the member's own picture in it."""
    people = dict(zip(PARTS, request.references, strict=False))
    if request.references and request.kind is ClipKind.CREATE:
        made = _first_scene(made, lambda scene: pocket_shots.with_cast(scene, tuple(people)))
    if request.picture:
        picture = pocket_pictures.read(request.picture)
        words = request.plan.instruction or request.plan.prompt
        from_words = request.kind in (ClipKind.CREATE, ClipKind.VARIATION)
        meant = from_words and _is_said_of_it(words)
        if not meant and not pocket_pictures.is_somebody(picture, words):
            return _played(_on_ground(request, made, picture, codec), people, codec)
        free = next(part for part in PARTS if part not in people)
        made = _first_scene(made, lambda scene: pocket_shots.with_someone(scene, free))
        seen = [actor.subject for actor in made.takes[0].scene.actors]
        people[next((s for s in seen if s not in people), seen[0])] = picture
    return _played(made, people, codec)


def _is_said_of_it(words: str) -> bool:
    """Whether the words move somebody whom they don't name: "it hops", sent with a picture."""
    reading = parse(words)
    return reading.motion is not None and not reading.scene.actors


def _first_scene(made: Script, change: Callable[[Scene], Scene]) -> Script:
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


def _on_ground(request: Request, made: Script, picture: Cutout, codec: PocketCodec) -> Script:
    """The first shot, and all others at its place, in front of the picture."""
    seen = grid_for(request.width, request.height)
    canvas = pocket_pictures.background(picture, width=seen.width, height=seen.height)
    ground = codec.encode_picture(canvas)[0]
    place = made.takes[0].scene.place
    takes = [
        replace(
            take,
            # Light that is kept is what it was, whatever the picture.
            scene=pocket_shots.in_daylight(take.scene) if Layer.LIGHT in take.fresh else take.scene,
            known=_put(take.known, Layer.BACKGROUND, ground),
            fresh=take.fresh - {Layer.BACKGROUND},
        )
        if take.scene.place is place
        else take
        for take in made.takes
    ]
    return replace(made, takes=tuple(takes))


def _played(made: Script, people: Mapping[str, Cutout], codec: PocketCodec) -> Script:
    """The script with `people`, by the subject that each plays, as they look in their pictures."""
    if not people:
        return made
    colours = ((codec.sprite_palette + 1) * 127.5).round().to(torch.uint8).numpy()
    looks = np.stack([pocket_pictures.sprite(picture, colours) for picture in people.values()])
    sprites = dict(zip(people, codec.encode_sprites(looks), strict=True))
    takes = tuple(_as_played(take, sprites) for take in made.takes)
    return replace(made, takes=takes, notes=pocket_notes.without(made.notes, people))


def _as_played(take: Take, sprites: Mapping[str, Tensor]) -> Take:
    known, fresh, cast = take.known, take.fresh, []
    for layer, actor in zip(SPRITES, take.scene.actors, strict=False):
        if actor.subject in sprites:
            known = _put(known, layer, sprites[actor.subject])
            fresh = fresh - {layer}
            actor = replace(actor, colour=None)
        cast.append(actor)
    return replace(take, scene=replace(take.scene, actors=tuple(cast)), known=known, fresh=fresh)


def _found(parent: Parent) -> saved.Saved | None:
    """What Pocket kept of the parent; None where another family made it."""
    if parent.latents is None:
        return None
    found = saved.read(parent.latents)
    return found if found and saved.fits(found, SHAPE) else None


def _held_of(found: saved.Saved) -> dict[Key, Tensor]:
    held: dict[Key, Tensor] = {}
    for shot in found.shots:
        hold(held, shot.scene, shot.latents, EVERYTHING)
    return held


def _cast_for(reading: Reading, prompt: str) -> Scene:
    """The scene said; with someone in it when the words name something Pocket can't draw.

    Words that speak of a place alone stay a view of that place.
    """
    scene = reading.scene
    if scene.actors or (scene != Scene() and not reading.unknown):
        return scene
    subject = SUBJECTS[zlib.crc32(prompt.lower().encode()) % len(SUBJECTS)]
    return replace(scene, actors=(Actor(subject.name, reading.colour, reading.motion),))


def _zeros() -> Tensor:
    return torch.zeros(SHAPE)


def _put(latents: Tensor, layer: Layer, value: Tensor) -> Tensor:
    """The latents with one layer's tokens, (z, rows, columns), instead of their own."""
    changed = latents.clone()
    changed[(slice(None), 0, *area(layer))] = value
    return changed


def _recast(latents: Tensor, origins: tuple[int | None, ...]) -> Tensor:
    """The latents with each actor's tokens moved from its old slot to its new one."""
    moved = latents.clone()
    for slot, origin in enumerate(origins):
        if origin is not None and origin != slot:
            for layers in (SPRITES, MOTIONS):
                moved[(slice(None), 0, *area(layers[slot]))] = latents[
                    (slice(None), 0, *area(layers[origin]))
                ]
    return moved


def _picture(master: Path, *, last: bool) -> Cutout:
    """The first or last frame of a film, RGBA."""
    shown = None
    with av.open(str(master)) as film:
        for frame in film.decode(video=0):
            shown = frame
            if not last:
                break
    if shown is None:
        raise OSError(f"{master.name} has no pictures")
    return np.asarray(shown.to_ndarray(format="rgba"), np.uint8)
