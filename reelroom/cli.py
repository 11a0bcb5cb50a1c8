"""`reelroom`: what an owner types.

`reelroom run` starts everything, `reelroom key` makes keys, `reelroom presets` says what this
machine can render and `reelroom fetch` brings what it needs for that. `reelroom verify` says
whether a file is this room's, `reelroom consent verify` and `reelroom audit verify` whether the
records are whole, `reelroom cameo erase` takes a likeness away for who can't, and `reelroom rights`
records what the owners of characters and brands allow.
"""

import argparse
import asyncio
import os
import signal
import socket
import sys
import time
import webbrowser
from pathlib import Path

from engine import presets
from engine.presets import PresetError
from reelroom import records, rights, supervisor
from storage import keys, people
from storage.database import DatabaseTooNew
from storage.logs import set_up
from storage.people import Platform
from storage.processes import RoomIsOpen, only_one
from storage.room import open_room
from storage.room_key import RoomKeyError
from storage.settings import Settings, SettingsError, load

#: Seconds to wait for the page before its address is printed all the same.
PAGE_SECONDS = 60.0


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; returns the exit status, 2 for a wrong setting."""
    chosen = _parser().parse_args(arguments)
    set_up("reelroom")
    try:
        settings = load()
        match chosen.command:
            case "run":
                return _run(settings, browser=not chosen.no_browser)
            case "key":
                return asyncio.run(
                    _key(
                        settings,
                        chosen.name,
                        revoke=chosen.revoke,
                        moderates=chosen.moderator,
                    )
                )
            case "presets":
                return _presets(settings)
            case "fetch":
                return _fetch(settings, chosen.preset, update=chosen.update)
            case "consent":
                return asyncio.run(records.verify_consent(settings))
            case "audit":
                return asyncio.run(records.verify_audit(settings))
            case "cameo":
                return asyncio.run(records.erase_cameo(settings, chosen.handle))
            case "verify":
                return asyncio.run(_verify(settings, chosen.file))
            case "rights":
                return asyncio.run(rights.run(settings, chosen))
            case _:
                raise AssertionError(chosen.command)
    except (SettingsError, PresetError, DatabaseTooNew, RoomKeyError, RoomIsOpen) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reelroom", description="A film studio in your chats.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start the room: page, bots and engine")
    run.add_argument("--no-browser", action="store_true", help="don't open the page")
    key = commands.add_parser("key", help="make a key to the page and the API for someone")
    key.add_argument("name", help="whose key it is")
    key.add_argument("--revoke", action="store_true", help="make their keys useless instead")
    key.add_argument("--moderator", action="store_true", help="let them moderate the whole room")
    commands.add_parser("presets", help="list what can be rendered, and what fits this machine")
    fetch = commands.add_parser("fetch", help="download what a preset renders with")
    fetch.add_argument("preset", help="its name in `reelroom presets`")
    fetch.add_argument(
        "--update", action="store_true", help="take what its branch is now, not what was fetched"
    )
    consent = commands.add_parser("consent", help="look through the record of consent")
    consent.add_argument("act", choices=["verify"], help="compute every entry's hash anew")
    log = commands.add_parser("audit", help="look through the log of what moderators did")
    log.add_argument("act", choices=["verify"], help="compute every entry's hash anew")
    cameo = commands.add_parser("cameo", help="erase a cameo for someone who can't")
    cameo.add_argument("act", choices=["erase"], help="with its key and every clip that holds it")
    cameo.add_argument("handle", help="what people type after @")
    verify = commands.add_parser("verify", help="say whether a file is this room's, and its chain")
    verify.add_argument("file", type=Path, help="a clip or a picture")
    rights.add_to(commands)
    return parser


def _run(settings: Settings, *, browser: bool) -> int:
    with only_one(settings.home):
        _check_port(settings)
        try:
            asyncio.run(_serve(settings, browser=browser))
        except asyncio.CancelledError:
            print("Reelroom is closed.")
    return 0


async def _serve(settings: Settings, *, browser: bool) -> None:
    # Opened once here, so that a database we can't use stops us before anything starts.
    async with open_room(settings):
        pass
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(supervisor.keep_up())
        tasks.create_task(_announce(settings, browser=browser))


async def _announce(settings: Settings, *, browser: bool) -> None:
    """Print the page's address once it answers, and open it for someone who sits here."""
    until = time.monotonic() + PAGE_SECONDS
    while not await asyncio.to_thread(_answers, settings) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    address = f"http://{_near(settings.host)}:{settings.port}/"
    print(f"\n  Reelroom is open: {address}\n  Ctrl+C closes it.\n", flush=True)
    if browser and sys.stdout.isatty() and not os.environ.get("CI"):
        await asyncio.to_thread(webbrowser.open, address)


def _check_port(settings: Settings) -> None:
    """Raises SettingsError where the page's port is taken."""
    try:
        with socket.create_server((settings.host, settings.port)):
            pass
    except OSError as error:
        raise SettingsError(
            f"REELROOM_PORT {settings.port} can't be used on {settings.host}"
            f" ({error.strerror}): set another."
        ) from None


def _answers(settings: Settings) -> bool:
    try:
        with socket.create_connection((_near(settings.host), settings.port), timeout=1):
            return True
    except OSError:
        return False


def _near(host: str) -> str:
    """An address at which this machine reaches what is bound to `host`."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


async def _key(settings: Settings, name: str, *, revoke: bool, moderates: bool) -> int:
    async with open_room(settings) as room, room.database.transaction() as tx:
        now = time.time()
        member = await people.sign_in(
            tx, Platform.ROOM, f"key:{name}", name=name, language="en", now=now
        )
        if revoke:
            print(f"{await keys.revoke_all(tx, member.id, now=now)} of {name}'s keys revoked.")
        else:
            print(await keys.make(tx, member.id, moderates=moderates, now=now))
    return 0


async def _verify(settings: Settings, file: Path) -> int:
    """0 for a clip that this room knows as its own, 1 for anything else, 2 if it can't be read."""
    # Slow to import, and only needed here.
    from bots.studio import verifying
    from bots.studio.errors import FileNotRead
    from bots.words import language_of, provenance, tell

    language = language_of(os.environ.get("LC_ALL") or os.environ.get("LANG"))
    async with open_room(settings) as room:
        try:
            found = await verifying.verify(room, file, viewer=None)
        except FileNotRead as refused:
            print(tell.refusal(language, refused), file=sys.stderr)
            return 2
    print(provenance.whole(language, found))
    return 0 if found.clip else 1


def _presets(settings: Settings) -> int:
    # Slow to import, and only needed here and below: the other commands start at once.
    from reelroom import models

    models.show(presets.load_all(settings.home), settings.device, settings.preset)
    return 0


def _fetch(settings: Settings, name: str, *, update: bool) -> int:
    from reelroom import models

    known = presets.load_all(settings.home)
    if name not in known:
        print(f"There is no preset {name}: {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    try:
        models.fetch(known[name], models=settings.home / "models", update=update)
    except models.CannotFetch as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run this again to go on.", file=sys.stderr)
        return 1
    return 0
