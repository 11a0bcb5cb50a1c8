"""What a file's credentials are worth: ours, someone else's, broken, or nothing."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from c2pa import Builder, Context, Settings, Signer
from c2pa import C2paSignerInfo as SignerInfo

from storage import credentials, signing
from storage.clips import ClipKind
from storage.credentials import SETTINGS, CannotRead, Credentials, Standing, Story, read, read_apart
from storage.room_key import RoomKey, RoomKeyError, room_key
from storage.signing import PNG, Made
from tests.pictures import a_picture
from tests.rooms import a_film


@pytest.fixture
def ours(tmp_path: Path) -> RoomKey:
    return room_key(tmp_path / "room")


@pytest.fixture
def theirs(tmp_path: Path) -> RoomKey:
    return room_key(tmp_path / "another")


def _film(path: Path, key: RoomKey, code: str, parent: Path | None = None) -> Path:
    """A film signed as the clip `code` of the key's room."""
    path.write_bytes(a_film()[0])
    kind = ClipKind.REMIX if parent else ClipKind.CREATE
    made = Made(parent.stem, parent) if parent else None
    story = Story(code, key.room, kind, "pocket", "Pocket")
    signing.sign_clip(path, key, story, parent=made, picture=None)
    return path


def _told(found: Credentials) -> list[tuple[str, bool]]:
    return [(link.title, link.ours) for link in found.links]


def test_a_file_of_this_room_is_known_as_such(tmp_path: Path, ours: RoomKey) -> None:
    first = _film(tmp_path / "2AAA.mp4", ours, "2AAA")
    second = _film(tmp_path / "2BBB.mp4", ours, "2BBB", first)

    found = read(second, ours.anchor)

    assert found.standing is Standing.OURS
    assert _told(found) == [("2AAA", True), ("2BBB", True)]


def test_a_room_with_the_same_words_on_its_certificate_is_still_another(
    tmp_path: Path, ours: RoomKey, theirs: RoomKey
) -> None:
    forged = RoomKey(ours.room, theirs.chain, theirs.anchor, theirs.private)
    film = _film(tmp_path / "2AAA.mp4", forged, "2AAA")

    found = read(film, ours.anchor)

    assert found.standing is Standing.OTHERS
    assert _told(found) == [("2AAA", False)]
    assert found.links[0].story is None


def test_what_another_made_of_our_clip_is_theirs_and_our_clip_in_it_is_ours(
    tmp_path: Path, ours: RoomKey, theirs: RoomKey
) -> None:
    first = _film(tmp_path / "2AAA.mp4", ours, "2AAA")
    edited = _film(tmp_path / "edited.mp4", theirs, "edited", first)
    back = _film(tmp_path / "2CCC.mp4", ours, "2CCC", edited)

    assert _told(read(edited, ours.anchor)) == [("2AAA", True), ("edited", False)]
    assert _told(read(back, ours.anchor)) == [("2AAA", True), ("edited", False), ("2CCC", True)]


def test_a_stranger_can_not_make_a_false_parent_look_like_ours(
    tmp_path: Path, ours: RoomKey, theirs: RoomKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    false = _film(tmp_path / "2AAA.mp4", theirs, "2AAA")
    # They trust themselves, and say so in what they sign: "signingCredential.trusted".
    child = _film(tmp_path / "child.mp4", theirs, "child", false)
    assert b"signingCredential.trusted" in child.read_bytes()

    assert _told(read(child, ours.anchor)) == [("2AAA", False), ("child", False)]
    # Nor when our own room has since made something of it.
    back = _film(tmp_path / "2CCC.mp4", ours, "2CCC", child)
    assert _told(read(back, ours.anchor)) == [("2AAA", False), ("child", False), ("2CCC", True)]


def test_a_changed_byte_of_a_film_is_caught_wherever_it_is(tmp_path: Path, ours: RoomKey) -> None:
    content = _film(tmp_path / "2AAA.mp4", ours, "2AAA").read_bytes()
    film = content.index(b"moov") - 4
    source = random.Random(7)
    for place in (film, film + 4, len(content) - 1, *_places(source, film, len(content))):
        changed = _with_a_changed_byte(tmp_path, content, place, source)

        assert read(changed, ours.anchor).standing in (Standing.BROKEN, Standing.NONE), place


def test_a_changed_byte_of_the_credentials_is_caught_or_tells_nothing_else(
    tmp_path: Path, ours: RoomKey
) -> None:
    content = _film(tmp_path / "2AAA.mp4", ours, "2AAA").read_bytes()
    told = read(tmp_path / "2AAA.mp4", ours.anchor)
    source = random.Random(8)
    for place in _places(source, content.index(b"uuid"), content.index(b"moov")):
        found = read(_with_a_changed_byte(tmp_path, content, place, source), ours.anchor)

        # Some bytes there are padding.
        assert found.standing in (Standing.BROKEN, Standing.NONE) or found == told, place


def _places(source: random.Random, start: int, end: int) -> list[int]:
    return [source.randrange(start, end) for _ in range(150)]


def _with_a_changed_byte(folder: Path, content: bytes, place: int, source: random.Random) -> Path:
    altered = bytearray(content)
    altered[place] ^= 1 << source.randrange(8)
    changed = folder / "changed.mp4"
    changed.write_bytes(altered)
    return changed


def test_what_credentials_do_not_cover_is_named(tmp_path: Path, ours: RoomKey) -> None:
    # C2PA leaves an MP4's `free` boxes out of the hash: they hold nothing that is shown.
    film = _film(tmp_path / "2AAA.mp4", ours, "2AAA")
    film.write_bytes(film.read_bytes() + b"\0\0\0\x10free12345678")

    assert read(film, ours.anchor).standing is Standing.OURS


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", a_film()[0], a_film()[1], a_picture("PNG"), a_film()[0][:500], b"\0" * 9000],
    ids=["empty", "text", "film", "jpeg", "png", "half", "zeros"],
)
def test_a_file_without_credentials_has_none(tmp_path: Path, ours: RoomKey, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    assert read(file, ours.anchor) == Credentials(Standing.NONE)


def test_a_cut_off_file_is_broken(tmp_path: Path, ours: RoomKey) -> None:
    film = _film(tmp_path / "2AAA.mp4", ours, "2AAA")
    film.write_bytes(film.read_bytes()[:-1000])

    assert read(film, ours.anchor) == Credentials(Standing.BROKEN)


def test_a_long_chain_begins_anew_instead_of_growing_for_ever(
    tmp_path: Path, ours: RoomKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "MOST_BYTES", 20_000)
    parent, added, known = None, [], []
    for number in range(6):
        parent = _film(tmp_path / f"2AA{number}.mp4", ours, f"2AA{number}", parent)
        added.append(parent.stat().st_size - len(a_film()[0]))
        known.append([title for title, _ in _told(read(parent, ours.anchor))])

    assert max(added) < 21_000
    # The parent is still named where its own chain is left out.
    assert known[2:5] == [["2AA0", "2AA1", "2AA2"], ["2AA2", "2AA3"], ["2AA2", "2AA3", "2AA4"]]


def test_a_pictures_credentials_are_kept_and_a_strangers_title_is_plain_text(
    tmp_path: Path, ours: RoomKey, theirs: RoomKey
) -> None:
    original, kept = tmp_path / "original.png", tmp_path / "kept.png"
    for path in (original, kept):
        path.write_bytes(a_picture("PNG"))
    title = "\u202eholiday\n<b>" + "x" * 500
    signing.sign_picture(original, theirs, original=Made(title, original, PNG))
    signing.sign_picture(kept, ours, original=Made("a picture", original, PNG))
    film = tmp_path / "2AAA.mp4"
    film.write_bytes(a_film()[0])
    story = Story("2AAA", ours.room, ClipKind.CREATE, "pocket", "Pocket")
    signing.sign_clip(film, ours, story, parent=None, picture=Made("picture", kept, PNG))

    found = read(film, ours.anchor)

    *_, source, made = found.links
    assert (source.ours, source.picture, source.signer) == (False, True, f"Reelroom {theirs.room}")
    assert source.title.startswith("holiday <b>xxx")
    assert len(source.title) <= credentials.MOST_TEXT
    assert (made.title, made.picture) == ("2AAA", False)


async def test_another_process_reads_the_same(tmp_path: Path, ours: RoomKey) -> None:
    film = _film(tmp_path / "2AAA.mp4", ours, "2AAA")

    assert await read_apart(film, ours.anchor) == read(film, ours.anchor)


async def test_a_reader_that_takes_too_long_is_ended(
    tmp_path: Path, ours: RoomKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "SECONDS", 0.01)
    film = _film(tmp_path / "2AAA.mp4", ours, "2AAA")

    with pytest.raises(CannotRead, match="within"):
        await read_apart(film, ours.anchor)


async def test_a_reader_that_breaks_takes_nobody_with_it(tmp_path: Path, ours: RoomKey) -> None:
    with pytest.raises(CannotRead, match="ended with 1"):
        await read_apart(tmp_path / "nowhere.mp4", ours.anchor)


@pytest.fixture
async def listener() -> AsyncIterator[tuple[str, list[bytes]]]:
    """An address, and what came in there."""
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/manifest.c2pa", heard
    server.close()


async def test_nothing_is_fetched_whatever_a_file_asks_for(
    tmp_path: Path, ours: RoomKey, theirs: RoomKey, listener: tuple[str, list[bytes]]
) -> None:
    address, heard = listener
    plain, asking = tmp_path / "plain.png", tmp_path / "asking.png"
    plain.write_bytes(a_picture("PNG"))
    created = {"action": "c2pa.created", "digitalSourceType": signing._BY_A_MODEL}
    actions = {"label": "c2pa.actions.v2", "data": {"actions": [created]}}
    signer = Signer.from_info(SignerInfo(b"es256", theirs.chain, theirs.private, None))
    with (
        Context(Settings.from_dict(dict(SETTINGS)), signer) as context,
        Builder({"title": "x", "format": PNG, "assertions": [actions]}, context) as builder,
        plain.open("rb") as source,
        asking.open("w+b") as to,
    ):
        builder.set_no_embed()
        builder.set_remote_url(address)
        builder.sign(PNG, source, to)
    assert address.encode() in asking.read_bytes()

    found = await read_apart(asking, ours.anchor)

    assert found.standing is not Standing.OURS
    assert heard == []


def test_a_rooms_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = room_key(tmp_path)

    assert room_key(tmp_path) == made
    assert room_key(tmp_path / "other").room != made.room
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "room.pem").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["room.pem"]
    assert b"PRIVATE" not in repr(made).encode()


def test_a_disk_without_hard_links_holds_a_key_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*paths: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuses)
    made = room_key(tmp_path)

    assert room_key(tmp_path) == made
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["room.pem"]


async def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    made = await asyncio.gather(*(asyncio.to_thread(room_key, tmp_path) for _ in range(8)))

    assert len({key.private for key in made}) == 1


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_broken_key_is_told_in_one_sentence_and_never_replaced(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "room.pem").write_bytes(content)

    with pytest.raises(RoomKeyError, match=r"can't be read.*backup"):
        room_key(tmp_path)
    assert (tmp_path / "keys" / "room.pem").read_bytes() == content
