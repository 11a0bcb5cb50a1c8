"""Checkpoints that are missing, broken or dangerous, and what a machine offers."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from engine import presets
from engine.families import CannotLoad, Families
from engine.presets import fetched
from engine.presets.checkpoints import UNFINISHED, CheckpointError, check
from engine.presets.fetched import Fetched
from engine.presets.shape import Preset

MINE = """
title = "Mine"
family = "{family}"
{source}
kinds = ["create"]
fps = 16
steps = 4
expected = 30
gpu_gb = {gb}
sizes = {{ "16:9" = [832, 480] }}
lengths = {{ shortest = 1, usual = 3, longest = 5 }}
"""


def _preset(
    room: Path, *, source: str = 'repository = "someone/model"', name: str = "mine",
    family: str = "wan", gb: int = 0,
) -> Preset:  # fmt: skip
    folder = room / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(MINE.format(family=family, source=source, gb=gb))
    return presets.load_all(room)[name]


def _checkpoint(preset: Preset) -> Path:
    part = preset.folder / "transformer"
    part.mkdir(parents=True)
    (preset.folder / "model_index.json").write_text('{"_class_name": "WanPipeline"}')
    save_file({"weight": np.zeros((64, 64), np.float32)}, part / "model.safetensors")
    return preset.folder


def test_a_whole_checkpoint_of_safetensors_is_good(tmp_path: Path) -> None:
    preset = _preset(tmp_path)
    _checkpoint(preset)

    check(preset)


def test_one_that_was_not_fetched_is_said_with_the_command_that_fetches_it(
    tmp_path: Path,
) -> None:
    preset = _preset(tmp_path)

    with pytest.raises(CheckpointError, match="not here: reelroom fetch mine"):
        check(preset)


def test_one_that_is_half_fetched_is_not_here(tmp_path: Path) -> None:
    preset = _preset(tmp_path)
    (_checkpoint(preset) / UNFINISHED).touch()

    with pytest.raises(CheckpointError, match="not here"):
        check(preset)


def test_a_file_cut_short_is_named(tmp_path: Path) -> None:
    preset = _preset(tmp_path)
    file = _checkpoint(preset) / "transformer" / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])

    with pytest.raises(CheckpointError, match=r"broken: model\.safetensors .* Fetch it again"):
        check(preset)


def test_one_that_lacks_a_file_that_was_fetched_is_said(tmp_path: Path) -> None:
    preset = _preset(tmp_path)
    folder = _checkpoint(preset)
    sizes = {
        str(path.relative_to(folder)): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    fetched.write(folder, Fetched("someone/model", "a" * 40, sizes))
    check(preset)
    (folder / "transformer" / "model.safetensors").unlink()

    with pytest.raises(CheckpointError, match=r"broken: transformer/model\.safetensors"):
        check(preset)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "weights.ckpt", "a.pkl"])
def test_a_pickle_is_refused_even_beside_good_files(tmp_path: Path, name: str) -> None:
    preset = _preset(tmp_path)
    (_checkpoint(preset) / "text_encoder").mkdir()
    (preset.folder / "text_encoder" / name).write_bytes(b"\x80\x04.")

    with pytest.raises(CheckpointError, match=f"text_encoder/{name} may be a pickle"):
        check(preset)


def test_an_index_that_is_no_json_is_said(tmp_path: Path) -> None:
    preset = _preset(tmp_path)
    (_checkpoint(preset) / "model_index.json").write_text("{")

    with pytest.raises(CheckpointError, match=r"model_index\.json is missing or can't be read"):
        check(preset)


def test_a_preset_whose_checkpoint_is_not_here_or_too_large_is_not_offered(tmp_path: Path) -> None:
    script = 'checkpoint = "../script"'
    (tmp_path / "script").mkdir()
    _preset(tmp_path, name="absent", family="tests.engine.scripted")
    _preset(tmp_path, name="huge", source=script, family="tests.engine.scripted", gb=24)
    _preset(tmp_path, name="small", source=script, family="tests.engine.scripted")

    offered = set(Families(presets.load_all(tmp_path), "cpu").presets())

    assert "small" in offered
    assert not {"absent", "huge", "wan-2.2-a14b-4step"} & offered


def test_presets_of_one_checkpoint_share_a_load(tmp_path: Path) -> None:
    script = 'checkpoint = "../script"'
    (tmp_path / "script").mkdir()
    for name in ("short", "long"):
        _preset(tmp_path, name=name, source=script, family="tests.engine.scripted")
    families = Families(presets.load_all(tmp_path), "cpu")

    assert families.get("short") is families.get("long")
    assert families.switches == 0


def test_one_that_does_not_load_is_no_longer_offered(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    _preset(tmp_path, source='checkpoint = "../broken"', family="pocket")
    families = Families(presets.load_all(tmp_path), "cpu")

    with pytest.raises(CannotLoad, match="mine: "):
        families.get("mine")

    assert "mine" not in families.presets()
