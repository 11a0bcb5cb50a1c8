"""How those in a Pocket clip look who have pictures: the cast, and the member's own picture, which
is who is in the clip or where it takes place.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines import pocket_notes, pocket_pictures, pocket_shots
from engine.pipelines.family import Cutout, Player, Request
from engine.pipelines.pocket_cast import Cast
from engine.pipelines.pocket_takes import Script, Take, first_scene, put
from engine.pocket import people
from engine.pocket.codec import SPRITES, Layer, PocketCodec
from engine.pocket.people import things
from engine.pocket.render import grid_for
from engine.pocket.vocabulary import parse
from engine.pocket.world.scene import Scene
from storage.cameos import CameoKind
from storage.clips import ClipKind

#: Whom a member's own picture shows to Pocket where the words name nobody.
_HEROES = ("man", "woman", "astronaut", "ninja")


def with_pictures(request: Request, made: Script, codec: PocketCodec, cast: Cast) -> Script:
    """The script with the cast and the member's own picture in it."""
    waving = cast.waving()
    looks = {
        part: _look(player, waves=player.handle in waving) for part, player in cast.parts.items()
    }
    made = _played(made, looks, codec, are_cast=True)
    if request.picture:
        picture = pocket_pictures.read(request.picture)
        words = request.plan.instruction or request.plan.prompt
        from_words = request.kind in (ClipKind.CREATE, ClipKind.VARIATION)
        meant = from_words and _is_said_of_it(words)
        if not meant and not pocket_pictures.is_somebody(picture, words):
            return on_ground(request, made, picture, codec)
        hero = next(part for part in _HEROES if part not in cast.parts)
        made = first_scene(made, lambda scene: pocket_shots.with_someone(scene, hero))
        seen = [actor.subject for actor in made.takes[0].scene.actors]
        played = next((s for s in seen if s not in cast.parts), None)
        if played:
            look = pocket_pictures.sprite(picture, _colours(codec))
            made = _played(made, {played: look}, codec)
    return made


def _look(player: Player, *, waves: bool) -> NDArray[np.uint8]:
    """People are drawn as Pocket draws people, anything else as its picture in few colours."""
    if player.kind is CameoKind.PERSON:
        drawn = people.sprite(player.stills, player.looks, waves=waves)
        if drawn is not None:
            return drawn
    return things.sprite(player.stills[0])


def _is_said_of_it(words: str) -> bool:
    """Whether the words move somebody whom they don't name: "it hops", sent with a picture."""
    reading = parse(words)
    return reading.motion is not None and not reading.scene.actors


def on_ground(request: Request, made: Script, picture: Cutout, codec: PocketCodec) -> Script:
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
            known=put(take.known, Layer.BACKGROUND, ground),
            fresh=take.fresh - {Layer.BACKGROUND},
        )
        if take.scene.place is place
        else take
        for take in made.takes
    ]
    return replace(made, takes=tuple(takes))


def _colours(codec: PocketCodec) -> NDArray[np.uint8]:
    """The colours of sprites, (n, 3)."""
    bytes_: NDArray[np.uint8] = ((codec.sprite_palette + 1) * 127.5).round().to(torch.uint8).numpy()
    return bytes_


def _played(
    made: Script,
    looks: Mapping[str, NDArray[np.uint8]],
    codec: PocketCodec,
    *,
    are_cast: bool = False,
) -> Script:
    """The script with sprites, by the subject that each plays.

    Those of the cast are shown in all their colours, not in the codec's, and kept nowhere.
    """
    if not looks:
        return made
    tokens = dict(zip(looks, codec.encode_sprites(np.stack([*looks.values()])), strict=True))
    takes = [_as_played(take, tokens) for take in made.takes]
    if are_cast:
        takes = [replace(take, people=_standing(take.scene, looks)) for take in takes]
    return replace(made, takes=tuple(takes), notes=pocket_notes.without(made.notes, looks))


def _standing(scene: Scene, looks: Mapping[str, NDArray[np.uint8]]) -> dict[int, NDArray[np.uint8]]:
    return {
        slot: looks[actor.subject]
        for slot, actor in enumerate(scene.actors)
        if actor.subject in looks
    }


def _as_played(take: Take, tokens: Mapping[str, Tensor]) -> Take:
    known, fresh, cast = take.known, take.fresh, []
    for layer, actor in zip(SPRITES, take.scene.actors, strict=False):
        if actor.subject in tokens:
            known = put(known, layer, tokens[actor.subject])
            fresh = fresh - {layer}
            actor = replace(actor, colour=None)
        cast.append(actor)
    return replace(take, scene=replace(take.scene, actors=tuple(cast)), known=known, fresh=fresh)
