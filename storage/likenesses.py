"""Likenesses: the pictures of everyone who plays in a clip, opened in memory and nowhere else.

The rows are read in the event loop, the sealed files on another thread. What is opened is never
written to a disk, and never shown in a message: a missing file or key is told by its part's name.
The voice is not opened: nothing here speaks in anybody's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiosqlite import Connection
from pydantic import TypeAdapter, ValidationError

from storage import cameos, uses
from storage.cameos import STILLS, Cameo, CameoKind, Part
from storage.media import MediaFolder
from storage.vault import Unreadable, Vault

_FACE = TypeAdapter(tuple[float, ...])


class Missing(Exception):
    """A likeness can't be opened: it was erased, or a part of it is gone or broken."""


@dataclass(frozen=True)
class Sealed:
    """A cameo with its sealed parts."""

    cameo: Cameo
    #: Part → hash of its file.
    parts: Mapping[Part, str]


@dataclass(frozen=True)
class Likeness:
    """What somebody looks like, in the clear."""

    kind: CameoKind
    #: What they always show, in the owner's words.
    looks: str
    #: Picture files, the best first; at least one.
    stills: tuple[bytes, ...] = field(repr=False)
    #: The numbers by which a face is told from others; None for pets and things.
    face: tuple[float, ...] | None = field(repr=False)


async def of_clip(db: Connection, clip_id: int) -> tuple[Sealed, ...]:
    """Who plays in the clip, in the order of its plan's cast."""
    cast = await uses.cast_of(db, clip_id)
    return tuple([Sealed(cameo, await cameos.parts(db, cameo.id)) for cameo in cast])


def opened(cast: Sequence[Sealed], vault: Vault, media: MediaFolder) -> tuple[Likeness, ...]:
    """The likenesses in the clear. Blocks for some milliseconds. Raises Missing."""
    return tuple(_opened(sealed, vault, media) for sealed in cast)


def _opened(sealed: Sealed, vault: Vault, media: MediaFolder) -> Likeness:
    cameo, parts = sealed.cameo, sealed.parts
    if cameo.key_id is None:
        raise Missing("erased")
    contents: dict[Part, bytes] = {}
    for part in (*STILLS, Part.FACE):
        if part in parts:
            try:
                file = media.path(parts[part]).read_bytes()
                contents[part] = vault.open(cameo.key_id, file, label=part)
            except (OSError, Unreadable):
                raise Missing(f"no {part}") from None
    if Part.FRONT not in contents:
        raise Missing(f"no {Part.FRONT}")
    stills = tuple(contents[part] for part in STILLS if part in contents)
    return Likeness(cameo.kind, cameo.looks, stills, _face(contents.get(Part.FACE)))


def _face(content: bytes | None) -> tuple[float, ...] | None:
    if content is None:
        return None
    try:
        return _FACE.validate_json(content)
    except ValidationError:
        # From None: the error would show the numbers.
        raise Missing(f"no {Part.FACE}") from None
