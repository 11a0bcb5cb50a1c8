"""`reelroom consent verify`, as an owner types it."""

import asyncio
from pathlib import Path

import pytest

from reelroom import cli
from storage import consent_log
from storage.room import Room
from tests.cameos import a_cameo
from tests.rooms import a_member, a_room, room_environment


async def _written(folder: Path, *, tampered: bool) -> str:
    """The head of a record with two entries."""
    async with a_room(folder) as room:
        for name in ("ana", "ben"):
            await a_cameo(room, await a_member(room, name))
        head = (await consent_log.verify(room.database.read)).head
        if tampered:
            await _tamper(room)
    return head


async def _tamper(room: Room) -> None:
    async with room.database.transaction() as tx:
        await tx.execute("DROP TRIGGER consents_are_never_changed")
        await tx.execute("UPDATE consents SET member_id = 99 WHERE id = 2")


@pytest.mark.parametrize("tampered", [False, True])
def test_the_owner_is_told_whether_the_record_is_whole(
    tampered: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = asyncio.run(_written(tmp_path, tampered=tampered))
    for name, value in room_environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    status = cli.main(["consent", "verify"])
    said = capsys.readouterr()
    if tampered:
        assert status == 1
        assert "entry 2 is not what was written" in said.err
    else:
        assert status == 0
        assert "2 entries" in said.out
        assert head in said.out


def test_the_owner_can_erase_a_cameo_of_who_was_enrolled_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_written(tmp_path, tampered=False))
    for name, value in room_environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert cli.main(["cameo", "erase", "@nobody"]) == 2
    assert cli.main(["cameo", "erase", "@ana"]) == 0
    assert "@ana is erased, key and all" in capsys.readouterr().out
    assert cli.main(["cameo", "erase", "ana"]) == 2
    assert cli.main(["consent", "verify"]) == 0
    assert cli.main(["audit", "verify"]) == 0
    assert len(list((tmp_path / "room" / "keys" / "cameos").iterdir())) == 1
