"""Forms that come in, part by part: nothing of them is kept that nobody asked for.

Whoever sends one may be a stranger: the number of its parts is bounded here, and the size of each
by whoever reads it.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

#: Parts of a form, of which we know half a dozen.
MOST_PARTS = 64
#: Bytes of a text field.
MOST_TEXT = 1 << 16
_CHUNK = 1 << 17
#: What a body raises that is not what it says: broken, in a charset that nobody knows, or nested
#: ten thousand deep.
_UNREADABLE = (ValueError, LookupError, RecursionError, HttpProcessingError)


class BrokenForm(Exception):
    """The body is no form, or is broken off, or has parts that can't be read."""


class TooLong(BrokenForm):
    """A text field is longer than any that we know."""


async def parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """The parts of the form, each to be read before the next. Raises BrokenForm."""
    if request.content_type != "multipart/form-data":
        raise BrokenForm
    with _told():
        reader = await request.multipart()
    for _ in range(MOST_PARTS):
        with _told():
            part = await reader.next()
        if part is None:
            return
        if not isinstance(part, BodyPartReader):
            raise BrokenForm
        yield part
    raise BrokenForm


async def fields(request: web.Request) -> dict[str, str]:
    """The fields of a small form as text; none of one that can't be read."""
    try:
        return {name: str(value) for name, value in (await request.post()).items()}
    except _UNREADABLE:
        return {}


async def json(request: web.Request) -> object:
    """What a body of JSON says. Raises BrokenForm for one that is none."""
    try:
        return await request.json()
    except _UNREADABLE:
        raise BrokenForm from None


async def chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    """What the part holds, piece by piece. Raises BrokenForm where it is broken off."""
    while True:
        with _told():
            chunk = await part.read_chunk(_CHUNK)
        if not chunk:
            return
        yield chunk


async def text(part: BodyPartReader, *, most: int = MOST_TEXT) -> str:
    """A text field. Raises TooLong where it has more than `most` bytes, and BrokenForm."""
    content = bytearray()
    async for chunk in chunks(part):
        content += chunk
        if len(content) > most:
            raise TooLong
    return content.decode(errors="replace")


@contextmanager
def _told() -> Iterator[None]:
    """What aiohttp raises for a form that is broken, as what we call it."""
    try:
        yield
    except _UNREADABLE:
        raise BrokenForm from None
