"""Every setting of a room, in one place: `reelroom.toml` in the room's folder and the environment.

The environment wins over the file. A wrong value becomes one sentence that names it. Tokens are
kept as secrets, so that printing or logging the settings never shows them.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator


class SettingsError(Exception):
    """A setting is wrong; the message is one sentence that names it."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Discord(_Section):
    """Where the Discord bot signs in; without a token it does not start."""

    token: SecretStr | None = None
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = "wss://gateway.discord.gg/"

    @field_validator("api_url")
    @classmethod
    def _http(cls, url: str) -> str:
        return _url(url, ("http://", "https://")).rstrip("/")

    @field_validator("gateway_url")
    @classmethod
    def _ws(cls, url: str) -> str:
        return _url(url, ("ws://", "wss://"))


class Telegram(_Section):
    """Where the Telegram bot signs in; without a token it does not start."""

    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    #: True for a self-hosted Bot API server run with --local: files up to 2000 MB.
    local: bool = False

    @field_validator("api_url")
    @classmethod
    def _http(cls, url: str) -> str:
        return _url(url, ("http://", "https://")).rstrip("/")


class Limits(_Section):
    """What one member and one space may have at a time."""

    #: Jobs waiting or rendering.
    open_per_member: int = Field(default=8, ge=1, le=1000)
    open_per_space: int = Field(default=40, ge=1, le=10000)
    #: Requests accepted in an hour.
    hourly_per_member: int = Field(default=60, ge=1, le=100000)
    hourly_per_space: int = Field(default=300, ge=1, le=100000)
    #: Seconds of a film with all its extensions.
    film_seconds: float = Field(default=60, ge=2, le=3600)
    #: Characters of a prompt.
    prompt_characters: int = Field(default=1000, ge=50, le=3500)


class Director(_Section):
    """What reads prompts beside the rules."""

    #: The folder of a language model that rewords remixes, in transformers' layout; none is needed.
    model: Path | None = None

    @field_validator("model")
    @classmethod
    def _folder(cls, model: Path | None) -> Path | None:
        if model is None:
            return None
        folder = model.expanduser().absolute()
        if not (folder / "config.json").is_file():
            raise ValueError("it should be the folder of a model, with a config.json")
        return folder


class Settings(_Section):
    """A room's settings, validated."""

    #: The room's folder: database, media, keys, settings file.
    home: Path
    port: int = Field(default=8090, ge=1, le=65535)
    #: The address the local room binds to; anything but loopback asks for a key.
    host: str = "127.0.0.1"
    #: The preset that renders when a member names none.
    preset: str = "pocket"
    #: Where an engine renders.
    device: Literal["auto", "cpu", "cuda"] = "auto"
    #: Clips are posted under their maker's handle; those with people's likenesses always are.
    mark: bool = True
    discord: Discord = Discord()
    telegram: Telegram = Telegram()
    director: Director = Director()
    limits: Limits = Limits()


#: Environment variable → the setting it sets.
ENVIRONMENT = {
    "REELROOM_PORT": ("port",),
    "REELROOM_HOST": ("host",),
    "REELROOM_DEVICE": ("device",),
    "REELROOM_MARK": ("mark",),
    "REELROOM_DIRECTOR_MODEL": ("director", "model"),
    "DISCORD_TOKEN": ("discord", "token"),
    "REELROOM_DISCORD_API_URL": ("discord", "api_url"),
    "REELROOM_DISCORD_GATEWAY_URL": ("discord", "gateway_url"),
    "TELEGRAM_TOKEN": ("telegram", "token"),
    "REELROOM_TELEGRAM_API_URL": ("telegram", "api_url"),
}


#: Those of them that are secrets, for the chat side alone.
TOKENS = ("DISCORD_TOKEN", "TELEGRAM_TOKEN")


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the room in `REELROOM_HOME` (default `./room`).

    Raises SettingsError with one sentence that names the wrong setting, never a token's value.
    """
    home = Path(environment.get("REELROOM_HOME") or "room").expanduser().absolute()
    values = _read_file(home / "reelroom.toml")
    _check_private(home / "reelroom.toml", values)
    if "home" in values:
        raise SettingsError("reelroom.toml can't set 'home': set REELROOM_HOME instead.")
    sources: dict[tuple[str, ...], str] = {}
    for name, path in ENVIRONMENT.items():
        if value := environment.get(name):
            _put(values, path, value)
            sources[path] = name
    try:
        return Settings(home=home, **values)
    except ValidationError as error:
        raise SettingsError(_sentence(error, sources)) from None


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"reelroom.toml can't be read: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"reelroom.toml can't be read: {type(error).__name__}.") from None


def _check_private(path: Path, values: Mapping[str, Any]) -> None:
    """Raises SettingsError where others on this machine can read a token in the file."""
    sections = [each for each in values.values() if isinstance(each, dict)]
    if any("token" in each for each in sections) and path.stat().st_mode & 0o077:
        raise SettingsError(
            f"reelroom.toml holds a token that others on this machine can read: run"
            f" chmod 600 {path}, or put the token into the environment."
        )


def _put(values: dict[str, Any], path: tuple[str, ...], value: str) -> None:
    for key in path[:-1]:
        section = values.setdefault(key, {})
        if not isinstance(section, dict):
            raise SettingsError(f"'{key}' in reelroom.toml must be a section, [{key}].")
        values = section
    values[path[-1]] = value


def _sentence(error: ValidationError, sources: Mapping[tuple[str, ...], str]) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    path = tuple(str(part) for part in first["loc"])
    name = sources.get(path) or f"'{'.'.join(path)}' in reelroom.toml"
    if first["type"] == "extra_forbidden":
        return f"{name} is not a setting that Reelroom knows."
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name} is wrong: {reason[0].lower()}{reason[1:]}."


def _url(url: str, schemes: tuple[str, ...]) -> str:
    if not url.startswith(schemes) or len(url.split("://", 1)[1].strip("/")) == 0:
        raise ValueError(f"it should be an address that starts with {' or '.join(schemes)}")
    return url
