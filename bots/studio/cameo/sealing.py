"""Sealing: a likeness's parts locked with its cameo's key before they touch the media folder.

What is opened again is for its owner and for engines alone; it is never logged.
"""

import asyncio
import json
from collections.abc import Mapping

from senses.values import Enrolment, Thing
from storage.cameos import STILLS, Part
from storage.media import Media
from storage.room import Room

_SEALED = "application/octet-stream"


def parts_of(seen: Enrolment | Thing) -> dict[Part, bytes]:
    """The parts of a likeness: pictures, and a person's voice and face."""
    if isinstance(seen, Thing):
        return dict(zip(STILLS, seen.stills, strict=False))
    made = {Part(angle): still for angle, still in seen.stills.items()}
    made[Part.FACE] = json.dumps(list(seen.face)).encode()
    if seen.voice:
        made[Part.VOICE] = seen.voice
    return made


async def seal(room: Room, key_id: str, parts: Mapping[Part, bytes]) -> dict[Part, Media]:
    """The parts as sealed files in the media folder; no row names them yet."""

    def sealed() -> dict[Part, Media]:
        return {
            part: room.media.put(room.vault.seal(key_id, content, label=part), _SEALED)
            for part, content in parts.items()
        }

    return await asyncio.to_thread(sealed)


async def unseal(room: Room, key_id: str, files: Mapping[Part, str]) -> dict[Part, bytes]:
    """The parts as they were. Raises vault.Unreadable where the key is gone."""

    def opened() -> dict[Part, bytes]:
        return {
            part: room.vault.open(key_id, room.media.path(sha256).read_bytes(), label=part)
            for part, sha256 in files.items()
        }

    return await asyncio.to_thread(opened)
