"""What is done aside costs: previews while a clip renders, and the mark on what is posted.

A preview costs the device's thread a small copy at each step; its picture is made on another
thread. Both are measured in CPU time: one picture of Pocket's against its render, and what a step
hands over at the latents of real presets (what an engine spends on pictures in the end is in
bench.engine, since it stops where they would take a hundredth). The mark is a second film encoded
beside the master: CPU time with it over without, ffmpeg's included.

    python -m bench.aside
"""

import json
import logging
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from engine import numbers, presets
from engine.families import Families
from engine.finish import finish
from engine.finish.mark import Mark
from engine.finish.poster import preview_jpeg
from engine.pipelines.family import Family, Preview, Request
from engine.pipelines.few_steps import FewSteps
from engine.pipelines.previews import Colours, clean_guess
from engine.presets.shape import Preset
from storage.media import MediaFolder
from storage.plan import Plan
from tests.engine.test_presets import a_clip

ROUNDS = 5
SECONDS = 4.0
#: Latents of clips of the real presets: channels, frames, rows, columns.
LATENTS = {
    "Wan, 832×480, 81 frames": (16, 21, 60, 104),
    "LTX-2, 1280×704, 121 frames": (128, 16, 22, 40),
}


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        families = Families(presets.load_all(home), "cpu")
        preset, family = families.find("pocket"), families.get("pocket")
        request = numbers.request(a_clip(Plan("a red fox in the snow", SECONDS)), preset, None)
        picture = _picture(family, request)
        marked = _mark(family, request, preset, MediaFolder(home / "media"))
    sized = {label: _sized(shape) for label, shape in LATENTS.items()}
    for label, (handed, drawn) in sized.items():
        print(f"{label}: {handed:.2f} ms a step, {drawn:.1f} ms a picture")
    figures = {
        "pocket_picture": round(picture, 4),
        "step_ms": round(max(step for step, _ in sized.values()), 2),
        "picture_ms": round(max(picture for _, picture in sized.values()), 1),
        "mark": round(marked, 2),
    }
    print(json.dumps(figures))


def _picture(family: Family, request: Request) -> float:
    """What a picture of a clip takes, of what its render takes."""
    shares = []
    for number in range(ROUNDS):
        asked, kept = replace(request, seed=number), list[Preview]()
        encoded = family.encode(asked)

        def keep(step: int, preview: Preview | None, kept: list[Preview] = kept) -> None:
            kept.extend([preview] if preview else [])

        render = _cpu(lambda asked=asked, encoded=encoded: family.render(asked, encoded, keep))
        middle = kept[len(kept) // 2]
        made = _cpu(lambda middle=middle: preview_jpeg(middle()))
        print(f"Pocket: render {1000 * render:.0f} ms of CPU, a picture {1000 * made:.0f} ms")
        shares.append(made / render)
    return statistics.median(shares)


def _mark(family: Family, request: Request, preset: Preset, folder: MediaFolder) -> float:
    """CPU time of finishing a clip with the mark over without."""

    def finished(mark: Mark | None, seed: int) -> float:
        asked = replace(request, seed=seed)
        rendered = family.render(asked, family.encode(asked), lambda *_: None)
        return _cpu(
            lambda: finish(
                rendered, folder, look=preset.look, title="7K3F", check=lambda: None, mark=mark
            )
        )

    return statistics.median(
        finished(Mark("ana", "7K3F"), seed) / finished(None, seed) for seed in range(ROUNDS)
    )


def _sized(shape: tuple[int, ...]) -> tuple[float, float]:
    """Milliseconds of CPU: what a step hands over, and the picture made of it."""
    scheduler = FewSteps()
    scheduler.guess = torch.randn(1, *shape)
    look = Colours(torch.randn(shape[0] + 1, 3) / 10)

    def handed() -> torch.Tensor:
        guesses = clean_guess(scheduler, torch.empty(0))
        return guesses[:, :, guesses.shape[2] // 2].detach().to("cpu", copy=True)[0]

    middle = handed()
    steps = [_cpu(handed) for _ in range(50)]
    pictures = [_cpu(lambda: preview_jpeg(look.picture(middle))) for _ in range(20)]
    return 1000 * statistics.mean(steps), 1000 * statistics.mean(pictures)


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that this process and what it started took."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
