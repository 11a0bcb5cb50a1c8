"""Whatever people do in whatever order, crashes included: nobody is seen who has not agreed to it.

Everything is real but the films and the chats. A model that knows only the rules says after each
step who agrees to what; every way out of the room is then looked at.
"""

import os
import time

import pytest
from aiosqlite import Connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)

from storage import (
    clips,
    consent,
    lineage,
    posts,
    recalls,
    showing,
)
from storage.cameos import Policy
from storage.clips import Clip
from storage.consent import Moment
from tests.bots.studio.cameo.working import Engines

#: More for the long run.
EXAMPLES = int(os.environ.get("REELROOM_TEST_EXAMPLES", "10"))


class Rooms(Engines):
    """A room in which nobody is shown who has not agreed."""

    @invariant()
    def nothing_was_posted_that_should_not_be(self) -> None:
        assert self.wrong == []

    @invariant()
    def nobody_sees_whom_they_should_not(self) -> None:
        if self._open:
            self.run(self._look())

    async def _look(self) -> None:
        read = self.room.database.read
        for code, film in self.films.items():
            clip = await clips.by_code(read, code)
            assert clip is not None
            agreed = film.agreed()
            # Words of a clip that was called off may stand; there is no film to them.
            harmless = agreed or (film.gone and clip.master is None)
            owners = {person.owner for person in film.cast if not person.erased}
            for (name, place), asker in self.askers.items():
                member, space = asker.member.id, asker.space.id
                where = f"{code} by {film.maker} for {name} in {place}"
                if name != film.maker and name not in owners:
                    seen = await showing.may_see(read, clip, member_id=member, space_id=space)
                    feed = await showing.newest(read, space, viewer=member, most=100)
                    assert harmless or not seen, where
                    assert harmless or code not in [each.code for each in feed], where
                if name not in owners and clip.master:
                    assert agreed or not await showing.may_watch(read, clip, member_id=member)
                chain = await lineage.chain(read, clip.id, viewer=member, space_id=space)
                assert agreed or chain[-1].poster is None, where
            if film.gone:
                assert clip.master is None, f"{code} is gone and its film is not"
            assert agreed or await self._is_leaving(clip), f"{code} stands in a chat"

    async def _is_leaving(self, clip: Clip) -> bool:
        """Whether each film of it in a chat, but an owner's own, is owed removal."""
        read = self.room.database.read
        owed = {(each.space_id, each.message) for each in await posts.owed_removal(read)}
        sought = {each.nonce for each in await recalls.due(read, now=time.time() + 1e6)}
        return all(
            (message.space.id, number) in owed or message.nonce in sought
            for number, message in self.chats.standing.items()
            if message.code == clip.code and message.film and not message.space.private
        )


_SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_nobody_is_shown_who_has_not_agreed() -> None:
    run_state_machine_as_test(Rooms, settings=_SETTINGS)


@pytest.mark.parametrize("moment", Moment)
def test_without_the_question_of_consent_it_is_noticed(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps that need each of the three questions; without it the model sees what happens."""
    asked = consent.lacking

    async def unasked(db: Connection, clip_id: int, when: Moment) -> list[consent.Lack]:
        return [] if when is moment else await asked(db, clip_id, when)

    _goes_well(moment)
    monkeypatch.setattr(consent, "lacking", unasked)
    with pytest.raises(AssertionError):
        _goes_well(moment)


def _goes_well(moment: Moment) -> None:
    machine = Rooms()
    try:
        machine.opens()
        if moment is Moment.ACCEPT:
            machine.requests("cy", "group", {"ana"}, False)
            return
        machine.allows("ana", "group", Policy.EVERYONE, False)
        machine.requests("cy", "group", {"ana"}, False)
        if moment is Moment.POST:
            machine.renders()
        machine.has_a_change_of_mind_that_takes_nothing_down("ana")
        machine.renders()
        machine.posts()
        machine.nothing_was_posted_that_should_not_be()
        machine.nobody_sees_whom_they_should_not()
    finally:
        machine.teardown()
