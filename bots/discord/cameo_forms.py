"""The forms of cameos on Discord: the film of a person, of a pet or a thing, and the owner's words.

They are told by their custom_id, and read from what Discord sends, so that one that was opened
before a restart can still be sent in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bots.panels.panel import Form, FormKind
from bots.studio.errors import FileTooHeavy, FilmNotFetched
from bots.studio.pictures import Fetch
from bots.words import say
from storage.cameos import CameoKind

#: Before the cameo's id in the custom_id of a form.
FORM = "cameo-form"
_FILE, _HANDLE, _ADULT, _KIND, _LOOKS, _NOT_FOR = (
    "file", "handle", "adult", "kind", "looks", "not-for",
)  # fmt: skip
#: Characters of a handle, and of the owner's words.
HANDLE = 32
WORDS = 300
#: Megabytes of a film.
MOST_MEGABYTES = 60
_YES = "yes"


@dataclass(frozen=True)
class Sent:
    """A form that was sent in; fields that it does not have are empty."""

    kind: FormKind
    #: The cameo's id; 0 for a new one.
    cameo: int
    handle: str
    adult: bool
    of: CameoKind
    looks: str
    restrictions: str
    file: Fetch | None


def modal(form: Form, language: str) -> discord.ui.Modal:
    """The form, as Discord shows it."""
    made = discord.ui.Modal(
        title=say(language, f"panel-form-{form.kind.value}"),
        custom_id=f"{FORM}:{form.kind.value}:{form.cameo}",
    )
    for label, component in _FIELDS[form.kind](form, language):
        made.add_item(discord.ui.Label(text=say(language, label), component=component))
    made.stop()
    return made


def sent(interaction: discord.Interaction) -> Sent | None:
    """What was filled in; None for a form that is not of cameos."""
    data: Any = interaction.data or {}
    name, _, rest = str(data.get("custom_id", "")).partition(":")
    kind, _, cameo = rest.partition(":")
    if name != FORM or kind not in set(FormKind) or not cameo.isdecimal():
        return None
    fields = _fields(data)
    of = _chosen(fields, _KIND)
    return Sent(
        FormKind(kind),
        int(cameo),
        handle=_typed(fields, _HANDLE),
        adult=_chosen(fields, _ADULT) == _YES,
        of=CameoKind(of) if of in set(CameoKind) else CameoKind.PET,
        looks=_typed(fields, _LOOKS),
        restrictions=_typed(fields, _NOT_FOR),
        file=_file(interaction, data, _chosen(fields, _FILE)),
    )


def _of_film(form: Form, language: str) -> list[tuple[str, discord.ui.Item[Any]]]:
    adult = [(_YES, "panel-adult-yes"), ("no", "panel-adult-no")]
    return [
        ("panel-field-film", discord.ui.FileUpload(custom_id=_FILE, min_values=1, max_values=1)),
        ("panel-field-handle", _handle(form)),
        ("panel-field-adult", _select(_ADULT, adult, language)),
    ]


def _of_thing(form: Form, language: str) -> list[tuple[str, discord.ui.Item[Any]]]:
    kinds = [(kind.value, f"panel-kind-{kind.value}") for kind in (CameoKind.PET, CameoKind.THING)]
    return [
        ("panel-field-thing", discord.ui.FileUpload(custom_id=_FILE, min_values=1, max_values=1)),
        ("panel-field-handle", _handle(form)),
        ("panel-field-kind", _select(_KIND, kinds, language)),
    ]


def _of_words(form: Form, _: str) -> list[tuple[str, discord.ui.Item[Any]]]:
    return [
        ("panel-field-looks", _line(_LOOKS, form.looks)),
        ("panel-field-not-for", _line(_NOT_FOR, form.restrictions)),
    ]


_FIELDS = {FormKind.FILM: _of_film, FormKind.THING: _of_thing, FormKind.WORDS: _of_words}


def _handle(form: Form) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=_HANDLE, default=form.handle or None, max_length=HANDLE, placeholder="ana"
    )


def _line(custom_id: str, default: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph,
        default=default or None,
        required=False,
        max_length=WORDS,
    )


def _select(
    custom_id: str, options: list[tuple[str, str]], language: str
) -> discord.ui.Select[Any]:
    made = [discord.SelectOption(label=say(language, key), value=value) for value, key in options]
    return discord.ui.Select(custom_id=custom_id, options=made)


def _fields(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What was filled in, by custom_id."""
    inner = [outer.get("component") or {} for outer in data.get("components", [])]
    return {str(field.get("custom_id")): field for field in inner}


def _typed(fields: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(fields.get(name, {}).get("value") or "").strip()


def _chosen(fields: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(next(iter(fields.get(name, {}).get("values") or []), ""))


def _file(interaction: discord.Interaction, data: Mapping[str, Any], file_id: str) -> Fetch | None:
    """How to get the file that was sent along. Discord keeps it for as long as the form's token."""
    file = (data.get("resolved") or {}).get("attachments", {}).get(file_id)
    if file is None:
        return None

    async def fetch() -> bytes:
        if int(file["size"]) > MOST_MEGABYTES * 1_000_000:
            raise FileTooHeavy(most=MOST_MEGABYTES)
        try:
            return await interaction.client.http.get_from_cdn(str(file["url"]))
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            raise FilmNotFetched() from error

    return fetch
