"""Files of the room: masters, posters, previews, encodings, latents, kept by the SHA-256 of them.

A file is written to a temporary name, flushed and renamed, so that a name always holds the whole
file; only then may a row name it. The database holds hashes, never paths.
"""

import hashlib
import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from aiosqlite import Connection

from storage.rows import many, one

# Whether any row names a record; each part is one look into an index, or through a few offers.
_UNUSED = (
    "NOT EXISTS (SELECT 1 FROM clips WHERE master = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM clips WHERE poster = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM clips WHERE latents = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM clips WHERE picture = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM clips WHERE posted = media.sha256)"
    " AND media.sha256 NOT IN (SELECT value FROM offers, json_each(offer, '$.pictures'))"
    " AND NOT EXISTS (SELECT 1 FROM cameo_parts WHERE cameo_parts.media = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM jobs WHERE preview = media.sha256)"
    " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.media = media.sha256)"
)


@dataclass(frozen=True)
class Media:
    """A file that the media folder holds."""

    sha256: str
    #: MIME type.
    type: str
    #: Size in bytes.
    bytes: int


class MediaFolder:
    """The folder of content-addressed files. Its methods block: call them off the event loop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is or would be."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256 in hexadecimal")
        return self.folder / sha256[:2] / sha256

    def scratch(self, suffix: str = "") -> Path:
        """A fresh path to write a file at before `take` moves it in; on the same disk."""
        (self.folder / "new").mkdir(parents=True, exist_ok=True)
        return self.folder / "new" / f"{uuid.uuid4().hex}{suffix}"

    def take(self, path: Path, type: str) -> Media:
        """Move the file at `path` in, durably, under its hash."""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            size = file.tell()
            os.fsync(file.fileno())
        media = Media(digest.hexdigest(), type, size)
        target = self.path(media.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        return media

    def put(self, content: bytes, type: str) -> Media:
        """Keep `content` under its hash."""
        path = self.scratch()
        path.write_bytes(content)
        return self.take(path, type)

    def remove(self, sha256: str) -> None:
        """Remove the file with this hash, where there is one."""
        self.path(sha256).unlink(missing_ok=True)

    def files_under(self, prefix: str, *, older_than: float) -> set[str]:
        """Hashes that start with two hexadecimal digits, of files this many seconds old or more."""
        folder = self.folder / prefix
        if not folder.is_dir():
            return set()
        return {path.name for path in folder.iterdir() if _age(path) >= older_than}

    def clear_scratch(self, *, older_than: float) -> None:
        """Remove what killed processes left unfinished, `older_than` seconds ago or more."""
        new = self.folder / "new"
        if not new.is_dir():
            return
        for path in new.iterdir():
            if _age(path) >= older_than:
                path.unlink(missing_ok=True)


async def record(tx: Connection, media: Media, *, now: float) -> str:
    """Let rows name this file; returns its hash."""
    await tx.execute(
        "INSERT INTO media (sha256, type, bytes, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (media.sha256, media.type, media.bytes, now),
    )
    return media.sha256


async def find(db: Connection, sha256: str) -> Media | None:
    """The recorded file with this hash."""
    row = await one(db, "SELECT * FROM media WHERE sha256 = ?", (sha256,))
    return Media(row["sha256"], row["type"], row["bytes"]) if row else None


async def unrecorded(db: Connection, hashes: set[str]) -> set[str]:
    """Those of `hashes` that no record is kept of."""
    return {
        str(row["value"])
        for row in await many(
            db,
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT sha256 FROM media)",
            (json.dumps(sorted(hashes)),),
        )
    }


async def unused(db: Connection, prefix: str) -> set[str]:
    """Recorded hashes that start with `prefix` and that no row names."""
    return {
        str(row["sha256"])
        for row in await many(
            db,
            f"SELECT sha256 FROM media WHERE sha256 BETWEEN ? AND ? AND {_UNUSED}",
            (prefix, f"{prefix}~"),
        )
    }


async def forget_unused(tx: Connection, hashes: set[str]) -> set[str]:
    """Forget those of `hashes` that no row names; returns them, for the folder to remove."""
    gone = set()
    for sha256 in hashes:
        async with tx.execute(
            f"DELETE FROM media WHERE sha256 = ? AND {_UNUSED}",
            (sha256,),
        ) as deleted:
            if deleted.rowcount:
                gone.add(sha256)
    return gone


def _age(path: Path) -> float:
    """Seconds since the file was written; of one just moved away, none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
