"""Rendering with the bundled model in a test, as the worker does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.pipelines.family import Cutout, OnStep, Parent, Player, Rendered, Request
from engine.pipelines.pocket import Pocket
from storage.cameos import CameoKind
from storage.clips import ClipKind
from storage.plan import Plan, Shot


def request(
    kind: ClipKind,
    prompt: str,
    *,
    instruction: str | None = None,
    parent: Parent | None = None,
    seed: int = 3,
    shots: tuple[Shot, ...] = (),
    cast: tuple[str, ...] = (),
    picture: Path | None = None,
    players: tuple[Player, ...] = (),
) -> Request:
    """Two seconds, wide, in four steps."""
    plan = Plan(prompt, 2.0, instruction=instruction, shots=shots, cast=cast)
    wish = Request(kind, plan, seed, 4, 1.0, 768, 432, 24, 48, parent)
    return replace(wish, picture=picture, players=players)


def player(
    handle: str, *stills: Cutout, kind: CameoKind = CameoKind.PERSON, looks: str = ""
) -> Player:
    """One of the cast; a grey square where it does not matter what they look like."""
    return Player(handle, kind, stills or (np.full((8, 8, 4), 128, np.uint8),), looks)


def render(pocket: Pocket, wish: Request, on_step: OnStep = lambda *_: None) -> Rendered:
    """What the worker gets of the request."""
    return pocket.render(wish, pocket.encode(wish), on_step)


def pictures(frames: Iterator[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """The frames in the pixels they were drawn in, (frames, 72, 128, 3)."""
    return np.stack([frame[::6, ::6] for frame in frames])


def kept(rendered: Rendered, wish: Request, folder: Path) -> Parent:
    """The clip, as the parent of another."""
    assert rendered.latents
    path = folder / f"{wish.seed}-{wish.kind}.safetensors"
    path.write_bytes(rendered.latents)
    return Parent(wish.plan, wish.seed, folder / "none.mp4", path)
