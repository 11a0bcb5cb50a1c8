"""The bundled model's family: Pocket, through diffusers' own WanPipeline.

It words a plan by Pocket's vocabulary, makes only the layers a remix changes, and draws the
frames from the layers as they are read. Everything runs on one small latent; nothing is fetched.
"""

import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import PIL.Image
import torch
from diffusers import WanPipeline
from diffusers.utils import logging as diffusers_logging
from torch import Tensor

from engine.pipelines.family import OnStep, Parent, Preview, Rendered, Request
from engine.pocket import edits, render, saved
from engine.pocket.codec import (
    CHANNELS,
    COLUMNS,
    MOTIONS,
    ROWS,
    SPRITES,
    Layer,
    PocketCodec,
    area,
)
from engine.pocket.continuing import continued
from engine.pocket.sheet import CALL
from engine.pocket.text import MAX_TOKENS
from engine.pocket.vocabulary import canonical, parse
from engine.pocket.world.motion import A
from engine.pocket.world.places import HEIGHT, WIDTH
from engine.pocket.world.scene import Actor, Camera, Reading, Scene, Weather
from engine.pocket.world.subjects import SUBJECTS
from storage.clips import ClipKind

#: A preview's longer side at most, pixels.
_PREVIEW = 320
_SHAPE = torch.Size((CHANNELS, 1, ROWS, COLUMNS))


@dataclass(frozen=True)
class Encoded:
    """A request, read and worded."""

    scene: Scene
    words: Tensor
    #: The empty prompt, present when guidance is above 1.
    nothing: Tensor | None
    #: Tokens that are kept, (z, 1, 11, 12), and which are made anew, (11, 12).
    known: Tensor
    fresh: Tensor
    #: Seconds already shown, and the clip whose paths go on; for extensions.
    start: float = 0.0
    before: Tensor | None = None


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


class Pocket:
    """The loaded family; see `engine.pipelines.family.Family`."""

    def __init__(self, pipe: WanPipeline, device: str) -> None:
        self._pipe, self._device = pipe, device
        self._codec: PocketCodec = pipe.vae

    @torch.no_grad()
    def encode(self, request: Request) -> Encoded:
        """Read the words and the parent, and decide which layers are made anew."""
        found = _found(request.parent) if request.parent else None
        if request.kind is ClipKind.CREATE or found is None:
            read = self._afresh(request)
        elif request.kind is ClipKind.VARIATION:
            read = _Read(found.scene, _zeros(), _all())
        else:
            read = self._from_parent(request, found)
        words, nothing = self._pipe.encode_prompt(
            _wording(read.scene),
            do_classifier_free_guidance=request.guidance > 1,
            max_sequence_length=MAX_TOKENS,
            device=self._device,
        )
        return Encoded(read.scene, words, nothing, read.known, read.fresh, read.start, read.before)

    @torch.no_grad()
    def render(self, request: Request, encoded: Encoded, on_step: OnStep) -> Rendered:
        """Denoise what is to be made anew; the frames are drawn when they are read."""
        latents = self._denoised(request, encoded, on_step)
        latents = saved.rounded(self._settled(latents, encoded))
        seconds = request.frames / request.fps
        kept = saved.Saved(latents, encoded.scene, encoded.start + seconds)
        return Rendered(
            frames=render.frames(
                self._codec.layers(latents),
                count=request.frames,
                fps=request.fps,
                width=request.width,
                height=request.height,
                start=encoded.start,
            ),
            count=request.frames,
            fps=request.fps,
            width=request.width,
            height=request.height,
            latents=saved.to_bytes(kept),
        )

    def _afresh(self, request: Request) -> "_Read":
        """A scene from words alone; over a foreign parent's picture where there is one."""
        scene = _cast_for(parse(request.plan.prompt), request.plan.prompt)
        if request.parent is None:
            return _Read(scene, _zeros(), _all())
        picture = _picture(request.parent.master, last=request.kind is ClipKind.EXTENSION)
        known = _zeros()
        known[(slice(None), 0, *area(Layer.BACKGROUND))] = self._codec.encode_picture(picture)[0]
        return _Read(scene, known, _all() & ~_tokens({Layer.BACKGROUND}))

    def _from_parent(self, request: Request, found: saved.Saved) -> "_Read":
        reading = parse(request.plan.instruction or "")
        edit = edits.worked_in(found.scene, reading)
        layers = edits.new_layers(found.scene, edit)
        going_on = request.kind is ClipKind.EXTENSION
        if not layers and not going_on:
            # Nothing was understood that changes the picture: the same cast does something new.
            layers = frozenset(MOTIONS[: max(len(edit.scene.actors), 1)])
        known = _recast(found.latents, edit.origins)
        return _Read(
            edit.scene,
            known,
            _tokens(layers),
            found.end if going_on else 0.0,
            known if going_on else None,
        )

    def _denoised(self, request: Request, encoded: Encoded, on_step: OnStep) -> Tensor:
        if not encoded.fresh.any():
            return encoded.known
        generator = torch.Generator().manual_seed(request.seed)
        noise = torch.randn((1, *_SHAPE), generator=generator).to(self._device)
        known, fresh = encoded.known[None].to(self._device), encoded.fresh.to(self._device)
        whole = bool(encoded.fresh.all())

        def at_level(sigma: float, latents: Tensor) -> Tensor:
            """The tokens that are kept, as noisy as those being made."""
            return torch.where(fresh, latents, known * (1 - sigma) + noise * sigma)

        def after_step(
            pipe: WanPipeline, step: int, _: Tensor, values: dict[str, Tensor]
        ) -> dict[str, Tensor]:
            latents = values["latents"]
            if not whole:
                latents = at_level(float(pipe.scheduler.sigmas[step + 1]), latents)
            on_step(step + 1, self._preview(request, encoded, pipe.scheduler.model_outputs[-1]))
            return {"latents": latents}

        result: Tensor = self._pipe(
            prompt_embeds=encoded.words,
            negative_prompt_embeds=encoded.nothing,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            latents=noise,
            output_type="latent",
            callback_on_step_end=after_step,
            **CALL,
        ).frames
        return torch.where(encoded.fresh, result[0].cpu(), encoded.known)

    def _preview(self, request: Request, encoded: Encoded, guess: Tensor) -> Preview:
        """The middle frame of what the step thinks the clip will be."""
        latents = torch.where(encoded.fresh, guess[0].detach().cpu(), encoded.known)
        grid = render.grid_for(request.width, request.height)
        seconds = request.frames / request.fps

        def draw() -> PIL.Image.Image:
            layers = self._codec.layers(self._settled(latents, encoded))
            at = encoded.start + seconds / 2
            small = render.draw(layers, grid, share=0.5, at=at, length=seconds)
            times = max(1, _PREVIEW // max(grid.width, grid.height))
            return PIL.Image.fromarray(small.repeat(times, 0).repeat(times, 1))

        return draw

    @torch.no_grad()
    def _settled(self, latents: Tensor, encoded: Encoded) -> Tensor:
        """Latents whose slots hold exactly the scene's actors, going on where a parent ended."""
        layers = self._codec.layers(latents)
        count = len(encoded.scene.actors)
        actors = layers.actors.copy()
        actors[:, A.PRESENT] = [1 if i < count else -1 for i in range(len(actors))]
        layers = replace(layers, actors=actors)
        if encoded.before is not None:
            layers = continued(self._codec.layers(encoded.before), layers, at=encoded.start)
        return self._codec.with_codes(
            latents,
            torch.from_numpy(layers.actors),
            torch.from_numpy(layers.camera),
            torch.from_numpy(layers.light),
        )


@dataclass(frozen=True)
class _Read:
    scene: Scene
    known: Tensor
    fresh: Tensor
    start: float = 0.0
    before: Tensor | None = None


def _found(parent: Parent) -> saved.Saved | None:
    """What Pocket kept of the parent; None where another family made it."""
    if parent.latents is None:
        return None
    found = saved.read(parent.latents)
    return found if found and saved.fits(found.latents, _SHAPE) else None


def _cast_for(reading: Reading, prompt: str) -> Scene:
    """The scene said; with someone in it when the words name something Pocket can't draw.

    Words that speak of a place alone stay a view of that place.
    """
    scene = reading.scene
    if scene.actors or (scene != Scene() and not reading.unknown):
        return scene
    subject = SUBJECTS[zlib.crc32(prompt.lower().encode()) % len(SUBJECTS)]
    return replace(scene, actors=(Actor(subject.name, reading.colour, reading.motion),))


def _wording(scene: Scene) -> str:
    """The scene for the model, with clear weather and a still camera where none were asked for.

    The captions it learned from always had an actor, so an empty view names one too.
    """
    return canonical(
        replace(
            scene,
            actors=scene.actors or (Actor("star"),),
            weather=scene.weather or Weather.CLEAR,
            camera=scene.camera or Camera.STATIC,
        )
    )


def _zeros() -> Tensor:
    return torch.zeros(_SHAPE)


def _all() -> Tensor:
    return torch.ones(ROWS, COLUMNS, dtype=torch.bool)


def _tokens(layers: frozenset[Layer] | set[Layer]) -> Tensor:
    """Where those layers' tokens are, (11, 12)."""
    mask = torch.zeros(ROWS, COLUMNS, dtype=torch.bool)
    for layer in layers:
        mask[area(layer)] = True
    return mask


def _recast(latents: Tensor, origins: tuple[int | None, ...]) -> Tensor:
    """The latents with each actor's tokens moved from its old slot to its new one."""
    moved = latents.clone()
    for slot, origin in enumerate(origins):
        if origin is not None and origin != slot:
            for layers in (SPRITES, MOTIONS):
                moved[(slice(None), 0, *area(layers[slot]))] = latents[
                    (slice(None), 0, *area(layers[origin]))
                ]
    return moved


def _picture(master: Path, *, last: bool) -> Tensor:
    """The first or last frame of a film as a background, (1, 96, 192, 3) bytes."""
    image = None
    with av.open(str(master)) as film:
        for frame in film.decode(video=0):
            image = PIL.Image.fromarray(frame.to_ndarray(format="rgb24"))
            if not last:
                break
    if image is None:
        raise OSError(f"{master.name} has no pictures")
    fitted = _covering(image)
    return torch.from_numpy(np.asarray(fitted).copy())[None]


def _covering(image: PIL.Image.Image) -> PIL.Image.Image:
    """The image's middle, in the canvas's shape and size."""
    ratio = min(image.width / WIDTH, image.height / HEIGHT)
    w, h = WIDTH * ratio, HEIGHT * ratio
    left, top = (image.width - w) / 2, (image.height - h) / 2
    box = (left, top, left + w, top + h)
    return image.resize((WIDTH, HEIGHT), PIL.Image.Resampling.BOX, box=box).convert("RGB")
