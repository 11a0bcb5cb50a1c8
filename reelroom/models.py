"""`reelroom presets` and `reelroom fetch`: what this machine can render, and bringing checkpoints.

Fetching takes safetensors and the small text files beside them, from huggingface.co or the mirror
that HF_ENDPOINT names, and never a pickle or code; of a pipeline only the parts that it is made of.
It resumes where it stopped, and every weight file is compared with the SHA-256 that its host gives.
The commit is recorded and gone back to. Nothing else of Reelroom fetches anything.
"""

import fnmatch
import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError
from tqdm import tqdm

from engine.families import chosen_device, fits, memory_gb
from engine.presets import fetched, is_commit, place
from engine.presets.checkpoints import (
    INDEX,
    UNFINISHED,
    CheckpointError,
    check,
    check_file,
    is_here,
)
from engine.presets.fetched import Fetched
from engine.presets.shape import Preset

#: What a part of a checkpoint consists of. Weights at its top are another program's.
WANTED = ("*.safetensors", "*.json", "*.txt", "*.model", "*.jinja")
#: The same weights once more, in other types.
UNWANTED = ("*.fp16.*", "*.bf16.*", "*.non_ema.*")
_CHUNK = 1 << 22


class CannotFetch(Exception):
    """A checkpoint could not be brought here; the message is one sentence."""


@dataclass(frozen=True)
class _Source:
    """What to take from one repository."""

    repository: str
    revision: str
    folder: Path
    #: The one file to take, of a repository of adapters; None takes a pipeline.
    file: str | None = None
    #: Parts of the pipeline that its index does not name.
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    name: str
    #: Bytes.
    size: int
    #: Of weights; None for small files, which the host keeps no hash of.
    sha256: str | None


def show(presets: Mapping[str, Preset], device: str, default: str) -> None:
    """Print the presets: which are here, which fit, what they can do and under which licence."""
    device = chosen_device(device)
    gb = memory_gb(device)
    print(f"This machine renders on {'its CPU' if device == 'cpu' else 'a GPU'}: {gb:.0f} GB.\n")
    for name, preset in sorted(presets.items(), key=lambda item: (item[1].gpu_gb, item[0])):
        standing = _standing(preset, fits=fits(preset, device, gb))
        print(f"{name}{' (the usual one)' if name == default else ''}: {standing}")
        print(f"    {preset.title}; {', '.join(_abilities(preset))}")
        needs = f"{preset.gpu_gb:.0f} GB of GPU memory" if preset.gpu_gb else "no GPU"
        source = f" ({preset.expected_source})" if preset.expected_source else ""
        print(f"    {preset.quality}; {needs}; some {preset.expected:.0f} s a clip{source}")
        if preset.licence:
            print(f"    {preset.licence.name} {preset.licence.url}")


def fetch(preset: Preset, *, models: Path, update: bool = False) -> None:
    """Bring all that the preset renders with into `models`. Raises CannotFetch.

    What was fetched before stays at its commit, unless `update` asks for where its branch is now.
    """
    if preset.repository is None:
        raise CannotFetch(f"{preset.name} has nothing to fetch.")
    if preset.licence:
        print(f"{preset.title}: {preset.licence.name} {preset.licence.url}".rstrip())
        for sentence in preset.licence.asks:
            print(f"  - {sentence}")
    for source in _sources(preset, models):
        try:
            _fetch(source, update=update)
        except GatedRepoError:
            raise CannotFetch(
                f"{source.repository} asks you to agree to its licence on its page first:"
                " then set HF_TOKEN and run this again."
            ) from None
        except (HfHubHTTPError, OSError) as error:
            raise CannotFetch(
                f"{source.repository} could not be fetched ({_first_line(error)})."
                " Run this again to go on where it stopped."
            ) from None
    _check(preset)
    print(f"{preset.name} is here: an engine that starts now offers it.")


def _standing(preset: Preset, *, fits: bool) -> str:
    if not fits:
        return "this machine has no GPU that holds it"
    if is_here(preset):
        record = fetched.read(preset.folder) if preset.repository else None
        return f"ready, at {record.commit[:12]}" if record else "ready"
    if preset.repository:
        return f"fits; reelroom fetch {preset.name} (some {preset.download_gb:.0f} GB)"
    return f"its checkpoint is not in {preset.folder}"


def _abilities(preset: Preset) -> list[str]:
    sizes = " ".join(sorted(str(aspect) for aspect in preset.sizes))
    longest = f"up to {preset.lengths.longest:g} s"
    return [*sorted(preset.kinds), *(["sound"] if preset.sound else []), longest, sizes]


def _sources(preset: Preset, models: Path) -> list[_Source]:
    assert preset.repository is not None
    parts = (preset.refine.part,) if preset.refine else ()
    sources = [_Source(preset.repository, preset.revision, preset.folder, parts=parts)]
    for adapter in preset.adapters:
        folder = models / place(adapter.repository, adapter.revision)
        sources.append(_Source(adapter.repository, adapter.revision, folder, adapter.file))
    return sources


def _fetch(source: _Source, *, update: bool) -> None:
    before = fetched.read(source.folder)
    known = before.commit if before and not update else source.revision
    revision = source.revision if is_commit(source.revision) else known
    commit, listed = _listed(source.repository, revision)
    source.folder.mkdir(parents=True, exist_ok=True)
    unfinished = source.folder / UNFINISHED
    unfinished.touch()
    files = _wanted(source, commit, listed)
    missing = [file for file in files if not _same(source.folder / file.name, file)]
    size = sum(file.size for file in missing)
    _check_room(source.folder, size)
    at = f"{source.repository} at {commit[:12]}"
    print(f"{at}: {len(missing)} of {len(files)} files to fetch, {_gb(size)}")
    for file in missing:
        hf_hub_download(source.repository, file.name, revision=commit, local_dir=source.folder)
        if not _same(source.folder / file.name, file):
            (source.folder / file.name).unlink()
            raise OSError(f"{file.name} came in another form than its host says")
    shutil.rmtree(source.folder / ".cache", ignore_errors=True)
    sizes = {file.name: file.size for file in files}
    if source.file and before and before.commit == commit:
        # Two adapters of one repository lie in one folder.
        sizes = {**before.sizes, **sizes}
    fetched.write(source.folder, Fetched(source.repository, commit, sizes))
    unfinished.unlink()


def _listed(repository: str, revision: str) -> tuple[str, list[_File]]:
    """The commit that the revision names now, and its files."""
    info = HfApi().model_info(repository, revision=revision, files_metadata=True)
    files = [
        _File(each.rfilename, each.size or 0, each.lfs.sha256 if each.lfs else None)
        for each in info.siblings or ()
    ]
    return info.sha or revision, files


def _wanted(source: _Source, commit: str, listed: list[_File]) -> list[_File]:
    """Those files that the source is for. Raises CannotFetch where they hold no safetensors."""
    index = [file for file in listed if file.name == INDEX]
    found = []
    if source.file:
        found = [file for file in listed if file.name == source.file]
    elif index:
        parts = {*_parts(source, commit, index[0]), *source.parts}
        found = [*index, *(file for file in listed if _is_of(file.name, parts))]
    if not any(file.name.endswith(".safetensors") for file in found):
        raise CannotFetch(
            f"{source.repository} has no safetensors in diffusers' layout: only those are loaded."
        )
    return found


def _parts(source: _Source, commit: str, index_file: _File) -> list[str]:
    """The parts that the pipeline's index names: what else lies there is other programs'."""
    if not _same(source.folder / INDEX, index_file):
        hf_hub_download(source.repository, INDEX, revision=commit, local_dir=source.folder)
    try:
        index = json.loads((source.folder / INDEX).read_text())
        return [name for name, kind in index.items() if isinstance(kind, list) and any(kind)]
    except (ValueError, AttributeError):
        raise CannotFetch(f"{source.repository} has an {INDEX} that can't be read.") from None


def _is_of(name: str, parts: set[str]) -> bool:
    part, _, file = name.rpartition("/")
    return part in parts and _matches(file, WANTED) and not _matches(file, UNWANTED)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def _same(path: Path, file: _File) -> bool:
    """Whether the file is here as its host has it."""
    if not path.exists() or path.stat().st_size != file.size:
        return False
    return file.sha256 is None or _sha256(path) == file.sha256


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    size = path.stat().st_size
    bar = tqdm(
        total=size, unit="B", unit_scale=True, desc=f"check {path.name}", leave=False,
        disable=size < 100 * _CHUNK or not sys.stderr.isatty(),
    )  # fmt: skip
    with path.open("rb") as file, bar:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            bar.update(len(chunk))
    return digest.hexdigest()


def _check(preset: Preset) -> None:
    try:
        check(preset)
        for file in preset.adapter_files:
            check_file(file, of=preset)
    except CheckpointError as error:
        raise CannotFetch(str(error)) from None


def _check_room(folder: Path, size: int) -> None:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    if size > free:
        raise CannotFetch(f"{_gb(size)} are to be fetched and the disk has {_gb(free)} left.")


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
