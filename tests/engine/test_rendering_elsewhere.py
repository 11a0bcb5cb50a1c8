"""Jobs that other machines render: played servers of other makers, and a second Reelroom."""

import time
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from engine.pipelines import remote_places
from storage import requests
from storage.clips import ClipKind
from storage.credentials import read
from storage.errors import ErrorCode
from storage.jobs import JobState
from storage.requests import Accepted
from storage.room import Room
from tests.engine.running import an_engine, clip_of, ended, job_of
from tests.fakes.videos_server import Shape, VideosServer, a_videos_server
from tests.rooms import a_member, a_request, a_room, a_space, until
from tests.signed import a_signed_film
from tests.whole.running import a_running_room, free_port

PRESET = """
title = "Elsewhere"
family = "remote"
servers = [{servers}]
kinds = ["create", "remix", "variation", "extension"]
fps = 24
steps = 10
expected = 1
sizes = {{ "16:9" = [160, 96] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
"""


def _elsewhere(room: Room, *addresses: str) -> None:
    """Let `elsewhere` render at these addresses."""
    folder = room.settings.home / "presets"
    folder.mkdir(exist_ok=True)
    servers = ", ".join(f'"{address}"' for address in addresses)
    (folder / "elsewhere.toml").write_text(PRESET.format(servers=servers))


async def _asked(room: Room, *words: str, seed: int = 4) -> list[Accepted]:
    ana, space = await a_member(room), await a_space(room)
    return [
        await a_request(room, ana, space, each, preset="elsewhere", seconds=1, seed=seed)
        for each in words
    ]


def _prompts(servers: Sequence[VideosServer]) -> list[str]:
    return sorted(fields["prompt"] for server in servers for fields in server.accepted)


@pytest.mark.parametrize("shape", list(Shape))
async def test_each_makers_server_is_asked_in_the_way_it_reads(room: Room, shape: Shape) -> None:
    async with a_videos_server(VideosServer(shape)) as server:
        _elsewhere(room, server.address)
        asked = await _asked(room, "a red fox", "a blue cat")
        async with an_engine(room):
            done = await ended(room, asked)

    assert [job.state for job in done] == [JobState.DONE] * 2
    assert _prompts([server]) == ["a blue cat", "a red fox"]
    wish = server.accepted[0]
    assert (wish["size"], wish["fps"], wish["num_frames"]) == ("160x96", "24", "24")
    assert wish["seed"] == "4"
    # Once it is known how it reads, it is not asked in another way.
    assert server.answered.count(422) <= 1
    clip = await clip_of(room, asked[0])
    assert clip.master
    with av.open(str(room.media.path(clip.master))) as film:
        assert film.streams.video[0].frames == 24
        assert film.streams.audio


async def test_who_signed_the_film_elsewhere_stays_named_in_what_is_made_of_it(
    room: Room, tmp_path: Path
) -> None:
    async with a_room(tmp_path / "lender") as lender:
        theirs = (await a_request(lender, await a_member(lender), await a_space(lender))).clip
        film = a_signed_film(lender, theirs, tmp_path / "film.mp4").read_bytes()
    async with a_videos_server(VideosServer(film=film)) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            await ended(room, [asked])

    clip = await clip_of(room, asked)
    assert clip.posted
    source, made = read(room.media.path(clip.posted), room.key.anchor).links
    assert (source.signer, source.ours, source.picture) == (
        f"Reelroom {lender.key.room}", False, False,
    )  # fmt: skip
    assert (made.title, made.ours) == (clip.code, True)


async def test_a_film_whose_credentials_do_not_hold_is_taken_without_them(
    room: Room, tmp_path: Path
) -> None:
    async with a_room(tmp_path / "lender") as lender:
        theirs = (await a_request(lender, await a_member(lender), await a_space(lender))).clip
        film = bytearray(a_signed_film(lender, theirs, tmp_path / "film.mp4").read_bytes())
    film[film.index(theirs.code.encode())] ^= 1
    async with a_videos_server(VideosServer(film=bytes(film))) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            await ended(room, [asked])

    clip = await clip_of(room, asked)
    assert clip.posted
    [made] = read(room.media.path(clip.posted), room.key.anchor).links
    assert made.title == clip.code


async def test_jobs_are_spread_over_the_servers(room: Room) -> None:
    async with (
        a_videos_server(VideosServer(looks=8)) as one,
        a_videos_server(VideosServer(looks=8)) as other,
    ):
        _elsewhere(room, one.address, other.address)
        asked = await _asked(room, *(f"clip {n}" for n in range(6)))
        async with an_engine(room):
            await ended(room, asked)

    assert {len(one.accepted), len(other.accepted)} == {3}
    assert len(_prompts([one, other])) == 6


@pytest.mark.parametrize("after", [True, False])
async def test_a_request_without_an_answer_is_not_rendered_twice(room: Room, after: bool) -> None:
    async with a_videos_server(
        VideosServer(hangs_up_after=after, hangs_up_before=not after)
    ) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert _prompts([server]) == ["a red fox"]


@pytest.mark.parametrize(
    "server",
    [
        VideosServer(Shape.SGLANG, hangs_up_after=True),
        VideosServer(hangs_up_after=True, lists=False),
    ],
)
async def test_what_no_server_can_tell_of_is_given_up_and_not_asked_for_again(
    room: Room, server: VideosServer
) -> None:
    async with a_videos_server(server):
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.RENDER_FAILED)
    assert _prompts([server]) == ["a red fox"]


async def test_a_server_that_fails_is_followed_by_another(room: Room) -> None:
    async with (
        a_videos_server(VideosServer(fails="no memory")) as bad,
        a_videos_server(VideosServer()) as good,
    ):
        _elsewhere(room, bad.address, good.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(good.accepted) == 1


async def test_a_server_that_sends_no_film_makes_the_job_end_in_words(room: Room) -> None:
    async with a_videos_server(VideosServer(film=b"this is no film")) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.RENDER_FAILED)


async def test_where_all_servers_fail_the_job_ends_in_words(room: Room) -> None:
    async with a_videos_server(VideosServer(fails="no memory")) as bad:
        _elsewhere(room, bad.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert (job.state, job.error) == (JobState.FAILED, ErrorCode.RENDER_FAILED)
    assert len(bad.accepted) == 1


async def test_a_job_waits_for_a_server_that_is_away(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_places, "REST_SECONDS", 0.2)
    port = free_port()
    _elsewhere(room, f"http://127.0.0.1:{port}/v1")
    [asked] = await _asked(room, "a red fox")

    async with an_engine(room):
        await until(lambda: _is_held(room, asked))
        async with a_videos_server(VideosServer(), port) as server:
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 1


async def test_a_server_with_too_much_to_do_is_asked_again_later(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_places, "REST_SECONDS", 0.2)
    async with a_videos_server(VideosServer(is_full=True)) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 1


async def test_a_job_called_off_here_is_called_off_there(room: Room) -> None:
    async with a_videos_server(VideosServer(looks=10_000)) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")
        async with an_engine(room):
            await until(lambda: server.accepted)
            async with room.database.transaction() as tx:
                await requests.cancel(tx, asked.clip.id, now=time.time())
            await until(lambda: server.called_off)

    assert (await job_of(room, asked)).state is JobState.CANCELLED


async def test_progress_there_is_progress_here(room: Room) -> None:
    async with a_videos_server(VideosServer(looks=40)) as server:
        _elsewhere(room, server.address)
        [asked] = await _asked(room, "a red fox")

        async def goes_on() -> bool:
            return 0 < (await job_of(room, asked)).step < 10

        async with an_engine(room):
            await until(goes_on)

    assert (await job_of(room, asked)).state is JobState.WAITING


async def test_an_extension_sends_its_parents_last_picture(room: Room) -> None:
    async with a_videos_server(VideosServer(Shape.SGLANG)) as server:
        _elsewhere(room, server.address)
        [first] = await _asked(room, "a red fox")
        async with an_engine(room):
            await ended(room, [first])
            parent = await clip_of(room, first)
            ana, space = await a_member(room), await a_space(room)
            longer = await a_request(
                room, ana, space, "and on", kind=ClipKind.EXTENSION, parent=parent,
                preset="elsewhere", seconds=1,
            )  # fmt: skip
            [job] = await ended(room, [longer])

    assert job.state is JobState.DONE
    assert server.pictures == [b"\x89PNG\r\n\x1a\n"]
    assert server.accepted[1]["num_frames"] == "25"


async def test_another_reelroom_renders_with_its_own_model(room: Room, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with a_running_room(tmp_path / "other") as other:
        _elsewhere(room, f"{other.address}/v1")
        [asked] = await _asked(room, "a red fox in the snow")
        async with an_engine(room):
            [job] = await ended(room, [asked], within=120)

    assert job.state is JobState.DONE
    clip = await clip_of(room, asked)
    assert (clip.width, clip.height) == (768, 432)


async def _is_held(room: Room, asked: Accepted) -> bool:
    return (await job_of(room, asked)).state is JobState.RENDERING
