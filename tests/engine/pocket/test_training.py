"""The trainer, in small: it draws, learns, stops, goes on, and exports what the engine loads."""

import csv
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engine.pipelines.family import Request
from engine.pipelines.pocket import load
from engine.pocket.data import fingerprint
from engine.pocket.train import Plan, train
from storage.clips import ClipKind
from storage.plan import Plan as Wish

STEPS = 6


def _small(out: Path, *, start: Path | None = None) -> Plan:
    return Plan(
        out,
        steps=STEPS,
        batch=4,
        layers=1,
        width=96,
        subjects=4,
        grounds=3,
        keep_every=2,
        sheet_every=STEPS + 1,
        compile=False,
        start=start,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pocket")
    train(_small(out))
    return out


def test_a_training_leaves_weights_that_the_engine_renders_with(run: Path) -> None:
    pocket = load(run / "weights", "cpu")
    wish = Wish("a dog on the beach", 2.0)
    request = Request(ClipKind.CREATE, wish, 1, 2, 1.0, 384, 216, 24, 4)
    frames = list(pocket.render(request, pocket.encode(request), lambda *_: None).frames)
    assert len(frames) == 4
    assert frames[0].shape == (216, 384, 3)


def test_the_weights_are_safetensors_only(run: Path) -> None:
    kinds = {path.suffix for path in (run / "weights").rglob("*") if path.is_file()}
    assert kinds <= {".json", ".safetensors", ".txt"}


def test_a_training_that_was_stopped_goes_on_to_the_same_weights(run: Path, tmp_path: Path) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        whole, again = tmp_path / "whole", tmp_path / "again"
        train(_small(whole))
        train(_small(again, start=whole / "before-decay.pt"))
    finally:
        torch.set_num_threads(threads)
    name = "weights/transformer/diffusion_pytorch_model.safetensors"
    first, second = load_file(whole / name), load_file(again / name)
    assert all(torch.equal(first[key], second[key]) for key in first)


def test_a_training_tells_what_it_was(run: Path) -> None:
    facts = json.loads((run / "facts.json").read_text())
    assert facts["steps"] == STEPS
    assert facts["clips"] == 4 * STEPS
    assert len(facts["data"]) == 64
    assert (run / "sheet-final.png").exists()


def test_a_curve_is_kept_of_a_longer_training(tmp_path: Path) -> None:
    train(Plan(**{**vars(_small(tmp_path)), "steps": 10, "batch": 2}))
    rows = list(csv.reader((tmp_path / "curve.csv").open()))
    assert [row[0] for row in rows] == ["10"]
    assert float(rows[0][1]) > 0


def test_the_data_has_a_fingerprint_that_follows_the_seed() -> None:
    cast = ("cat", "dog")
    assert fingerprint(cast, 0) == fingerprint(cast, 0)
    assert fingerprint(cast, 0) != fingerprint(cast, 1)
