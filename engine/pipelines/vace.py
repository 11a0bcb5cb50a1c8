"""Wan 2.1 VACE: one pipeline that is steered by a film, a mask and reference pictures.

Black parts of the mask are kept and white ones made (VACE's user guide). A remix follows its
parent in shades of grey, which keeps the structure and leaves the colours free. An extension keeps
its parent's last frames and makes what follows. The cast comes as reference pictures, one of each
so that nobody is in it twice, on white where their background can be told from them.
"""

from typing import Any

import numpy as np
import PIL.Image

from engine.pipelines.cutting import cut_out
from engine.pipelines.diffused import Call, Diffused, Made, to_pixels
from engine.pipelines.few_steps import with_generators
from engine.pipelines.films import Pixels, on_white
from engine.pipelines.loading import load_pipelines
from engine.pipelines.starting import strength_of
from engine.presets.shape import Preset, Task
from storage.clips import ClipKind

#: What frames that are to be made hold: VACE was trained with grey there.
EMPTY = 127


def load_preset(preset: Preset, device: str) -> "Vace":
    """The family of a VACE preset. Raises CheckpointError."""
    return Vace(load_pipelines(preset, device), preset)


class Vace(Diffused):
    """The loaded family."""

    #: Enough to see how things move.
    kept = 9

    def _call(self, call: Call) -> Made:
        request, (words, against) = call.request, call.text
        pipe = self._pipes.of(Task.CONTROL)
        with_generators(pipe, [call.generator])
        people = [on_white(cut_out(player.stills[0])) for player in request.players]
        video = pipe(
            prompt_embeds=words,
            negative_prompt_embeds=against,
            height=request.height,
            width=request.width,
            num_frames=call.count,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            reference_images=people or None,
            **self._steered(call),
            generator=call.generator,
            callback_on_step_end=call.on_step_end,
            output_type="pt",
        ).frames[0]
        return Made(to_pixels(video))

    def _steered(self, call: Call) -> dict[str, Any]:
        """The film that steers, its mask, and how closely it is followed."""
        if call.start is None:
            return {}
        if call.first and call.request.kind is ClipKind.REMIX:
            film, mask = _in_grey(call.start, call.count), _mask(call, kept=0)
            # At strength 0 as the preset says, at 1 half of that.
            share = 1 - strength_of(call.request, self._preset) / 2
            return {
                "video": film, "mask": mask,
                "conditioning_scale": self._preset.conditioning * share,
            }  # fmt: skip
        kept = call.start[: call.count]
        height, width = kept.shape[1:3]
        empty = np.full((call.count - len(kept), height, width, 3), EMPTY, np.uint8)
        return {
            "video": _images(np.concatenate([kept, empty])),
            "mask": _mask(call, kept=len(kept)),
            "conditioning_scale": self._preset.conditioning,
        }


def _in_grey(film: Pixels, count: int) -> list[PIL.Image.Image]:
    grey = [image.convert("L").convert("RGB") for image in _images(film[:count])]
    return grey + grey[-1:] * (count - len(grey))


def _mask(call: Call, *, kept: int) -> list[PIL.Image.Image]:
    size = call.request.width, call.request.height
    black, white = PIL.Image.new("L", size, 0), PIL.Image.new("L", size, 255)
    return [black] * kept + [white] * (call.count - kept)


def _images(frames: Pixels) -> list[PIL.Image.Image]:
    return [PIL.Image.fromarray(frame) for frame in frames]
