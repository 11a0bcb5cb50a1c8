"""An owner puts on record what the owners of characters and brands allow."""

from pathlib import Path

import pytest

from reelroom.cli import main
from tests.rooms import room_environment


def _rights(*arguments: str) -> int:
    return main(["rights", *arguments])


@pytest.fixture(autouse=True)
def _room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in room_environment(tmp_path).items():
        monkeypatch.setenv(name, value)


def test_what_is_allowed_and_taken_back_stays_on_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _rights("allow", "mickey mouse", "--by", "The studio, letter of 3 May") == 0
    assert _rights("revoke", "Mickey Mouse") == 0
    assert _rights("revoke", "Mickey Mouse") == 0
    assert _rights("list") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Mickey Mouse may be asked for here, allowed by The studio, letter of 3 May."
    assert lines[2] == "Mickey Mouse was not allowed here."
    assert [line.split("UTC  ")[1] for line in lines[3:]] == [
        "Mickey Mouse  allowed by The studio, letter of 3 May",
        "Mickey Mouse  revoked",
    ]


def test_a_name_that_nobody_refuses_can_not_be_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _rights("allow", "Mikey Mouse", "--by", "someone") == 2

    assert "Did you mean Mickey Mouse?" in capsys.readouterr().err


def test_an_alias_allows_what_it_belongs_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert _rights("allow", "Dark Vador", "--by", "someone") == 0

    assert "Star Wars may be asked for here" in capsys.readouterr().out


def test_who_allowed_it_must_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert _rights("allow", "Shrek", "--by", "  ") == 2

    assert "Say who allowed it" in capsys.readouterr().err
    assert _rights("list") == 0
    assert "has allowed anything here" in capsys.readouterr().out
