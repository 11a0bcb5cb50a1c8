"""What was fetched: the commit that a checkpoint came from and its files, kept beside them.

A branch moves; a room should not. Once fetched, the commit is the one that is gone back to, and
what lies there is compared with what came.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The record's file, at the top of a checkpoint.
RECORD = "reelroom-fetched.json"


@dataclass(frozen=True)
class Fetched:
    """A checkpoint as it came."""

    repository: str
    #: 40 hex digits.
    commit: str
    #: Path in the repository → bytes.
    sizes: Mapping[str, int]


def read(folder: Path) -> Fetched | None:
    """The record in the folder; None where there is none, or none that can be read."""
    try:
        found = json.loads((folder / RECORD).read_text())
        sizes = {str(name): int(size) for name, size in found["files"].items()}
        return Fetched(str(found["repository"]), str(found["commit"]), sizes)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None


def write(folder: Path, fetched: Fetched) -> None:
    """Put the record into the folder, whole or not at all."""
    shown = {"repository": fetched.repository, "commit": fetched.commit, "files": fetched.sizes}
    unfinished = folder / f"{RECORD}.new"
    unfinished.write_text(json.dumps(shown, indent=1, sort_keys=True))
    unfinished.replace(folder / RECORD)


def missing(folder: Path, fetched: Fetched) -> list[str]:
    """The files that are not there as they came, by their sizes: hashing takes minutes."""
    return sorted(
        name
        for name, size in fetched.sizes.items()
        if not (folder / name).is_file() or (folder / name).stat().st_size != size
    )
