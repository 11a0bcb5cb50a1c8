"""The cast at the engine: opened in memory at the last moment, and gone with the consent."""

import io
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from engine import parents, presets
from engine.errors import CannotRender
from engine.presets import PresetError
from senses import faces
from storage import cameos, clips, deliveries, takedown
from storage.cameos import Cameo, CameoKind, Part
from storage.clips import ClipKind
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.notes import NoteCode
from storage.people import Member
from storage.requests import Accepted
from storage.room import Room
from storage.spaces import Space
from tests.cameos import a_cameo, a_cast_request
from tests.engine.running import an_engine, clip_of, ended, happened, job_of, open_gate, script
from tests.portraits import Picture, admiral, astronaut, jpeg
from tests.rooms import a_member, a_request, a_room, a_space, until


@pytest.fixture
async def ana(room: Room) -> Member:
    return await a_member(room, "ana")


@pytest.fixture
async def space(room: Room) -> Space:
    return await a_space(room)


def _still() -> bytes:
    """A picture whose bytes are like no other's."""
    noise = np.random.default_rng(7).integers(0, 256, (64, 48, 3), np.uint8)
    file = io.BytesIO()
    PIL.Image.fromarray(noise).save(file, "JPEG", quality=95)
    return file.getvalue()


async def _take_back(room: Room, asked: Accepted) -> None:
    """Its owner takes the clip back, as the studio does."""
    now = time.time()
    async with room.database.transaction() as tx:
        clip = await clips.get(tx, asked.clip.id)
        gone = await takedown.take_down(tx, [clip], ErrorCode.TAKEN_BACK, now=now)
    for sha256 in gone:
        room.media.remove(sha256)


def _unfinished(room: Room) -> bool:
    """Whether a film is on its way to the media folder."""
    new = room.media.folder / "new"
    return new.is_dir() and any(new.iterdir())


def _files(room: Room) -> set[str]:
    """Names of all files in the media folder."""
    return {path.name for path in room.media.folder.rglob("*") if path.is_file()}


async def test_players_are_opened_for_the_family_in_the_order_of_the_cast(
    room: Room, ana: Member, space: Space
) -> None:
    script(room)
    me, rex = await a_cameo(room, ana), await a_cameo(room, ana, "rex", kind=CameoKind.PET)
    asked = await a_cast_request(room, ana, space, rex, me)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert [note for note in happened(room) if note.startswith("plays")] == [
        "plays rex", "plays ana",
    ]  # fmt: skip


@pytest.mark.parametrize("phase", ["encode", "render", "frames"])
async def test_what_is_taken_back_on_its_way_is_stopped_and_leaves_nothing(
    room: Room, ana: Member, space: Space, phase: str
) -> None:
    script(room)
    cameo = await a_cameo(room, ana)
    before = _files(room)
    words = f"dancing, {phase} waits for dawn"
    asked = await a_cast_request(room, ana, space, cameo, words=words)

    async with an_engine(room):
        await until(lambda: f"{phase} {words}" in happened(room))
        await _take_back(room, asked)
        open_gate(room, "dawn")
        # It is stopped when the engine is ready for the next one of the same kind.
        again = await a_cast_request(room, ana, space, cameo, words="running")
        await ended(room, [again])
        await until(lambda: not _unfinished(room))

    assert (await job_of(room, asked)).state is JobState.CANCELLED
    [delivery] = await deliveries.of_clip(room.database.read, asked.clip.id)
    assert (delivery.state, delivery.error) == (DeliveryState.READY, ErrorCode.TAKEN_BACK)
    left = await clip_of(room, again)
    assert _files(room) - before == {left.master, left.poster, left.latents, left.posted}


async def test_what_is_taken_back_before_its_turn_is_never_begun(
    room: Room, ana: Member, space: Space
) -> None:
    script(room)
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ana, space, cameo)
    await _take_back(room, asked)

    async with an_engine(room):
        await ended(room, [await a_request(room, ana, space, "a fox")])

    assert "plays ana" not in happened(room)


async def test_what_is_taken_back_when_it_is_made_loses_its_files(
    room: Room, ana: Member, space: Space
) -> None:
    script(room)
    cameo = await a_cameo(room, ana)
    before = _files(room)
    asked = await a_cast_request(room, ana, space, cameo)

    async with an_engine(room):
        await ended(room, [asked])
        assert _files(room) > before
        await _take_back(room, asked)

    assert _files(room) == before


async def test_one_of_a_batch_is_taken_back_and_the_other_is_made(
    room: Room, ana: Member, space: Space
) -> None:
    script(room, batch=2)
    cameo = await a_cameo(room, ana)
    before = _files(room)
    first = await a_request(room, ana, space, "first alone, render waits for dusk")
    waits = "clip, render waits for dawn"
    asked = [await a_cast_request(room, ana, space, cameo, words=waits) for _ in range(2)]

    async with an_engine(room):
        await until(lambda: happened(room).count(f"encoded {waits}") == 2)
        open_gate(room, "dusk")
        await until(lambda: f"together {waits} | {waits}" in happened(room))
        await _take_back(room, asked[0])
        open_gate(room, "dawn")
        await ended(room, [first, asked[1]])
        await until(lambda: not _unfinished(room))

    assert (await job_of(room, asked[0])).state is JobState.CANCELLED
    assert (await job_of(room, asked[1])).state is JobState.DONE
    kept = [await clip_of(room, one) for one in (first, asked[1])]
    named = {n for clip in kept for n in (clip.master, clip.poster, clip.latents, clip.posted)}
    assert _files(room) - before == named - {None}


async def test_a_render_with_a_cast_has_no_previews(room: Room, ana: Member, space: Space) -> None:
    script(room, steps=4)
    cameo = await a_cameo(room, ana)
    words = "dancing, render waits for dawn"
    cast = await a_cast_request(room, ana, space, cameo, words=words)
    before = _files(room)

    async with an_engine(room):
        await until(_steps_told(room, cast))
        assert (await job_of(room, cast)).preview is None
        assert _files(room) == before
        open_gate(room, "dawn")
        await ended(room, [cast])


def _steps_told(room: Room, asked: Accepted) -> Callable[[], Awaitable[bool]]:
    async def told() -> bool:
        return (await job_of(room, asked)).step > 0

    return told


async def _gone(room: Room, cameo: Cameo) -> None:
    assert cameo.key_id
    room.vault.destroy(cameo.key_id)


async def _lost(room: Room, cameo: Cameo) -> None:
    for sha256 in (await cameos.parts(room.database.read, cameo.id)).values():
        room.media.remove(sha256)


async def _spoiled(room: Room, cameo: Cameo) -> None:
    for sha256 in (await cameos.parts(room.database.read, cameo.id)).values():
        path = room.media.path(sha256)
        path.write_bytes(path.read_bytes()[:-1] + b"x")


@pytest.mark.parametrize("harm", [_gone, _lost, _spoiled])
async def test_a_likeness_that_cannot_be_opened_is_no_consent(
    room: Room, ana: Member, space: Space, harm: Callable[[Room, Cameo], Awaitable[None]]
) -> None:
    script(room)
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ana, space, cameo)
    await harm(room, cameo)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.NO_CONSENT)
    assert job.figures == {"handle": "ana"}
    assert not [note for note in happened(room) if note.startswith(("plays", "render"))]


@pytest.mark.parametrize(
    "parts", [{Part.LEFT: _still()}, {Part.FRONT: b"no picture"},
              {Part.FRONT: _still(), Part.FACE: b"[1, \"me\"]"}]
)  # fmt: skip
async def test_a_likeness_that_is_not_whole_is_no_consent(
    room: Room, ana: Member, space: Space, parts: dict[Part, bytes]
) -> None:
    script(room)
    asked = await a_cast_request(room, ana, space, await a_cameo(room, ana, parts=parts))

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.NO_CONSENT)


async def test_a_preset_that_shows_no_cast_is_never_given_one(
    room: Room, ana: Member, space: Space
) -> None:
    script(room, cast=1)
    me, rex = await a_cameo(room, ana), await a_cameo(room, ana, "rex", kind=CameoKind.PET)
    two = await a_cast_request(room, ana, space, me, rex)
    one = await a_cast_request(room, ana, space, rex)

    async with an_engine(room):
        refused, made = await ended(room, [two, one])

    assert (refused.state, refused.error) == (JobState.FAILED, ErrorCode.NOT_OFFERED)
    assert made.state is JobState.DONE


def test_no_preset_of_other_machines_takes_a_cast(tmp_path: Path) -> None:
    folder = tmp_path / "presets"
    folder.mkdir()
    (folder / "far.toml").write_text(
        'title = "Far"\nfamily = "remote"\nservers = ["http://far/v1"]\nkinds = ["create"]\n'
        "cast = 1\nfps = 8\nsteps = 4\nexpected = 1.0\n"
        'sizes = { "16:9" = [128, 80] }\nlengths = { shortest = 1, usual = 2, longest = 4 }\n'
    )

    with pytest.raises(PresetError, match="likenesses stay on this one"):
        presets.load_all(tmp_path)


async def test_a_film_goes_on_only_with_everyone_who_is_in_it(
    room: Room, ana: Member, space: Space
) -> None:
    script(room)
    cameo = await a_cameo(room, ana)
    asked = await a_cast_request(room, ana, space, cameo)
    async with an_engine(room):
        await ended(room, [asked])
    parent = await clip_of(room, asked)

    on = await a_cast_request(room, ana, space, kind=ClipKind.EXTENSION, parent=parent)
    with pytest.raises(CannotRender) as refused:
        await parents.find(room, on.clip)
    assert refused.value.code is ErrorCode.NO_CONSENT
    assert refused.value.figures == {"handle": "ana"}

    without = await a_cast_request(room, ana, space, kind=ClipKind.REMIX, parent=parent)
    found = await parents.find(room, without.clip)
    assert found
    assert found.has_others

    same = await a_cast_request(room, ana, space, cameo, kind=ClipKind.REMIX, parent=parent)
    found = await parents.find(room, same.clip)
    assert found
    assert not found.has_others


async def test_a_clip_with_a_cast_bears_the_mark_whatever_the_owner_set(
    tmp_path: Path,
) -> None:
    async with a_room(tmp_path, REELROOM_MARK="off") as room:
        script(room)
        ana, space = await a_member(room, "ana"), await a_space(room)
        asked = await a_cast_request(room, ana, space, await a_cameo(room, ana))
        plain = await a_request(room, ana, space, "a fox")
        async with an_engine(room):
            await ended(room, [asked, plain])

        marked, bare = await clip_of(room, asked), await clip_of(room, plain)
        assert marked.posted
        assert marked.posted != marked.master
        assert bare.posted is None


def _face(picture: Picture) -> bytes:
    """The numbers of the portrait's face, as a cameo keeps them."""
    rgb = np.ascontiguousarray(picture[..., :3])
    points = faces.landmarks(rgb, faces.find(rgb)[0])
    assert points is not None
    return json.dumps([float(number) for number in faces.embed(rgb, points)]).encode()


@pytest.mark.parametrize(
    ("person", "measured", "told"),
    [(astronaut(), True, ()), (admiral(), True, ("ana",)), (admiral(), False, ())],
)
async def test_who_does_not_look_like_themselves_is_told_where_faces_are_a_cameras(
    room: Room, ana: Member, space: Space, person: Picture, measured: bool, told: tuple[str, ...]
) -> None:
    script(room, family="tests.engine.portraying", faces=measured)
    parts = {Part.FRONT: jpeg(person), Part.FACE: _face(person)}
    cameo = await a_cameo(room, ana, parts=parts)
    asked = await a_cast_request(room, ana, space, cameo)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    notes = (await clip_of(room, asked)).notes
    assert tuple(note.figures["handle"] for note in notes) == told
    assert {note.code for note in notes} <= {NoteCode.WEAK_LIKENESS}


async def test_pocket_shows_the_cast_and_no_file_of_the_room_holds_their_picture(
    room: Room, ana: Member, space: Space
) -> None:
    still = jpeg(astronaut())
    cameo = await a_cameo(room, ana, parts={Part.FRONT: still, Part.LEFT: still})
    asked = await a_cast_request(room, ana, space, cameo, words="@ana hops in a meadow")

    async with an_engine(room):
        [job] = await ended(room, [asked], within=120)

    assert job.state is JobState.DONE
    with PIL.Image.open(io.BytesIO(still)) as image:
        pixels = np.asarray(image.convert("RGB")).tobytes()
    files = [path for path in room.settings.home.rglob("*") if path.is_file()]
    assert len(files) > 6
    for path in files:
        content = path.read_bytes()
        # Any sixteenth of it, as the file it was and as its pixels.
        for secret in (still, pixels):
            size = len(secret) // 16
            parts = [secret[i * size : (i + 1) * size] for i in range(16)]
            assert not any(part in content for part in parts), path.name
