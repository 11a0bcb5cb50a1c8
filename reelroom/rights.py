"""`reelroom rights`: what the owners of characters and brands have allowed this room, on record.

Only names of the checks' own table can be allowed: any other is not refused to begin with. Nothing
is ever taken out of the record.
"""

import argparse
import difflib
import sys
import time
from datetime import UTC, datetime

from bots.studio import checks
from storage import rights
from storage.room import open_room
from storage.settings import Settings


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser of `reelroom`."""
    command = commands.add_parser("rights", help="what owners of characters and brands allow here")
    acts = command.add_subparsers(dest="act", required=True)
    allow = acts.add_parser("allow", help="put on record that an owner allows their name here")
    allow.add_argument("name", help="the character or brand, like “Mickey Mouse”")
    allow.add_argument("--by", required=True, help="who allowed it, and on what ground")
    revoke = acts.add_parser("revoke", help="put on record that it is allowed no more")
    revoke.add_argument("name", help="the character or brand")
    acts.add_parser("list", help="show the whole record")


async def run(settings: Settings, chosen: argparse.Namespace) -> int:
    """Do what was chosen; returns the exit status."""
    async with open_room(settings) as room:
        if chosen.act == "list":
            _show(await rights.history(room.database.read))
            return 0
        name = _known(chosen.name)
        if name is None:
            return 2
        async with room.database.transaction() as tx:
            if chosen.act == "allow":
                if not chosen.by.strip():
                    print("Say who allowed it: --by “The Example Company, letter of 3 May”.",
                          file=sys.stderr)  # fmt: skip
                    return 2
                await rights.allow(tx, name, chosen.by.strip(), now=time.time())
                print(f"{name} may be asked for here, allowed by {chosen.by.strip()}.")
            elif await rights.revoke(tx, name, now=time.time()):
                print(f"{name} may be asked for here no more. Clips that were made stay.")
            else:
                print(f"{name} was not allowed here.")
    return 0


def _show(record: list[rights.Right]) -> None:
    if not record:
        print("No owner of a character or brand has allowed anything here.")
    for right in record:
        when = datetime.fromtimestamp(right.at, UTC).strftime("%Y-%m-%d %H:%M")
        what = f"allowed by {right.by}" if right.allowed else "revoked"
        print(f"{when} UTC  {right.name}  {what}")


def _known(asked: str) -> str | None:
    """The name as the table has it; None, and a sentence, for one that it does not have."""
    if name := checks.protected_name(asked):
        return name
    near = difflib.get_close_matches(asked, checks.protected_names(), n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    print(f"{asked} is not a name that is refused here.{hint}", file=sys.stderr)
    return None
