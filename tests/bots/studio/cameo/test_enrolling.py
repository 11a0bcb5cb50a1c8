"""Enrolling: a fresh challenge, a film of oneself, and nothing kept that nobody asked for."""

import time

import pytest

from bots.studio.asker import Asker
from bots.studio.cameo import enrolling, sealing, seeing
from bots.studio.errors import (
    CameoUnfit,
    HandleTaken,
    HandleUnfit,
    NoChallenge,
    OnlyForAdults,
    Refusal,
)
from bots.words import tell
from senses.values import Reason, Unfit
from storage import cameos, challenges
from storage.cameos import Cameo, CameoKind, Part, Policy, StandingWith
from storage.room import Room
from tests.bots.studio.cameo.conftest import Enrols, a_film
from tests.cameos import AWatcher


async def _sends(
    room: Room, asker: Asker, watcher: AWatcher, *, handle: str = "ana", adult: bool = True
) -> Cameo:
    home = await enrolling.page_home(room, asker)
    return await enrolling.person(
        room, asker, a_film, handle=handle, adult=adult, home=home, watcher=watcher
    )


async def test_a_film_of_the_challenge_makes_a_cameo_that_is_its_owners_alone(
    room: Room, ana: Asker
) -> None:
    watcher = AWatcher()
    begun = await enrolling.begin(room, ana, watcher=watcher)
    cameo = await _sends(room, ana, watcher, handle="@Ana")
    assert (cameo.handle, cameo.policy, cameo.kind) == ("Ana", Policy.ME, CameoKind.PERSON)
    assert watcher.shown == [(begun.challenge, b"a film")]
    files = await cameos.parts(room.database.read, cameo.id)
    assert {Part.FRONT, Part.LEFT, Part.VOICE, Part.FACE} == set(files)
    assert cameo.key_id
    opened = await sealing.unseal(room, cameo.key_id, files)
    assert opened[Part.VOICE] == b"RIFF a voice"
    assert await seeing.picture_of(room, ana, cameo) == opened[Part.FRONT]


async def test_what_lies_in_the_media_folder_can_not_be_read_without_the_key(
    room: Room, ana: Asker, enrol: Enrols
) -> None:
    cameo = await enrol(ana)
    for sha256 in (await cameos.parts(room.database.read, cameo.id)).values():
        content = room.media.path(sha256).read_bytes()
        assert b"RIFF" not in content
        assert not content.startswith(b"\xff\xd8")


async def test_a_film_without_a_challenge_or_after_its_time_is_refused(
    room: Room, ana: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = AWatcher()
    with pytest.raises(NoChallenge):
        await _sends(room, ana, watcher)
    await enrolling.begin(room, ana, watcher=watcher)
    late = time.time() + challenges.CHALLENGE_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: late)
    with pytest.raises(NoChallenge):
        await _sends(room, ana, watcher)
    assert watcher.shown == []


async def test_a_film_that_wont_do_may_be_made_once_more_and_then_needs_a_new_challenge(
    room: Room, ana: Asker
) -> None:
    watcher = AWatcher(seen=Unfit(Reason.TOO_DARK, {"light": 12.34, "least": 50.0}))
    await enrolling.begin(room, ana, watcher=watcher)
    for expected in (CameoUnfit, CameoUnfit, NoChallenge):
        with pytest.raises(expected):
            await _sends(room, ana, watcher)
    assert len(watcher.shown) == 2
    assert await cameos.of_member(room.database.read, ana.member.id) == []


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_each_reason_has_kind_words_of_its_own(room: Room, ana: Asker, language: str) -> None:
    said = set()
    for reason in Reason:
        await enrolling.begin(room, ana)
        with pytest.raises(CameoUnfit) as refused:
            await _sends(room, ana, AWatcher(seen=Unfit(reason)))
        said.add(tell.refusal(language, refused.value))
    assert len(said) == len(Reason)


@pytest.mark.parametrize(
    ("handle", "adult", "expected"),
    [
        ("ana", False, OnlyForAdults),
        ("a", True, HandleUnfit),
        ("me", True, HandleUnfit),
        ("Everyone", True, HandleUnfit),
        ("moi", True, HandleUnfit),
        ("12345", True, HandleUnfit),
        ("ana maria", True, HandleUnfit),
        ("<@123>", True, HandleUnfit),
        ("x" * 25, True, HandleUnfit),
        ("", True, HandleUnfit),
        ("\u0430na", True, HandleUnfit),  # a Cyrillic letter that looks like one of ours
        ("BEN", True, HandleTaken),
    ],
)
async def test_bad_wishes_are_refused_before_anything_is_looked_at(
    room: Room,
    ana: Asker,
    ben: Asker,
    enrol: Enrols,
    handle: str,
    adult: bool,
    expected: type[Refusal],
) -> None:
    await enrol(ben)
    watcher = AWatcher()
    await enrolling.begin(room, ana, watcher=watcher)
    with pytest.raises(expected):
        await _sends(room, ana, watcher, handle=handle, adult=adult)
    assert watcher.shown == []


async def test_enrolling_again_renews_the_likeness_and_keeps_the_rest(
    room: Room, ana: Asker, ben: Asker, enrol: Enrols
) -> None:
    first, now = await enrol(ana), time.time()
    async with room.database.transaction() as tx:
        await cameos.set_policy(tx, first, policy=Policy.APPROVED, ask_first=True, now=now)
        await cameos.stand(tx, first, ben.member.id, StandingWith.GRANTED, now=now)
    before = await cameos.parts(room.database.read, first.id)
    again = await enrol(ana, "somebody_else")
    assert (again.id, again.handle, again.policy) == (first.id, "ana", Policy.APPROVED)
    assert again.key_id != first.key_id
    assert room.vault.keys() == {again.key_id}
    assert await cameos.standings(room.database.read, again.id)
    assert not any(room.media.path(sha256).exists() for sha256 in before.values())


async def test_a_new_challenge_takes_the_place_of_the_old_and_its_key(
    room: Room, ana: Asker
) -> None:
    await enrolling.begin(room, ana)
    old = room.vault.keys()
    await enrolling.begin(room, ana)
    assert len(room.vault.keys()) == 1
    assert room.vault.keys().isdisjoint(old)


async def test_pets_and_things_need_no_challenge_and_no_voice(room: Room, ana: Asker) -> None:
    home = await enrolling.page_home(room, ana)
    cameo = await enrolling.thing(
        room, ana, a_film, kind=CameoKind.PET, handle="rex", home=home, watcher=AWatcher()
    )
    assert set(await cameos.parts(room.database.read, cameo.id)) == {Part.FRONT}
    person = AWatcher(seen=Unfit(Reason.A_PERSON))
    with pytest.raises(CameoUnfit):
        await enrolling.thing(
            room, ana, a_film, kind=CameoKind.THING, handle="statue", home=home, watcher=person
        )
    assert len(await cameos.of_member(room.database.read, ana.member.id)) == 1
