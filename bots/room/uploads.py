"""Pictures that come in with a request: parts of a form and data: addresses, nothing fetched."""

import base64
import binascii

from aiohttp import BodyPartReader

from bots.room import forms
from bots.studio import pictures
from bots.studio.errors import NotAPicture


async def of_part(part: BodyPartReader) -> bytes:
    """The file in a part of a form. Raises PictureTooHeavy as soon as it is, and BrokenForm."""
    content = bytearray()
    async for chunk in forms.chunks(part):
        content += chunk
        pictures.check_size(len(content))
    return bytes(content)


def of_address(address: str) -> bytes:
    """The file in a data: address. Raises NotAPicture."""
    head, comma, text = address.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        raise NotAPicture()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotAPicture() from None


def at_hand(content: bytes) -> pictures.Fetch:
    """A picture that need not be got from anywhere."""

    async def fetch() -> bytes:
        return content

    return fetch
