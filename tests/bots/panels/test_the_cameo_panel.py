"""Panels: what their keys carry, and what an owner reads on them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.panels import acts
from bots.panels.panel import MOST_BYTES, Deed, How, Key, Panel, from_data, to_data
from bots.studio.asker import Asker
from bots.studio.errors import NoCameoOfYours
from bots.words import LANGUAGES
from storage.cameos import Cameo, Policy
from storage.room import Room
from tests.cameos import a_cameo, a_cast_request
from tests.rooms import a_member, a_space

_keys = st.builds(
    Key,
    st.sampled_from(Deed),
    st.integers(0, 10**9),
    st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=24),
    st.booleans(),
)


async def _ana(room: Room, *, language: str = "en") -> tuple[Asker, Cameo]:
    ana = await a_member(room, "ana", language=language)
    return Asker(ana, await a_space(room)), await a_cameo(room, ana)


async def _press(room: Room, asker: Asker, deed: Deed, cameo: int, arg: str = "") -> Panel:
    return await acts.press(room, asker, Key(deed, cameo, arg), how=How.CHAT)


@given(_keys)
def test_a_keys_data_survives_the_platform(key: Key) -> None:
    assert len(to_data(key).encode()) <= MOST_BYTES
    assert from_data(to_data(key)) == key


@given(st.text(max_size=80))
def test_strangers_data_is_no_key_or_one_that_carries_itself(data: str) -> None:
    key = from_data(data)
    assert key is None or from_data(to_data(key)) == key


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_panel_can_be_shown_in_both_languages(room: Room, language: str) -> None:
    ana, cameo = await _ana(room, language=language)
    bob = await a_member(room, "bob")
    await a_cast_request(room, bob, ana.space, cameo, ask=True, now=time.time())
    for deed in (Deed.HOME, Deed.ENROLL, Deed.PET, Deed.CLIPS, Deed.POLICY, Deed.PEOPLE,
                 Deed.QUESTIONS, Deed.EVERYTHING, Deed.ERASE):  # fmt: skip
        panel = await _press(room, ana, deed, cameo.id)
        assert panel.text
        assert len(panel.text) <= 2000
        for row in panel.keys:
            assert len(row) <= 4
            assert all(0 < len(each.label) <= 40 for each in row), row
            assert all(from_data(to_data(each.key)) == each.key for each in row)


async def test_many_clips_are_turned_page_by_page(room: Room) -> None:
    ana, cameo = await _ana(room)
    for _ in range(10):
        await a_cast_request(room, ana.member, ana.space, cameo, now=time.time())

    first = await _press(room, ana, Deed.CLIPS, cameo.id, "0")
    second = await _press(room, ana, Deed.CLIPS, cameo.id, "1")
    beyond = await _press(room, ana, Deed.CLIPS, cameo.id, "99")

    assert (len(first.items), len(second.items)) == (8, 2)
    assert beyond.items == second.items
    assert [each.label for each in first.rows[0]] == ["▶"]
    assert [each.label for each in second.rows[0]] == ["◀"]
    assert len({item.clip for item in first.items + second.items}) == 10


async def test_letting_somebody_in_says_when_it_is_not_enough(room: Room) -> None:
    ana, cameo = await _ana(room)
    bob = await a_member(room, "bob")

    told = await _press(room, ana, Deed.LET_IN, cameo.id, str(bob.id))
    assert "still have to ask" in told.text
    set_ = next(each for row in told.rows for each in row if each.key.deed is Deed.POLICY)
    await acts.press(room, ana, set_.key, how=How.CHAT)
    told = await _press(room, ana, Deed.PERSON, cameo.id, str(bob.id))

    assert set_.key.arg == Policy.APPROVED
    assert "still have to ask" not in told.text
    assert "let in" in told.text


async def test_nobody_presses_the_keys_of_somebody_elses_panel(room: Room) -> None:
    ana, cameo = await _ana(room)
    bob = Asker(await a_member(room, "bob"), ana.space)
    for deed in Deed:
        if deed in (Deed.HOME, Deed.ENROLL, Deed.FILMED, Deed.PET):
            continue
        with pytest.raises(NoCameoOfYours):
            await acts.press(room, bob, Key(deed, cameo.id, "1", sure=True), how=How.CHAT)
