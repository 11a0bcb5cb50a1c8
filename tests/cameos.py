"""The helpers that enrol a cameo and cast it in a request, without a camera."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from senses.challenge import challenge
from senses.values import Angle, Challenge, Enrolment, Thing, Unfit
from storage import cameos, media, requests, spaces
from storage.cameos import Cameo, CameoKind, NewCameo, Part
from storage.clips import Clip, ClipKind, NewClip
from storage.people import Member, Platform
from storage.plan import Plan
from storage.requests import Accepted, Casting
from storage.room import Room
from storage.spaces import Space
from tests.pictures import a_picture
from tests.rooms import NOW

_keys = itertools.count()


async def a_cameo(
    room: Room,
    owner: Member,
    handle: str | None = None,
    *,
    kind: CameoKind = CameoKind.PERSON,
    parts: Mapping[Part, bytes] | None = None,
    home: Space | None = None,
) -> Cameo:
    """A cameo of the owner, called as they are, with a drawn picture for a face.

    `home` is where the owner is written to alone; a private space of the room if not given.
    """
    key_id = room.vault.new_key()
    async with room.database.transaction() as tx:
        home = home or await spaces.enter(
            tx, Platform.ROOM, f"alone:{owner.id}", private=True, max_bytes=10 << 20, now=NOW
        )
        kept = {}
        for part, content in (parts or {Part.FRONT: a_picture("PNG")}).items():
            sealed = room.vault.seal(key_id, content, label=part)
            file = room.media.put(sealed, "application/octet-stream")
            kept[part] = await media.record(tx, file, now=NOW)
        new = NewCameo(owner.id, kind, handle or owner.name, home.id, key_id, kept)
        return await cameos.enroll(tx, new, now=NOW)


async def a_cast_request(
    room: Room,
    member: Member,
    space: Space,
    *cameos_wanted: Cameo,
    words: str = "playing tennis on the beach",
    kind: ClipKind = ClipKind.CREATE,
    parent: Clip | None = None,
    ask: bool = False,
    cast: tuple[str, ...] | None = None,
    now: float = NOW,
) -> Accepted:
    """An accepted request with these cameos in it; raises NoConsent as the studio would meet it.

    `cast` is what the plan names, the cameos' handles if not given.
    """
    named = cast if cast is not None else tuple(each.handle or "" for each in cameos_wanted)
    new = NewClip(
        member.id,
        space.id,
        kind,
        words,
        Plan(prompt=words, seconds=2.0, cast=named),
        "pocket",
        4,
        request_key=f"cast:{next(_keys)}",
        parent=parent,
    )
    casting = [Casting(each, ask=ask) for each in cameos_wanted]
    async with room.database.transaction() as tx:
        return await requests.accept(
            tx, new, cost=3.0, max_bytes=space.max_bytes, cast=casting, now=now
        )


@dataclass
class AWatcher:
    """Sees in every film what it was told to, without a camera; the rest of enrolling is real."""

    seen: Enrolment | Thing | Unfit | None = None
    #: What it was asked to look for, and the bytes that it was shown.
    shown: list[tuple[Challenge | None, bytes]] = field(default_factory=list)

    def challenge(self) -> Challenge:
        """A real challenge."""
        return challenge()

    async def person(self, path: Path, challenge: Challenge) -> Enrolment | Unfit:
        """Somebody with a drawn face."""
        self.shown.append((challenge, path.read_bytes()))
        if isinstance(self.seen, Enrolment | Unfit):
            return self.seen
        stills = {Angle.FRONT: a_picture("JPEG"), Angle.LEFT: a_picture("JPEG")}
        return Enrolment(stills, tuple(n / 128 for n in range(128)), b"RIFF a voice", {})

    async def thing(self, path: Path) -> Thing | Unfit:
        """A drawn teapot."""
        self.shown.append((None, path.read_bytes()))
        return self.seen if isinstance(self.seen, Thing | Unfit) else Thing((a_picture("JPEG"),))
