"""Says a scene in words, in one of many ways, for training; and in the one canonical way.

Whatever a scene leaves None is left unsaid.
"""

from collections.abc import Callable

import numpy as np

from engine.pocket.world.scene import MAX_ACTORS, Actor, Camera, Colour, Scene
from engine.pocket.world.subjects import BY_NAME
from engine.pocket.world.words import CAMERAS, COLOURS, MOTIONS, PLACES, TIMES, WEATHERS


def canonical(scene: Scene) -> str:
    """The one wording of a scene that the model knows best; "" for an empty scene."""
    cast = " and ".join(_canonical_actor(actor) for actor in scene.actors)
    parts = [
        cast,
        PLACES[scene.place][0] if scene.place else "",
        TIMES[scene.time][0] if scene.time else "",
        WEATHERS[scene.weather][0] if scene.weather else "",
        CAMERAS[scene.camera][0] if scene.camera else "",
    ]
    return ", ".join(part for part in parts if part)


def exact(scene: Scene) -> str:
    """The wording that the engine prompts with: every part said by one word, each at its place.

    An empty slot is "none none none". The scene must say everything; raises ValueError otherwise.
    """
    around = (scene.place, scene.time, scene.weather, scene.camera)
    if not all(around):
        raise ValueError("an exact wording needs a scene that leaves nothing open")
    slots = [_exact_actor(actor) for actor in scene.actors]
    slots += ["none none none"] * (MAX_ACTORS - len(slots))
    return ", ".join([*slots, " ".join(str(part).replace(" ", "") for part in around)])


def _exact_actor(actor: Actor) -> str:
    if actor.colour is None or actor.motion is None:
        raise ValueError("an exact wording needs each actor's colour and motion")
    return f"{actor.colour} {actor.subject} {actor.motion}"


def _canonical_actor(actor: Actor) -> str:
    words = ["a"]
    if actor.colour not in (None, Colour.NATURAL):
        words.append(COLOURS[actor.colour][0])
    words.append(actor.subject)
    if actor.motion:
        words.append(MOTIONS[actor.motion][0])
    return " ".join(words)


def caption(scene: Scene, rng: np.random.Generator) -> str:
    """A wording drawn at random: canonical a quarter of the time, else any phrases and order."""
    if rng.random() < 0.25:
        return canonical(scene)

    def pick(phrases: tuple[str, ...]) -> str:
        return phrases[0] if rng.random() < 0.3 else phrases[rng.integers(len(phrases))]

    cast = _cast([_actor(actor, pick, rng) for actor in scene.actors], rng)
    around = []
    if scene.place:
        around.append(pick(PLACES[scene.place]))
    if scene.time:
        around.append(pick(TIMES[scene.time]))
    if scene.weather:
        around.append(pick(WEATHERS[scene.weather]))
    rng.shuffle(around)
    comma = ", " if rng.random() < 0.5 else " "
    parts = [*around, cast] if rng.random() < 0.25 else [cast, *around]
    text = comma.join(part for part in parts if part)
    if scene.camera:
        text = _filmed(text, pick(CAMERAS[scene.camera]), scene.camera, rng)
    if rng.random() < 0.12:
        text = (
            f"{rng.choice(['pixel art of', 'a clip of', 'a video of', 'cute pixel art,'])} {text}"
        )
    return text[:1].upper() + text[1:] if rng.random() < 0.3 else text


def _filmed(text: str, camera: str, move: Camera, rng: np.random.Generator) -> str:
    choice = rng.random()
    if choice < 0.2:
        return f"{camera}: {text}"
    if choice < 0.35 and move is not Camera.STATIC:
        return f"{text} with a {camera}"
    return f"{text}, {camera}"


def _actor(actor: Actor, pick: Callable[[tuple[str, ...]], str], rng: np.random.Generator) -> str:
    subject = BY_NAME[actor.subject]
    names = (subject.name, *subject.english)
    words = [
        str(
            rng.choice(
                ["a", "the", "one", "a little", "a cute", "a big", ""],
                p=[0.6, 0.12, 0.08, 0.06, 0.05, 0.04, 0.05],
            )
        )
    ]
    if actor.colour not in (None, Colour.NATURAL):
        words.append(pick(COLOURS[actor.colour]))
    words.append(subject.name if rng.random() < 0.6 else names[rng.integers(len(names))])
    if actor.motion:
        phrase = pick(MOTIONS[actor.motion])
        if not phrase.endswith("ing") and " " not in phrase and rng.random() < 0.15:
            phrase = f"that {phrase}"
        words.append(phrase)
    return " ".join(word for word in words if word)


def _cast(actors: list[str], rng: np.random.Generator) -> str:
    if len(actors) < 2:
        return "".join(actors)
    last = str(rng.choice([" and ", ", ", " with ", " next to ", " and "]))
    return ", ".join(actors[:-1]) + last + actors[-1]
