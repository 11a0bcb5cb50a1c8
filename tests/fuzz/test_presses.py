"""Whatever data a press on Telegram brings is answered there; nothing of ours breaks over it."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.buttons import Button
from bots.telegram import keyboards, moderation
from tests.bots.telegram.conftest import a_film, playing
from tests.fakes.telegram import FakeTelegram, Message, Person
from tests.fakes.telegram.model import Button as Shown
from tests.fuzz.amount import ONE_ROOM
from tests.rooms import a_room

_NAMES = (
    *Button, keyboards.TRY, keyboards.SURE.rstrip(":"), moderation.REASON.rstrip(":"),
    moderation.ACT.rstrip(":"), "explode", "",
)  # fmt: skip
_SAID = ("release", "hide", "takedown", "spam", "other", "7K3F", "1", "-1", "9" * 30, "٣", "", "#")


class Broken(logging.Handler):
    """Keeps what was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@dataclass
class Pressed:
    """Someone with a clip under which buttons are pressed."""

    runner: asyncio.Runner
    person: Person
    clip: Message


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pressed]:
    """A room on the fake Telegram."""
    folder: Path = tmp_path_factory.mktemp("pressed")
    with asyncio.Runner() as runner:
        server = FakeTelegram()
        runner.run(server.__aenter__())
        server.flood = None
        opened = a_room(
            folder, TELEGRAM_TOKEN=server.token, REELROOM_TELEGRAM_API_URL=server.api_url
        )
        played = playing(runner.run(opened.__aenter__()), server)
        stage = runner.run(played.__aenter__())
        person = runner.run(a_film(stage))
        yield Pressed(runner, person, person.private.messages[-1])
        for each in (played, opened, server):
            runner.run(each.__aexit__(None, None, None))


_DATA = st.one_of(
    st.text(max_size=40),
    st.builds(
        ":".join, st.tuples(st.sampled_from(_NAMES), st.sampled_from(_SAID), st.sampled_from(_SAID))
    ),
    st.builds("{}:{}".format, st.sampled_from(_NAMES), st.text(max_size=20)),
)


@ONE_ROOM
@given(_DATA.filter(lambda data: 0 < len(data.encode("utf-8", "ignore")) <= 64))
def test_any_data_is_answered(pressed: Pressed, data: str) -> None:
    broken = Broken()
    logging.getLogger("bots").addHandler(broken)
    try:
        answer = pressed.runner.run(pressed.person.press(pressed.clip, Shown("x", data)))
    finally:
        logging.getLogger("bots").removeHandler(broken)

    assert answer.answered
    assert not broken.records, broken.records[0].getMessage()
