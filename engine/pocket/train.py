"""Trains Pocket on its drawn world: `python -m engine.pocket.train --out FOLDER`.

Draws, trains, keeps a curve and contact sheets in FOLDER, resumes there after a stop, and
exports the pipeline to FOLDER/weights at the end, with facts.json beside it. It uses a GPU where
there is one. The same seed, steps and machine give the same weights. With `--start WEIGHTS` it
begins from an exported pipeline instead of from nothing; `--rate 0.5` is then enough.
"""

import argparse
import csv
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedTokenizerFast

from engine.pocket.codec import PocketCodec
from engine.pocket.data import Batch, World, fingerprint, label_sizes
from engine.pocket.model import Pocket, export, pipeline
from engine.pocket.muon import Muon
from engine.pocket.sheet import save_sheet
from engine.pocket.starting import begin, take_over
from engine.pocket.world.subjects import SUBJECTS

#: Decay of the running average that is exported.
_EMA = 0.997
_WARM_UP = 60
#: The learning rate falls to nothing over this last share of the steps.
_DECAY = 0.35
_MUON_RATE, _ADAM_RATE = 0.02, 1.5e-3


@dataclass(frozen=True)
class Plan:
    """What to train, for how long."""

    out: Path
    steps: int = 3000
    batch: int = 32
    seed: int = 0
    layers: int = 6
    width: int = 240
    #: Only the first so many subjects; 0 means all.
    subjects: int = 0
    #: Backgrounds painted a place.
    grounds: int = 600
    #: Steps between checkpoints, and between sheets.
    keep_every: int = 100
    sheet_every: int = 500
    compile: bool = True
    #: An exported pipeline folder to begin from, and the learning rates' factor.
    start: Path | None = None
    rate: float = 1.0


def train(plan: Plan) -> Path:
    """Run the plan to its end and return the exported pipeline's folder."""
    torch.manual_seed(plan.seed)
    plan.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    subjects = tuple(s.name for s in SUBJECTS)[: plan.subjects or None]
    codec, tokenizer = begin(subjects, plan.seed, start=plan.start)
    world = World(codec, tokenizer, seed=plan.seed, grounds=plan.grounds)
    model = Pocket(len(tokenizer), label_sizes(subjects), layers=plan.layers, width=plan.width)
    if plan.start:
        take_over(model, plan.start)
    model.to(device)
    run = _Run(plan, model, world, device)
    run.resume()
    while run.step < plan.steps:
        run.advance()
        if run.step % plan.sheet_every == 0:
            run.draw_sheet(codec, tokenizer)
    folder = plan.out / "weights"
    with run.averaged():
        export(model.cpu(), codec, tokenizer, folder)
        save_sheet(pipeline(model, codec, tokenizer), plan.out / "sheet-final.png")
    facts = {
        "seed": plan.seed,
        "data": fingerprint(subjects, plan.seed),
        "steps": run.step,
        "clips": run.step * plan.batch,
        "hours": round(run.seconds / 3600, 2),
    }
    (plan.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    return folder


class _Run:
    """Model, optimizers, average and step: what a checkpoint holds."""

    def __init__(self, plan: Plan, model: Pocket, world: World, device: str) -> None:
        self._plan, self._model, self._world, self._device = plan, model, world, device
        matrices, rest = _split(model)
        self._bfloat16 = bfloat16_pays(device)
        self._optimizers: list[torch.optim.Optimizer] = [
            Muon(
                matrices,
                _MUON_RATE,
                dtype=torch.bfloat16 if self._bfloat16 else torch.float32,
            ),
            torch.optim.AdamW(rest, _ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0),
        ]
        self._rates = [_MUON_RATE, _ADAM_RATE]
        self._average = {k: v.detach().clone() for k, v in model.named_parameters()}
        self._loss: Callable[[Batch, torch.Generator], tuple[Tensor, Tensor, Tensor]] = model.loss
        if plan.compile:
            model.forward = torch.compile(model.forward)  # type: ignore[method-assign]
        self.step = 0
        #: Time spent in steps, this run's and those before it.
        self.seconds = 0.0

    def advance(self) -> None:
        """One step, its line in the curve, and a checkpoint when one is due."""
        began = time.monotonic()
        plan = self._plan
        batch = _moved(self._world.batch(self.step, plan.batch), self._device)
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + self.step)
        with torch.autocast(self._device, torch.bfloat16, enabled=self._bfloat16):
            loss, picture, reading = self._loss(batch, generator)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        share = plan.rate * rate_at(self.step, plan.steps)
        for optimizer, rate in zip(self._optimizers, self._rates, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = rate * share
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        keep = min(_EMA, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self._model.named_parameters():
                self._average[name].lerp_(value, 1 - keep)
        self.step += 1
        self.seconds += time.monotonic() - began
        if self.step % 10 == 0:
            self._log(float(picture), float(reading))
        if self.step % plan.keep_every == 0 or self.step == plan.steps:
            self._save(plan.out / "state.pt")

    def resume(self) -> None:
        """Go on from the last checkpoint of this folder, where there is one."""
        state = self._plan.out / "state.pt"
        if not state.exists():
            return
        kept: dict[str, Any] = torch.load(state, map_location=self._device, weights_only=True)
        self._model.load_state_dict(kept["model"])
        self._average = kept["average"]
        for optimizer, value in zip(self._optimizers, kept["optimizers"], strict=True):
            optimizer.load_state_dict(value)
        self.step, self.seconds = kept["step"], kept["seconds"]

    def averaged(self) -> "_Averaged":
        """Within it, the model has its averaged weights."""
        return _Averaged(self._model, self._average)

    def draw_sheet(self, codec: PocketCodec, tokenizer: PreTrainedTokenizerFast) -> None:
        """A contact sheet of the averaged model as it stands."""
        with self.averaged():
            pipe = pipeline(self._model, codec.to(self._device), tokenizer)
            save_sheet(pipe, self._plan.out / f"sheet-{self.step:06d}.png")
        codec.cpu()

    def _save(self, path: Path) -> None:
        fresh = path.with_suffix(".new")
        torch.save(
            {
                "model": self._model.state_dict(),
                "average": self._average,
                "optimizers": [o.state_dict() for o in self._optimizers],
                "step": self.step,
                "seconds": self.seconds,
                "plan": {k: str(v) for k, v in asdict(self._plan).items()},
            },
            fresh,
        )
        fresh.replace(path)

    def _log(self, picture: float, reading: float) -> None:
        with (self._plan.out / "curve.csv").open("a", newline="") as file:
            csv.writer(file).writerow(
                [self.step, f"{picture:.5f}", f"{reading:.4f}", f"{self.seconds:.1f}"]
            )


class _Averaged:
    """Swaps a model's weights for their running average and back."""

    def __init__(self, model: Pocket, average: dict[str, Tensor]) -> None:
        self._model, self._average = model, average

    def __enter__(self) -> None:
        self._own = {k: v.detach().clone() for k, v in self._model.named_parameters()}
        self._put(self._average)

    def __exit__(self, *_: object) -> None:
        self._put(self._own)

    @torch.no_grad()
    def _put(self, values: dict[str, Tensor]) -> None:
        for name, parameter in self._model.named_parameters():
            parameter.copy_(values[name])


def rate_at(step: int, steps: int) -> float:
    """The learning rate's factor: up, level, then down to nothing."""
    left = (steps - step) / max(steps * _DECAY, 1)
    return min(1.0, (step + 1) / _WARM_UP, left)


def bfloat16_pays(device: str) -> bool:
    """Whether bfloat16 is quicker than single precision: on CPUs without its units it is not."""
    if device != "cpu":
        return True
    x = torch.randn(512, 512)
    times = []
    for value in (x, x.bfloat16()):
        value @ value
        began = time.perf_counter()
        for _ in range(8):
            value @ value
        times.append(time.perf_counter() - began)
    return times[1] < times[0]


def _split(model: Pocket) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """The matrices of all blocks, for Muon, and everything else."""
    matrices: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        inside = "transformer.blocks" in name or "text.encoder" in name
        (matrices if inside and parameter.ndim == 2 else rest).append(parameter)
    return matrices, rest


def _moved(batch: Batch, device: str) -> Batch:
    return Batch(
        batch.latents.to(device),
        batch.ids.to(device),
        batch.mask.to(device),
        batch.labels.to(device),
        batch.captions,
    )


def main() -> None:
    """Read the command line and train."""
    words = argparse.ArgumentParser(prog="python -m engine.pocket.train", description=__doc__)
    words.add_argument("--out", type=Path, default=Path(".pocket"))
    words.add_argument("--start", type=Path)
    words.add_argument("--rate", type=float, default=Plan.rate)
    for name in ("steps", "batch", "seed", "layers", "width", "subjects", "grounds"):
        words.add_argument(f"--{name}", type=int, default=getattr(Plan, name))
    words.add_argument("--sheet-every", type=int, default=Plan.sheet_every)
    words.add_argument("--no-compile", dest="compile", action="store_false")
    print(train(Plan(**vars(words.parse_args()))))


if __name__ == "__main__":
    main()
