"""What the two processes of a room are told when they are started."""

import pytest

from reelroom.supervisor import environment
from storage.processes import SUPERVISED
from storage.settings import ENVIRONMENT, TOKENS


def test_an_engine_is_not_told_the_platforms_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in TOKENS:
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("REELROOM_DEVICE", "cpu")

    assert "secret" not in environment("engine").values()
    assert environment("engine")["REELROOM_DEVICE"] == "cpu"
    assert {environment("bots")[name] for name in TOKENS} == {"secret"}
    assert environment("engine")[SUPERVISED] == environment("bots")[SUPERVISED] == "1"


def test_every_token_of_the_environment_is_named_as_one() -> None:
    tokens = {name for name, path in ENVIRONMENT.items() if path[-1] == "token"}

    assert tokens == set(TOKENS)
