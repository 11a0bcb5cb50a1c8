"""Who plays in a clip, as its family needs them: opened in memory, just before they are drawn.

It fails closed: somebody who can't be opened does not agree. What is opened here lives as long as
the job's request and is never written down.
"""

import io
from collections.abc import Sequence

import numpy as np
import PIL.Image

from engine.errors import CannotRender
from engine.pipelines.family import Cutout, Player
from engine.presets.shape import Preset
from storage import likenesses
from storage.clips import Clip
from storage.errors import ErrorCode
from storage.likenesses import Likeness, Missing, Sealed
from storage.room import Room


async def find(room: Room, clip: Clip, preset: Preset) -> tuple[Sealed, ...]:
    """The sealed likenesses of the clip's cast. Raises CannotRender where it may not be shown."""
    cast = clip.plan.cast
    if len(cast) > preset.cast:
        raise CannotRender(ErrorCode.NOT_OFFERED, {"preset": preset.name, "kind": str(clip.kind)})
    sealed = await likenesses.of_clip(room.database.read, clip.id)
    if len(sealed) != len(cast):
        raise CannotRender(ErrorCode.NO_CONSENT, {})
    return sealed


def opened(room: Room, clip: Clip, sealed: Sequence[Sealed]) -> tuple[Player, ...]:
    """The players, in the order of the plan's cast. Blocks. Raises CannotRender."""
    players = []
    for handle, each in zip(clip.plan.cast, sealed, strict=True):
        try:
            [likeness] = likenesses.opened([each], room.vault, room.media)
            players.append(_player(handle, likeness))
        except Missing:
            raise CannotRender(ErrorCode.NO_CONSENT, {"handle": handle}) from None
    return tuple(players)


def _player(handle: str, likeness: Likeness) -> Player:
    stills = tuple(_picture(file) for file in likeness.stills)
    return Player(handle, likeness.kind, stills, likeness.looks, likeness.face)


def _picture(file: bytes) -> Cutout:
    """The file's picture. Our own makes them, so that they need no process apart."""
    try:
        with PIL.Image.open(io.BytesIO(file)) as image:
            return np.asarray(image.convert("RGBA"))
    except (OSError, ValueError, SyntaxError):
        raise Missing("a broken still") from None
