"""A picture goes from the request to the frames, and what could not be drawn comes back."""

import io

import numpy as np
import PIL.Image

from storage import clips, jobs, media, requests
from storage.clips import Clip, ClipKind, NewClip
from storage.jobs import JobState
from storage.notes import NoteCode
from storage.plan import Plan
from storage.room import Room
from tests.engine.running import an_engine, ended
from tests.rooms import NOW, a_member, a_space


async def _clip_from(room: Room, words: str, colour: tuple[int, int, int]) -> Clip:
    """A clip that Pocket rendered from a picture of one colour."""
    ana, space = await a_member(room), await a_space(room)
    out = io.BytesIO()
    PIL.Image.new("RGB", (640, 360), colour).save(out, "PNG")
    picture = room.media.put(out.getvalue(), "image/png")
    new = NewClip(
        ana.id, space.id, ClipKind.CREATE, words, Plan(words, 2.0), "pocket", 4, "key",
        picture=picture.sha256,
    )  # fmt: skip
    async with room.database.transaction() as tx:
        await media.record(tx, picture, now=NOW)
        accepted = await requests.accept(tx, new, cost=1.0, max_bytes=None, now=NOW)
    async with an_engine(room):
        (job,) = await ended(room, [accepted])
    assert job.state is JobState.DONE
    read = room.database.read
    return await clips.get(read, (await jobs.of_clip(read, accepted.clip.id)).clip_id)


async def test_a_clip_starts_from_its_picture_and_tells_what_it_could_not_draw(room: Room) -> None:
    clip = await _clip_from(room, "a unicorn by day, clear sky", (120, 60, 30))

    assert clip.poster is not None
    with PIL.Image.open(room.media.path(clip.poster)) as poster:
        pixels = np.asarray(poster.convert("RGB"), float)
    brown = np.linalg.norm(pixels - (111, 64, 38), axis=-1) < 70
    assert brown.mean() > 0.5
    assert [note.code for note in clip.notes] == [NoteCode.STAND_IN]
    assert clip.notes[0].figures["asked"] == "unicorn"
