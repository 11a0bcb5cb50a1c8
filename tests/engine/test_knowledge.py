"""An engine tells the chat what its presets can draw, in words and pictures."""

import io

import PIL.Image

from storage import media, offers
from storage.offers import Offer
from storage.room import Room
from tests.engine.running import an_engine
from tests.rooms import until


async def test_the_offer_tells_what_the_preset_knows_and_shows_it(room: Room) -> None:
    read = room.database.read

    async def told() -> bool:
        found = await offers.find(read, "pocket")
        return bool(found and found.pictures)

    async with an_engine(room):
        await until(told, within=60)

    offer = await offers.find(read, "pocket")
    assert isinstance(offer, Offer)
    assert offer.takes_picture
    names = {known.group: known.names for known in offer.knows}
    assert "cat" in names["subjects"]["en"]
    assert "chat" in names["subjects"]["fr"]
    assert len(names["places"]["en"]) == len(names["places"]["fr"])
    for language in ("en", "fr"):
        sha256 = offer.pictures[language]
        shown = PIL.Image.open(io.BytesIO(room.media.path(sha256).read_bytes()))
        assert min(shown.size) > 400
        assert sha256 not in await media.unused(read, sha256[:2])
