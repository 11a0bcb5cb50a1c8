"""Exporting: all that the room keeps about a member's cameos, as one archive for them alone."""

import asyncio
import io
import json
import time
import zipfile
from typing import Any

from bots.studio.asker import Asker
from bots.studio.cameo import sealing, seeing
from bots.studio.cameo.seeing import Owned
from bots.studio.errors import NoCameoOfYours
from storage import clips, consent_log, showing
from storage.cameos import Part, parts
from storage.clips import Clip
from storage.consent_log import Act, Entry
from storage.room import Room

#: Bytes of the member's own clips that go into the archive, the newest first.
MOST_FILM_BYTES = 20_000_000
#: The member's own clips that are listed.
MOST_CLIPS = 10_000

_ENDINGS = {Part.VOICE: "wav", Part.FACE: "json"}


async def archive(room: Room, asker: Asker, *, most_bytes: int = MOST_FILM_BYTES) -> bytes:
    """A zip: what is kept as JSON, stills and voice opened, the record, the member's own films.

    `most_bytes` is for films. It is the member's to receive in private. Raises NoCameoOfYours.
    """
    seen = await seeing.overview(room, asker)
    if not seen.cameos:
        raise NoCameoOfYours()
    read, files = room.database.read, {}
    told = []
    for each in seen.cameos:
        cameo = each.cameo
        entries = await consent_log.of_cameo(read, cameo.id)
        told.append(_told(each, entries))
        if cameo.key_id:
            opened = await sealing.unseal(room, cameo.key_id, await parts(read, cameo.id))
            for part, content in opened.items():
                files[f"{cameo.handle}/{part}.{_ENDINGS.get(part, 'jpg')}"] = content
    own = await clips.of_member(read, asker.member.id, after=None, ascending=False, most=MOST_CLIPS)
    about = {
        "member": {"name": asker.member.name, "language": asker.member.language},
        "cameos": told,
        "asked": [
            {"clip": each.clip.code, "words": each.clip.words, "maker": each.maker.name}
            for each in seen.questions
        ],
        "clips": [_clip(clip) for clip in own],
    }
    hidden = await showing.hidden(read, [clip.id for clip in own])
    films = _films(room, [clip for clip in own if clip.id not in hidden], most_bytes)
    async with room.database.transaction() as tx:
        for each in seen.cameos:
            await consent_log.append(
                tx, each.cameo.id, Act.EXPORTED, by=asker.member.id, now=time.time()
            )
    return await asyncio.to_thread(_zipped, about, files, films)


def _told(owned: Owned, entries: list[Entry]) -> dict[str, Any]:
    cameo = owned.cameo
    return {
        "handle": cameo.handle,
        "kind": cameo.kind,
        "policy": cameo.policy,
        "ask_first": cameo.ask_first,
        "restrictions": cameo.restrictions,
        "looks": cameo.looks,
        "enrolled_at": cameo.created_at,
        "kept": owned.parts,
        "people": {who.name: standing for who, standing in owned.people},
        "clips": [
            {**_clip(use.clip), "maker": use.maker.name, "posted": [p.platform for p in use.posted]}
            for use in owned.uses
        ],
        "record": [
            {"at": each.at, "act": each.act, "by": each.member_id, **each.detail}
            for each in entries
        ],
    }


def _clip(clip: Clip) -> dict[str, Any]:
    return {"code": clip.code, "words": clip.words, "at": clip.created_at, "seed": clip.seed}


def _films(room: Room, own: list[Clip], most: int) -> dict[str, Any]:
    """Name in the archive → path of the film, as many of the newest as fit."""
    found, left = {}, most
    for clip in own:
        if clip.master is None:
            continue
        path = room.media.path(clip.master)
        if path.exists() and path.stat().st_size <= left:
            left -= path.stat().st_size
            found[f"clips/{clip.code}.mp4"] = path
    return found


def _zipped(about: dict[str, Any], files: dict[str, bytes], films: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about-you.json", json.dumps(about, indent=2, ensure_ascii=False))
        for name, content in files.items():
            archive.writestr(name, content)
        for name, path in films.items():
            archive.write(path, name, zipfile.ZIP_STORED)
    return made.getvalue()
