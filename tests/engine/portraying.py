"""A family whose clips all show the same person: for tests of what is made of a likeness."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import PIL.Image

from engine.pipelines.family import Frame, OnStep, Rendered, Request
from tests.portraits import astronaut


class Portraying:
    """The family; whatever is asked for, it shows the astronaut."""

    def encode(self, request: Request) -> object:
        """Nothing is to be prepared."""
        return None

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """The portrait, moving a little from side to side, at 4 times the size asked for."""
        on_step(1, None)
        width, height = request.width * 4, request.height * 4
        return Rendered(_frames(request, width, height), request.frames, request.fps, width, height)


def load(checkpoint: Path, device: str) -> Portraying:
    """As every family module has it."""
    return Portraying()


def _frames(request: Request, width: int, height: int) -> Iterator[Frame]:
    portrait = PIL.Image.fromarray(astronaut()).convert("RGB")
    portrait.thumbnail((width, height))
    for number in range(request.frames):
        frame = PIL.Image.new("RGB", (width, height), (90, 110, 130))
        frame.paste(portrait, ((width - portrait.width) // 2 + number % 8, 0))
        yield np.asarray(frame)
