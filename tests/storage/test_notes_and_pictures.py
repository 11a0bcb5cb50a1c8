"""A clip keeps the picture it starts from and what its render has to tell, until it is deleted."""

from storage import clips, jobs, media, requests
from storage.clips import Clip, ClipKind, Master, NewClip
from storage.notes import Note, NoteCode
from storage.plan import Plan
from storage.room import Room
from tests.rooms import NOW, a_member, a_space

_NOTE = Note(NoteCode.STAND_IN, {"model": "Pocket", "asked": "licorne", "en": "a horse"})


async def _clip_from_a_picture(room: Room) -> Clip:
    """A finished clip that starts from a picture, with a note."""
    ana, space = await a_member(room), await a_space(room)
    picture, film = room.media.put(b"picture", "image/png"), room.media.put(b"film", "video/mp4")
    new = NewClip(
        ana.id, space.id, ClipKind.CREATE, "a unicorn", Plan("a unicorn", 2.0), "pocket", 4, "key",
        picture=picture.sha256,
    )  # fmt: skip
    master = Master(film.sha256, film.sha256, None, 16, 9, 2.0, notes=(_NOTE,))
    async with room.database.transaction() as tx:
        await media.record(tx, picture, now=NOW)
        accepted = await requests.accept(tx, new, cost=1.0, max_bytes=None, now=NOW)
        job = await jobs.claim(tx, "e", ["pocket"], alone=True, now=NOW)
        assert job is not None
        await requests.finish(tx, job, master, [film], seconds=1.0, now=NOW)
        return await clips.get(tx, accepted.clip.id)


async def test_what_a_render_tells_is_kept_on_its_clip(room: Room) -> None:
    clip = await _clip_from_a_picture(room)

    assert clip.notes == (_NOTE,)


async def test_a_picture_that_a_clip_starts_from_is_not_swept_away(room: Room) -> None:
    clip = await _clip_from_a_picture(room)

    assert clip.picture is not None
    assert clip.picture not in await media.unused(room.database.read, clip.picture[:2])


async def test_picture_and_notes_go_with_the_clip(room: Room) -> None:
    clip = await _clip_from_a_picture(room)
    async with room.database.transaction() as tx:
        hashes = await clips.delete(tx, clip, now=NOW)
        gone = await media.forget_unused(tx, hashes)
        left = await clips.get(tx, clip.id)

    assert clip.picture in gone
    assert left.picture is None
    assert left.notes == ()
