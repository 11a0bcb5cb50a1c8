"""What an owner looks through and answers for: the records that show tampering, and likenesses.

`reelroom consent verify` and `reelroom audit verify` compute every hash anew; `reelroom cameo
erase` is for someone who was enrolled by somebody else and can't do it themselves.
"""

import sys

from bots.studio.cameo import taking_back
from storage import audit, cameos, consent_log
from storage.chain import Verdict
from storage.room import open_room
from storage.settings import Settings


async def verify_consent(settings: Settings) -> int:
    """0 for a record of consent that is whole, 1 for one that was tampered with."""
    async with open_room(settings) as room:
        return _tell("record of consent", await consent_log.verify(room.database.read))


async def verify_audit(settings: Settings) -> int:
    """0 for an audit log that is whole, 1 for one that was tampered with."""
    async with open_room(settings) as room:
        return _tell("audit log", await audit.verify(room.database.read))


async def erase_cameo(settings: Settings, handle: str) -> int:
    """Erase a cameo, its key and every clip that holds it; 2 where nobody is called so.

    Posts go as soon as the room runs: its bots take them down.
    """
    name = handle.removeprefix("@")
    async with open_room(settings) as room:
        cameo = await cameos.by_handle(room.database.read, name)
        if cameo is None:
            print(f"Nobody is called @{name} here.", file=sys.stderr)
            return 2
        count = await taking_back.erase_for_good(room, cameo)
    print(
        f"@{name} is erased, key and all, with {count} clips. Their posts go while the room runs."
    )
    return 0


def _tell(record: str, found: Verdict) -> int:
    if found.broken_at is not None:
        print(
            f"The {record} was changed: entry {found.broken_at} is not what was written."
            " Trust nothing after the one before it, and ask who could write to the database.",
            file=sys.stderr,
        )
        return 1
    print(f"The {record} is whole: {found.entries} entries, the last one {found.head}.")
    print("Keep that number elsewhere: if the end were cut off, it would be gone from here.")
    return 0
