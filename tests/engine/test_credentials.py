"""Every file that an engine makes to be posted says where it comes from, chain included."""

from pathlib import Path

import av
import pytest

from engine.finish import fit as fitting
from engine.finish.fit import fit
from engine.finish.seal import Seal
from storage import clips, deliveries, media, signing
from storage.cameos import CameoKind
from storage.clips import Clip, ClipKind
from storage.credentials import Link, Standing, Story, read
from storage.deliveries import DeliveryState
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.media import MediaFolder
from storage.requests import Accepted
from storage.room import Room
from storage.room_key import room_key
from storage.signing import PNG, Made
from tests.cameos import a_cameo, a_cast_request
from tests.engine.running import an_engine, clip_of, ended, happened, open_gate, script
from tests.pictures import a_picture
from tests.rooms import a_film, a_member, a_request, a_space, until


async def _made(room: Room, words: str, parent: Clip | None = None, **more: object) -> Clip:
    """A finished clip."""
    ana, space = await a_member(room), await a_space(room)
    kind = ClipKind.REMIX if parent else ClipKind.CREATE
    asked = await a_request(room, ana, space, words, kind=kind, parent=parent, **more)  # type: ignore[arg-type]
    return await _finished(room, asked)


async def _finished(room: Room, asked: Accepted) -> Clip:
    async with an_engine(room):
        [job] = await ended(room, [asked])
    assert job.state is JobState.DONE
    return await clip_of(room, asked)


def _links(room: Room, sha256: str | None) -> list[Link]:
    assert sha256
    found = read(room.media.path(sha256), room.key.anchor)
    assert found.standing is Standing.OURS
    assert all(link.ours for link in found.links)
    return list(found.links)


async def test_a_clip_leaves_with_its_whole_chain(room: Room) -> None:
    script(room)
    first = await _made(room, "a fox")
    second = await _made(room, "make it night", first)
    third = await _made(room, "in snow", second)

    # What is posted and the master tell the same.
    for sha256 in (third.master, third.posted):
        links = _links(room, sha256)
        assert [link.story and link.story.code for link in links] == [
            first.code, second.code, third.code,
        ]  # fmt: skip
    assert links[0].story == Story(
        first.code, room.key.room, ClipKind.CREATE, "pocket", "Scripted", likeness=False
    )
    assert links[2].story
    assert links[2].story.kind is ClipKind.REMIX


@pytest.mark.parametrize("kind", list(CameoKind))
async def test_a_likeness_is_told_of_and_nobody_is_named(room: Room, kind: CameoKind) -> None:
    script(room)
    maker, space = await a_member(room, "zephyrine"), await a_space(room)
    cameo = await a_cameo(room, maker, "bruno", kind=kind)
    asked = await a_cast_request(room, maker, space, cameo, words="a walk by the harbour")
    clip = await _finished(room, asked)

    for sha256 in (clip.master, clip.posted):
        content = room.media.path(sha256 or "").read_bytes()
        for secret in (b"zephyrine", b"bruno", b"harbour"):
            assert secret not in content
        [link] = _links(room, sha256)
        assert link.story
        assert link.story.likeness is (kind is CameoKind.PERSON)


async def test_players_show_the_clips_code_and_its_room(room: Room) -> None:
    script(room)
    clip = await _made(room, "a fox")

    with av.open(str(room.media.path(clip.posted or ""))) as file:
        written = file.metadata
    assert written["title"] == clip.code
    assert clip.code in written["comment"]
    assert room.key.room in written["comment"]


async def test_what_is_fitted_is_signed_too_and_still_fits(room: Room) -> None:
    script(room)
    first = await _made(room, "it flickers")
    clip = await _made(room, "it flickers again", first)
    assert clip.master
    budget = room.media.path(clip.master).stat().st_size // 2
    async with room.database.transaction() as tx:
        owed = await deliveries.owe(
            tx, clip.id, clip.member_id, clip.space_id, max_bytes=budget, now=0.0
        )

    async def is_ready() -> bool:
        return (
            await deliveries.get(room.database.read, owed.id)
        ).state is not DeliveryState.WAITING

    async with an_engine(room):
        await until(is_ready)

    fitted = (await deliveries.get(room.database.read, owed.id)).media
    assert fitted not in (None, clip.master, clip.posted)
    codes = [link.story and link.story.code for link in _links(room, fitted)]
    assert codes == [first.code, clip.code]
    record = await media.find(room.database.read, fitted or "")
    assert record
    assert record.bytes == room.media.path(record.sha256).stat().st_size <= budget


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6])
def test_the_budget_holds_the_credentials(tmp_path: Path, share: float) -> None:
    folder, key = MediaFolder(tmp_path / "media"), room_key(tmp_path)
    seal = Seal(key, Story("7K3F", key.room, ClipKind.CREATE, "pocket", "Pocket"))
    master = tmp_path / "master.mp4"
    master.write_bytes(a_film()[0])
    seal.clip(master)
    budget = int(master.stat().st_size * share)

    fitted = fit(master, folder, max_bytes=budget, title="7K3F", seal=seal, check=lambda: None)

    assert fitted
    assert budget * fitting.ENOUGH * 0.9 <= fitted.bytes <= budget
    assert read(folder.path(fitted.sha256), key.anchor).standing is Standing.OURS


async def test_a_picture_with_credentials_keeps_them_in_what_is_made_of_it(
    room: Room, tmp_path: Path
) -> None:
    script(room)
    theirs = room_key(tmp_path / "elsewhere")
    original, kept = tmp_path / "original.png", room.media.scratch(".png")
    original.write_bytes(a_picture("PNG"))
    signing.sign_picture(original, theirs, original=Made("their photo", original, PNG))
    kept.write_bytes(a_picture("PNG"))
    signing.sign_picture(kept, room.key, original=Made("their photo", original, PNG))
    picture = room.media.take(kept, PNG)

    clip = await _from_picture(room, picture)

    found = read(room.media.path(clip.master or ""), room.key.anchor)
    assert found.standing is Standing.OURS
    source, made = found.links[-2:]
    assert (source.signer, source.picture, source.ours) == (
        f"Reelroom {theirs.room}", True, False,
    )  # fmt: skip
    assert made.story
    assert made.story.code == clip.code


async def _from_picture(room: Room, picture: media.Media) -> Clip:
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space, "it hops")
    async with room.database.transaction() as tx:
        await media.record(tx, picture, now=0.0)
        await tx.execute("UPDATE clips SET picture = ?", (picture.sha256,))
    return await _finished(room, asked)


async def test_a_clip_that_can_not_be_signed_is_not_posted_and_ends_in_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*values: object, **more: object) -> None:
        raise OSError("no pen")

    monkeypatch.setattr(signing, "sign_encoding", breaks)
    script(room)
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(room, ana, space)

    async with an_engine(room):
        [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.RENDER_FAILED)
    assert (await clip_of(room, asked)).master is None


async def test_a_deleted_clip_keeps_its_place_in_the_chain_of_its_remixes(room: Room) -> None:
    script(room)
    first = await _made(room, "a fox")
    second = await _made(room, "make it night", first)
    await _delete(room, first)

    third = await _made(room, "in snow", second)

    codes = [link.story and link.story.code for link in _links(room, third.posted)]
    assert codes == [first.code, second.code, third.code]


async def test_a_clip_whose_parent_is_deleted_while_it_renders_is_signed_without_it(
    room: Room,
) -> None:
    script(room)
    first = await _made(room, "a fox")
    ana, space = await a_member(room), await a_space(room)
    asked = await a_request(
        room, ana, space, "render waits for dawn", kind=ClipKind.REMIX, parent=first
    )
    async with an_engine(room):
        await until(lambda: "render render waits for dawn" in happened(room))
        await _delete(room, first)
        open_gate(room, "dawn")
        await ended(room, [asked])

    clip = await clip_of(room, asked)
    assert [link.title for link in _links(room, clip.posted)] == [clip.code]


async def _delete(room: Room, clip: Clip) -> None:
    async with room.database.transaction() as tx:
        gone = await clips.delete(tx, clip, now=0.0)
    for sha256 in gone:
        room.media.remove(sha256)
