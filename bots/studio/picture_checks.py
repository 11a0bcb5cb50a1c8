"""What is in pictures that members send: nobody's face but the sender's own, and nothing too bare.

The picture is looked at in the senses' process apart. Whose face it is, is told by the sender's own
cameo alone; a face that is nobody's we know is somebody's all the same. It fails closed: a picture
that can't be looked at is refused.
"""

import asyncio
import json

from bots.studio.asker import Asker
from bots.studio.errors import PictureNotSeen, PictureOfSomeone, PictureTooBare
from senses import asking
from senses.likeness import SAME_PERSON, likeness
from senses.nudity import EXPLICIT
from senses.values import Unfit
from storage import cameos
from storage.cameos import Cameo, Part
from storage.media import Media
from storage.room import Room
from storage.spaces import Strictness


async def check(room: Room, asker: Asker, picture: Media) -> Cameo | None:
    """The sender's own cameo where it is them in the picture, None for nobody.

    Raises PictureOfSomeone for a face that is not theirs, PictureTooBare for what the space does
    not show, PictureNotSeen when it can't be told.
    """
    path = room.media.path(picture.sha256)
    found, shown = await asyncio.gather(asking.faces_in(path), asking.frames_shown(path))
    if isinstance(found, Unfit) or isinstance(shown, Unfit):
        raise PictureNotSeen()
    explicit = any(frame.explicit >= EXPLICIT for frame in shown)
    if explicit and (found or asker.space.strictness is not Strictness.ADULT):
        raise PictureTooBare()
    if not found:
        return None
    own = await _own_face(room, asker)
    if own is None:
        raise PictureOfSomeone()
    cameo, numbers = own
    if any(likeness(face.face, numbers) < SAME_PERSON for face in found):
        raise PictureOfSomeone()
    return cameo


async def _own_face(room: Room, asker: Asker) -> tuple[Cameo, tuple[float, ...]] | None:
    """The sender's cameo of themselves, and the numbers of its face."""
    for cameo in await cameos.of_member(room.database.read, asker.member.id):
        sealed = (await cameos.parts(room.database.read, cameo.id)).get(Part.FACE)
        if sealed and cameo.key_id:
            content = await asyncio.to_thread(room.media.path(sealed).read_bytes)
            opened = room.vault.open(cameo.key_id, content, label=Part.FACE)
            return cameo, tuple(float(number) for number in json.loads(opened))
    return None
