"""The owner's commands for checkpoints, as processes, against a hub on loopback."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from engine.presets.checkpoints import UNFINISHED
from engine.presets.fetched import RECORD, read
from tests.engine.running import ROOT
from tests.fakes.hub import COMMIT, Hub, a_hub
from tests.rooms import room_environment

#: Larger than the pieces in which the hub's library writes, or nothing would be left of a half.
WEIGHTS = save({"weight": np.arange(7_000_000, dtype=np.float32)})
ADAPTER = save({"lora": np.ones(16, np.float32)})
MODEL = {
    "model_index.json": b'{"_class_name": "WanPipeline", "transformer": ["diffusers", "Wan"],'
    b' "text_encoder": ["transformers", "UMT5"], "scheduler": ["diffusers", "UniPC"],'
    b' "image_encoder": [null, null]}',
    "transformer/config.json": b"{}",
    "transformer/model.safetensors": WEIGHTS,
    "text_encoder/pytorch_model.bin": b"a pickle",
    "scheduler/run_me.py": b"import os",
    "whole.safetensors": b"another program's",
    "transformer_full/model.safetensors": b"not this pipeline's",
    "image_encoder/model.safetensors": b"not there, its index says",
}
PRESET = """
title = "Mine"
family = "wan"
repository = "someone/model"
kinds = ["create"]
fps = 16
steps = 4
expected = 30
sizes = { "16:9" = [832, 480] }
lengths = { shortest = 1, usual = 3, longest = 5 }
licence = { name = "Mine-1.0", asks = ["Be kind."] }

[[adapters]]
repository = "someone/adapters"
file = "fast.safetensors"
"""


def _hub() -> Hub:
    adapters = {"fast.safetensors": ADAPTER, "other.safetensors": ADAPTER}
    return Hub({"someone/model": MODEL, "someone/adapters": adapters})


def _reelroom(
    folder: Path, *arguments: str, hub: Hub | None = None, preset: str = PRESET
) -> "subprocess.CompletedProcess[str]":
    presets = folder / "room" / "presets"
    presets.mkdir(parents=True, exist_ok=True)
    (presets / "mine.toml").write_text(preset)
    environment = {**os.environ, **room_environment(folder), "HF_HOME": str(folder / "hub")}
    if hub:
        environment["HF_ENDPOINT"] = hub.address
    return subprocess.run(
        [sys.executable, "-m", "reelroom", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _fetched(folder: Path) -> dict[str, bytes]:
    """What lies in the models' folder, without the records of what was fetched."""
    models = folder / "room" / "models"
    return {
        str(path.relative_to(models)): path.read_bytes()
        for path in models.rglob("*")
        if path.is_file() and path.name != RECORD
    }


def test_fetching_brings_safetensors_and_their_settings_and_nothing_that_runs(
    tmp_path: Path,
) -> None:
    with a_hub(_hub()) as hub:
        ran = _reelroom(tmp_path, "fetch", "mine", hub=hub)

    assert ran.returncode == 0, ran.stderr
    assert _fetched(tmp_path) == {
        "someone--model/model_index.json": MODEL["model_index.json"],
        "someone--model/transformer/config.json": b"{}",
        "someone--model/transformer/model.safetensors": WEIGHTS,
        "someone--adapters/fast.safetensors": ADAPTER,
    }
    assert "Mine-1.0" in ran.stdout
    assert "Be kind." in ran.stdout
    assert f"mine: ready, at {COMMIT[:12]}" in _reelroom(tmp_path, "presets").stdout


def test_a_fetch_that_broke_off_goes_on_and_fetches_nothing_twice(tmp_path: Path) -> None:
    hub = _hub()
    hub.gated.add("someone/adapters")
    with a_hub(hub):
        first = _reelroom(tmp_path, "fetch", "mine", hub=hub)
        assert first.returncode == 1
        hub.gated.clear()
        hub.asked.clear()
        second = _reelroom(tmp_path, "fetch", "mine", hub=hub)

    assert "agree to its licence on its page" in first.stderr
    assert second.returncode == 0, second.stderr
    assert [path for path, _ in hub.asked] == ["fast.safetensors"]


def test_a_file_cut_off_on_its_way_is_resumed_from_where_it_stopped(tmp_path: Path) -> None:
    hub = _hub()
    hub.broken.add("transformer/model.safetensors")
    with a_hub(hub):
        ran = _reelroom(tmp_path, "fetch", "mine", hub=hub)
        if ran.returncode:
            ran = _reelroom(tmp_path, "fetch", "mine", hub=hub)

    assert ran.returncode == 0, ran.stderr
    ranges = [asked for path, asked in hub.asked if path == "transformer/model.safetensors"]
    assert ranges[0] is None
    assert ranges[1]
    assert 0 < int(ranges[1].removeprefix("bytes=").rstrip("-")) <= len(WEIGHTS) // 2
    assert _fetched(tmp_path)["someone--model/transformer/model.safetensors"] == WEIGHTS


def test_weights_that_are_not_those_listed_are_thrown_away(tmp_path: Path) -> None:
    hub = _hub()
    hub.forged.add("transformer/model.safetensors")
    with a_hub(hub):
        ran = _reelroom(tmp_path, "fetch", "mine", hub=hub)

    assert ran.returncode == 1
    assert "model.safetensors came in another form than its host says" in ran.stderr
    assert "someone--model/transformer/model.safetensors" not in _fetched(tmp_path)
    assert f"someone--model/{UNFINISHED}" in _fetched(tmp_path)
    assert "mine: fits; reelroom fetch mine" in _reelroom(tmp_path, "presets").stdout


def test_what_was_fetched_stays_at_its_commit_until_an_update_is_asked_for(
    tmp_path: Path,
) -> None:
    hub = _hub()
    folder = tmp_path / "room" / "models" / "someone--model"
    with a_hub(hub):
        assert _reelroom(tmp_path, "fetch", "mine", hub=hub).returncode == 0
        hub.older = {COMMIT: hub.repositories}
        hub.commit = "d" * 40
        newer = {**MODEL, "transformer/config.json": b'{"newer": true}'}
        hub.repositories = {**hub.repositories, "someone/model": newer}
        again = _reelroom(tmp_path, "fetch", "mine", hub=hub)
        kept = read(folder)
        updated = _reelroom(tmp_path, "fetch", "mine", "--update", hub=hub)

    assert again.returncode == 0, again.stderr
    assert kept
    assert kept.commit == COMMIT
    assert updated.returncode == 0, updated.stderr
    now = read(folder)
    assert now
    assert now.commit == hub.commit
    assert (folder / "transformer" / "config.json").read_bytes() == b'{"newer": true}'


def test_a_preset_that_names_a_commit_gets_that_one(tmp_path: Path) -> None:
    hub = _hub()
    hub.older = {"e" * 40: hub.repositories}
    hub.repositories = {**hub.repositories, "someone/model": {}}
    pinned = PRESET.replace('"someone/model"', f'"someone/model"\nrevision = "{"e" * 40}"')
    with a_hub(hub):
        ran = _reelroom(tmp_path, "fetch", "mine", hub=hub, preset=pinned)

    assert ran.returncode == 0, ran.stderr
    assert f"someone--model@{'e' * 12}/transformer/model.safetensors" in _fetched(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["fetch", "nonesuch"], 2, "There is no preset nonesuch: "),
        (["fetch", "pocket"], 1, "pocket has nothing to fetch."),
        (["fetch", "mine"], 1, "someone/model could not be fetched ("),
    ],
)
def test_what_can_not_be_fetched_is_said_in_one_sentence(
    tmp_path: Path, arguments: list[str], status: int, sentence: str
) -> None:
    with a_hub(Hub({})) as hub:
        ran = _reelroom(tmp_path, *arguments, hub=hub)

    assert ran.returncode == status
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_repository_of_pickles_alone_is_refused(tmp_path: Path) -> None:
    with a_hub(Hub({"someone/model": {"unet/weights.bin": b"a pickle"}})) as hub:
        ran = _reelroom(tmp_path, "fetch", "mine", hub=hub)

    assert ran.returncode == 1
    assert "someone/model has no safetensors" in ran.stderr
    assert not hub.asked
