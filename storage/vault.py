"""The vault: keys that faces, voices and challenges are sealed with, one a cameo.

Keys are files apart from the database, so that a copy of the database and of the media folder
holds nothing that can be read without them; destroying a key destroys all that it sealed, in every
copy. It relies on the AES-GCM of the `cryptography` library. It never logs what it handles.
"""

import os
import secrets
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: Bits of a key, and bytes of the number that is used once with it.
KEY_BITS = 256
_NONCE_BYTES = 12


class Unreadable(Exception):
    """The key is gone, or what it should open is not what it sealed."""


class Vault:
    """The folder of keys. Its methods block for less than a millisecond a megabyte."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_key(self) -> str:
        """Make a key, durably, and return its id."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key_id = secrets.token_hex(16)
        private = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(private, "wb") as file:
            file.write(AESGCM.generate_key(KEY_BITS))
            file.flush()
            os.fsync(file.fileno())
        self._flush_names()
        return key_id

    def seal(self, key_id: str, content: bytes, *, label: str) -> bytes:
        """`content` so that only this key opens it, and only under the same label.

        Raises Unreadable when the key is gone.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher(key_id).encrypt(nonce, content, label.encode())

    def open(self, key_id: str, sealed: bytes, *, label: str) -> bytes:
        """What was sealed. Raises Unreadable when the key is gone or a byte was changed."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher(key_id).decrypt(nonce, body, label.encode())
        except InvalidTag:
            raise Unreadable("not what this key sealed under this label") from None

    def destroy(self, key_id: str) -> None:
        """Make everything the key sealed unreadable, for ever; a key that is gone is no error."""
        path = self._path(key_id)
        if not path.exists():
            return
        # Written over first: an unlinked file's bytes may stay on the disk.
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(KEY_BITS // 8))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        self._flush_names()

    def keys(self, *, older_than: float = 0.0) -> set[str]:
        """The ids of all keys that were made this many seconds ago or earlier."""
        if not self._folder.is_dir():
            return set()
        made_by = time.time() - older_than
        return {path.name for path in self._folder.iterdir() if path.stat().st_mtime <= made_by}

    def _cipher(self, key_id: str) -> AESGCM:
        try:
            return AESGCM(self._path(key_id).read_bytes())
        except FileNotFoundError:
            raise Unreadable("the key is gone") from None

    def _path(self, key_id: str) -> Path:
        if len(key_id) != 32 or not set(key_id) <= set("0123456789abcdef"):
            raise ValueError("not the id of a key")
        return self._folder / key_id

    def _flush_names(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
