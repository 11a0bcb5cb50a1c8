"""Settings come from the file and the environment, and a wrong one is named in one sentence."""

from pathlib import Path

import pytest

from storage.settings import SettingsError, load


def test_a_room_needs_no_settings(tmp_path: Path) -> None:
    settings = load({"REELROOM_HOME": str(tmp_path)})

    assert settings.port == 8090
    assert settings.discord.token is None
    assert settings.telegram.api_url == "https://api.telegram.org"


def test_the_room_is_in_the_folder_room_unless_told_otherwise() -> None:
    assert load({}).home == Path("room").absolute()


def _write(home: Path, text: str, *, mode: int) -> None:
    file = home / "reelroom.toml"
    file.write_text(text)
    file.chmod(mode)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
@pytest.mark.parametrize("platform", ["discord", "telegram"])
def test_a_token_that_others_can_read_is_one_sentence(
    tmp_path: Path, mode: int, platform: str
) -> None:
    _write(tmp_path, f'[{platform}]\ntoken = "very-secret"\n', mode=mode)

    with pytest.raises(SettingsError, match=r"chmod 600 .*reelroom.toml") as caught:
        load({"REELROOM_HOME": str(tmp_path)})

    assert "very-secret" not in str(caught.value)


def test_settings_without_a_token_may_be_read_by_anyone(tmp_path: Path) -> None:
    _write(tmp_path, 'port = 9000\n[discord]\napi_url = "http://127.0.0.1:1"\n', mode=0o644)

    assert load({"REELROOM_HOME": str(tmp_path)}).port == 9000


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    _write(tmp_path, 'port = 9000\n[discord]\ntoken = "from-the-file"\n', mode=0o600)

    settings = load({"REELROOM_HOME": str(tmp_path), "REELROOM_PORT": "9001"})

    assert settings.port == 9001
    assert settings.discord.token is not None
    assert settings.discord.token.get_secret_value() == "from-the-file"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REELROOM_PORT", "http"),
        ("REELROOM_PORT", "70000"),
        ("REELROOM_PORT", "0"),
        ("REELROOM_DEVICE", "abacus"),
        ("REELROOM_DISCORD_API_URL", "discord.com"),
        ("REELROOM_DISCORD_GATEWAY_URL", "https://gateway.discord.gg"),
        ("REELROOM_TELEGRAM_API_URL", "https://"),
    ],
)
def test_a_wrong_value_gets_one_sentence_that_names_it(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"REELROOM_HOME": str(tmp_path), name: value})

    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 3", "colour"),
        ("[limits]\nopen_per_member = 0", "limits.open_per_member"),
        ("port = ", "reelroom.toml"),
        ('discord = "token"', "discord"),
        ('home = "/elsewhere"', "home"),
    ],
)
def test_a_wrong_file_gets_one_sentence_that_names_the_place(
    tmp_path: Path, text: str, named: str
) -> None:
    (tmp_path / "reelroom.toml").write_text(text)

    with pytest.raises(SettingsError, match=named):
        load({"REELROOM_HOME": str(tmp_path)})


def test_a_token_is_never_shown(tmp_path: Path) -> None:
    token = "very-secret"
    settings = load({"REELROOM_HOME": str(tmp_path), "DISCORD_TOKEN": token})

    assert token not in repr(settings)
    assert token not in str(settings.discord)


def test_a_wrong_setting_beside_a_token_does_not_show_the_token(tmp_path: Path) -> None:
    (tmp_path / "reelroom.toml").write_text('[telegram]\ntoken = ["very-secret"]\n')

    with pytest.raises(SettingsError) as caught:
        load({"REELROOM_HOME": str(tmp_path)})

    assert "very-secret" not in str(caught.value)
