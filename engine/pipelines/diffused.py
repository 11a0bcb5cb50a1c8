"""What the families of real checkpoints have in common: from a request to calls of diffusers.

A clip is made a scene at a time, each with the clip's seed, the next from the picture at which the
last one ended where the model can start from one. A family only says what it is called with.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np
import torch
from diffusers import DiffusionPipeline
from numpy.typing import NDArray
from torch import Tensor

from engine.pipelines import films, previews, scoring
from engine.pipelines.family import (
    Frame,
    OnStep,
    Preview,
    Rendered,
    Request,
    Track,
)
from engine.pipelines.films import Pixels
from engine.pipelines.loading import Pipelines
from engine.pipelines.starting import film_of, start_of
from engine.pipelines.wording import scenes
from engine.presets.shape import Preset
from engine.sound.native import native
from storage.clips import ClipKind

Text = tuple[Any, ...]
"""Embeddings as a pipeline's `encode_prompt` gives them."""

StepEnd = Callable[[DiffusionPipeline, int, object, dict[str, Tensor]], dict[str, Tensor]]
"""diffusers' `callback_on_step_end`."""


@dataclass(frozen=True)
class Part:
    """A scene of a clip, as it is to be made."""

    words: str
    #: Frames of the clip that it fills.
    frames: int
    #: Embeddings of the words, and of what to keep away from; made in `render` where parts of the
    #: pipeline move between memories, since two threads can't move them at once.
    text: Text | None = None


@dataclass(frozen=True)
class Encoded:
    """A request with its files read."""

    parts: tuple[Part, ...]
    #: What the first scene starts from, (n, height, width, 3): one picture, the frames that an
    #: extension goes on from, or the whole film that is remixed; None for words alone.
    start: Pixels | None = None
    #: Seconds of film that an extension follows; 0 for any other kind.
    clock: float = 0.0


@dataclass(frozen=True)
class Made:
    """What a call of a pipeline gave."""

    #: (n, height, width, 3)
    frames: Pixels
    #: (2, n) at the model's rate, or None.
    sound: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Call:
    """All that one call of a pipeline needs."""

    request: Request
    part: Part
    #: Frames that the model makes, those of `start` that come again included.
    count: int
    #: As in `Encoded`, or the last picture of the scene before.
    start: Pixels | None
    generator: torch.Generator
    #: Makes the callback for a stage of the call: what it renders, and the steps before it.
    stepping: Callable[[Request, int], StepEnd]
    #: True for the clip's first scene.
    first: bool

    @property
    def on_step_end(self) -> StepEnd:
        """The callback of a call that has one stage."""
        return self.stepping(self.request, 0)

    @property
    def text(self) -> Text:
        """The scene's embeddings."""
        assert self.part.text is not None
        return self.part.text


class Diffused(ABC):
    """A family over diffusers' pipelines; see `engine.pipelines.family.Family`."""

    #: The model's sound, samples a second; 0 where it makes none.
    sound_rate = 0
    #: Frames of the parent that an extension starts with.
    kept = 1
    #: Tokens that the text encoder is given, as the model's makers do.
    tokens = 512

    def __init__(self, pipes: Pipelines, preset: Preset) -> None:
        self._pipes = pipes
        self._preset = preset
        self._look = previews.colours(pipes.first)

    @abstractmethod
    def _call(self, call: Call) -> Made:
        """Run a pipeline."""

    def _start(self, request: Request) -> Pixels | None:
        """What the clip starts from, read from its files."""
        if request.kind is ClipKind.REMIX:
            return film_of(request, request.frames)
        return start_of(request, extension=self.kept)

    def _lead(self, request: Request) -> int:
        """Frames at the beginning of the first scene that the film so far already has."""
        return self.kept if request.kind is ClipKind.EXTENSION else 0

    def _goes_on(self) -> bool:
        """Whether a scene can start from the picture at which the last one ended."""
        return True

    def _embed(self, words: list[str], request: Request) -> Text:
        """The words' embeddings."""
        made: Text = self._pipes.first.encode_prompt(
            words,
            negative_prompt=[self._preset.negative] * len(words),
            do_classifier_free_guidance=request.guidance > 1,
            max_sequence_length=self.tokens,
        )
        return made

    @torch.no_grad()
    def encode(self, request: Request) -> Encoded:
        """Read the files and, where the parts stay where they are, encode the text."""
        parts = tuple(_parts(request, heard=self._preset.sound))
        if self._pipes.offload == "none" or self._pipes.device == "cpu":
            parts = tuple(self._with_text(part, request) for part in parts)
        extended = request.parent if request.kind is ClipKind.EXTENSION else None
        clock = films.seconds(extended.master) if extended else 0.0
        return Encoded(parts, self._start(request), clock)

    @torch.no_grad()
    def render(self, request: Request, encoded: Encoded, on_step: OnStep) -> Rendered:
        """Make the scenes one after another; frames are decoded on the device, and let go."""
        made: list[Pixels] = []
        sounds: list[NDArray[np.float32]] = []
        lead = self._lead(request)
        start = encoded.start
        try:
            for number, part in enumerate(encoded.parts):
                before = lead if number == 0 else (1 if start is not None else 0)
                stepping = partial(self._stepping, on_step, number, len(encoded.parts))
                one = self._call(
                    Call(
                        request,
                        part if part.text is not None else self._with_text(part, request),
                        self._count(part.frames + before),
                        start,
                        torch.Generator().manual_seed(self._seed(request)),
                        stepping,
                        number == 0,
                    )
                )
                made.append(one.frames[before : before + part.frames])
                if one.sound is not None:
                    skipped = 0 if number == 0 else round(before / request.fps * self.sound_rate)
                    length = round((part.frames + before) / request.fps * self.sound_rate)
                    sounds.append(one.sound[:, skipped:length])
                start = made[-1][-1:] if self._goes_on() else None
        finally:
            self._pipes.rest()
        return Rendered(
            frames=_each(made),
            count=sum(len(frames) for frames in made),
            fps=request.fps,
            width=request.width,
            height=request.height,
            sound=self._sound(request, encoded, made, sounds),
        )

    def relieve(self) -> bool:
        """Use less memory from now on; False where nothing is left to do."""
        return self._pipes.relieve()

    def _seed(self, request: Request) -> int:
        return request.seed

    def _with_text(self, part: Part, request: Request) -> Part:
        return replace(part, text=self._embed([part.words], request))

    def _sound(
        self,
        request: Request,
        encoded: Encoded,
        made: list[Pixels],
        sounds: list[NDArray[np.float32]],
    ) -> Track | None:
        """The model's own sound, or what fits the words and the frames where it makes none."""
        if request.plan.silent:
            return None
        if not sounds:
            begins = accumulate((part.frames / request.fps for part in encoded.parts), initial=0.0)
            told = [(at, part.words) for at, part in zip(begins, encoded.parts, strict=False)]
            return scoring.track(request, told, made, clock=encoded.clock)
        lead = round(self._lead(request) / request.fps * self.sound_rate)
        return partial(native, tuple(sounds), self.sound_rate, lead=lead)

    def _count(self, frames: int) -> int:
        """The smallest count that the model makes with at least so many frames."""
        rule = self._preset.frames
        k = max(0, -(-(frames - rule.plus) // rule.every))
        return max(1, rule.every * k + rule.plus)

    def _stepping(
        self, on_step: OnStep, scene: int, scenes: int, request: Request, before: int
    ) -> StepEnd:
        """diffusers' callback: tells the step of the whole clip and gives its preview."""

        def ended(
            pipe: DiffusionPipeline, step: int, at: object, values: dict[str, Tensor]
        ) -> dict[str, Tensor]:
            done = (scene * request.steps + before + step + 1) // scenes
            # A clip with somebody's likeness is shown to nobody while it is made.
            shown = not request.players
            preview = self._previews(pipe, values["latents"], request)[0] if shown else None
            on_step(max(1, done), preview)
            return values

        return ended

    def _previews(
        self, pipe: DiffusionPipeline, latents: Tensor, request: Request
    ) -> list[Preview]:
        """A preview of each clip of the batch, that holds nothing of the device."""
        guesses = self._guess(pipe, latents, request)
        middles = guesses[:, :, guesses.shape[2] // 2].detach().to("cpu", copy=True)
        return [partial(self._look.picture, middle) for middle in middles]

    def _guess(self, pipe: DiffusionPipeline, latents: Tensor, request: Request) -> Tensor:
        """What the clips look like so far, (batch, channels, frames, rows, columns)."""
        return previews.clean_guess(pipe.scheduler, latents)


def to_pixels(video: Tensor) -> Pixels:
    """Frames of 0 to 1, (n, 3, height, width), as bytes: made on the device, then moved once."""
    bytes_ = (video.float() * 255).round().to(torch.uint8).permute(0, 2, 3, 1)
    return np.asarray(bytes_.contiguous().cpu().numpy())


def _parts(request: Request, *, heard: bool) -> Iterator[Part]:
    found = scenes(request.plan, heard=heard, players=request.players)
    begins = [min(round(scene.start * request.fps), request.frames - 1) for scene in found]
    ends = [*begins[1:], request.frames]
    for scene, begin, end in zip(found, begins, ends, strict=True):
        if end > begin:
            yield Part(scene.words, end - begin)


def _each(made: list[Pixels]) -> Iterator[Frame]:
    """Frames one by one; a scene's are let go once they have been read."""
    waiting = list(made)
    while waiting:
        yield from waiting.pop(0)
