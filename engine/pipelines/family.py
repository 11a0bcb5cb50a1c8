"""What every pipeline family can do, as one interface: encode, render, and say what came out.

A family (pocket, Wan, LTX-2, …) is one module here. It words a plan for its own model and calls
diffusers. It knows nothing of jobs, leases or chats: the worker drives it from its own threads.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from storage.cameos import CameoKind
from storage.clips import ClipKind
from storage.notes import Note
from storage.offers import Known
from storage.plan import Plan

Frame = NDArray[np.uint8]
"""One picture, shape (height, width, 3), RGB."""

Cutout = NDArray[np.uint8]
"""A small picture of someone or something, shape (height, width, 4), RGBA."""


class Cancelled(Exception):
    """Raised from `on_step` to stop a render between two steps; nothing is decoded after it."""


@dataclass(frozen=True)
class Player:
    """Somebody, or something, who plays in the clip by consent. It is held in memory only."""

    #: What the plan's words call them, without "@".
    handle: str
    kind: CameoKind
    #: Pictures, the best first, head and shoulders for a person; at least one.
    stills: tuple[Cutout, ...] = field(repr=False)
    #: What they always show, in their owner's words ("always with my red hat").
    looks: str = ""
    #: The numbers by which their face is told from others; None for pets and things.
    face: tuple[float, ...] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Parent:
    """The finished clip that a remix, a variation or an extension starts from."""

    plan: Plan
    seed: int
    #: The parent's master, H.264 + AAC in MP4.
    master: Path
    #: What its family handed in as `latents`, or None where it kept none.
    latents: Path | None
    #: Somebody plays in it who is not to be in what is made from it: its pictures may not be used.
    has_others: bool = False


@dataclass(frozen=True)
class Request:
    """One render, with every number decided."""

    kind: ClipKind
    plan: Plan
    seed: int
    #: Denoising steps, at least 1.
    steps: int
    #: Classifier-free guidance scale; 1 means none.
    guidance: float
    #: Pixels, as the preset offers them for the plan's aspect.
    width: int
    height: int
    #: Frames a second, and how many of them.
    fps: int
    frames: int
    #: Present exactly when `kind` is not CREATE.
    parent: Parent | None = None
    #: A PNG that a member sent for the clip to start from; RGBA where it is cut out.
    picture: Path | None = None
    #: The clip's code: the same for every try at it.
    code: str = ""
    #: Who plays in it, in the order of the plan's cast.
    players: tuple[Player, ...] = ()


@dataclass(frozen=True)
class Sound:
    """A stereo track as long as the picture."""

    #: Shape (2, n), -1 to 1.
    samples: NDArray[np.float32]
    #: Samples a second.
    rate: int
    #: How many of the first samples come before the picture. An extension's are faded in over the
    #: end of what it goes on from, so that nobody hears where it begins.
    lead: int = 0


Track = Callable[[], Sound]
"""Makes the sound. Called once, as the frames are read: on another thread, without the device."""


@dataclass(frozen=True)
class Rendered:
    """What a render gave. Frames are decoded as they are read, so that they are never all held.

    They are read on another thread while the next render runs: the iterator may use only what it
    holds and never the device. A family that decodes on the device does so in `render`.
    """

    frames: Iterator[Frame]
    #: How many frames the iterator will give, at `fps` a second.
    count: int
    fps: int
    width: int
    height: int
    #: None where the family makes none.
    sound: Track | None = None
    #: A safetensors file's bytes, for later remixes and extensions of this clip; None keeps none.
    latents: bytes | None = None
    #: What the member is told under the clip.
    notes: tuple[Note, ...] = ()
    #: The MP4 that another machine made, where it carries credentials that hold: ours keep them.
    source: bytes | None = None


@dataclass(frozen=True)
class Knowledge:
    """What a model can draw, where that can be listed."""

    knows: tuple[Known, ...]
    #: Language → a PNG that shows it.
    pictures: Mapping[str, bytes]


Preview = Callable[[], PIL.Image.Image]
"""Makes a small picture of the clip as it stood at its step, at most 320 pixels wide.

Called at will, on another thread and when the render has moved on.
"""

OnStep = Callable[[int, Preview | None], None]
"""Called after each denoising step with its number, from 1; raises Cancelled to stop.

It may be called more often with the same number, to find out whether the clip is still wanted.
"""


class Family(Protocol):
    """A loaded pipeline. One thread calls `encode` while another is in `render`."""

    def encode(self, request: Request) -> object:
        """Read the parent's files and encode the text. The value goes to `render` unchanged."""

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """Denoise and return the clip; the same request gives the same bits."""


OnSteps = Callable[[int, Sequence[Preview]], None]
"""As OnStep for clips rendered together, a preview each; raises Cancelled once none is wanted."""


@runtime_checkable
class Batching(Protocol):
    """What a family can besides, that renders clips together."""

    def together(self, one: Request, other: Request) -> bool:
        """Whether the two fit into one call."""

    def render_together(
        self, requests: Sequence[Request], encoded: Sequence[object], on_steps: OnSteps
    ) -> list[Rendered]:
        """As `render`, for requests that fit together; each keeps its own seed."""


@runtime_checkable
class Relieving(Protocol):
    """What a family can besides, that can do with less memory."""

    def relieve(self) -> bool:
        """Use less memory and more time from now on. False where nothing is left to do."""


Load = Callable[[Path, str], Family]
"""Loads a checkpoint folder on a device ("cpu", "cuda"); each family module has one as `load`.

A module whose model can list what it draws has `knowledge() -> Knowledge` too; it needs no load.
"""
