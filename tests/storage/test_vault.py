"""The vault: what is sealed opens with its key alone, under its label, unchanged."""

from pathlib import Path

import pytest

from storage.vault import Unreadable, Vault


def test_what_was_sealed_opens_again_and_shows_nothing_meanwhile(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    key = vault.new_key()
    sealed = vault.seal(key, b"a face", label="front")
    assert b"a face" not in sealed
    assert vault.open(key, sealed, label="front") == b"a face"


def test_another_key_another_label_and_a_changed_byte_open_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    key, other = vault.new_key(), vault.new_key()
    sealed = vault.seal(key, b"a face", label="front")
    broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for attempt in ((other, sealed, "front"), (key, sealed, "voice"), (key, broken, "front")):
        with pytest.raises(Unreadable):
            vault.open(attempt[0], attempt[1], label=attempt[2])


def test_a_destroyed_key_opens_nothing_ever_again(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    key = vault.new_key()
    sealed = vault.seal(key, b"a face", label="front")
    vault.destroy(key)
    vault.destroy(key)
    with pytest.raises(Unreadable):
        vault.open(key, sealed, label="front")
    assert vault.keys() == set()


def test_keys_are_the_owners_alone_to_read(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    path = tmp_path / "keys" / vault.new_key()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
