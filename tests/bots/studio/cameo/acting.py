"""What owners of cameos and makers of clips do, each step told to the model as well."""

import contextlib
import time
from collections.abc import Coroutine
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from bots.studio import deleting, finding, making, queue
from bots.studio.cameo import asking, owning, taking_back
from bots.studio.cameo.asking import Question
from bots.studio.errors import Refusal
from storage import (
    cameos,
    clips,
    spaces,
)
from storage.approvals import APPROVAL_SECONDS, Stage
from storage.cameos import Cameo, Policy
from storage.people import Platform
from tests.bots.studio.cameo.consenting import Film, Person
from tests.bots.studio.cameo.theatre import NAMES, Theatre, names, places, some
from tests.cameos import a_cameo


class Owners(Theatre):
    """What owners decide."""

    @initialize()
    def opens(self) -> None:
        self.run(self._start())
        self.enrols("ana")
        self.enrols("ben")

    @precondition(lambda self: any(self._owned(name) is None for name in NAMES))
    @rule(name=names)
    def enrols(self, name: str) -> None:
        if name not in self.people or self.people[name].erased:
            self.cameos[name] = self.run(self._enrol(name))
            self.people[name] = Person(name)

    async def _enrol(self, name: str) -> Cameo:
        async with self.room.database.transaction() as tx:
            home = await spaces.enter(
                tx, Platform.TELEGRAM, f"alone:{name}", private=True, max_bytes=1 << 20, now=0.0
            )
        return await a_cameo(self.room, self.askers[name, "group"].member, home=home)

    @rule(name=names, place=places, policy=st.sampled_from(Policy), ask_first=st.booleans())
    def allows(self, name: str, place: str, policy: Policy, ask_first: bool) -> None:
        if person := self._owned(name):
            asker = self.askers[name, place]
            self.run(
                owning.set_policy(
                    self.room,
                    asker,
                    self.cameos[name],
                    policy=policy,
                    ask_first=ask_first,
                    sure=True,
                )
            )
            person.policy, person.ask_first = policy.value, ask_first
            if policy is Policy.SPACE:
                person.spaces.add(place)
            else:
                person.spaces.clear()
            self._narrowed()

    @rule(name=names, who=names, how=st.sampled_from(("let_in", "keep_out", "forget", "member")))
    def decides_about(self, name: str, who: str, how: str) -> None:
        person = self._owned(name)
        if person is None or name == who:
            return
        asker, cameo = self.askers[name, "other"], self.cameos[name]
        member = self.askers[who, "group"].member
        act = taking_back.member if how == "member" else getattr(owning, how)
        self.run(act(self.room, asker, cameo, member))
        person.granted.discard(who)
        person.blocked.discard(who)
        if how == "let_in":
            person.granted.add(who)
        if how in ("keep_out", "member"):
            person.blocked.add(who)
        self._narrowed()

    @precondition(lambda self: self._asked_now())
    @rule(name=names, which=some, yes=st.booleans(), block=st.booleans())
    def answers(self, name: str, which: int, yes: bool, block: bool) -> None:
        asked = self.run(asking.open(self.room, self.askers[name, "other"]))
        if asked:
            self._answer(name, asked[which % len(asked)], yes=yes, block=block)

    @precondition(lambda self: self._asked_now())
    @rule(name=names)
    def agrees_to_all(self, name: str) -> None:
        for question in self.run(asking.open(self.room, self.askers[name, "other"])):
            self._answer(name, question, yes=True, block=False)

    def _answer(self, name: str, asked: Question, *, yes: bool, block: bool) -> None:
        asker, code = self.askers[name, "other"], asked.clip.code
        answer = asking.answer(
            self.room, asker, code, asked.cameo.id, yes=yes, block=block, stage=asked.stage
        )
        given = self.run(answer)
        film = self.films[code]
        at = film.cast.index(self.people[name])
        said = film.film if asked.stage is Stage.DRAFT else film.words
        assert said[at] == "asked"
        said[at] = "yes" if yes else "no"
        film.gone = film.gone or not yes
        if given.blocked:
            self.people[name].blocked.add(film.maker)
            self.people[name].granted.discard(film.maker)
            self._narrowed()

    @precondition(lambda self: self._asked_now())
    @rule()
    def a_day_passes(self) -> None:
        self.run(asking.expire(self.room, now=time.time() + APPROVAL_SECONDS + 1))
        for film in self.films.values():
            if "asked" in (*film.words.values(), *film.film.values()):
                film.gone = True

    @precondition(lambda self: bool(self._standing()))
    @rule(name=names, which=some)
    def takes_a_clip_back(self, name: str, which: int) -> None:
        person = self._owned(name)
        held = [code for code, film in self._standing() if person in film.cast]
        if person is None or not held:
            return
        asker, cameo = self.askers[name, "other"], self.cameos[name]
        code = held[which % len(held)]

        async def take_back() -> None:
            found = await taking_back.by_code(self.room, asker, code, cameo)
            await taking_back.clip(self.room, asker, found, cameo)

        self.run(take_back())
        self.films[code].gone = True

    @precondition(lambda self: bool(self._standing()))
    @rule(name=names)
    def takes_everything_back(self, name: str) -> None:
        if person := self._owned(name):
            asker = self.askers[name, "group"]
            self.run(taking_back.everything(self.room, asker, self.cameos[name]))
            person.policy = "me"
            person.spaces.clear()
            for film in self.films.values():
                film.gone |= person in film.cast and film.maker != name

    @precondition(lambda self: len(self._standing()) > 1)
    @rule(name=names)
    def erases(self, name: str) -> None:
        if person := self._owned(name):
            asker, cameo = self.askers[name, "group"], self.cameos[name]
            self.run(taking_back.erase(self.room, asker, cameo))
            person.erased = True
            self._narrowed()

    def has_a_change_of_mind_that_takes_nothing_down(self, name: str) -> None:
        """As if a way to narrow were ever forgotten: the questions alone must hold."""
        cameo, now = self.cameos[name], time.time()

        async def narrow() -> None:
            async with self.room.database.transaction() as tx:
                await cameos.set_policy(tx, cameo, policy=Policy.ME, ask_first=False, now=now)

        self.run(narrow())
        self.people[name].policy = "me"


class Makers(Owners):
    """What makers ask for."""

    @rule(name=names, place=places, cast=st.sets(names, min_size=1), ask=st.booleans())
    def requests(self, name: str, place: str, cast: set[str], ask: bool) -> None:
        words = " and ".join("me" if each == name else f"@{each}" for each in sorted(cast))
        asker = self.askers[name, place]
        wish = making.create(self.room, asker, f"{words} on the beach", self._ask(ask))
        self._made(wish, name, place, [self.people.get(each) for each in sorted(cast)], ask)

    @rule(name=names, place=places, who=st.sampled_from(("ana", "ben")))
    def asks_for(self, name: str, place: str, who: str) -> None:
        self.requests(name, place, {who}, True)

    @precondition(lambda self: any(film.agreed() for _, film in self._standing()))
    @rule(name=names, place=places, which=some, how=some, ask=st.booleans())
    def remixes(self, name: str, place: str, which: int, how: int, ask: bool) -> None:
        if not self.films:
            return
        code = list(self.films)[which % len(self.films)]
        film, asker = self.films[code], self.askers[name, place]
        cast, taken = list(film.cast), [person for person in film.cast if not person.erased]

        async def make() -> Any:  # noqa: ANN401
            parent = await finding.by_code(self.room, asker, code)
            if how % 3 == 0:
                return await making.vary(self.room, asker, parent, self._ask(ask))
            if how % 3 == 1 and len(taken) > 1:
                words = f"without @{taken[0].owner}"
                return await making.remix(self.room, asker, parent, words, self._ask(ask))
            return await making.remix(self.room, asker, parent, "make it night", self._ask(ask))

        if how % 3 == 1 and len(taken) > 1:
            cast.remove(taken[0])
        made = self._made(make(), name, place, list(cast), ask)
        assert not made or film.agreed(), "made from what is not shown"

    def _made(
        self,
        wish: Coroutine[Any, Any, Any],
        name: str,
        place: str,
        cast: list[Person | None],
        ask: bool,
    ) -> bool:
        """Make the request: accepted only where all agree, or are asked."""
        try:
            accepted = self.run(wish)
        except Refusal:
            return False
        film = Film(name, place, [person for person in cast if person])
        assert None not in cast, "accepted with somebody who has no cameo"
        for at, person in enumerate(film.cast):
            if person.owner == name:
                continue
            assert name not in person.blocked, "accepted for somebody who is kept out"
            allowed = person.allows(name, place)
            assert allowed or ask, "accepted without consent"
            if person.ask_first or not allowed:
                film.words[at] = "asked"
        assert not any(person.erased for person in film.cast)
        self.films[accepted.clip.code] = film
        return True

    @precondition(lambda self: bool(self._standing()))
    @rule(name=names, which=some, how=st.sampled_from((queue.cancel, deleting.delete)))
    def calls_off(self, name: str, which: int, how: Any) -> None:  # noqa: ANN401
        own = [code for code, film in self._standing() if film.maker == name]
        if not own:
            return
        code = own[which % len(own)]

        async def call_off() -> None:
            clip = await clips.by_code(self.room.database.read, code)
            assert clip is not None
            await how(self.room, self.askers[name, "group"], clip)

        with contextlib.suppress(Refusal):
            self.run(call_off())
            self.films[code].gone = True
