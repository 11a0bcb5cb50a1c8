"""The values of a panel: its text, its keys, and the few bytes that tell a press."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

#: Bytes that a key may carry. Telegram: callback data.
MOST_BYTES = 64


class Deed(StrEnum):
    """What a key of the cameo panel does."""

    HOME = "home"
    #: Begin to enrol oneself; the film is made; a pet or a thing.
    ENROLL = "enroll"
    FILMED = "filmed"
    PET = "pet"
    #: The clips that hold the cameo, `arg` the page; take one back, `arg` its code; or all.
    CLIPS = "clips"
    TAKE_BACK = "back"
    EVERYTHING = "all"
    #: Who may use it: shown, or with `arg` set; whether each clip is asked about first.
    POLICY = "policy"
    ASK_FIRST = "first"
    #: The people let in, kept out, or who made clips with it; one of them, `arg` the member's id.
    PEOPLE = "people"
    PERSON = "person"
    LET_IN = "in"
    KEEP_OUT = "out"
    FORGET = "forget"
    TAKE_BACK_FROM = "from"
    #: What it always shows and what it is not for.
    WORDS = "words"
    #: What waits for the owner's answer, and the answers; `arg` the clip's code.
    QUESTIONS = "asked"
    YES = "yes"
    NO = "no"
    NO_AND_BLOCK = "never"
    #: Everything that is kept, as a file.
    EXPORT = "export"
    ERASE = "erase"


class How(StrEnum):
    """How films are handed in."""

    #: By a form that takes files.
    FORM = "form"
    #: As a message.
    CHAT = "chat"
    #: By the page's own camera.
    PAGE = "page"


@dataclass(frozen=True)
class Key:
    """A deed that a key asks for, on one cameo."""

    deed: Deed
    #: The cameo's id; 0 for none yet.
    cameo: int = 0
    arg: str = ""
    #: The member was asked whether they are sure.
    sure: bool = False


@dataclass(frozen=True)
class Labelled:
    """A key as it is shown."""

    key: Key
    label: str
    #: What it does can't be taken back.
    grave: bool = False


class FormKind(StrEnum):
    """What a form asks for."""

    #: The film that answers the challenge.
    FILM = "film"
    #: A picture or film of a pet or a thing.
    THING = "thing"
    #: Looks and restrictions.
    WORDS = "words"


@dataclass(frozen=True)
class Form:
    """A form to open; adapters know how."""

    kind: FormKind
    #: The cameo's id; 0 for a new one.
    cameo: int = 0
    #: What its fields hold at first.
    handle: str = ""
    looks: str = ""
    restrictions: str = ""


@dataclass(frozen=True)
class Item:
    """One line of a list, with what can be done about it."""

    text: str
    key: Labelled
    #: The code of the clip that it is about; "" for none.
    clip: str = ""


@dataclass(frozen=True)
class Panel:
    """What a member is shown alone."""

    title: str
    #: Under the title; a page may lay them out, a message has a line each.
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[Labelled, ...], ...] = ()
    #: A JPEG that goes with the text.
    picture: bytes | None = None
    #: A clip whose film goes with the text: its code, and the file.
    film: tuple[str, Path] | None = None
    #: A file that goes with the text: its name and its content.
    file: tuple[str, bytes] | None = None
    #: A form to open instead; the text is for who can't be shown one.
    form: Form | None = None

    @property
    def text(self) -> str:
        """All that is to be read, as a message."""
        return "\n".join((self.title, *(item.text for item in self.items)))

    @property
    def keys(self) -> tuple[tuple[Labelled, ...], ...]:
        """All keys in rows, as a message has them."""
        own = [item.key for item in self.items]
        folded = [tuple(own[at : at + ROW]) for at in range(0, len(own), ROW)]
        return (*folded, *self.rows)


#: Keys in a row that fit a phone.
ROW = 4
_MARK, _SURE = "cameo", "cameo!"


def to_data(key: Key) -> str:
    """What the platform keeps with the key."""
    return f"{_SURE if key.sure else _MARK}:{key.deed}:{key.cameo}:{key.arg}"


def from_data(data: str) -> Key | None:
    """The key that a platform hands back; None for data that is not a panel's."""
    mark, _, rest = data.partition(":")
    deed, _, rest = rest.partition(":")
    cameo, _, arg = rest.partition(":")
    if mark not in (_MARK, _SURE) or deed not in set(Deed) or not cameo.isdecimal():
        return None
    if len(data) > MOST_BYTES or len(cameo) > 12:
        return None
    return Key(Deed(deed), int(cameo), arg, sure=mark == _SURE)
