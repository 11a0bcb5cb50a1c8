"""How well the cast was met: faces in a finished film beside the faces of who was to be in it.

It is measured off the device, in the senses' own process, for presets whose faces are like a
camera's. Too far is told to the maker, who may ask for another take; nothing is made again here.
"""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path

from senses import asking
from senses.likeness import SAME_PERSON
from senses.values import Unfit
from storage.notes import Note, NoteCode

log = logging.getLogger(__name__)

Faces = Mapping[str, tuple[float, ...]]
"""Handle → the numbers of their face."""


async def notes(film: Path, faces: Faces) -> tuple[Note, ...]:
    """A note for each of the cast whose face in the film is rather another's.

    A film that shows no faces, from behind say, tells nothing.
    """
    try:
        alike = await asyncio.gather(*(asking.likeness_in(film, face) for face in faces.values()))
    except OSError as error:
        # A clip is not made again because it could not be looked at.
        log.warning("a likeness was not measured: %s", error)
        return ()
    told = []
    for handle, share in zip(faces, alike, strict=True):
        if isinstance(share, Unfit):
            log.warning("a likeness was not measured: %s", share.reason)
        elif share is not None and share < SAME_PERSON:
            told.append(Note(NoteCode.WEAK_LIKENESS, {"handle": handle}))
    return tuple(told)
