"""Content credentials (C2PA) of a file: what they say, and which of it this room signed itself.

Files come from strangers, so they are read in a process of its own that has no secrets, little
memory and little time: `read_apart`. Nothing is fetched from anywhere, whatever a file asks for.
"""

import asyncio
import json
import mmap
import os
import resource
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from c2pa import C2paError, Context, Reader, Settings
from pydantic import TypeAdapter, ValidationError

from storage.clips import ClipKind

#: What our assertion is called in a file.
STORY = "org.reelroom.clip"
#: Seconds, bytes of memory and of JSON that reading one file may take.
SECONDS = 30.0
MOST_MEMORY = 2 << 30
MOST_JSON = 32 << 20
#: Links told of one file, and characters of a stranger's text.
MOST_LINKS = 200
MOST_TEXT = 80
#: Nothing is fetched, and only the anchors that we name are trusted.
SETTINGS: Mapping[str, Any] = {
    "verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "builder": {"thumbnail": {"enabled": False}},
}
_KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG")
_TRUSTED, _UNTRUSTED = "signingCredential.trusted", "signingCredential.untrusted"
_SIGNATURE = "/c2pa.signature"


class Standing(StrEnum):
    """What a file's credentials are worth."""

    #: It has none.
    NONE = "none"
    #: It was changed after it was signed, or its signature is forged or can't be read.
    BROKEN = "broken"
    #: It is as someone signed it who is not this room.
    OTHERS = "others"
    #: It is as this room signed it.
    OURS = "ours"


@dataclass(frozen=True)
class Story:
    """What a clip's credentials say of it. Nobody is named, and no words of anyone."""

    code: str
    #: The fingerprint of the room's key.
    room: str
    kind: ClipKind
    preset: str
    #: What people call the model.
    model: str
    #: Whether someone's likeness is in it, which then is there by their consent.
    likeness: bool = False


@dataclass(frozen=True)
class Link:
    """One thing that a file was made of, or the file itself."""

    #: As its credentials or those of what was made of it call it; a stranger's text.
    title: str
    #: Whom the certificate names, whoever made that up; "" for a thing without credentials.
    signer: str
    #: Whether this room signed it: proven, not claimed.
    ours: bool
    #: Whether it is a picture, which the next clip started from.
    picture: bool = False
    #: For what this room signed as a clip.
    story: Story | None = None


@dataclass(frozen=True)
class Credentials:
    """What a file says of where it comes from."""

    standing: Standing
    #: The first one first, the file itself last; empty where nothing can be believed.
    links: tuple[Link, ...] = ()


class CannotRead(Exception):
    """Reading the file took too much, or broke the process that did it."""


_CREDENTIALS = TypeAdapter(Credentials)
_STORY = TypeAdapter(Story)


def carried_by(content: bytes | mmap.mmap) -> bool:
    """Whether the bytes look as if they had credentials; cheap, and sometimes wrongly True."""
    return content.find(b"jumb") >= 0 and content.find(b"c2pa") >= 0


async def read_apart(path: Path, anchor: bytes) -> Credentials:
    """The file's credentials, read by another process. `anchor` is this room's, in PEM.

    Raises CannotRead.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "storage.credentials",
        str(path.absolute()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
        # Ctrl-C in a terminal goes to us alone: we end it ourselves.
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate(anchor)
    except TimeoutError:
        raise CannotRead(f"not read within {SECONDS:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        return _CREDENTIALS.validate_json(said)
    except ValidationError:
        raise CannotRead(f"the reader ended with {process.returncode}") from None


def _environment() -> dict[str, str]:
    """Where programs and libraries are, and no more: ours may hold tokens."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}


def read(path: Path, anchor: bytes | None = None) -> Credentials:
    """The file's credentials, in this process; without an anchor nothing is ours.

    Blocks. Raises OSError.
    """
    with path.open("rb") as file, _context(anchor) as context:
        try:
            with Reader(None, file, context=context) as reader:
                state, text = reader.get_validation_state(), reader.json()
        except (C2paError.ManifestNotFound, C2paError.NotSupported):
            return Credentials(Standing.NONE)
        except C2paError:
            return Credentials(Standing.BROKEN if _looks_signed(path) else Standing.NONE)
    if state not in ("Trusted", "Valid") or len(text) > MOST_JSON:
        return Credentials(Standing.BROKEN)
    ours = state == "Trusted"
    links = _told(list(_Chain(json.loads(text)).links(ours=ours)))
    return Credentials(Standing.OURS if ours else Standing.OTHERS, links)


class _Chain:
    """Walks from a file to what it was made of.

    What a manifest records of its ingredients is its signer's word. So a link is this room's only
    where the library found that just now, or where another manifest of this room recorded it.
    """

    def __init__(self, store: dict[str, Any]) -> None:
        self._manifests: dict[str, Any] = store["manifests"]
        self._active: str = store["active_manifest"]
        self._found = _Trust(store.get("validation_results") or {})
        self._seen: set[str] = set()

    def links(self, *, ours: bool) -> Iterator[Link]:
        """The first one first, the file itself last."""
        # Without recursion: a stranger's chain may be deep.
        found: list[Link] = []
        pending = [(self._active, self._found, ours, False)]
        while pending and len(found) < MOST_LINKS:
            label, trust, ours, picture = pending.pop()
            manifest = self._manifests.get(label)
            if manifest is None or label in self._seen:
                continue
            self._seen.add(label)
            found.append(_link(manifest, ours=ours, picture=picture))
            for ingredient in reversed(manifest.get("ingredients", [])):
                is_picture = str(ingredient.get("format") or "").startswith("image/")
                if not (below := ingredient.get("active_manifest")):
                    title = _plain(ingredient.get("title"))
                    found.append(Link(title, signer="", ours=False, picture=is_picture))
                    continue
                recorded = _Trust(ingredient.get("validation_results") or {})
                known = trust.and_also(recorded) if ours else trust
                pending.append((below, known, known.holds(below), is_picture))
        return reversed(found)


class _Trust:
    """Which manifests lead back to the anchor, and which do not, by their labels."""

    def __init__(self, results: Mapping[str, Any]) -> None:
        self.good: frozenset[str] = frozenset(_labels(results, "success", _TRUSTED))
        self.bad: frozenset[str] = frozenset(_labels(results, "failure", _UNTRUSTED))

    def and_also(self, other: "_Trust") -> "_Trust":
        """What both know."""
        both = _Trust({})
        both.good, both.bad = self.good | other.good, self.bad | other.bad
        return both

    def holds(self, label: str) -> bool:
        """Whether the manifest is this room's."""
        return label in self.good and label not in self.bad


def _labels(results: Mapping[str, Any], outcome: str, code: str) -> Iterator[str]:
    """The manifests of which the results say so."""
    deltas = [each["validationDeltas"] for each in results.get("ingredientDeltas") or []]
    for part in (results.get("activeManifest") or {}, *deltas):
        for status in part.get(outcome) or []:
            if status.get("code") == code:
                yield status.get("url", "").removesuffix(_SIGNATURE).rpartition("/")[2]


def _told(links: list[Link]) -> tuple[Link, ...]:
    """Those that tell something: a clip's encodings are one link, and our copy of a picture none.

    The file itself is always told of.
    """
    kept = links[-1:]
    for link in reversed(links[:-1]):
        copy = link.ours and link.story is None
        same = link == kept[-1]
        if not copy and not same:
            kept.append(link)
    return tuple(reversed(kept))


def _link(manifest: Mapping[str, Any], *, ours: bool, picture: bool) -> Link:
    signature = manifest.get("signature_info") or {}
    signer = signature.get("common_name") or signature.get("issuer") or "?"
    story = _story(manifest) if ours else None
    return Link(_plain(manifest.get("title")), _plain(signer), ours, picture, story)


def _story(manifest: Mapping[str, Any]) -> Story | None:
    for assertion in manifest.get("assertions", []):
        if assertion.get("label") == STORY:
            return _STORY.validate_python(assertion["data"])
    return None


def _plain(text: object) -> str:
    """A stranger's text on one line, without signs that rearrange a page."""
    line = "".join(sign if sign.isprintable() else " " for sign in str(text or ""))
    return " ".join(line.split())[:MOST_TEXT]


def _context(anchor: bytes | None) -> Context:
    trust = {"trust": {"trust_anchors": anchor.decode()}} if anchor else {}
    return Context(Settings.from_dict({**SETTINGS, **trust}))


def _looks_signed(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return carried_by(content)
        except ValueError:
            # An empty file can't be mapped.
            return False


def _main() -> None:
    """Read the file that is named; the anchor comes as standard input, JSON goes out."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    # It writes no file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # macOS has no limit of address space.
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    found = read(Path(sys.argv[1]), sys.stdin.buffer.read())
    sys.stdout.buffer.write(_CREDENTIALS.dump_json(found))


if __name__ == "__main__":
    _main()
