"""From a request to the takes that make its clip: what each shot shows, keeps and makes anew.

It reads words, the parent's kept layers and members' pictures, and never runs the model.
"""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import torch
from torch import Tensor

from engine.pipelines import (
    pocket_cast,
    pocket_looks,
    pocket_notes,
    pocket_pictures,
    pocket_shots,
)
from engine.pipelines.family import Cutout, Parent, Request
from engine.pipelines.pocket_cast import Cast
from engine.pipelines.pocket_shots import Key, Told
from engine.pipelines.pocket_takes import EVERYTHING, SHAPE, Script, Take, first_scene, hold
from engine.pocket import saved
from engine.pocket.codec import MOTIONS, SPRITES, PocketCodec, area
from engine.pocket.world.scene import Actor, Reading, Scene
from engine.pocket.world.subjects import SUBJECTS
from storage.clips import ClipKind


def script(request: Request, codec: PocketCodec) -> Script:
    """What to make. Raises OSError where the parent's or the member's file can't be read."""
    found = _found(request.parent) if request.parent else None
    cast = _cast(request, found)
    if found is None or request.kind is ClipKind.CREATE:
        made = _afresh(request, codec, cast)
    elif request.kind is ClipKind.VARIATION:
        takes = [Take(shot.scene, _zeros(), EVERYTHING, shot.start) for shot in found.shots]
        made = Script(tuple(takes))
    elif request.kind is ClipKind.EXTENSION:
        made = _going_on(request, found, cast)
    else:
        made = _remixed(request, found, cast)
    if found and request.kind in (ClipKind.REMIX, ClipKind.EXTENSION):
        made = replace(made, tune=found.tune)
    made = pocket_looks.with_pictures(request, made, codec, cast)
    return replace(made, parts=cast.by_handle)


def _cast(request: Request, found: saved.Saved | None) -> Cast:
    plan = request.plan
    shown = {a.subject for shot in (found.shots if found else ()) for a in shot.scene.actors}
    words = " ".join((plan.prompt, plan.instruction or ""))
    return pocket_cast.of(
        plan, request.players, before=found.parts if found else {}, shown=shown, words=words
    )


def _afresh(request: Request, codec: PocketCodec, cast: Cast) -> Script:
    """Scenes from words alone; over a foreign parent's picture where there is one."""
    plan, prompt = request.plan, request.plan.prompt
    shots = pocket_shots.told(plan, prompt, cast)
    if request.picture:
        shots = tuple(replace(s, words=pocket_pictures.without_role(s.words)) for s in shots)
    readings = [cast.read(shot.words) for shot in shots]
    first = readings[0].scene
    if not (request.picture or request.players or request.parent):
        first = _cast_for(readings[0], prompt)
    made = _scripted(request, shots, readings, first)
    made = first_scene(made, lambda scene: pocket_shots.with_cast(scene, tuple(cast.parts)))
    if request.parent is None or request.parent.has_others:
        return made
    frame = _picture(request.parent.master, last=request.kind is ClipKind.EXTENSION)
    return pocket_looks.on_ground(request, made, frame, codec)


def _going_on(request: Request, found: saved.Saved, cast: Cast) -> Script:
    """The parent's last shot, going on, and the shots that the words cut to."""
    assert request.parent is not None
    plan, last = request.plan, found.shots[-1]
    if plan.shots == request.parent.plan.shots:
        plan = replace(plan, shots=())
    shots = pocket_shots.told(plan, plan.instruction or "", cast)
    first_reading, *others = (cast.read(shot.words) for shot in shots)
    readings = [cast.worked_in(first_reading), *others]
    edit, layers = pocket_shots.edited(last.scene, readings[0], going_on=True)
    known = _recast(last.latents, edit.origins)
    first = Take(edit.scene, known, layers, 0.0, known)
    rest = _scripted(request, shots, readings, edit.scene)
    return replace(rest, takes=(first, *rest.takes[1:]), held=_held_of(found), clock=found.end)


def _remixed(request: Request, found: saved.Saved, cast: Cast) -> Script:
    """Each of the parent's shots with the words worked in, or new shots of the parent's world."""
    assert request.parent is not None
    plan, before = request.plan, request.parent.plan
    if len(plan.shots) > 1 and len(plan.shots) != len(before.shots):
        shots = pocket_shots.told(plan, plan.prompt, cast)
        readings = [cast.read(shot.words) for shot in shots]
        begun = cast.worked_in(readings[0])
        first = pocket_shots.edited(found.shots[0].scene, begun, going_on=True)[0].scene
        return replace(_scripted(request, shots, readings, first), held=_held_of(found))
    words = pocket_shots.told(replace(plan, shots=()), plan.instruction or "", cast)[0].words
    reading, takes = cast.worked_in(cast.read(words)), []
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


def _found(parent: Parent) -> saved.Saved | None:
    """What Pocket kept of the parent; None where another family made it."""
    if parent.latents is None:
        return None
    found = saved.read(parent.latents)
    return found if found and saved.fits(found, SHAPE) else None


def _held_of(found: saved.Saved) -> dict[Key, Tensor]:
    held: dict[Key, Tensor] = {}
    for shot in found.shots:
        # What those of the cast look like is not kept.
        played = {
            layer
            for layer, actor in zip(SPRITES, shot.scene.actors, strict=False)
            if actor.subject in found.parts.values()
        }
        hold(held, shot.scene, shot.latents, EVERYTHING - played)
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
