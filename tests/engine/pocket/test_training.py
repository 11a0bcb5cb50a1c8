"""The trainer, in small: it draws, learns, stops, goes on, and exports what the engine loads."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import PreTrainedTokenizerFast

from engine.pipelines.family import Request
from engine.pipelines.pocket import load
from engine.pocket.data import fingerprint
from engine.pocket.text import fit_tokenizer
from engine.pocket.train import Plan, rate_at, train
from engine.pocket.world.subjects import SUBJECTS
from storage.clips import ClipKind
from storage.plan import Plan as Wish

STEPS = 6
TRANSFORMER = "weights/transformer/diffusion_pytorch_model.safetensors"


def _small(out: Path, *, start: Path | None = None, subjects: int = 4, steps: int = STEPS) -> Plan:
    return Plan(
        out,
        steps=steps,
        batch=4,
        layers=1,
        width=96,
        subjects=subjects,
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


def test_a_training_that_was_stopped_goes_on_to_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        whole, again = tmp_path / "whole", tmp_path / "again"
        train(_small(whole))
        with monkeypatch.context() as stopping:
            stopping.setattr("engine.pocket.train.rate_at", _stopped_after(4))
            with pytest.raises(KeyboardInterrupt):
                train(_small(again))
        assert not (again / "weights").exists()
        train(_small(again))
    finally:
        torch.set_num_threads(threads)
    first, second = load_file(whole / TRANSFORMER), load_file(again / TRANSFORMER)
    assert all(torch.equal(first[key], second[key]) for key in first)


def _stopped_after(steps: int) -> Callable[[int, int], float]:
    def stopping(step: int, of: int) -> float:
        if step == steps + 1:
            raise KeyboardInterrupt
        return rate_at(step, of)

    return stopping


def test_a_training_can_begin_from_weights_and_learn_a_subject_more(
    run: Path, tmp_path: Path
) -> None:
    before = run / "weights"
    # No step of it moves anything: what is exported is what it began with.
    train(replace(_small(tmp_path, start=before, subjects=5, steps=1), rate=0.0))
    was, now = load_file(run / TRANSFORMER), load_file(tmp_path / TRANSFORMER)
    assert all(torch.equal(was[key], now[key]) for key in was)
    words = "text_encoder/model.safetensors"
    rows = "embeddings.word_embeddings.weight"
    old, new = load_file(before / words)[rows], load_file(tmp_path / "weights" / words)[rows]
    assert torch.equal(new[: len(old)], old)
    codec = json.loads((tmp_path / "weights/vae/config.json").read_text())
    assert codec["subjects"][-1] == SUBJECTS[4].name
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tmp_path / "weights/tokenizer")
    assert tokenizer.tokenize(f"red {SUBJECTS[4].name} hop")[1] == SUBJECTS[4].name


def test_the_same_seed_gives_the_same_tokenizer() -> None:
    first, second = (fit_tokenizer(("cat", "dog"), 3) for _ in range(2))
    assert first.get_vocab() == second.get_vocab()


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
