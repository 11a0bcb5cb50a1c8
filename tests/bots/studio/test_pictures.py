"""Pictures that members send: kept small and clean, or refused with a sentence that says why."""

import io
import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bots.studio import errors, making, pictures
from bots.studio.asker import Arrival, Asker, sign_in
from bots.studio.making import Ask
from storage import credentials, media, offers
from storage.clips import ClipKind
from storage.credentials import Standing, read
from storage.offers import Offer
from storage.people import Platform
from storage.plan import Aspect
from storage.room import Room
from tests.pictures import a_picture, a_png_that_says
from tests.rooms import a_room, an_engine_renders
from tests.signed import a_signed_picture

_OFFER = Offer(
    "pocket", "Pocket", frozenset(ClipKind), {Aspect.WIDE: (768, 432)}, 24, 8, 2, 10, 4, 2.0,
    takes_picture=True,
)  # fmt: skip


async def _asker(room: Room) -> Asker:
    arrival = Arrival(Platform.ROOM, "ana", "ana", "en", "here", private=False, max_bytes=10 << 20)
    return await sign_in(room, arrival)


def _sent(content: bytes) -> Callable[[], Awaitable[bytes]]:
    async def fetch() -> bytes:
        return content

    return fetch


def _kept(room: Room, sha256: str | None) -> Image.Image:
    assert sha256 is not None
    return Image.open(io.BytesIO(room.media.path(sha256).read_bytes()))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.PictureIsEmpty),
        (b"not a picture", errors.NotAPicture),
        (a_picture()[:200], errors.NotAPicture),
        (a_png_that_says(1, 0), errors.NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", errors.NotAPicture),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", errors.NotAPicture),
        (a_png_that_says(25_000, 20_000), errors.PictureTooLarge),
        (a_png_that_says(9_000, 9_000), errors.PictureTooLarge),
        (bytes(pictures.MOST_MEGABYTES * 1_000_000 + 1), errors.PictureTooHeavy),
    ],
    ids=["empty", "words", "cut off", "no height", "svg", "eps", "500 MP", "81 MP", "21 MB"],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
async def test_a_bad_picture_is_refused_and_leaves_nothing(
    room: Room, content: bytes, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        await making.create(room, await _asker(room), "a fox", Ask("k", picture=_sent(content)))

    assert not [path for path in room.media.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
async def test_pictures_of_the_usual_kinds_are_kept_small(room: Room, kind: str) -> None:
    large = a_picture(kind, width=3000, height=1500)

    made = await making.create(room, await _asker(room), "a fox", Ask("k", picture=_sent(large)))

    kept = _kept(room, made.clip.picture)
    assert kept.format == "PNG"
    assert kept.size == (1280, 640)
    assert made.clip.picture is not None
    assert await media.find(room.database.read, made.clip.picture) is not None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
async def test_pictures_in_any_mode_are_taken(room: Room, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 20)).save(out, "PNG")

    found = await pictures.keep(room, out.getvalue())

    assert _kept(room, found.sha256).mode == ("RGBA" if "A" in mode else "RGB")


async def test_a_photo_is_kept_upright_and_without_where_it_was_taken(room: Room) -> None:
    image, exif = Image.new("RGB", (400, 200), "red"), Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    found = await pictures.keep(room, out.getvalue())

    kept = _kept(room, found.sha256)
    assert kept.size == (200, 400)
    assert not kept.getexif()


async def test_a_preset_that_takes_no_picture_says_so(room: Room) -> None:
    async with room.database.transaction() as tx:
        await offers.publish(tx, "e", [replace(_OFFER, takes_picture=False)], now=4e9)

    with pytest.raises(errors.PictureNotTaken):
        await making.create(room, await _asker(room), "a fox", Ask("k", picture=_sent(a_picture())))


async def test_a_picture_alone_is_asked_for_words(room: Room) -> None:
    with pytest.raises(errors.PictureNeedsWords):
        await making.create(room, await _asker(room), "8s", Ask("k", picture=_sent(a_picture())))


async def test_another_take_starts_from_the_same_picture_and_a_remix_does_not(room: Room) -> None:
    ana = await _asker(room)
    first = await making.create(room, ana, "a fox", Ask("k", picture=_sent(a_picture())))
    clip = await an_engine_renders(room)
    assert clip is not None

    again = await making.vary(room, ana, clip, Ask("again"))
    remix = await making.remix(room, ana, clip, "make it night", Ask("remix"))

    assert again.clip.picture == first.clip.picture
    assert remix.clip.picture is None


async def test_another_take_and_an_extension_take_no_picture(room: Room) -> None:
    ana = await _asker(room)
    await making.create(room, ana, "a fox", Ask("k"))
    clip = await an_engine_renders(room)
    assert clip is not None
    ask = Ask("again", picture=_sent(a_picture()))

    with pytest.raises(errors.PictureNotUsed):
        await making.vary(room, ana, clip, ask)
    with pytest.raises(errors.PictureNotUsed):
        await making.extend(room, ana, clip, "", ask)


async def test_who_has_too_much_on_the_way_sends_pictures_for_nothing(room: Room) -> None:
    ana = await _asker(room)
    for number in range(room.settings.limits.open_per_member):
        await making.create(room, ana, "a fox", Ask(f"{number}"))

    with pytest.raises(errors.YourQueueIsFull):
        await making.create(room, ana, "a fox", Ask("k", picture=_sent(a_picture())))

    assert not [path for path in room.media.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_that_someone_signed_keeps_who_signed_it(
    room: Room, tmp_path: Path, kind: str
) -> None:
    async with a_room(tmp_path / "elsewhere") as elsewhere:
        signed = a_signed_picture(elsewhere, tmp_path / "a", kind=kind).read_bytes()

    kept = await pictures.keep(room, signed)

    found = read(room.media.path(kept.sha256), room.key.anchor)
    assert found.standing is Standing.OURS
    theirs = found.links[-2]
    assert (theirs.title, theirs.ours) == ("holiday", False)
    assert theirs.signer == f"Reelroom {elsewhere.key.room}"
    assert _kept(room, kept.sha256).size == (320, 180)
    assert list((room.media.folder / "new").iterdir()) == []


async def test_credentials_that_do_not_hold_are_not_kept(room: Room, tmp_path: Path) -> None:
    async with a_room(tmp_path / "elsewhere") as elsewhere:
        signed = bytearray(a_signed_picture(elsewhere, tmp_path / "a.png").read_bytes())
    # In the text of the credentials, where no picture is hurt.
    signed[signed.index(b"holiday")] ^= 1
    assert credentials.carried_by(bytes(signed))

    kept = await pictures.keep(room, _with_checksums(bytes(signed)))

    assert read(room.media.path(kept.sha256), room.key.anchor).standing is Standing.NONE


async def test_a_picture_whose_credentials_can_not_be_read_is_kept_without_them(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "SECONDS", 0.01)
    signed = a_signed_picture(room, tmp_path / "a.png").read_bytes()

    kept = await pictures.keep(room, signed)

    assert read(room.media.path(kept.sha256), room.key.anchor).standing is Standing.NONE


def _with_checksums(png: bytes) -> bytes:
    """The PNG with the checksums that its chunks should have."""
    out, at = bytearray(png[:8]), 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        body = png[at + 4 : at + 8 + length]
        out += png[at : at + 4] + body + struct.pack(">I", zlib.crc32(body))
        at += 12 + length
    return bytes(out)
