"""Clips that other machines make are made once, whoever is killed, forgets, or has no time."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from engine.pipelines import remote_places
from engine.pipelines.remote_ledger import Asked, Ledger
from storage.jobs import JobState
from storage.requests import Accepted
from storage.room import Room
from tests.engine.running import an_engine, an_engine_process, ended, script
from tests.fakes.videos_server import VideosServer, a_videos_server
from tests.rooms import a_member, a_request, a_space, until

PRESET = """
title = "Elsewhere"
family = "remote"
servers = [{servers}]
kinds = ["create"]
fps = 24
steps = 10
expected = 1
sizes = {{ "16:9" = [160, 96] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
"""


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_places, "REST_SECONDS", 0.1)


async def test_an_engine_that_was_killed_is_followed_by_one_that_goes_on_there(
    room: Room,
) -> None:
    async with a_videos_server(VideosServer(looks=12)) as server:
        asked = await _asked(room, f'"{server.address}"')
        async with an_engine_process(room) as killed:
            await until(lambda: server.accepted, within=60)
            await until(lambda: _is_known(room), within=60)
            killed.kill()
            await killed.wait()
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 1
    assert server.called_off == []


async def test_an_engine_that_leaves_calls_its_clip_off_and_the_next_asks_anew(
    room: Room,
) -> None:
    async with a_videos_server(VideosServer(looks=10)) as server:
        asked = await _asked(room, f'"{server.address}"')
        async with an_engine(room):
            await until(lambda: server.accepted)
        assert server.called_off == ["video_0"]
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 2
    # Under one name, a server that knows names would answer with the one called off.
    assert len(set(server.names)) == 2


async def test_a_server_without_time_is_asked_again_later(room: Room) -> None:
    async with a_videos_server(VideosServer(too_busy=2)) as server:
        asked = await _asked(room, f'"{server.address}"')
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 1


async def test_a_server_that_forgot_is_asked_anew(room: Room) -> None:
    async with a_videos_server(VideosServer(forgets=1)) as server:
        asked = await _asked(room, f'"{server.address}"')
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert len(server.accepted) == 2


async def test_one_that_forgets_all_is_not_asked_for_ever(room: Room) -> None:
    async with a_videos_server(VideosServer(forgets=100)) as server:
        asked = await _asked(room, f'"{server.address}"')
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.FAILED
    assert len(server.accepted) == 3


async def test_the_server_with_the_least_to_do_is_asked_whoever_its_work_is_for(
    room: Room,
) -> None:
    async with (
        a_videos_server(VideosServer(of_others=3)) as busy,
        a_videos_server(VideosServer()) as idle,
    ):
        asked = await _asked(room, f'"{busy.address}", "{idle.address}"')
        async with an_engine(room):
            await ended(room, [asked])

    assert (len(busy.accepted), len(idle.accepted)) == (0, 1)


async def test_each_server_gets_its_own_key_and_no_log_has_one(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CELLAR_KEY", "cellar-secret")
    caplog.set_level(logging.DEBUG)
    async with (
        a_videos_server(VideosServer(key="attic-secret")) as locked,
        a_videos_server(VideosServer(key="cellar-secret")) as server,
    ):
        own = f'{{ address = "{server.address}", key_variable = "CELLAR_KEY" }}'
        asked = await _asked(room, f'"{locked.address}", {own}')
        async with an_engine(room):
            [job] = await ended(room, [asked])

    assert job.state is JobState.DONE
    assert locked.accepted == []
    assert "secret" not in caplog.text


def test_a_ledger_keeps_what_it_was_told_and_forgets_what_is_old(tmp_path: Path) -> None:
    asked = Asked(2, "http://there/v1", ("a", "b"), "c")
    Ledger(tmp_path).write("key", asked)
    Ledger(tmp_path).write("done", replace(asked, fetched=True))

    ledger = Ledger(tmp_path)
    assert ledger.read("key") == asked
    assert list(ledger.fetched("http://there/v1", older_than=0)) == [("done", "c")]
    assert list(ledger.fetched("http://elsewhere/v1", older_than=0)) == []
    assert list(ledger.fetched("http://there/v1", older_than=60)) == []
    ledger.sweep(older_than=60)
    assert ledger.read("key") == asked
    ledger.sweep(older_than=0)
    assert ledger.read("key") == Asked()


def test_a_torn_page_of_the_ledger_tells_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    (tmp_path / "key.json").write_text('{"turn": 1, "addr')

    assert ledger.read("key") == Asked()


async def _asked(room: Room, servers: str) -> Accepted:
    # In place of Pocket, so that no model is loaded.
    script(room)
    folder = room.settings.home / "presets"
    (folder / "elsewhere.toml").write_text(PRESET.format(servers=servers))
    ana, space = await a_member(room), await a_space(room)
    return await a_request(room, ana, space, "a red fox", preset="elsewhere", seconds=1)


def _is_known(room: Room) -> bool:
    """Whether the ledger has the video's id."""
    pages = list((room.settings.home / "remote" / "elsewhere").glob("*.json"))
    return any('"id":"video_0"' in page.read_text() for page in pages)
