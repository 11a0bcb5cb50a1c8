"""The room that a game of consent is played in: people, chats, and a process that may die."""

import asyncio
import contextlib
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
)

from bots.studio.asker import Asker
from bots.studio.making import Ask
from storage import (
    clips,
)
from storage.cameos import Cameo
from storage.jobs import Job
from storage.people import Platform
from storage.room import Room, open_room
from storage.settings import load
from tests.bots.studio.cameo.consenting import Film, Person
from tests.bots.studio.cameo.platform import Chats, Message
from tests.rooms import a_member, a_space, room_environment

T = TypeVar("T")
NAMES = ("ana", "ben", "cy")
PLACES = ("group", "other")
#: Hypothesis draws these: somebody, somewhere, one of many.
names, places = st.sampled_from(NAMES), st.sampled_from(PLACES)
some = st.integers(0, 99)


class Theatre(RuleBasedStateMachine):
    """A room with three people in two chats, and what the model knows of them."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        self._open: contextlib.AbstractAsyncContextManager[Room] | None = None
        self.people: dict[str, Person] = {}
        self.cameos: dict[str, Cameo] = {}
        self.films: dict[str, Film] = {}
        self.askers: dict[tuple[str, str], Asker] = {}
        self.job: Job | None = None
        self.wrong: list[str] = []
        self.chats = Chats(Platform.TELEGRAM, self._is_shown)
        self._asked = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _start(self) -> None:
        environment = room_environment(
            Path(self._folder.name),
            REELROOM_LIMITS__OPEN_PER_MEMBER="999",
            REELROOM_LIMITS__OPEN_PER_SPACE="999",
            REELROOM_LIMITS__HOURLY_PER_MEMBER="9999",
            REELROOM_LIMITS__HOURLY_PER_SPACE="9999",
        )
        self._open = open_room(load(environment))
        self.room = await self._open.__aenter__()
        for place in PLACES:
            space = await a_space(self.room, place, platform=Platform.TELEGRAM)
            for name in NAMES:
                self.askers[name, place] = Asker(await a_member(self.room, name), space)

    @rule()
    def crashes(self) -> None:
        """The process dies and starts again; a render in hand is lost with its lease."""
        self.run(self._stop())
        self.run(self._start())

    async def _stop(self) -> None:
        if self._open:
            await self._open.__aexit__(None, None, None)
            self._open = None

    def _is_shown(self, message: Message) -> None:
        """A film was just made to stand in a chat."""
        film = self.films[message.code]
        if message.space.private:
            if film.gone:
                self.wrong.append(f"a question about {message.code}, which is gone")
        elif not film.agreed():
            self.wrong.append(f"{message.code} was posted")

    def teardown(self) -> None:
        self.run(self._stop())
        self._runner.close()
        self._folder.cleanup()

    def _owned(self, name: str) -> Person | None:
        person = self.people.get(name)
        return person if person and not person.erased else None

    def _asked_now(self) -> bool:
        return any("asked" in (*f.words.values(), *f.film.values()) for _, f in self._standing())

    def _to_render(self) -> bool:
        return any(
            not film.made and "asked" not in film.words.values() for _, film in self._standing()
        )

    def _standing(self) -> list[tuple[str, Film]]:
        return [(code, film) for code, film in self.films.items() if not film.gone]

    def _narrowed(self) -> None:
        """Who does not agree any more has the clip gone for good; who is asked may still."""
        for film in self.films.values():
            film.gone = film.gone or not film.may_come()

    async def _finished(self, code: str) -> bool:
        clip = await clips.by_code(self.room.database.read, code)
        return clip is not None and clip.master is not None

    def _ask(self, ask: bool) -> Ask:
        self._asked += 1
        return Ask(key=f"test:{self._asked}", ask_owners=ask)
