"""The numbers of a render, decided in one place: from a clip's plan and its preset to a request.

It is pure: no files, no clock, no device. A plan may have been made before any engine had told
what it offers, so what the preset can't do is brought to the nearest that it can.
"""

from pathlib import Path

from engine.pipelines.family import Parent, Request
from engine.presets.shape import Preset
from storage.clips import Clip
from storage.plan import Aspect


def request(
    clip: Clip, preset: Preset, parent: Parent | None, picture: Path | None = None
) -> Request:
    """What the clip's family is asked to render."""
    width, height = _size(preset, clip.plan.aspect)
    return Request(
        kind=clip.kind,
        plan=clip.plan,
        seed=clip.seed,
        steps=preset.steps,
        guidance=preset.guidance,
        width=width,
        height=height,
        fps=preset.fps,
        frames=_frames(preset, clip.plan.seconds),
        parent=parent,
        picture=picture,
    )


def _size(preset: Preset, aspect: Aspect) -> tuple[int, int]:
    if aspect in preset.sizes:
        return preset.sizes[aspect]
    return next(iter(preset.sizes.values()))


def _frames(preset: Preset, seconds: float) -> int:
    """The frame count that the model makes nearest to `seconds`, those within the lengths."""
    lengths, frames = preset.lengths, preset.frames
    wanted = min(max(seconds, lengths.shortest), lengths.longest) * preset.fps
    k = round((wanted - frames.plus) / frames.every)
    return max(frames.every * k + frames.plus, frames.plus or frames.every)
