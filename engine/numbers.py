"""The numbers of a render, decided in one place: from a clip's plan and its preset to a request.

It is pure: no files, no clock, no device. A plan may have been made before any engine had told
what it offers, so what the preset can't do is brought to the nearest that it can.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.pipelines.family import Parent, Request
from engine.presets.shape import Preset
from storage.clips import Clip
from storage.plan import Aspect

#: Parts of the size asked for that are tried when the memory holds no more, in this order.
SMALLER = (0.75, 0.5)
#: Pixels that the sides of a smaller picture are multiples of, at most: what large models take.
MOST_MULTIPLE = 32


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
        code=clip.code,
    )


def smaller(now: Request, preset: Preset, asked: Request) -> Request | None:
    """The request at the next smaller size than `now`, as a part of what was `asked`."""
    multiple = _multiple(preset)
    for part in SMALLER:
        width, height = (
            max(multiple, round(side * part / multiple) * multiple)
            for side in (asked.width, asked.height)
        )
        if width * height < now.width * now.height:
            return replace(now, width=width, height=height)
    return None


def size(request: Request) -> Mapping[str, str | int | float]:
    """The request's size as figures of an error."""
    seconds = round(request.frames / request.fps, 1)
    return {"width": request.width, "height": request.height, "seconds": seconds}


def _multiple(preset: Preset) -> int:
    """The largest power of two that all sides on offer are multiples of, at most 32."""
    sides = [side for pair in preset.sizes.values() for side in pair]
    multiple = MOST_MULTIPLE
    while any(side % multiple for side in sides):
        multiple //= 2
    return multiple


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
