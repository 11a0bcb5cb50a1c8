"""A picture of a person starts a clip only where the person is who sends it."""

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image

from bots.studio import making
from bots.studio.asker import Arrival, Asker, sign_in
from bots.studio.errors import PictureOfSomeone
from bots.studio.making import Ask
from senses import asking
from senses.values import Unfit
from storage import uses
from storage.cameos import Part
from storage.people import Platform
from storage.room import Room
from tests.cameos import a_cameo
from tests.pictures import a_picture
from tests.rooms import a_room
from tests.senses import acting


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ana(room: Room) -> Asker:
    arrival = Arrival(Platform.ROOM, "ana", "ana", "en", "here", private=False, max_bytes=10 << 20)
    return await sign_in(room, arrival)


def _sent(content: bytes) -> Callable[[], Awaitable[bytes]]:
    async def fetch() -> bytes:
        return content

    return fetch


def _portrait(actor: acting.Actor) -> bytes:
    out = io.BytesIO()
    Image.fromarray(actor.portrait).save(out, "PNG")
    return out.getvalue()


async def _enrolled(room: Room, asker: Asker, portrait: bytes, folder: Path) -> None:
    """The asker's cameo, with the numbers of the face in the portrait."""
    path = folder / "portrait.png"
    path.write_bytes(portrait)
    seen = await asking.faces_in(path)
    assert not isinstance(seen, Unfit)
    face = json.dumps(list(seen[0].face)).encode()
    await a_cameo(room, asker.member, parts={Part.FRONT: portrait, Part.FACE: face})


async def test_a_picture_without_people_starts_a_clip(room: Room, ana: Asker) -> None:
    made = await making.create(room, ana, "it hops", Ask("k", picture=_sent(a_picture())))
    assert made.clip.picture is not None
    assert made.clip.plan.cast == ()


async def test_somebody_elses_face_is_refused_with_or_without_a_cameo_of_ones_own(
    room: Room, ana: Asker, tmp_path: Path
) -> None:
    other = _portrait(acting.admiral())
    with pytest.raises(PictureOfSomeone):
        await making.create(room, ana, "she dances", Ask("k1", picture=_sent(other)))
    await _enrolled(room, ana, _portrait(acting.astronaut()), tmp_path)
    with pytest.raises(PictureOfSomeone):
        await making.create(room, ana, "she dances", Ask("k2", picture=_sent(other)))


async def test_ones_own_face_is_taken_and_counts_as_a_use_of_the_cameo(
    room: Room, ana: Asker, tmp_path: Path
) -> None:
    own = _portrait(acting.astronaut())
    await _enrolled(room, ana, own, tmp_path)
    made = await making.create(room, ana, "dancing", Ask("k", picture=_sent(own)))
    assert made.clip.plan.cast == ("ana",)
    cast = await uses.cast_of(room.database.read, made.clip.id)
    assert [cameo.handle for cameo in cast] == ["ana"]
