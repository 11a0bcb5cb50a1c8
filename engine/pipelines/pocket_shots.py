"""What each shot of a Pocket clip shows, and which of its layers are made anew.

Between shots the world stays: a shot says what changes, and what it does not say is as it was.
It reads words and scenes only; `engine.pipelines.pocket` makes the layers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.pipelines.pocket_cast import Cast
from engine.pocket import edits
from engine.pocket.codec import MOTIONS, SPRITES, Layer
from engine.pocket.world.scene import MAX_ACTORS, Actor, Camera, Reading, Scene, Time, Weather
from storage import plan as plans
from storage.plan import Plan

#: Shots of one clip at most; each is a render of its own.
MOST_SHOTS = 12
#: Seconds of the shortest shot.
SHORTEST = 0.5

_CAMERAS: Mapping[plans.Camera, Camera] = {
    plans.Camera.STATIC: Camera.STATIC,
    plans.Camera.PUSH_IN: Camera.PUSH_IN,
    plans.Camera.PULL_BACK: Camera.PULL_BACK,
    plans.Camera.PAN_LEFT: Camera.PAN_LEFT,
    plans.Camera.PAN_RIGHT: Camera.PAN_RIGHT,
    plans.Camera.TILT_UP: Camera.TILT_UP,
    plans.Camera.TILT_DOWN: Camera.TILT_DOWN,
    plans.Camera.HANDHELD: Camera.HANDHELD,
    # The nearest of what it can do.
    plans.Camera.CRANE_UP: Camera.TILT_UP,
    plans.Camera.CRANE_DOWN: Camera.TILT_DOWN,
    plans.Camera.ORBIT: Camera.PAN_RIGHT,
    plans.Camera.DOLLY_ZOOM: Camera.PUSH_IN,
    plans.Camera.TRACKING: Camera.PAN_RIGHT,
}

Key = tuple[str, ...]
"""What a layer shows, so that two shots of the same thing show the same pixels."""


@dataclass(frozen=True)
class Told:
    """A shot as the plan tells it."""

    words: str
    #: Seconds from the clip's beginning.
    start: float
    camera: Camera | None


def told(plan: Plan, words: str, cast: Cast) -> tuple[Told, ...]:
    """The plan's shots, or one of `words` for a plan without; the cast named as Pocket knows it."""
    camera = _camera(plan.camera)
    if len(plan.shots) < 2:
        return (Told(cast.told(words), 0.0, camera),)
    shots = [
        Told(cast.told(shot.prompt), shot.start, _camera(shot.camera) or camera)
        for shot in sorted(plan.shots, key=lambda each: each.start)
    ]
    return (replace(shots[0], start=0.0), *_apart(shots, plan.seconds)[1:])


def scenes(shots: Sequence[Told], readings: Sequence[Reading], first: Scene) -> list[Scene]:
    """What each shot shows; `first` is the first one's, and the world stays from shot to shot."""
    made = [replace(first, camera=first.camera or shots[0].camera)]
    for shot, reading in zip(shots[1:], readings[1:], strict=True):
        made.append(_after(made, reading, shot))
    return made


def keys(scene: Scene) -> dict[Layer, Key]:
    """What the layers show that stay the same wherever the same is shown."""
    shown: dict[Layer, Key] = {
        Layer.BACKGROUND: ("ground", scene.place or ""),
        Layer.LIGHT: ("light", scene.time or "", scene.weather or ""),
    }
    for layer, actor in zip(SPRITES, scene.actors, strict=False):
        shown[layer] = ("sprite", actor.subject, actor.colour or "")
    return shown


def with_cast(scene: Scene, parts: tuple[str, ...]) -> Scene:
    """The scene with everyone who plays one of the parts; those not named come first."""
    missing = [part for part in parts if part not in {a.subject for a in scene.actors}]
    cast = (*(Actor(part) for part in missing), *scene.actors)
    # "@ana and @bob dance": what is said of the last one is meant of all.
    motion = next((actor.motion for actor in cast if actor.motion), None)
    moved = (
        replace(actor, motion=actor.motion or motion) if actor.subject in parts else actor
        for actor in cast
    )
    return replace(scene, actors=tuple(moved)[:MAX_ACTORS])


def with_someone(scene: Scene, part: str) -> Scene:
    """The scene, with somebody in it."""
    return scene if scene.actors else replace(scene, actors=(Actor(part),))


def in_daylight(scene: Scene) -> Scene:
    """A scene in front of a member's own picture: lit as it is, unless the words say otherwise."""
    return replace(scene, time=scene.time or Time.DAY, weather=scene.weather or Weather.CLEAR)


def meant_for(scene: Scene, reading: Reading, shots: Sequence[Scene]) -> Reading:
    """What a remix's words mean for one of several shots: "a blue car" is for those with the car.

    The reading itself where no shot shows whom it names, or this one does.
    """
    named = {actor.subject for actor in reading.scene.actors}
    showing = [shot for shot in shots if named & {actor.subject for actor in shot.actors}]
    if not showing or scene in showing:
        return reading
    return replace(
        reading, scene=replace(reading.scene, actors=()), colour=None, motion=None, adds=False
    )


def edited(
    scene: Scene, reading: Reading, *, going_on: bool
) -> tuple[edits.Edit, frozenset[Layer]]:
    """A parent's scene with a remix's words worked in, and the layers that are made anew."""
    edit = edits.worked_in(scene, reading)
    layers = edits.new_layers(scene, edit)
    if not layers and not going_on:
        # Nothing was understood that changes the picture: the same cast does something new.
        layers = frozenset(MOTIONS[: max(len(edit.scene.actors), 1)])
    return edit, layers


def _after(before: list[Scene], reading: Reading, shot: Told) -> Scene:
    """What a later shot shows: what its words don't say is as it was."""
    said, last = reading.scene, before[-1]
    cast = tuple(_as_before(actor, before) for actor in said.actors)
    if reading.adds:
        cast = (*last.actors, *cast)[:MAX_ACTORS]
    elif not cast:
        kept = [actor for actor in last.actors if actor.subject not in reading.removed]
        cast = tuple(replace(actor, motion=reading.motion or actor.motion) for actor in kept)
    return Scene(
        actors=cast,
        place=said.place or last.place,
        time=said.time or last.time,
        weather=said.weather or last.weather,
        camera=said.camera or shot.camera,
    )


def _as_before(actor: Actor, before: list[Scene]) -> Actor:
    """The actor in the colour of when it was seen last, doing what it did in the shot before."""
    seen = [a for scene in before for a in scene.actors if a.subject == actor.subject]
    if not seen:
        return actor
    goes_on = seen[-1] in before[-1].actors and actor.motion is None
    motion = seen[-1].motion if goes_on else actor.motion
    return replace(actor, colour=actor.colour or seen[-1].colour, motion=motion)


def _apart(shots: list[Told], seconds: float) -> list[Told]:
    """The shots without those that would be over before anybody saw them."""
    kept: list[Told] = []
    for shot in shots:
        fits = shot.start <= seconds - SHORTEST
        if fits and (not kept or shot.start - kept[-1].start >= SHORTEST):
            kept.append(shot)
    return (kept or shots[:1])[:MOST_SHOTS]


def _camera(camera: plans.Camera | None) -> Camera | None:
    return _CAMERAS[camera] if camera else None
