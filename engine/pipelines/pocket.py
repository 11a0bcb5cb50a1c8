"""The bundled model's family: Pocket, through diffusers' own WanPipeline.

It makes only the layers that a remix or a cut changes, and draws the frames from the layers as
they are read. Everything runs on one small latent a shot; nothing is fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import PIL.Image
import torch
from diffusers import WanPipeline
from diffusers.utils import logging as diffusers_logging
from torch import Tensor

from engine import sound as soundtrack
from engine.cast_words import speaks_as
from engine.pipelines import pocket_script, pocket_takes
from engine.pipelines.family import Frame, Knowledge, OnStep, Preview, Rendered, Request
from engine.pipelines.pocket_takes import EVERYTHING, SHAPE, Script, Take
from engine.pocket import bubble, knows, render, saved, sound
from engine.pocket.codec import PocketCodec
from engine.pocket.continuing import continued
from engine.pocket.render import Layers
from engine.pocket.sheet import CALL
from engine.pocket.sound import Shown
from engine.pocket.text import MAX_TOKENS
from engine.pocket.vocabulary import decided, exact
from engine.pocket.world.motion import A
from engine.sound.speech import Said, spoken
from storage.offers import Known
from storage.plan import Plan

#: A preview's longer side at most, pixels.
_PREVIEW = 320


@dataclass(frozen=True)
class Encoded:
    """A request, read and worded."""

    script: Script
    #: Each take's scene for the model, and the empty prompt where guidance is above 1.
    words: tuple[Tensor, ...]
    nothing: Tensor | None


@dataclass(frozen=True)
class Stretch:
    """A shot as it is drawn."""

    layers: Layers
    #: Its first frame, from 0, and how many it has.
    first: int
    count: int


def load(folder: Path, device: str) -> "Pocket":
    """The pipeline folder on a device; raises OSError when it is not there or not whole."""
    loud = diffusers_logging.get_verbosity()
    # diffusers remarks that the codec and the text encoder are not Wan's own: they should not be.
    diffusers_logging.set_verbosity_error()
    try:
        pipe = WanPipeline.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
    finally:
        diffusers_logging.set_verbosity(loud)
    pipe.set_progress_bar_config(disable=True)
    pipe.to(device)
    pipe.vae.to("cpu")
    return Pocket(pipe, device)


def knowledge() -> Knowledge:
    """Everything that Pocket can draw, for people. Blocks for some tenths of a second."""
    groups = tuple(
        Known(
            group.value,
            {"en": tuple(n.english for n in names), "fr": tuple(n.french for n in names)},
        )
        for group, names in knows.known().items()
    )
    return Knowledge(groups, {"en": knows.picture("en"), "fr": knows.picture("fr")})


class Pocket:
    """The loaded family; see `engine.pipelines.family.Family`."""

    def __init__(self, pipe: WanPipeline, device: str) -> None:
        self._pipe, self._device = pipe, device
        self._codec: PocketCodec = pipe.vae

    @torch.no_grad()
    def encode(self, request: Request) -> Encoded:
        """Read the words, the pictures and the parent, and decide which layers are made anew."""
        script = pocket_script.script(request, self._codec)
        said = [
            self._pipe.encode_prompt(
                exact(decided(take.scene, request.seed)),
                do_classifier_free_guidance=request.guidance > 1,
                max_sequence_length=MAX_TOKENS,
                device=self._device,
            )
            for take in script.takes
        ]
        return Encoded(script, tuple(words for words, _ in said), said[0][1])

    @torch.no_grad()
    def render(self, request: Request, encoded: Encoded, on_step: OnStep) -> Rendered:
        """Denoise what is to be made anew; the frames are drawn when they are read."""
        script = encoded.script
        made = self._made(request, encoded, on_step)
        stretches = [
            Stretch(_peopled(self._codec.layers(latents), take), first, count)
            for latents, take, (first, count) in zip(
                made, script.takes, _spans(request, script.takes), strict=True
            )
        ]
        shots = [
            saved.Shot(pocket_takes.without_people(latents, take), take.scene, take.start)
            for latents, take in zip(made, script.takes, strict=True)
        ]
        end = script.clock + request.frames / request.fps
        shown = [
            Shown(each.layers, take.scene, each.first / request.fps, each.count / request.fps)
            for each, take in zip(stretches, script.takes, strict=True)
            if each.count
        ]
        grid = render.grid_for(request.width, request.height)
        plan, clock = soundtrack.own_part(request), script.clock
        score = sound.score(
            plan, shown, grid=grid, seed=request.seed, clock=clock, tune=script.tune
        )
        said = _by_part(plan, spoken(plan, score.seconds, score.seed), script.parts)
        frames = _frames(request, stretches, clock)
        return Rendered(
            frames=bubble.over(frames, said, shown, grid=grid, fps=request.fps, clock=clock),
            count=request.frames,
            fps=request.fps,
            width=request.width,
            height=request.height,
            sound=soundtrack.track(score, said),
            latents=saved.to_bytes(saved.Saved(tuple(shots), end, score.tune, script.parts)),
            notes=script.notes,
        )

    def _made(self, request: Request, encoded: Encoded, on_step: OnStep) -> list[Tensor]:
        """Each take's latents; what an earlier one showed is shown again as it was."""
        takes, held = encoded.script.takes, dict(encoded.script.held)
        for take in takes:
            pocket_takes.hold(held, take.scene, take.known, EVERYTHING - take.fresh)
        generator = torch.Generator().manual_seed(request.seed)
        made: list[Tensor] = []
        for take, words in zip(takes, encoded.words, strict=True):
            ready = pocket_takes.filled(take, held)
            noise = torch.randn((1, *SHAPE), generator=generator).to(self._device)
            before = len(made) * request.steps

            def on_whole(step: int, preview: Preview | None, before: int = before) -> None:
                on_step(max(1, (before + step) // len(takes)), preview)

            told = words, encoded.nothing
            latents = self._denoised(request, ready, told, noise, encoded.script.clock, on_whole)
            latents = saved.rounded(self._settled(latents, ready, encoded.script.clock))
            pocket_takes.hold(held, take.scene, latents, EVERYTHING)
            made.append(latents)
        return made

    def _denoised(
        self,
        request: Request,
        take: Take,
        told: tuple[Tensor, Tensor | None],
        noise: Tensor,
        clock: float,
        on_step: OnStep,
    ) -> Tensor:
        anew = pocket_takes.tokens(take.fresh)
        if not anew.any():
            return take.known
        known, fresh = take.known[None].to(self._device), anew.to(self._device)
        whole = bool(anew.all())

        def at_level(sigma: float, latents: Tensor) -> Tensor:
            """The tokens that are kept, as noisy as those being made."""
            return torch.where(fresh, latents, known * (1 - sigma) + noise * sigma)

        def after_step(
            pipe: WanPipeline, step: int, _: Tensor, values: dict[str, Tensor]
        ) -> dict[str, Tensor]:
            latents = values["latents"]
            if not whole:
                latents = at_level(float(pipe.scheduler.sigmas[step + 1]), latents)
            guess = pipe.scheduler.model_outputs[-1][0].detach().cpu()
            shown = torch.where(anew, guess, take.known)
            on_step(step + 1, self._preview(request, take, shown, clock))
            return {"latents": latents}

        result: Tensor = self._pipe(
            prompt_embeds=told[0],
            negative_prompt_embeds=told[1],
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            latents=noise,
            output_type="latent",
            callback_on_step_end=after_step,
            **CALL,
        ).frames
        return torch.where(anew, result[0].cpu(), take.known)

    def _preview(self, request: Request, take: Take, latents: Tensor, clock: float) -> Preview:
        """The middle frame of what the step thinks the shot will be."""
        grid = render.grid_for(request.width, request.height)
        seconds = request.frames / request.fps

        def draw() -> PIL.Image.Image:
            layers = self._layers(latents, take, clock)
            at = clock + take.start + seconds / 2
            small = render.draw(layers, grid, share=0.5, at=at, length=seconds)
            times = max(1, _PREVIEW // max(grid.width, grid.height))
            return PIL.Image.fromarray(small.repeat(times, 0).repeat(times, 1))

        return draw

    @torch.no_grad()
    def _settled(self, latents: Tensor, take: Take, clock: float) -> Tensor:
        """Latents whose slots hold exactly the scene's actors, going on where a parent ended."""
        layers = self._layers(latents, take, clock)
        return self._codec.with_codes(
            latents,
            torch.from_numpy(layers.actors),
            torch.from_numpy(layers.camera),
            torch.from_numpy(layers.light),
        )

    @torch.no_grad()
    def _layers(self, latents: Tensor, take: Take, clock: float) -> Layers:
        """As `_settled`, decoded: a preview has no need of the codes."""
        layers = self._codec.layers(latents)
        count = len(take.scene.actors)
        actors = layers.actors.copy()
        actors[:, A.PRESENT] = [1 if i < count else -1 for i in range(len(actors))]
        layers = replace(layers, actors=actors)
        if take.before is not None:
            layers = continued(self._codec.layers(take.before), layers, at=clock)
        return layers


def _peopled(layers: Layers, take: Take) -> Layers:
    """The layers with the cast in the colours that they were drawn in."""
    sprites = layers.sprites.copy()
    for slot, sprite in take.people.items():
        sprites[slot] = sprite
    return replace(layers, sprites=sprites)


def _by_part(plan: Plan, said: Sequence[Said], parts: Mapping[str, str]) -> tuple[Said, ...]:
    """What is said, those of the cast called by the part that they play."""
    told = []
    for each in said:
        handle = speaks_as(plan, each.line)
        if handle is not None and handle in parts:
            each = replace(each, line=replace(each.line, speaker=parts[handle]))
        told.append(each)
    return tuple(told)


def _spans(request: Request, takes: Sequence[Take]) -> list[tuple[int, int]]:
    """The first frame of each take, and how many it has; together they are the request's."""
    starts = [min(round(take.start * request.fps), request.frames) for take in takes]
    ends = [*starts[1:], request.frames]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]


def _frames(request: Request, stretches: Sequence[Stretch], clock: float) -> Iterator[Frame]:
    """The shots one after the other, cut where each begins."""
    return chain.from_iterable(
        render.frames(
            stretch.layers,
            count=stretch.count,
            fps=request.fps,
            width=request.width,
            height=request.height,
            start=clock + stretch.first / request.fps,
        )
        for stretch in stretches
    )
