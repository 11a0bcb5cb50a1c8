"""What running engines can render. Chat offers only that, and says when something is not here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aiosqlite import Connection
from pydantic import TypeAdapter

from storage.clips import ClipKind
from storage.plan import Aspect
from storage.rows import many, one

#: Seconds without a heartbeat after which an engine counts as away.
FRESH_SECONDS = 30.0


@dataclass(frozen=True)
class Known:
    """Things of one kind that a preset can draw, as members call them."""

    #: The kind, a code: "subjects", "places", …
    group: str
    #: Language ("en", "fr") → names, in the same order.
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Offer:
    """A preset as a running engine can render it."""

    preset: str
    #: What members read: "Pocket pixel art".
    title: str
    kinds: frozenset[ClipKind]
    #: Aspect → width and height in pixels.
    sizes: Mapping[Aspect, tuple[int, int]]
    fps: int
    steps: int
    #: Lengths in seconds that it renders, and the one for a prompt that names none.
    shortest: float
    longest: float
    usual: float
    #: GPU seconds for the usual clip, before any was timed here.
    expected: float
    #: Looks that can be asked for by name.
    styles: tuple[str, ...] = ()
    #: What it is for: "draft", "standard" or "pro".
    quality: str = "standard"
    #: A clip may start from a picture that a member sends.
    takes_picture: bool = False
    #: Cameos that it can show in one clip.
    takes_cast: int = 0
    #: What it can draw, where that can be listed; empty for one that draws whatever is asked.
    knows: tuple[Known, ...] = ()
    #: Language → hash of a PNG that shows it.
    pictures: Mapping[str, str] = field(default_factory=dict)


class Reason(StrEnum):
    """Why a preset that an engine knows is not on offer."""

    #: Its checkpoint is not on the machine.
    NOT_FETCHED = "not_fetched"
    #: The machine's device has too little memory for it.
    TOO_LARGE = "too_large"
    #: Its checkpoint could not be loaded.
    BROKEN = "broken"


@dataclass(frozen=True)
class Withheld:
    """A preset that is not on offer."""

    preset: str
    reason: Reason
    #: GB of the device that it needs.
    gb: float


_OFFER = TypeAdapter(Offer)


async def publish(tx: Connection, engine: str, offers: list[Offer], *, now: float) -> None:
    """The engine can render these; called at start and with each heartbeat."""
    await tx.executemany(
        "INSERT INTO offers (preset, engine, offer, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (preset) DO UPDATE SET engine = excluded.engine, offer = excluded.offer,"
        " seen_at = excluded.seen_at",
        [(offer.preset, engine, _OFFER.dump_json(offer).decode(), now) for offer in offers],
    )


async def withhold(tx: Connection, withheld: Iterable[Withheld]) -> None:
    """The engine knows these and can't render them; they take the place of those told before."""
    await tx.execute("DELETE FROM withheld")
    await tx.executemany(
        "INSERT INTO withheld (preset, reason, gb) VALUES (?, ?, ?)",
        [(each.preset, each.reason, each.gb) for each in withheld],
    )


async def why_not(db: Connection, preset: str) -> Withheld | None:
    """Why the preset is not on offer; None for one that no engine knows, or that is."""
    row = await one(db, "SELECT preset, reason, gb FROM withheld WHERE preset = ?", (preset,))
    return Withheld(row["preset"], Reason(row["reason"]), row["gb"]) if row else None


async def all_known(db: Connection) -> list[Offer]:
    """Every preset an engine ever offered, the freshest first: its jobs wait while it is away."""
    return [
        _OFFER.validate_json(row["offer"])
        for row in await many(db, "SELECT offer FROM offers ORDER BY seen_at DESC, preset")
    ]


async def find(db: Connection, preset: str) -> Offer | None:
    """What was last offered under this name."""
    row = await one(db, "SELECT offer FROM offers WHERE preset = ?", (preset,))
    return _OFFER.validate_json(row["offer"]) if row else None


async def seen(db: Connection) -> dict[str, float]:
    """When an engine that renders each preset was last heard of."""
    return {
        row["preset"]: row["seen_at"]
        for row in await many(db, "SELECT preset, seen_at FROM offers")
    }
