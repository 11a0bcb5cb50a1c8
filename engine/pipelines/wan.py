"""Wan 2.1 and 2.2: words, a first picture or a noised film to a silent clip.

A remix is made from its parent's film by strength where the preset has a pipeline for it; else
from the remixed words with the parent's seed, which keeps the rough layout. An extension goes on
from its parent's last picture.
"""

from collections.abc import Sequence
from typing import Any

import PIL.Image
import torch
from diffusers import DiffusionPipeline
from torch import Tensor

from engine.pipelines.diffused import Call, Diffused, Encoded, Made, StepEnd, Text, to_pixels
from engine.pipelines.family import OnSteps, Rendered, Request
from engine.pipelines.few_steps import with_generators
from engine.pipelines.films import Pixels
from engine.pipelines.loading import load_pipelines
from engine.pipelines.starting import film_of, start_of, strength_of
from engine.presets.checkpoints import CheckpointError
from engine.presets.shape import Preset, Task
from storage.clips import ClipKind

#: Kinds that start from nothing but words.
_FROM_WORDS = frozenset({ClipKind.CREATE, ClipKind.VARIATION})


def load_preset(preset: Preset, device: str) -> "Wan":
    """The family of a Wan preset. Raises CheckpointError."""
    if preset.cast:
        raise CheckpointError(
            f"The preset {preset.name} offers a cast, which Wan takes by VACE only."
        )
    if ClipKind.EXTENSION in preset.kinds and Task.PICTURE not in preset.pipelines:
        raise CheckpointError(
            f"The preset {preset.name} offers extensions: those need a pipeline for `picture`."
        )
    return Wan(load_pipelines(preset, device), preset)


class Wan(Diffused):
    """The loaded family."""

    def _start(self, request: Request) -> Pixels | None:
        if request.kind is ClipKind.REMIX:
            return film_of(request, request.frames) if Task.VIDEO in self._pipes.by_task else None
        if request.kind is ClipKind.EXTENSION or Task.PICTURE in self._pipes.by_task:
            return start_of(request, extension=self.kept)
        return None

    def _goes_on(self) -> bool:
        return Task.PICTURE in self._pipes.by_task

    def _seed(self, request: Request) -> int:
        anew = request.kind is ClipKind.REMIX and Task.VIDEO not in self._pipes.by_task
        return request.parent.seed if anew and request.parent else request.seed

    def _call(self, call: Call) -> Made:
        task, extra = self._task(call)
        pipe = self._pipes.of(task)
        with_generators(pipe, [call.generator])
        if task is not Task.VIDEO:
            extra["num_frames"] = call.count
        video = pipe(
            **self._shared(call.request, call.text),
            **extra,
            generator=call.generator,
            callback_on_step_end=call.on_step_end,
        ).frames[0]
        return Made(to_pixels(video))

    def _task(self, call: Call) -> tuple[Task, dict[str, Any]]:
        """Which pipeline, and what it is given beside the words."""
        if call.start is None:
            return Task.TEXT, {}
        if call.first and call.request.kind is ClipKind.REMIX:
            film = [PIL.Image.fromarray(frame) for frame in call.start]
            film += film[-1:] * (call.count - len(film))
            film = film[: call.count]
            return Task.VIDEO, {
                "video": film, "strength": strength_of(call.request, self._preset),
            }  # fmt: skip
        return Task.PICTURE, {"image": PIL.Image.fromarray(call.start[-1])}

    def _shared(self, request: Request, text: Text) -> dict[str, Any]:
        words, against = text
        return {
            "prompt_embeds": words,
            "negative_prompt_embeds": against,
            "height": request.height,
            "width": request.width,
            "num_inference_steps": request.steps,
            "guidance_scale": request.guidance,
            "output_type": "pt",
        }

    def together(self, one: Request, other: Request) -> bool:
        """Whether the two can be rendered in one call."""
        return all(
            request.kind in _FROM_WORDS and not request.picture and len(request.plan.shots) < 2
            for request in (one, other)
        ) and (one.width, one.height, one.frames, one.steps, one.guidance) == (
            other.width, other.height, other.frames, other.steps, other.guidance,
        )  # fmt: skip

    @torch.no_grad()
    def render_together(
        self, requests: Sequence[Request], encoded: Sequence[Encoded], on_steps: OnSteps
    ) -> list[Rendered]:
        """Render clips that fit together in one call, each with its own seed."""
        first = requests[0]
        texts = [one.parts[0].text or self._embed([one.parts[0].words], first) for one in encoded]
        words = torch.cat([text[0] for text in texts])
        against = torch.cat([text[1] for text in texts]) if first.guidance > 1 else None
        generators = [torch.Generator().manual_seed(request.seed) for request in requests]
        pipe = self._pipes.of(Task.TEXT)
        with_generators(pipe, generators)
        try:
            videos = pipe(
                **self._shared(first, (words, against)),
                num_frames=self._count(first.frames),
                generator=generators,
                callback_on_step_end=self._stepping_together(first, on_steps),
            ).frames
            made = [to_pixels(video)[: first.frames] for video in videos]
        finally:
            self._pipes.rest()
        return [
            Rendered(
                iter(frames), len(frames), first.fps, first.width, first.height,
                sound=self._sound(request, one, [frames], []),
            )
            for request, one, frames in zip(requests, encoded, made, strict=True)
        ]  # fmt: skip

    def _stepping_together(self, first: Request, on_steps: OnSteps) -> StepEnd:
        def ended(
            pipe: DiffusionPipeline, step: int, at: object, values: dict[str, Tensor]
        ) -> dict[str, Tensor]:
            on_steps(step + 1, self._previews(pipe, values["latents"], first))
            return values

        return ended
